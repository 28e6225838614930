"""Every command in the documentation runs and prints what the page says; the worked example is right."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest

import techprio
from techprio.catalogue import page
from techprio.cli.main import run

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page with the output that it shows for each; no output is shown for most."""
    found = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command.strip(), output))
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped study to run the pages in."""
    for name in ("criteria", "candidates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, folder: Path) -> None:
    for command, shown in commands(page):
        if not command.startswith("techprio "):
            continue
        out = io.StringIO()
        with redirect_stdout(out):
            code = run(shlex.split(command)[1:])
        assert code == 0, command
        if shown.strip():
            lines = [line.rstrip() for line in out.getvalue().splitlines()]
            for line in shown.rstrip().splitlines():
                assert line.rstrip() == "…" or line.rstrip() in lines, f"{command}: {line!r} is not in its output"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_worked_example_is_right_to_the_last_digit(study: techprio.Study) -> None:
    page = (ROOT / "docs" / "worked-example.md").read_text(encoding="utf-8")
    verdict = techprio.rank(study)
    for row in verdict.rows():
        parts = row["contributions"]
        found = re.search(rf"^\| {row['id']} \| .*\*\*(\S+)\*\* \| (\d) \|$", page, re.MULTILINE)
        assert found is not None
        assert found[1] == f"{row['score']:.3f}"
        assert int(found[2]) == row["rank"]
        for criterion in ("growth", "market", "funding"):
            assert f"= {parts[criterion]:.3f} |" in found[0]
    space_text = json.dumps(verdict.to_json()["weights"])
    assert space_text == '{"growth": 0.4, "market": 0.2, "funding": 0.4}'
    assert verdict.rows()[0]["band"] == "core"


def test_the_proof_of_the_worked_example_is_the_programs() -> None:
    from techprio.robustness.space import WeightSpace

    space = WeightSpace.around(np.array([0.4, 0.2, 0.4]), 0.5)
    assert space.largest(np.array([-0.5, 0.3, -0.26])) == pytest.approx(-0.140)
    assert space.largest(np.array([0.25, -0.05, -0.28])) == pytest.approx(0.084)


def test_the_page_of_methods_is_drawn_from_the_registries() -> None:
    assert (ROOT / "docs" / "methods.md").read_text(encoding="utf-8") == page(), "run make docs"


def test_the_portfolio_section_of_the_page_is_one_that_the_shipped_study_may_have(folder: Path) -> None:
    """The whole section is put in the place of the shipped one, and a set is found under it."""
    page = (ROOT / "docs" / "portfolio.md").read_text(encoding="utf-8")
    section = re.search(r"^```yaml\n(portfolio:.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert section is not None
    criteria = folder / "criteria" / "strategic-technologies.yaml"
    text, count = re.subn(
        r"^portfolio:\n(?:[ #].*\n|\n)*", lambda _: section[1], criteria.read_text(encoding="utf-8"), flags=re.M
    )
    assert count == 1
    criteria.write_text(text, encoding="utf-8")
    study = techprio.load(criteria)
    found = techprio.select(study, draws=2)
    assert found.best.gap == 0
    assert "P06" in found.chosen
    assert "P29" not in found.chosen


def test_the_python_of_the_portfolio_page_runs(folder: Path) -> None:
    page = (ROOT / "docs" / "portfolio.md").read_text(encoding="utf-8")
    code = re.search(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)
    assert "P01" in names["found"].chosen  # type: ignore[attr-defined]
    assert len(names["found"].chosen) <= 10  # type: ignore[attr-defined]
