"""New studies and new candidate files."""

from __future__ import annotations

from pathlib import Path

import pytest

import techprio
from techprio.cli.main import run
from techprio.template import new_candidate, new_study
from techprio.wording import language


def test_a_new_study_has_no_faults_and_ranks(study: techprio.Study) -> None:
    assert study.warnings == ()
    assert [row["id"] for row in techprio.rank(study).rows()] == ["A", "B", "C"]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(techprio.UsageError, match="is there already and not empty"):
        new_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_may_become_a_study(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    new_study(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


@pytest.mark.parametrize("code", ["en", "vi"])
def test_a_new_candidate_is_sound_and_asks_every_question(
    study_folder: Path, study: techprio.Study, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study_folder)
    assert run(["new", "candidate", "D", "--lang", code]) == 0
    text = (study_folder / "candidates" / "first-list" / "D.yaml").read_text(encoding="utf-8")
    for leaf in study.leaves:
        assert language(code).text(leaf.name) in text
        assert f"  {leaf.id}: null" in text
    assert language(code).text(study.leaves[0].question) in text
    assert "  lawful: not assessed" in text
    again = techprio.load(study_folder / "criteria" / "study.yaml")
    assert again.warnings == ()
    assert again.candidates[-1].id == "D"


def test_a_file_that_is_there_is_never_overwritten(study_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study_folder)
    before = (study_folder / "candidates" / "first-list" / "A.yaml").read_bytes()
    assert run(["new", "candidate", "A"]) == 2
    assert (study_folder / "candidates" / "first-list" / "A.yaml").read_bytes() == before


@pytest.mark.parametrize("id", ["../escape", "a b", "", "x/y"])
def test_an_id_that_is_none_makes_no_file(study_folder: Path, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study_folder)
    before = sorted(study_folder.rglob("*"))
    assert run(["new", "candidate", id]) == 2
    assert sorted(study_folder.rglob("*")) == before


def test_a_candidate_that_is_in_another_file_is_refused(study: techprio.Study) -> None:
    with pytest.raises(techprio.UsageError, match="is there already"):
        new_candidate(study, "A", language("en"), "x")
