"""Proofs of core and out, against brute force over the vertices of the weight space."""

from __future__ import annotations

import numpy as np
import pytest
from problems import on_list, random_case, vertices

from techprio.hall import Cut, Floor
from techprio.ranking import ordered
from techprio.robustness.bands import bands, prove
from techprio.robustness.sampling import Sampler
from techprio.robustness.space import WeightSpace


@pytest.mark.parametrize("seed", range(300))
def test_no_proof_is_refuted(seed: int) -> None:
    """Between vertices the list may change in ways that no vertex shows, so points inside are tried as well."""
    terms, space, cut = random_case(seed)
    w = np.concatenate([vertices(space), Sampler.of(space).draw(np.random.default_rng(seed), 500)])
    seen = on_list(terms, w, cut)
    order = ordered((w.mean(axis=0) @ terms.T)[None, :])[0][0]
    proof = prove(terms, terms, space, cut, order, 2e-10)
    assert seen[:, proof.always].all()
    assert not seen[:, proof.never].any()


def test_proofs_are_found_where_pairs_decide() -> None:
    """Without floors, a single place and two candidates, a pair is the whole truth."""
    terms = np.array([[0.9, 0.2], [0.1, 0.8]])
    cut = Cut(1)
    wide, narrow = WeightSpace.around(np.array([0.6, 0.4]), 0.5), WeightSpace.around(np.array([0.6, 0.4]), 0.1)
    order = np.array([0, 1])
    assert prove(terms, terms, wide, cut, order, 2e-10).always.tolist() == [False, False]
    assert prove(terms, terms, narrow, cut, order, 2e-10).always.tolist() == [True, False]
    assert prove(terms, terms, narrow, cut, order, 2e-10).never.tolist() == [False, True]


def test_a_twin_is_no_rival() -> None:
    terms = np.array([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]])
    proof = prove(terms, terms, WeightSpace.around(np.array([0.5, 0.5]), 0.5), Cut(1), np.array([0, 1, 2]), 2e-10)
    assert proof.always.tolist() == [True, True, False]


def test_bands_ask_for_both_the_proof_and_the_draws() -> None:
    terms = np.array([[0.9, 0.9], [0.8, 0.8], [0.2, 0.2], [0.1, 0.1]])
    proof = prove(terms, terms, WeightSpace.around(np.array([0.5, 0.5]), 0.5), Cut(2), np.arange(4), 2e-10)
    named, certified = bands(np.array([1.0, 0.9, 0.04, 0.2]), proof)
    assert named == ["core", "contested", "out", "contested"]
    assert certified == ["weights"] * 4
    named, certified = bands(np.array([1.0, 0.95, 0.05, 0.2]), None)
    assert named == ["likely", "likely", "unlikely", "contested"]
    assert certified == ["none"] * 4


def test_permanent_ties_for_the_last_place_of_a_floor_count() -> None:
    """Two twins enter by a floor of one: the third of a list of three goes off it at all weights."""
    terms = np.array([[0.9, 0.9], [0.8, 0.8], [0.1, 0.2], [0.1, 0.2]])
    cut = Cut(3, (Floor("tier", "2", 1, np.array([False, False, True, True])),))
    space = WeightSpace.around(np.array([0.5, 0.5]), 0.5)
    proof = prove(terms, terms, space, cut, np.arange(4), 2e-10)
    seen = on_list(terms, vertices(space), cut)
    assert seen.all(axis=0).tolist() == [True, False, True, True]
    assert proof.always.tolist() == [True, False, True, True]


@pytest.mark.parametrize("seed", range(40))
def test_statements_sharpen_proofs_and_none_is_refuted(seed: int) -> None:
    terms, space, cut = random_case(seed)
    n = space.n
    rows = np.zeros((1, n))
    middle = (space.lower + space.upper) / 2
    rows[0, np.argmin(middle)], rows[0, np.argmax(middle)] = 2.0, -1.0  # twice the lightest is at most the heaviest
    if rows[0] @ middle > 0:
        rows *= -1
    cut_space = space.where(rows, np.zeros(1), ("2 * light <= heavy",))
    w = Sampler.of(cut_space).draw(np.random.default_rng(seed), 500)
    order = ordered((w.mean(axis=0) @ terms.T)[None, :])[0][0]
    whole, sharp = (prove(terms, terms, each, cut, order, 2e-10) for each in (space, cut_space))
    seen = on_list(terms, w, cut)
    assert seen[:, sharp.always].all()
    assert not seen[:, sharp.never].any()
    assert (sharp.always >= whole.always).all()
    assert (sharp.never >= whole.never).all()
