"""Draws from the weight space."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from techprio.robustness.space import WeightSpace

N = 40_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_draws_lie_in_the_box_and_sum_to_one() -> None:
    centre = np.array([0.4, 0.3, 0.2, 0.1, 0.0])
    w = WeightSpace.around(centre, 0.5).draw(rng(), N)
    assert w.shape == (N, 5)
    assert np.abs(w.sum(axis=1) - 1).max() < 1e-12
    assert (w >= centre * 0.5 - 1e-15).all()
    assert (w <= centre * 1.5 + 1e-15).all()
    assert (w[:, 4] == 0).all()


def test_draws_are_uniform_on_a_segment() -> None:
    w = WeightSpace.around(np.array([0.5, 0.5]), 0.4).draw(rng(), N)[:, 0]
    for share in (0.1, 0.25, 0.5, 0.9):
        p = (w <= 0.3 + 0.4 * share).mean()
        assert abs(p - share) < 4 * np.sqrt(share * (1 - share) / N)


def test_draws_are_uniform_on_a_cut_triangle() -> None:
    """Of the box [0.1, 0.5]³ on the simplex, the share with w1 below 0.2 is an area that geometry gives: 3/16 ÷ 7/8."""
    space = WeightSpace(np.full(3, 0.1), np.full(3, 0.5))
    w = space.draw(rng(), N)
    # The plane's points with all w ≥ 0.1 make a triangle of side 0.7; cutting off w > 0.5 takes three corners of side
    # 0.3. A strip 0.1 ≤ w1 ≤ 0.2 of it has the area of side 0.7 minus side 0.6, less the two corners' parts in it.
    whole = 0.7**2 - 3 * 0.3**2
    strip = (0.7**2 - 0.6**2) - 2 * (0.3**2 - 0.2**2)
    p = strip / whole
    assert abs((w[:, 0] <= 0.2).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_without_a_box_draws_are_uniform_on_the_simplex() -> None:
    w = WeightSpace.around(np.array([0.2, 0.3, 0.5]), None).draw(rng(), N)
    p = (1 - 0.6) ** 2
    assert abs((w[:, 2] > 0.6).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_a_point_is_drawn_as_it_is() -> None:
    centre = np.array([0.25, 0.75])
    assert np.allclose(WeightSpace.around(centre, 0.0).draw(rng(), 3), centre)


def test_the_same_seed_draws_the_same() -> None:
    space = WeightSpace.around(np.full(20, 0.05), 0.5)
    assert (space.draw(rng(7), 500) == space.draw(rng(7), 500)).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_greedy_bound_is_the_optimum_of_the_linear_programme(seed: int) -> None:
    r = rng(seed)
    centre = r.dirichlet(np.ones(6))
    space = WeightSpace.around(centre, 0.5)
    d = r.normal(size=(4, 6))
    best = [
        -linprog(-row, A_eq=np.ones((1, 6)), b_eq=[1], bounds=list(zip(space.lower, space.upper, strict=True))).fun
        for row in d
    ]
    assert space.largest(d) == pytest.approx(best, abs=1e-9)
