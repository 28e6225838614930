"""Proofs of core and out, against brute force over the vertices of the weight space."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from techprio.hall import Cut, Floor
from techprio.ranking import listed, ordered
from techprio.robustness.bands import bands, prove
from techprio.robustness.sampling import Sampler
from techprio.robustness.space import WeightSpace


def vertices(space: WeightSpace) -> np.ndarray:
    """All vertices of a box cut by Σw = 1: all leaves but one at a bound."""
    found = []
    for free in range(space.n):
        others = [j for j in range(space.n) if j != free]
        for ends in product(*((space.lower[j], space.upper[j]) for j in others)):
            w = np.empty(space.n)
            w[others] = ends
            w[free] = 1 - sum(ends)
            if space.lower[free] - 1e-12 <= w[free] <= space.upper[free] + 1e-12:
                found.append(w)
    return np.array(found)


def on_list(terms: np.ndarray, w: np.ndarray, cut: Cut) -> np.ndarray:
    order, better = ordered(w @ terms.T)
    found = np.zeros(order.shape, bool)
    np.put_along_axis(found, order, listed(order, better, cut), axis=1)
    return found


def random_case(seed: int) -> tuple[np.ndarray, WeightSpace, Cut]:
    r = np.random.default_rng(seed)
    m, n = int(r.integers(3, 9)), int(r.integers(2, 5))
    terms = r.integers(0, 5, (m, n)) / 4 if seed % 2 else r.random((m, n))
    space = WeightSpace.around(r.dirichlet(np.ones(n) * 3), float(r.uniform(0.05, 0.6)))
    total = int(r.integers(1, m))
    floors = []
    if seed % 3:
        tier = r.integers(0, 2, m)
        floors.append(Floor("tier", "1", int(r.integers(1, total + 1)), tier == 1))
    if seed % 3 == 2 and floors[0].count < total:
        floors.append(Floor("group", "b", 1, r.integers(0, 3, m) == 1))
    return terms, space, Cut(total, tuple(floors))


@pytest.mark.parametrize("seed", range(300))
def test_no_proof_is_refuted(seed: int) -> None:
    """Between vertices the list may change in ways that no vertex shows, so points inside are tried as well."""
    terms, space, cut = random_case(seed)
    w = np.concatenate([vertices(space), Sampler.of(space).draw(np.random.default_rng(seed), 500)])
    seen = on_list(terms, w, cut)
    order = ordered((w.mean(axis=0) @ terms.T)[None, :])[0][0]
    proof = prove(terms, space, cut, order, 2e-10)
    assert seen[:, proof.always].all()
    assert not seen[:, proof.never].any()


def test_proofs_are_found_where_pairs_decide() -> None:
    """Without floors, a single place and two candidates, a pair is the whole truth."""
    terms = np.array([[0.9, 0.2], [0.1, 0.8]])
    cut = Cut(1)
    wide, narrow = WeightSpace.around(np.array([0.6, 0.4]), 0.5), WeightSpace.around(np.array([0.6, 0.4]), 0.1)
    order = np.array([0, 1])
    assert prove(terms, wide, cut, order, 2e-10).always.tolist() == [False, False]
    assert prove(terms, narrow, cut, order, 2e-10).always.tolist() == [True, False]
    assert prove(terms, narrow, cut, order, 2e-10).never.tolist() == [False, True]


def test_a_twin_is_no_rival() -> None:
    terms = np.array([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]])
    proof = prove(terms, WeightSpace.around(np.array([0.5, 0.5]), 0.5), Cut(1), np.array([0, 1, 2]), 2e-10)
    assert proof.always.tolist() == [True, True, False]


def test_bands_ask_for_both_the_proof_and_the_draws() -> None:
    terms = np.array([[0.9, 0.9], [0.8, 0.8], [0.2, 0.2], [0.1, 0.1]])
    proof = prove(terms, WeightSpace.around(np.array([0.5, 0.5]), 0.5), Cut(2), np.arange(4), 2e-10)
    named, certified = bands(np.array([1.0, 0.9, 0.04, 0.2]), proof)
    assert named == ["core", "contested", "out", "contested"]
    assert certified == ["weights"] * 4
    named, certified = bands(np.array([1.0, 0.95, 0.05, 0.2]), None)
    assert named == ["likely", "likely", "unlikely", "contested"]
    assert certified == ["none"] * 4
