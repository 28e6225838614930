"""Weight spaces as the files state them: what is drawn keeps every statement, and an empty space draws nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import techprio as tp
from techprio.robustness.sampling import Sampler
from techprio.weight_spaces import admissible, own_spaces

STUDY = """techprio: 1
id: spaces
title: Spaces
candidates: ../candidates/list
cut: 1
criteria:
  - id: gain
    name: Gain
    weight: 3
    criteria:
      - {id: market, name: Market, weight: 2, direction: max, scale: {kind: number, min: 0, max: 10}}
      - {id: skills, name: Skills, weight: 1, direction: max, scale: {kind: number, min: 0, max: 10}}
  - {id: cost, name: Cost, weight: 1, direction: min, scale: {kind: number, min: 0, max: 10}}
"""
CANDIDATES = """techprio: 1
candidates:
  - {id: A, figures: {market: 8, skills: 3, cost: 6}}
  - {id: B, figures: {market: 4, skills: 9, cost: 4}}
  - {id: C, figures: {market: 2, skills: 2, cost: 1}}
"""


def study(folder: Path, more: str) -> tp.Study:
    for path in ("criteria", "candidates/list"):
        (folder / path).mkdir(parents=True, exist_ok=True)
    (folder / "criteria" / "spaces.yaml").write_text(STUDY + more, encoding="utf-8")
    (folder / "candidates" / "list" / "all.yaml").write_text(CANDIDATES, encoding="utf-8")
    return tp.load(folder / "criteria" / "spaces.yaml")


def drawn(found: tp.Study, weights: str = "base") -> np.ndarray:
    return Sampler.of(admissible(found, weights).space).draw(np.random.default_rng(1), 5000)


def test_a_branch_stands_for_the_sum_of_its_leaves(tmp_path: Path) -> None:
    w = drawn(study(tmp_path, 'weight_space: {statements: ["gain <= 60%", "2 * skills >= market"]}\n'))
    assert (w[:, 0] + w[:, 1]).max() <= 0.6
    assert (w[:, 0] + w[:, 1]).max() > 0.55
    assert (2 * w[:, 1] >= w[:, 0]).all()


def test_statements_cut_the_box(tmp_path: Path) -> None:
    found = study(tmp_path, 'weight_space: {within: 40%, statements: ["market <= gain", "cost >= 30%"]}\n')
    w = drawn(found)
    assert w[:, 2].min() >= 0.3
    assert w[:, 2].max() <= 0.25 * 1.4 + 1e-12
    assert (w[:, 0] >= 0.5 * 0.6 - 1e-12).all()


def test_mixtures_of_all_sets_have_every_set_at_a_corner(tmp_path: Path) -> None:
    found = study(tmp_path, "weight_sets:\n  - {id: thrift, weights: {cost: 9}}\nweight_space: {around: sets}\n")
    space = admissible(found, "thrift").space
    assert space.corners == pytest.approx(np.array([[0.5, 0.25, 0.25], [1 / 6, 1 / 12, 0.75]]))
    w = drawn(found)
    assert w[:, 0] == pytest.approx(2 * w[:, 1])
    assert 0.25 <= w[:, 2].min() < w[:, 2].max() <= 0.75


def test_a_set_has_its_own_space(tmp_path: Path) -> None:
    sets = 'weight_sets:\n  - {id: thrift, weights: {cost: 3}, weight_space: {statements: ["cost >= 50%"]}}\n'
    spaces = own_spaces(study(tmp_path, sets))
    assert spaces["thrift"].space.texts == ("cost >= 50%",)
    assert spaces["thrift"].within is None
    assert spaces["base"].within == 0.5


def test_the_verdict_says_which_weights_were_drawn(tmp_path: Path) -> None:
    from techprio.wording import language

    verdict = tp.rank(study(tmp_path, 'weight_space: {statements: ["cost >= 30%"]}\n'), draws=100)
    assert any("any weights that keep cost >= 30%" in note for note in verdict.table(language("en")).notes)
    mixed = study(tmp_path, "weight_sets:\n  - {id: thrift, weights: {cost: 9}}\nweight_space: {around: sets}\n")
    assert any("mixtures of all weight sets" in note for note in tp.rank(mixed, draws=100).table(language("en")).notes)


def test_a_conflict_is_reported_by_load_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(tp.StudyError) as raised:
        study(
            tmp_path,
            'weight_space:\n  statements:\n    - "gain <= 50%"\n    - "market >= skills"\n    - "cost <= 40%"\n',
        )
    (fault,) = raised.value.faults
    assert (fault.code, fault.place.line) == ("E326", 16)
    assert 'spaces.yaml:16); "cost <= 40%"' in str(raised.value)
    assert "market >= skills" not in str(raised.value)


def test_weights_changed_for_a_run_may_leave_none_admissible_and_then_nothing_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = study(tmp_path, 'weight_space: {within: 20%, statements: ["market >= cost"]}\n')
    tp.rank(found, draws=10)
    monkeypatch.setattr(Sampler, "of", lambda space: pytest.fail("something was drawn"))
    with pytest.raises(tp.StudyError, match="no weights within 20% of base keep all of this"):
        tp.rank(found, draws=10, change={"weight": {"cost": 9}})
