"""Least changes: they do what they say, and nothing smaller does."""

from __future__ import annotations

import numpy as np
import pytest
from problems import on_list, random_case

from techprio.robustness.flips import list_flip, pair_flip
from techprio.robustness.sampling import Sampler
from techprio.robustness.space import WeightSpace


def distances(w: np.ndarray, now: np.ndarray, norm: str) -> np.ndarray:
    moved = np.abs(w - now)
    return moved.sum(axis=1) if norm == "l1" else moved.max(axis=1)


def centre(space: WeightSpace) -> np.ndarray:
    return Sampler.of(space).draw(np.random.default_rng(1), 200).mean(axis=0)


def nearby(space: WeightSpace, now: np.ndarray, seed: int) -> np.ndarray:
    """Draws over the space, and drawn in towards the stated weights, where small changes are."""
    w = Sampler.of(space).draw(np.random.default_rng(seed), 4000)
    return np.concatenate([now + share * (w - now) for share in (1.0, 0.5, 0.2, 0.05)])


@pytest.mark.parametrize("norm", ["l1", "max"])
@pytest.mark.parametrize("seed", range(30))
def test_a_pair_is_swapped_by_its_least_change(seed: int, norm: str) -> None:
    terms, space, _ = random_case(seed)
    now = centre(space)
    w = nearby(space, now, seed)
    upper, lower = np.argsort(-(terms @ now))[:2]
    lead = terms[lower] - terms[upper]
    found = pair_flip(lead, now, space, norm)  # type: ignore[arg-type]
    swapped = w @ lead > 1e-8
    if found is None:
        assert not swapped.any()
    else:
        assert found.weights @ lead > 1e-9
        assert space.holds(found.weights[None, :])[0]
        assert found.distance <= distances(w[swapped], now, norm).min(initial=np.inf) + 1e-7


@pytest.mark.parametrize("norm", ["l1", "max"])
@pytest.mark.parametrize("seed", range(60))
def test_a_candidate_enters_or_leaves_by_its_least_change(seed: int, norm: str) -> None:
    terms, space, cut = random_case(seed)
    if len(cut.floors) > 1 and (cut.floors[0].members & cut.floors[1].members).any():
        cut = type(cut)(cut.total, cut.floors[:1])
    now = centre(space)
    w = nearby(space, now, seed)
    lists, at_first = on_list(terms, w, cut), on_list(terms, now[None, :], cut)[0]
    for i in range(len(terms)):
        found = list_flip(terms, i, cut, now, space, norm, enter=not at_first[i])  # type: ignore[arg-type]
        turned = lists[:, i] != at_first[i]
        if found is None:
            assert not turned.any()
        else:
            assert on_list(terms, found.weights[None, :], cut)[0, i] != at_first[i]
            assert found.distance <= distances(w[turned], now, norm).min(initial=np.inf) + 1e-6
