"""techprio select, as a user runs it, on a small study and on the shipped one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "techprio"]
STUDY = """techprio: 1
id: choice
title: A choice
candidates: ../candidates/list
criteria:
  - {id: growth, name: Growth, weight: 3, direction: max, scale: {kind: number, min: 0, max: 10}}
  - {id: cost, name: Cost, weight: 1, direction: min, unit: VND bn, scale: {kind: number, min: 0, max: 100}}
portfolio:
  budgets:
    - {id: state, of: cost, limit: 60}
  leave_out: cost
  quotas:
    - {id: new, tier: 2, at_least: 1}
  synergies: {complements: 0.25}
"""
CANDIDATES = """techprio: 1
candidates:
  - {id: A, tier: 1, figures: {growth: 9, cost: 50}}
  - {id: B, tier: 1, figures: {growth: 6, cost: 30}, links: [{to: C, kind: complements}]}
  - {id: C, tier: 2, figures: {growth: 3, cost: 30}}
  - {id: D, tier: 2, figures: {growth: 1, cost: 20}, links: [{to: A, kind: needs}]}
"""


def run(*args: str, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [*PROGRAM, *args], capture_output=True, cwd=cwd, env={**os.environ, "COLUMNS": "110"}, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


def data(*args: str, cwd: Path) -> dict:
    return json.loads(run("select", *args, "--format", "json", cwd=cwd).stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in {"criteria/study.yaml": STUDY, "candidates/list/all.yaml": CANDIDATES}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_set_is_what_pencil_and_paper_give(small: Path) -> None:
    """B and C cost 60 and are worth 0.6 + 0.3 + 0.25; A is worth 0.9, and leaves no room for a product of tier 2."""
    found = data("--draws", "20", cwd=small)
    assert found["chosen"] == ["B", "C"]
    assert found["value"] == pytest.approx(1.15)
    assert found["gap"] == 0
    a = next(row for row in found["candidates"] if row["id"] == "A")
    assert (a["rank"], a["chosen"]) == (1, False)
    assert a["if_otherwise"]["gain"] is None
    assert set(a["if_otherwise"]["against"]) == {"A", "state", "new"}
    prices = {row["id"]: row["price"]["gain"] for row in found["constraints"]}
    assert prices["state"] == pytest.approx(0.9 + 0.6 + 0.3 + 0.1 + 0.25 - 1.15)
    assert prices["new"] == 0
    assert found["robust"]["complete"]
    assert {row["id"]: row["core_index"] for row in found["candidates"]} == {"B": 1, "C": 1, "A": 0, "D": 0}


def test_options_change_the_choice_for_one_run(small: Path) -> None:
    assert data("--budget", "state=70", "--draws", "1", cwd=small)["chosen"] == ["B", "C"]
    assert data("--budget", "state=80", "--must", "A", "--draws", "1", cwd=small)["chosen"] == ["A", "C"]
    assert data("--size", "1", "--draws", "1", cwd=small)["chosen"] == ["C"]
    assert data("--must-not", "B", "--draws", "1", cwd=small)["chosen"] == ["C"]


def test_what_cannot_be_kept_together_is_named_at_its_place(small: Path) -> None:
    done = run("select", "--must", "D", cwd=small, code=1)
    assert b"criteria/study.yaml:10:36: E345" in done.stderr
    assert b"no set keeps all of these together" in done.stderr
    assert done.stdout == b""


def test_a_budget_of_an_unknown_name_is_wrong_usage(small: Path) -> None:
    assert b"did you mean state?" in run("select", "--budget", "stat=1", cwd=small, code=2).stderr


def test_the_shipped_study_gives_the_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    args = ("select", "--draws", "60", "--format", "json", "--quiet")
    one, two = run(*args, cwd=ROOT), run(*args, "--workers", "2", cwd=ROOT)
    assert one.stdout == two.stdout
    assert one.stderr == b""
    found = json.loads(one.stdout)
    assert found["gap"] == 0
    assert "P06" in found["chosen"]
    assert all(row["core_index"] is not None for row in found["candidates"])


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_table_says_why_a_high_ranked_candidate_is_left_out(lang: str, small: Path) -> None:
    said = run("select", "--draws", "5", "--lang", lang, cwd=small).stdout.decode()
    assert {"en": "cannot be chosen: ", "vi": "không thể chọn: "}[lang] in said
