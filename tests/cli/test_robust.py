"""techprio robust and techprio audit, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from techprio.asking import QUESTIONS
from techprio.cli.main import run
from techprio.questions.verification import verify


@pytest.fixture(autouse=True)
def _here(study_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study_folder)


def test_without_a_question_the_questions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["robust", "--format", "json"]) == 0
    listed = [row["question"] for row in json.loads(capsys.readouterr().out)["questions"]]
    assert listed == [*QUESTIONS, "verify"]


def test_all_answers_everything_that_needs_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["robust", "--all", "--format", "json", "--draws", "500", "--cut", "1"]) == 0
    answers = json.loads(capsys.readouterr().out)["answers"]
    assert set(answers) == set(QUESTIONS) - {"what-if", "references"}


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_pair_a_candidate_and_files_are_told_apart(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["robust", "flip", "A", "B", "criteria/study.yaml", "--lang", lang]) == 0
    assert run(["robust", "what-if", "C", "--cut", "1", "--lang", lang, "--draws", "500"]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["flop"], "did you mean flip?"),
        (["flip", "A", "B", "C"], "at the most"),
        (["flip", "A", "Z"], "Z is not among"),
        (["flip", "A", "A"], "two different"),
        (["what-if"], "name the candidate"),
        (["references"], "no reference comparisons"),
        (["verify"], "name the file"),
        (["verify", "criteria/study.yaml"], "is not JSON"),
        (["verify", "nowhere.json"], "nowhere.json"),
    ],
)
def test_what_cannot_be_asked_is_said(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["robust", *args]) == 2
    assert said in capsys.readouterr().err


def verified(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = run(["robust", "verify", str(path), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("certify", [[], ["--certify"]])
def test_what_rank_writes_is_verified(certify: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("verdict.json")
    assert run(["rank", "--cut", "1", "--draws", "2000", "--format", "json", "--output", str(path), *certify]) == 0
    code, found = verified(path, capsys)
    assert code == 0
    assert found["holds"]
    assert found["compared_with_study"]


def test_certificates_of_the_question_are_verified_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["robust", "certificates", "--cut", "1", "--draws", "2000", "--format", "json", "--output", "c.json"]
    assert run(args) == 0
    assert verified(Path("c.json"), capsys)[0] == 0


def changed(path: str, data: Any) -> None:
    """Change what is at ``path``: a number by one, a truth to its opposite, or else remove it."""
    *way, last = [int(step) if step.lstrip("-").isdigit() else step for step in path.split(".")]
    for step in way:
        data = data[step]
    if isinstance(data[last], bool):
        data[last] = not data[last]
    elif isinstance(data[last], int | float):
        data[last] += 1
    else:
        del data[last]


@pytest.mark.parametrize(
    "path",
    [
        "ranking.0",
        "ranking.0.rank",
        "ranking.1.score",
        "ranking.0.listed",
        "ranking.0.band",
        "ranking.1.p_cut",
        "ranking.1.rank_low",
        "ranking.0.rank_best",
        "ranking.1.contributions",
        "weights",
        "cut.total",
        "seed",
        "method.id",
        "certificates.-1",
        "certificates.0.claims",
        "certificates.0.claims.0",
        "certificates.0.apart.0",
        "certificates.0.extreme_ranks",
        "certificates.0.extreme_ranks.0",
        "certificates.0.extreme_ranks.0.best.rank",
        "certificates.0.extreme_ranks.0.worst.proved",
        "certificates.0.extreme_ranks.1.best.weights.0",
        "certificates.1.space.bounds",
        "certificates.0.sha256",
    ],
)
def test_each_change_of_what_rank_wrote_is_caught(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A proof may outlast a change of its numbers: its seal does not."""
    args = ["rank", "--cut", "1", "--draws", "500", "--certify", "--format", "json", "--output", "verdict.json"]
    assert run(args) == 0
    data = json.loads(Path("verdict.json").read_text(encoding="utf-8"))
    changed(path, data)
    Path("verdict.json").write_text(json.dumps(data), encoding="utf-8")
    code, found = verified(Path("verdict.json"), capsys)
    assert code == 1
    assert not found["holds"]


def test_a_proof_whose_bound_was_changed_is_caught_without_the_study(capsys: pytest.CaptureFixture[str]) -> None:
    """All that a bound may be changed to and still prove its claim: the seal says that it was changed."""
    run(["rank", "--cut", "1", "--draws", "500", "--format", "json", "--output", "verdict.json"])
    data = json.loads(Path("verdict.json").read_text(encoding="utf-8"))
    assert verify(data, None).holds
    claim = data["certificates"][0]["claims"][0]
    proof = next(iter(claim.get("never_above", claim.get("beaten_by")).values()))
    proof["theta"] += 1e-6
    assert not verify(data, None).holds


@pytest.mark.parametrize("change", ["band", "terms", "space", "study", "nothing left"])
def test_a_changed_file_is_caught(change: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("verdict.json")
    run(["rank", "--cut", "1", "--draws", "2000", "--certify", "--format", "json", "--output", str(path)])
    data = json.loads(path.read_text(encoding="utf-8"))
    document = data["certificates"][0]
    if change == "band":
        data["ranking"][-1]["band"], data["ranking"][-1]["certified"] = "core", "weights"
    elif change == "terms":
        first = next(iter(document["terms"]))
        document["terms"][first][0] += 1e-6
    elif change == "space":
        document["space"]["upper"] = [1.0] * len(document["space"]["upper"])
    elif change == "study":
        data["study"]["criteria_sha256"] = "0" * 64
    else:
        del document["space"]["lower"]
    path.write_text(json.dumps(data), encoding="utf-8")
    code, found = verified(path, capsys)
    assert code == 1
    assert not found["holds"]


def test_audit_fails_only_when_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--draws", "500", "--cut", "1", "--format", "json"]) == 0
    failed = sum(row["state"] == "fail" for row in json.loads(capsys.readouterr().out)["rows"])
    assert run(["audit", "--draws", "500", "--cut", "1", "--strict"]) == int(failed > 0)
