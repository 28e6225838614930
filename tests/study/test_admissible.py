"""Conflicts among statements, found in exact arithmetic, against the linear programme of another solver."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from techprio.study.admissible import Conflict, conflict
from techprio.study.criteria import WeightSpace
from techprio.study.nodes import Branch, Leaf


def leaf(id: str, weight: float = 1.0) -> Leaf:
    return Leaf(id=id, name=id, weight=weight, direction="max", scale={"kind": "number", "min": 0, "max": 1})


TREE = (
    Branch(id="top", name="top", weight=1, criteria=(leaf("a"), leaf("b"))),
    Branch(id="low", name="low", weight=1, criteria=(leaf("c"), leaf("d"), leaf("e"))),
)
IDS = "abcde"
EVEN = dict.fromkeys(IDS, 0.2)
BELOW = {**{id: id for id in IDS}, "top": "ab", "low": "cde"}


def found(*statements: str, within: float | None = None, centre: dict[str, float] = EVEN) -> Conflict | None:
    return conflict(
        TREE, WeightSpace.model_construct(around="chosen", within=within, statements=statements), centre, []
    )


def test_a_branch_weighs_what_its_leaves_weigh_together():
    assert found("top >= 60%", "low >= 40%") is None
    assert found("top >= 60%", "c + d >= 30%", "e >= 11%") == Conflict((0, 1, 2), in_box=False)


def test_the_fewest_statements_that_conflict_are_named():
    chain = ("a >= b", "b >= c", "c >= d", "d >= 30%", "top <= 10%", "a >= 20%")
    assert found(*chain) == Conflict((4, 5), in_box=False)


def test_a_box_may_be_what_a_statement_conflicts_with():
    assert found("a >= 2 * b", within=0.2) == Conflict((0,), in_box=True)
    assert found("a >= 2 * b", within=0.5) is None
    assert found("a >= 3 * b", within=0.5) is None
    assert found("a >= 3.01 * b", within=0.5) == Conflict((0,), in_box=True)


def test_a_statement_that_leaves_a_single_point_is_kept():
    assert found("top >= 100%", "a >= b", "b >= a") is None
    assert found("a >= 20%", within=0.0) is None


def test_mixtures_keep_statements_that_no_set_keeps_alone():
    space = WeightSpace.model_construct(around="sets", within=None, statements=("a <= 60%", "b <= 60%"))
    sets = [{**dict.fromkeys(IDS, 0.0), id: 1.0} for id in "ab"]
    assert conflict(TREE, space, {}, sets) is None
    space = WeightSpace.model_construct(around="sets", within=None, statements=("a <= 40%", "c >= 0%", "b <= 40%"))
    assert conflict(TREE, space, {}, sets) == Conflict((0, 2), in_box=False)


def random_statement(r: np.random.Generator) -> tuple[str, np.ndarray, float]:
    """A statement, and the same as Σ row × weight ≤ bound."""
    left, right = r.choice(list(BELOW), 2, replace=False)
    k, row = float(r.integers(1, 5)), np.zeros(5)
    if r.random() < 0.4:
        share = int(r.integers(5, 80))
        for id in BELOW[left]:
            row[IDS.index(id)] += 1
        return (
            (f"{left} <= {share}%", row, share / 100)
            if r.random() < 0.5
            else (f"{left} >= {share}%", -row, -share / 100)
        )
    for id in BELOW[left]:
        row[IDS.index(id)] += k
    for id in BELOW[right]:
        row[IDS.index(id)] -= 1
    return f"{k:g} * {left} <= {right}", row, 0.0


@pytest.mark.parametrize("seed", range(120))
def test_conflicts_are_those_of_the_linear_programme(seed: int):
    r = np.random.default_rng(seed)
    texts, rows, bounds = zip(*(random_statement(r) for _ in range(int(r.integers(1, 7)))), strict=True)
    within = None if seed % 2 else float(r.choice([0.3, 0.6]))
    centre = r.dirichlet(np.full(5, 4))
    low, high = (np.zeros(5), np.ones(5)) if within is None else (centre * (1 - within), centre * (1 + within))

    def possible(kept: tuple[int, ...], box: bool = True) -> bool:
        ends = list(zip(low, high, strict=True)) if box else [(0, 1)] * 5
        a, b = (np.array(rows)[list(kept)], np.array(bounds)[list(kept)]) if kept else (None, None)
        return linprog(np.zeros(5), A_ub=a, b_ub=b, A_eq=np.ones((1, 5)), b_eq=[1], bounds=ends).status == 0

    told = found(*texts, within=within, centre=dict(zip(IDS, centre.tolist(), strict=True)))
    everything = tuple(range(len(texts)))
    if told is None:
        assert possible(everything)
        return
    assert not possible(told.statements, box=told.in_box)
    assert told.in_box is possible(everything, box=False)
    fewer = combinations(everything, len(told.statements) - 1)
    assert all(possible(few, box=told.in_box) for few in fewer)
