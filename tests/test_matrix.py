"""Problems that did not come from files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio
from techprio.cli.main import run
from techprio.matrix import read_matrix

CARS = "car,price,power,comfort\nA,20000,90,3\nB,25000,120,4\nC,18000,75,4\nD,30000,150,5\n"


@pytest.fixture
def cars(tmp_path: Path) -> Path:
    path = tmp_path / "cars.csv"
    path.write_text(CARS, encoding="utf-8")
    return path


def frame() -> pd.DataFrame:
    columns = {"price": [20000, 25000, 18000, 30000], "power": [90, 120, 75, 150], "comfort": [3, 4, 4, 5]}
    return pd.DataFrame(columns, index=list("ABCD"))


def test_a_frame_ranks_like_arrays() -> None:
    problem = techprio.Problem.from_frame(
        frame(), weights={"price": 3, "power": 1, "comfort": 2}, sense={"price": "min"}
    )
    found = techprio.rank(problem, method="additive")
    by_hand = techprio.methods.METHODS["additive"].function(frame().to_numpy(), [3, 1, 2], [-1, 1, 1])
    assert found.scores == pytest.approx(by_hand)
    assert found.settings == {"scaling": "minmax"}


def test_weights_and_senses_may_be_given_in_order() -> None:
    one = techprio.Problem.from_frame(frame(), weights=[3, 1, 2], sense=[-1, 1, 1])
    two = techprio.Problem.from_frame(frame(), weights={"price": 3, "power": 1, "comfort": 2}, sense={"price": "min"})
    assert one.weights.tolist() == two.weights.tolist()
    assert one.sense.tolist() == two.sense.tolist() == [-1, 1, 1]


def test_a_missing_figure_is_drawn() -> None:
    table = frame().astype(float)
    table.loc["B", "power"] = np.nan
    found = techprio.rank(techprio.Problem.from_frame(table, cut=2), draws=500)
    assert found.rows()[0]["missing"] + found.rows()[1]["missing"] + found.rows()[2]["missing"] <= 1
    assert sum(row["missing"] for row in found.rows()) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"weights": {"price": 3}}, "no weight is given for power"),
        ({"weights": {"prize": 3}}, "the table has no column prize"),
        ({"weights": [1, 2]}, "2 weights are given for 3 columns"),
        ({"weights": [0, 0, 0]}, "not all zero"),
        ({"weights": [1, -1, 1]}, "not negative"),
        ({"sense": ["max", "mix", "min"]}, "the sense of power must be max or min"),
    ],
)
def test_what_does_not_fit_a_frame_is_refused(more: dict, said: str) -> None:
    with pytest.raises(techprio.UsageError, match=said):
        techprio.Problem.from_frame(frame(), **more)


def test_what_is_no_figure_is_refused_by_row_and_column() -> None:
    table = frame().astype(object)
    table.loc["C", "power"] = "fast"
    with pytest.raises(techprio.UsageError, match="'fast' is no figure: candidate C, criterion power"):
        techprio.Problem.from_frame(table)


def test_ids_that_stand_twice_are_refused() -> None:
    with pytest.raises(techprio.UsageError, match="the candidate A stands twice"):
        techprio.Problem.from_frame(pd.concat([frame(), frame()]))


def test_a_csv_file_ranks_from_the_command_line(cars: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(["rank", "--matrix", str(cars), "--weights", "price=3,power=1,comfort=2", "--sense", "min,max,max",
                "--cut", "2", "--format", "json"])  # fmt: skip
    assert code == 0
    found = json.loads(capfd.readouterr().out)
    assert [row["id"] for row in found["ranking"]] == ["C", "D", "B", "A"]
    assert found["ranking"][0]["score"] == pytest.approx((3 * 1 + 1 * 0 + 2 * 0.5) / 6)


@pytest.mark.parametrize(
    "text", [CARS.replace(",", ";"), CARS.replace(",", "\t"), "\ufeff" + CARS, CARS.replace("\n", "\r\n")]
)
def test_spreadsheets_of_other_languages_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode("utf-8"))
    problem, _ = read_matrix(path)
    assert problem.criteria == ("price", "power", "comfort")
    assert problem.x[0].tolist() == [20000, 90, 3]


def test_faults_of_a_csv_file_have_lines_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("x;a;b\nA;1,5;2\n\nB;3;x\nC;1\n")
    with pytest.raises(techprio.StudyError) as raised:
        read_matrix(path)
    assert [(f.place.line, f.place.column, f.code) for f in raised.value.faults] == [
        (2, 3, "E204"),
        (4, 5, "E203"),
        (5, 1, "E214"),
    ]


@pytest.mark.parametrize("option", ["weights", "change", "only"])
def test_what_only_a_study_has_is_refused_for_a_table(option: str) -> None:
    with pytest.raises(techprio.UsageError, match=f"a problem without a study has no {option}"):
        techprio.rank(techprio.Problem.from_frame(frame()), **{option: "x"})
