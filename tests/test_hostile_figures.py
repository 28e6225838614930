"""Figures and weights made to do harm: each entry of each registry answers with numbers, or says why not and where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from techprio.catalogue import Entry
from techprio.cli.main import run
from techprio.errors import MethodError
from techprio.methods import METHODS
from techprio.relations import RELATIONS
from techprio.sorting import SORTINGS
from techprio.weights import WEIGHTINGS
from techprio.wording import language

X = np.array([[3.0, 20, 5, 7], [4, 30, 2, 9], [5, 10, 8, 1], [2, 25, 6, 4]])
W = np.array([0.4, 0.3, 0.2, 0.1])
SENSE = np.array([1.0, -1, 1, -1])


def column(j: int, *figures: float) -> np.ndarray:
    x = X.copy()
    x[:, j] = figures
    return x


def cell(figure: float) -> np.ndarray:
    x = X.copy()
    x[1, 2] = figure
    return x


FIGURES: dict[str, np.ndarray] = {
    "a missing figure": cell(np.nan),
    "an infinite figure": cell(np.inf),
    "a figure of minus infinity": cell(-np.inf),
    "a constant benefit": column(0, 7),
    "a constant cost that rounds": column(1, 0.1),
    "a benefit of zeros": column(0, 0),
    "a cost of zeros": column(1, 0),
    "negatives": column(0, -1, -2, -3, -4),
    "both signs and a zero": column(0, -1, 0, 1, 2),
    "nothing but zeros": np.zeros_like(X),
    "one candidate": X[:1],
    "one criterion": X[:, :1],
    "one figure": X[:1, :1],
    "identical candidates": np.tile(X[:1], (4, 1)),
    "two pairs of twins": X[[0, 0, 1, 1]],
    "1e300": X * (1e300 / 30),
    "minus 1e300": X * (-1e300 / 30),
    "1e-300": X * 1e-300,
    "figures below the least normal number": X * 1e-320,
    "1e300 beside 1e-300": X * np.array([1e299, 1e-300, 1, 1]),
    "a benefit from 1e-300 to 1e300": column(2, 1e-300, 1, 1e300, 5),
    "a cost from 1e-300 to 1e300": column(1, 1e-300, 1, 1e300, 5),
    "the largest number and its negative": column(2, -1.7e308, 1, 1.7e308, 5),
    "figures that differ in the last bit": 1 + X * 1e-16,
    "words": np.array([["three"]]),
    "complex numbers": X + 1j,
}
WEIGHTS: dict[str, Any] = {
    "a missing weight": [0.4, np.nan, 0.2, 0.1],
    "an infinite weight": [0.4, np.inf, 0.2, 0.1],
    "a negative weight": [0.4, -0.3, 0.2, 0.1],
    "weights all zero": [0, 0, 0, 0],
    "too few weights": [1, 2],
    "no draws": np.empty((0, 4)),
    "one draw with a negative": [[1, 1, 1, 1], [1, 1, -1, 1]],
    "a zero weight": [0.4, 0, 0.2, 0.1],
    "weights of 1e-300": W * 1e-300,
    "weights of 1e300": W * 1e300,
    "words": ["a", "b", "c", "d"],
}
CASES = [(name, x, W) for name, x in FIGURES.items()] + [(name, X, w) for name, w in WEIGHTS.items()]

SETTINGS: dict[str, Callable[[int], Any]] = {
    "bounds": lambda n: np.tile([-200.0, 200], (n, 1)),
    "reference_ideal": lambda n: np.tile([30.0, 45], (n, 1)),
    "characteristic_values": lambda n: np.tile([-200.0, 10, 200], (n, 1)),
    "types": lambda n: ["linear"] * n,
    "q": lambda n: 1.0,
    "p": lambda n: 3.0,
    "v": lambda n: 9.0,
    "profiles": lambda n: np.array([[2.0, 20, 3, 6], [4, 12, 6, 3]])[:, :n],
    "limits": lambda n: [0.3, 0.6],
}
"""Setting without which some entry cannot answer → a value for n criteria."""

ENTRIES: dict[str, Entry] = {
    f"{kind} {id}": entry
    for kind, entries in (("ranking", METHODS), ("relation", RELATIONS), ("sorting", SORTINGS), ("weights", WEIGHTINGS))
    for id, entry in entries.items()
    if getattr(entry, "kind", "objective") == "objective"
}


def told(entry: Entry, function: Any, x: Any, w: Any) -> tuple[str, list[np.ndarray]]:
    """Why a function refuses, or else all that it answers, as arrays."""
    try:
        return "", asked(entry, function, x, w[: x.shape[1]] if w is W else w)
    except MethodError as error:
        return str(error), []


def asked(entry: Entry, function: Callable[..., Any], x: Any, w: Any) -> list[np.ndarray]:
    n = x.shape[1]
    sense = SENSE[:n]
    if entry.id in WEIGHTINGS:
        answer = function(x, sense)
    else:
        needed = {key for key, value in entry.settings.items() if value is None} & set(SETTINGS)
        answer = function(x, w, sense, **{key: SETTINGS[key](n) for key in needed})
    return [np.asarray(part, float) for part in (answer if isinstance(answer, tuple) else [answer])]


@pytest.mark.parametrize("name", ENTRIES)
def test_hostile_figures_and_weights_get_numbers_or_a_reason_with_its_place(name: str) -> None:
    entry = ENTRIES[name]
    where = "column|row|array|all zero|weights are needed|no criterion any weight"
    for case, x, w in CASES:
        said, answer = told(entry, entry.function, x, w)
        assert all(np.isfinite(part).all() for part in answer), case
        assert not said or re.search(rf"\b({entry.id}|entropy|cilos|additive)\b", said), f"{case}: {said}"
        assert not said or re.search(where, said), f"{case}: {said}"


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if getattr(entry, "parts", None)])
def test_intermediate_quantities_of_hostile_figures_come_without_a_warning(name: str) -> None:
    entry = ENTRIES[name]
    for case, x, w in CASES:
        said, answer = told(entry, entry.parts, x, w)
        assert said or answer, case


MATRICES = {
    "constant": "P,3,7,5\nQ,4,7,2\nR,5,7,8",
    "zero benefit": "P,0,1,5\nQ,0,3,2\nR,0,2,8",
    "zero cost": "P,3,0,5\nQ,4,0,2\nR,5,0,8",
    "negative": "P,-3,1,5\nQ,-2,3,2\nR,1,2,8",
    "one candidate": "P,3,20,5",
    "identical": "P,3,20,5\nQ,3,20,5\nR,3,20,5",
    "huge": "P,3e300,20,5e300\nQ,1e300,30,1e300\nR,2e300,4,2e300",
    "tiny": "P,3e-300,20,5\nQ,1e-300,30,1\nR,2e-300,4,2",
    "wide": "P,3,1e-300,5\nQ,1,1e300,1\nR,2,1,2",
    "beyond": "P,3,1.7e308,5\nQ,1,-1.7e308,1\nR,2,1,2",
    "below": "P,3,5e-324,5\nQ,1,1e-323,1\nR,2,1e-320,2",
}


@pytest.mark.parametrize("id", METHODS)
def test_the_command_line_answers_hostile_tables_alike(id: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    sums = "rank", "--method", id, "--sense", "max,min,max", "--draws", "5", "--quiet", "--format", "json", "--matrix"
    for name, rows in MATRICES.items():
        table = tmp_path / f"{name}.csv"
        table.write_text(f"id,a,b,c\n{rows}\n")
        code = run([*sums, str(table)])
        out, err = capfd.readouterr()
        assert "Warning" not in err
        assert "Traceback" not in err
        if code == 0:
            assert all(np.isfinite(row["score"]) for row in json.loads(out)["ranking"]), name
        else:
            assert id in err, f"{name}: {err}"
            assert re.search(r"column [abc]\b|row [PQR]\b|\b[abc]$", err.strip()) or "state the setting" in err, err


@pytest.mark.parametrize("word", ["nan", "inf", "1e999", "-inf"])
def test_a_cell_that_is_no_finite_number_is_refused_by_its_name(word: str, tmp_path: Path, capfd: Any) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"id,a,b\nP,1,2\nQ,{word},3\n")
    assert run(["rank", "--matrix", str(table)]) == 1
    err = capfd.readouterr().err
    assert "Q" in err
    assert re.search(r"\ba\b", err)


@pytest.mark.parametrize("size", [1e6, 1e12, 1e300])
def test_figures_in_millions_are_ranked_as_they_are(size: float, tmp_path: Path, capfd: Any) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"id,a,b\nP,{size},{size}\nQ,{3 * size},{2 * size}\nR,{2 * size},{2 * size}\n")
    asked = ["rank", "--matrix", str(table), "--method", "additive", "--set", "scaling=none", "--draws", "20"]
    assert run([*asked, "--quiet", "--format", "json"]) == 0
    ranking = json.loads(capfd.readouterr().out)["ranking"]
    assert [row["id"] for row in ranking] == ["Q", "R", "P"]
    assert [row["rank"] for row in ranking] == [1, 2, 3]
    assert run([*asked, "--quiet"]) == 0
    assert not capfd.readouterr().err


def test_a_number_of_any_size_can_be_said() -> None:
    said = [language("en").number(number) for number in (1e300, -2.5e-300, 0.0, 1e-9, 12345.5, 1e15, float("inf"))]
    assert said == ["1e300", "-2.5e-300", "0", "0.000000001", "12,345.5", "1e15", "inf"]
    assert language("vi").number(2.5e300) == "2,5e300"
    assert language("en").number(1e-12, 3) == "0.000"
