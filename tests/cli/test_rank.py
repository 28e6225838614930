"""techprio rank, as a user runs it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from program import run, started


def text(*args: str, cwd: Path, **env: str) -> str:
    return run(*args, cwd=cwd, **env).stdout.decode("utf-8")


def data(*args: str, cwd: Path) -> dict:
    return json.loads(text(*args, "--format", "json", cwd=cwd))


def test_json_has_everything_that_the_contract_names(study_folder: Path) -> None:
    found = data("rank", cwd=study_folder)
    assert list(found) == ["techprio", "format", "study", "method", "weight_set", "changes", "cut", "draws", "seed",
                           "weights", "ranking", "excluded", "certificates", "warnings"]  # fmt: skip
    assert set(found["study"]) == {"id", "as_of", "criteria_sha256", "candidates_sha256"}
    assert found["method"] == {"id": "additive", "settings": {"scaling": "value"}}
    assert found["cut"] == {"total": 2, "at_least": []}
    assert (found["draws"], found["seed"]) == (20000, 2026)
    row = found["ranking"][0]
    assert set(row) >= {"id", "name", "rank", "score", "listed", "listed_by", "band", "certified", "p_cut", "rank_low",
                        "rank_high", "contributions", "illustrative", "missing"}  # fmt: skip
    assert sum(row["contributions"].values()) == pytest.approx(row["score"])
    assert sum(found["weights"].values()) == pytest.approx(1)


def test_two_runs_and_two_workers_give_the_same_bytes(study_folder: Path) -> None:
    one = started("rank", "--format", "json", cwd=study_folder).stdout
    assert run("rank", "--format", "json", cwd=study_folder).stdout == one
    assert started("rank", "--format", "json", "--workers", "2", cwd=study_folder).stdout == one
    assert run("rank", "--format", "json", "--seed", "1", cwd=study_folder).stdout != one


def test_the_criteria_hash_is_that_of_the_file(study_folder: Path) -> None:
    import hashlib

    path = study_folder / "criteria" / "study.yaml"
    assert data("rank", cwd=study_folder)["study"]["criteria_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_numbers_have_at_most_14_significant_digits(study_folder: Path) -> None:
    for row in data("rank", cwd=study_folder)["ranking"]:
        for number in row["contributions"].values():
            assert number == float(f"{number:.14g}")


def test_a_changed_weight_moves_the_list_and_is_shown(study_folder: Path) -> None:
    found = data("rank", "--weight", "funding=400", cwd=study_folder)
    assert found["changes"] == [{"weight": "funding", "was": 40.0, "to": 400.0}]
    assert found["weights"]["funding"] == pytest.approx(400 / 460)
    assert "Changed for this run: weight funding = 400 (was 40)" in text(
        "rank", "--weight", "funding=400", cwd=study_folder
    )


def test_a_changed_figure_has_no_range(study_folder: Path) -> None:
    found = data("rank", "--figure", "B.growth=1", cwd=study_folder)
    assert found["changes"] == [{"figure": "B.growth", "was": 5.0, "to": 1.0}]
    assert next(row for row in found["ranking"] if row["id"] == "B")["contributions"]["growth"] == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--weights", "thrify"], "there is no weight set thrify; did you mean thrifty?"),
        (["--method", "aditive"], "there is no ranking method aditive; did you mean additive?"),
        (["--weight", "fnding=3"], "there is no node fnding; did you mean funding?"),
        (["--weight", "funding=-3"], "funding cannot weigh -3"),
        (["--weight", "funding=x"], "'x' is not a number"),
        (["--weight", "funding"], "write it as NAME=VALUE"),
        (["--figure", "Z.growth=3"], "there is no candidate Z"),
        (["--figure", "A.growth=9"], "9 is off the scale of growth"),
        (["--set", "flor=1", "--method", "geometric"], "geometric has no setting flor; did you mean floor?"),
        (["--only", "tier=1"], "there is no tier 1"),
        (["--only", "colour=1"], "write it as group=… or tier=…"),
        (["--weight", "growth=0", "--weight", "market=0"], "with these weights all nodes of a branch weigh 0"),
        (["--cut", "0"], "0 is not in the range"),
        (["nowhere.yaml"], "there is no file nowhere.yaml"),
        (["--candidates", "nowhere"], "there is no folder nowhere"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_a_sentence(study_folder: Path, args: list[str], said: str) -> None:
    assert said in run("rank", *args, cwd=study_folder, code=2).stderr.decode()


def test_the_table_fits_100_columns(study_folder: Path) -> None:
    assert max(map(len, text("rank", cwd=study_folder).splitlines())) <= 100


@pytest.mark.parametrize("columns", ["40", "60", "80"])
def test_a_narrow_terminal_gets_a_narrow_table(study_folder: Path, columns: str) -> None:
    shown = text("rank", cwd=study_folder, COLUMNS=columns)
    assert max(map(len, shown.splitlines())) <= int(columns)
    for word in ("band", "rank", "score"):
        assert word in shown


def test_no_escape_sequence_is_written_to_a_pipe(study_folder: Path) -> None:
    for form in ("table", "json", "csv", "md"):
        assert "\x1b" not in text("rank", "--format", form, cwd=study_folder, FORCE_COLOR="", TERM="xterm-256color")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii"])
def test_an_old_code_page_gets_letters_that_it_has(study_folder: Path, encoding: str) -> None:
    shown = started("rank", cwd=study_folder, PYTHONIOENCODING=encoding).stdout.decode(encoding)
    assert "Technology A" in shown
    assert "?" not in shown


def test_output_goes_whole_to_a_file(study_folder: Path) -> None:
    for form in ("table", "json", "csv", "md"):
        path = study_folder / f"out.{form}"
        assert run("rank", "--format", form, "--output", str(path), cwd=study_folder).stdout == b""
        assert path.read_text(encoding="utf-8") == text("rank", "--format", form, cwd=study_folder)
    assert [path.name for path in study_folder.iterdir() if path.name.startswith(".")] == []


def test_output_into_a_missing_folder_is_refused(study_folder: Path) -> None:
    said = run("rank", "--output", "nowhere/out.txt", cwd=study_folder, code=2).stderr.decode()
    assert "No such file or directory" in said


def test_csv_has_one_row_a_candidate(study_folder: Path) -> None:
    head, *rows = text("rank", "--format", "csv", cwd=study_folder).splitlines()
    assert head.startswith("id,name,tier,group,rank,score,listed,listed_by,band,certified,p_cut")
    assert [row.split(",")[0] for row in rows] == ["A", "B", "C"]


def test_illustrative_figures_are_said_in_every_form(study_folder: Path) -> None:
    assert "ILLUSTRATIVE: 33% of the weight" in text("rank", cwd=study_folder)
    assert "ILLUSTRATIVE" in text("rank", "--format", "md", cwd=study_folder)
    assert data("rank", cwd=study_folder)["ranking"][0]["illustrative"] == pytest.approx(0.4)


def test_quiet_says_nothing_beside_the_result(study_folder: Path) -> None:
    (study_folder / "candidates" / "first-list" / "D.yaml").write_text("techprio: 1\nid: D\ngates: {lawful: pass}\n")
    assert b"1 warning" in run("rank", cwd=study_folder).stderr
    assert run("rank", "--quiet", cwd=study_folder).stderr == b""


def test_faults_are_shown_and_nothing_is_ranked(study_folder: Path) -> None:
    (study_folder / "candidates" / "first-list" / "A.yaml").write_text("techprio: 1\nid: A\nfigures: {grwth: 3}\n")
    done = run("rank", cwd=study_folder, code=1)
    assert done.stdout == b""
    assert "A.yaml:3:11: E402 figures.grwth: there is no criterion grwth; did you mean growth?" in done.stderr.decode()


def test_the_working_folder_does_not_matter(study_folder: Path, tmp_path: Path) -> None:
    inside = data("rank", cwd=study_folder)
    assert data("rank", "study/criteria/study.yaml", cwd=tmp_path) == inside
    assert data("rank", "study", cwd=tmp_path) == inside


def test_a_closed_pipe_is_no_error(study_folder: Path) -> None:
    command = f"{sys.executable} -m techprio rank --format csv | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=study_folder, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr


LISTENING = """
import signal
from techprio.cli.main import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background is begun deaf to it
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_progress_is_told_and_an_interrupt_leaves_nothing_half_written(study_folder: Path) -> None:
    path = study_folder / "out.json"
    path.write_text("old")
    args = ["rank", "--draws", "50000000", "--format", "json", "--output", str(path)]
    program = [sys.executable, "-c", LISTENING, *args]
    with subprocess.Popen(program, cwd=study_folder, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"draws" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert path.read_text() == "old"
    assert [p.name for p in study_folder.iterdir() if p.name.startswith(".")] == []
