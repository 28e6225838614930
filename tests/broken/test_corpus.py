"""Every file of the corpus is reported as it says itself."""

import re
from pathlib import Path

import pytest

from broken.corpus import SOUND, Case, cases, check, lay, report
from techprio.cli.main import run

CASES = cases()
SOURCE = Path(__file__).parents[2] / "src" / "techprio"

BUILT = {"E101", "E102", "E103", "E117", "E118"}
"""Faults that no file of text can show: they have tests of their own in ``study/test_folder.py``."""


def test_the_sound_study_has_no_faults():
    assert check(SOUND / "criteria" / "study.yaml") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_is_reported_as_it_says(case: Case, tmp_path: Path):
    assert list(case.faults) == report(tmp_path, {case.file: case.text}, case.file)


def test_a_mistake_is_one_fault():
    of_every_candidate = {"portfolio-resource-without-figures"}
    assert {case.name for case in CASES if len(case.faults) != 1} == of_every_candidate


def test_every_code_is_in_the_corpus():
    in_source = {code for path in SOURCE.rglob("*.py") for code in re.findall(r'"([EW]\d{3})"', path.read_text())}
    in_corpus = {re.search(r"[EW]\d{3}", fault)[0] for case in CASES for fault in case.faults}
    assert in_source == in_corpus | BUILT


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case.name)
def test_the_command_line_shows_the_line_and_no_traceback(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture):
    criteria = lay(tmp_path, {case.file: case.text})
    code = run(["check", str(criteria)])
    shown = capsys.readouterr().out
    is_warning = re.search(r" W\d{3}", case.faults[0]) is not None
    assert code == (0 if is_warning else 1)
    assert case.faults[0].split(": ", 1)[1] in shown.replace(f"{tmp_path}/", "")
    assert "Traceback" not in shown
