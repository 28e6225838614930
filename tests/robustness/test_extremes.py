"""Extreme ranks, against brute force over many weights and a published way of counting."""

from __future__ import annotations

import numpy as np
import pytest
from problems import random_case, vertices

from techprio.robustness.extremes import best_rank, worst_rank
from techprio.robustness.sampling import Sampler

MARGIN = 1e-10


@pytest.mark.parametrize("seed", range(60))
def test_no_weights_go_beyond_extreme_ranks_and_their_weights_reach_them(seed: int) -> None:
    terms, space, _ = random_case(seed)
    w = np.concatenate([vertices(space), Sampler.of(space).draw(np.random.default_rng(seed), 2000)])
    for i in range(len(terms)):
        leads = np.delete(terms, i, axis=0) - terms[i]
        seen = 1 + (w @ leads.T > MARGIN).sum(axis=1)
        best, worst = best_rank(leads, space, MARGIN), worst_rank(leads, space, MARGIN)
        assert best.proved <= best.rank <= seen.min()
        assert seen.max() <= worst.rank <= worst.proved
        for found in (best, worst):
            assert 1 + (leads @ found.weights > MARGIN).sum() == found.rank
            assert space.holds(found.weights[None, :])[0]


def test_extreme_ranks_between_two_criteria_are_counted_on_a_line() -> None:
    """On the segment from (1, 0) to (0, 1) every change of order is a crossing, so that a fine grid finds all ranks."""
    r = np.random.default_rng(5)
    terms = r.random((7, 2))
    from techprio.robustness.space import WeightSpace

    space = WeightSpace.around(np.array([0.5, 0.5]), None)
    t = np.linspace(0, 1, 20_001)
    scores = np.column_stack([t, 1 - t]) @ terms.T
    for i in range(7):
        leads = np.delete(terms, i, axis=0) - terms[i]
        seen = 1 + (scores > scores[:, [i]] + MARGIN).sum(axis=1)
        assert best_rank(leads, space, MARGIN).rank == seen.min()
        assert worst_rank(leads, space, MARGIN).rank == seen.max()
