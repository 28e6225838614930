"""Normalisations: their formulas, and their answers where a formula has none."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.errors import MethodError
from techprio.scaling import SCALINGS, scaled

X = np.array([[2.0, 10.0], [4.0, 5.0], [8.0, 20.0]])
SENSE = np.array([1.0, -1.0])
MORE = {"bounds": [[0, 10], [0, 20]], "target": [4, 10]}
ROOT = np.sqrt

EXPECTED = {
    "minmax": ([0, 1 / 3, 1], [2 / 3, 1, 0]),
    "scale": ([0.2, 0.4, 0.8], [0.5, 0.75, 0]),
    "linear": ([0.25, 0.5, 1], [0.5, 1, 0.25]),
    "max": ([0.25, 0.5, 1], [0.5, 0.75, 0]),
    "sum": ([1 / 7, 2 / 7, 4 / 7], [2 / 7, 4 / 7, 1 / 7]),
    "vector": (np.array([2, 4, 8]) / ROOT(84), 1 - np.array([10, 5, 20]) / ROOT(525)),
    "zscore": (np.array([-8, -2, 10]) / ROOT(56), np.array([5, 20, -25]) / ROOT(350)),
    "rank": ([0, 0.5, 1], [0.5, 1, 0]),
    "target": ([0.5, 1, 0], [1, 0.5, 0]),
    "log": (np.log([2, 4, 8]) / np.log(64), (1 - np.log([10, 5, 20]) / np.log(1000)) / 2),
}


def test_every_scaling_has_a_worked_example() -> None:
    assert set(EXPECTED) == set(SCALINGS)


@pytest.mark.parametrize("id", SCALINGS)
def test_a_scaling_follows_its_formula(id: str) -> None:
    found = scaled(X, SENSE, id, **MORE)
    expected = np.array(EXPECTED[id]).T
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("id", SCALINGS)
def test_more_is_better_after_a_scaling(id: str) -> None:
    if id == "target":
        return
    x = np.random.default_rng(1).uniform(2, 9, (20, 2))
    found = scaled(x, SENSE, id, bounds=[[0, 10], [0, 10]], target=[5, 5])
    for j in range(2):
        assert (np.diff(found[np.argsort(SENSE[j] * x[:, j]), j]) >= 0).all()


@pytest.mark.parametrize("id", SCALINGS)
def test_draws_of_figures_are_scaled_one_by_one(id: str) -> None:
    many = np.stack([X, X[::-1] + 1])
    assert scaled(many, SENSE, id, **MORE) == pytest.approx(np.stack([scaled(x, SENSE, id, **MORE) for x in many]))


@pytest.mark.parametrize(
    ("id", "benefit", "cost"),
    [
        ("minmax", 1, 1), ("scale", 0.3, 0.7), ("linear", 1, 1), ("max", 1, 0), ("sum", 1 / 3, 1 / 3),
        ("vector", 1 / ROOT(3), 1 - 1 / ROOT(3)), ("zscore", 0, 0), ("rank", 0.5, 0.5), ("log", 1 / 3, 1 / 3),
    ],
)  # fmt: skip
def test_a_constant_column_has_an_answer(id: str, benefit: float, cost: float) -> None:
    found = scaled(np.full((3, 2), 3.0), SENSE, id, bounds=[[0, 10], [0, 10]])
    assert found == pytest.approx(np.tile([benefit, cost], (3, 1)))


@pytest.mark.parametrize(
    ("id", "benefit", "cost"),
    [("minmax", 1, 1), ("scale", 0, 1), ("max", 0, 1), ("vector", 0, 1), ("zscore", 0, 0), ("rank", 0.5, 0.5)],
)
def test_a_zero_column_has_an_answer(id: str, benefit: float, cost: float) -> None:
    found = scaled(np.zeros((3, 2)), SENSE, id, bounds=[[0, 10], [0, 10]])
    assert found == pytest.approx(np.tile([benefit, cost], (3, 1)))


@pytest.mark.parametrize("id", ["linear", "sum"])
def test_a_zero_benefit_column_becomes_0_where_zero_costs_are_refused(id: str) -> None:
    assert scaled(np.zeros((3, 1)), np.ones(1), id).tolist() == [[0.0]] * 3
    with pytest.raises(MethodError, match="a cost of zero in column 1"):
        scaled(np.zeros((3, 2)), SENSE, id)


@pytest.mark.parametrize("id", ["linear", "sum", "max"])
def test_what_turns_over_on_negatives_refuses_them(id: str) -> None:
    with pytest.raises(MethodError, match=f"the scaling {id} cannot take a negative in column 1"):
        scaled(np.array([[1.0, 2], [3, -4]]), SENSE, id)


def test_log_refuses_figures_up_to_one() -> None:
    with pytest.raises(MethodError, match="a figure up to 1 in column 0"):
        scaled(np.array([[1.0, 2], [3, 4]]), SENSE, "log")


@pytest.mark.parametrize("id", SCALINGS)
def test_a_single_candidate_has_an_answer(id: str) -> None:
    assert np.isfinite(scaled(np.array([[3.0, 4.0]]), SENSE, id, **MORE)).all()


@pytest.mark.parametrize("id", ["minmax", "linear", "max", "sum", "vector", "zscore", "rank"])
@pytest.mark.parametrize("factor", [1e300, 1e-300])
def test_a_unit_changes_nothing(id: str, factor: float) -> None:
    assert scaled(X * factor, SENSE, id) == pytest.approx(scaled(X, SENSE, id))


def test_tied_ranks_share_their_places() -> None:
    assert scaled(np.array([[1.0], [2], [2], [3]]), np.ones(1), "rank")[:, 0].tolist() == [0, 0.5, 0.5, 1]


def test_an_unknown_scaling_is_refused_with_the_nearest() -> None:
    with pytest.raises(MethodError, match="did you mean minmax"):
        scaled(X, SENSE, "mimax")


@pytest.mark.parametrize(("id", "needs"), [("scale", "bounds"), ("target", "target")])
def test_what_a_scaling_needs_is_named(id: str, needs: str) -> None:
    with pytest.raises(MethodError, match=f"the scaling {id} needs {needs}"):
        scaled(X, SENSE, id)


def test_limits_out_of_order_are_refused() -> None:
    with pytest.raises(MethodError, match="column 1"):
        scaled(X, SENSE, "scale", bounds=[[0, 10], [20, 0]])
