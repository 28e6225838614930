"""The exact share of a simplex cut by a half-space: closed forms, and the sampler against it."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.hall import Cut
from techprio.robustness.draws import FigureSpace
from techprio.robustness.experiment import Experiment, Sum
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Effort, acceptability
from techprio.robustness.space import WeightSpace
from techprio.robustness.varsi import pairwise_winning, simplex_share


def test_two_criteria_are_cut_where_the_weighted_difference_is_zero() -> None:
    assert simplex_share(np.array([1.0, -3.0])) == pytest.approx(3 / 4)


def test_three_criteria_are_cut_into_triangles() -> None:
    """w·(1, −1, −1) ≤ 0 is w1 ≤ ½: all but a corner triangle of half the side."""
    assert simplex_share(np.array([1.0, -1.0, -1.0])) == pytest.approx(3 / 4)
    assert simplex_share(np.array([2.0, -1.0, 0.0])) == pytest.approx(1 / 3)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_a_corner_cut_off_has_the_volume_of_a_smaller_simplex(n: int) -> None:
    d = np.full(n, -0.25)
    d[0] = 0.75  # w1 ≤ ¼
    assert simplex_share(d) == pytest.approx(1 - 0.75 ** (n - 1))


def test_opposite_halves_make_up_the_whole() -> None:
    r = np.random.default_rng(1)
    for _ in range(50):
        d = r.normal(size=int(r.integers(2, 20)))
        assert simplex_share(d) + simplex_share(-d) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_drawn_wins_are_within_four_standard_errors_of_the_exact_ones(seed: int) -> None:
    r = np.random.default_rng(seed)
    m, n, draws = 7, int(r.integers(2, 9)), 40_000
    terms = r.random((m, n))
    terms[1] = terms[0]  # twins tie in every draw
    none = np.zeros(0)
    certain = FigureSpace(none.astype(int), none.astype(int), none, none, none, none, none, (), ())
    space = WeightSpace.around(np.full(n, 1 / n), None)
    setup = Experiment(Sum(terms, lambda v: v, None, certain), Sampler.of(space), "one", Cut(2), m)
    found = acceptability(setup, Effort(draws, seed), detail=True)
    exact = pairwise_winning(terms)
    assert found.wins is not None
    assert found.wins[0, 1] == exact[0, 1] == 0.5
    error = np.sqrt(np.maximum(exact * (1 - exact), 1 / draws) / draws)
    assert (np.abs(found.wins - exact) <= 4.2 * error).all()
