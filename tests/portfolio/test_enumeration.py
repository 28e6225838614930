"""All non-dominated portfolios, against every pair of sets at every corner of weights and figures."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from portfolio.choices import budget
from techprio.hall import frozen
from techprio.portfolio.enumeration import Terms, all_sets, non_dominated
from techprio.portfolio.model import Model, Pair
from techprio.robustness.space import WeightSpace


def by_corners(model: Model, low: np.ndarray, high: np.ndarray, weights: np.ndarray) -> set[tuple[bool, ...]]:
    """Dominance is decided at corners: a difference is linear in the weights and in each figure."""
    x = all_sets(model)
    assert x is not None
    m = len(low)
    worth = []
    for ends in product([0, 1], repeat=m):  # one end for all figures of a candidate: its worst or its best
        v = np.where(np.array(ends)[:, None] == 1, high, low)
        worth.append(x @ (v @ weights.T) + model.worth(x)[:, None] - x @ np.tile(model.values[:, None], len(weights)))
    table = np.concatenate(worth, axis=1)
    dominated = [
        any((table[p] >= table[q] - 1e-12).all() and (table[p] > table[q] + 1e-12).any() for p in range(len(x)))
        for q in range(len(x))
    ]
    return {tuple(row) for row, out in zip(x.tolist(), dominated, strict=True) if not out}


@pytest.mark.parametrize("seed", range(8))
def test_all_and_only_the_non_dominated_sets_are_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    m, n = 6, 2
    low = rng.uniform(0, 0.8, (m, n))
    high = low + rng.uniform(0, 0.1, (m, n)) * (seed % 2)
    centre = np.array([0.6, 0.4])
    space = WeightSpace.around(centre, 0.3)
    cost = rng.integers(1, 10, m).astype(float)
    pairs = (Pair(0, 1, "complements", 0.1), Pair(2, 3, "substitutes", -0.1))
    model = Model(tuple("abcdef"), frozen(np.zeros(m)), (budget(cost, float(cost.sum() // 2)),), pairs)
    corners = np.array([[0.48, 0.52], [0.72, 0.28]])  # of the space: w₁ from 0.48 to 0.72
    samples = np.concatenate([corners.mean(axis=0, keepdims=True), corners])
    found = non_dominated(model, Terms(low, high, np.ones(n), 0.0), space, samples)
    assert found is not None
    assert {tuple(row) for row in found.tolist()} == by_corners(model, low, high, corners)


def test_too_many_candidates_are_not_enumerated() -> None:
    assert all_sets(Model(tuple(map(str, range(30))), frozen(np.ones(30)), ())) is None
