"""Necessary and possible preference, and ordinal regression, against many models drawn."""

from __future__ import annotations

import numpy as np
import pytest
from problems import random_case, vertices

from techprio.robustness.necessary import Preference, preference
from techprio.robustness.regression import Reference, contradiction, models, regression, shares


@pytest.mark.parametrize("seed", range(40))
def test_necessary_holds_at_every_vertex_and_possible_at_some(seed: int) -> None:
    """The least and the largest difference of two scores lie at vertices, so that vertices decide."""
    terms, space, _ = random_case(seed)
    scores = vertices(space) @ terms.T
    found = preference(terms, space, 2e-10)
    least = (scores[:, :, None] - scores[:, None, :]).min(axis=0)
    most = (scores[:, :, None] - scores[:, None, :]).max(axis=0)
    assert (found.necessary == (least >= -1e-12)).all()
    assert (found.possible == (most >= -2e-10)).all()


def test_the_diagram_has_no_edge_that_others_imply() -> None:
    necessary = np.array([[1, 1, 1, 1], [0, 1, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]], bool)
    found = Preference(necessary, necessary)
    classes, edges = found.hasse()
    assert classes == [(0,), (1, 2), (3,)]
    assert edges == [(0, 1), (1, 2)]
    assert found.level().tolist() == [0, 1, 1, 2]


def values(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 5, (6, 3)) / 4


@pytest.mark.parametrize("pieces", [None, 1, 2])
@pytest.mark.parametrize("seed", range(8))
def test_regression_holds_for_every_model_drawn(seed: int, pieces: int | None) -> None:
    """Models drawn at random and kept if they agree with the references never contradict what is necessary."""
    v = values(seed)
    phi, _ = shares(v, pieces)
    r = np.random.default_rng(seed)
    truth = phi @ r.dirichlet(np.ones(phi.shape[1]))
    a, b, c = np.argsort(-truth)[[0, 2, 4]]
    references = [Reference(int(a), int(b), ">", "a > b"), Reference(int(b), int(c), ">=", "b >= c")]
    assert contradiction(v, references, pieces) == () or truth[a] - truth[b] < 1e-5
    found = regression(v, references, pieces, 2e-10)
    drawn = r.dirichlet(np.ones(phi.shape[1]), 4000)
    scores = drawn[models(phi, references).holds(drawn, 0.0)] @ phi.T
    gaps = scores[:, :, None] - scores[:, None, :]
    assert (gaps.min(axis=0, initial=0.0)[found.preference.necessary] >= -1e-9).all()
    assert (gaps.max(axis=0, initial=-1.0)[~found.preference.possible] < 0).all()
    assert found.preference.necessary[a, b]
    assert found.preference.necessary[b, c]
    upper, lower = np.nonzero(found.preference.strict)
    assert (found.scores[upper] - found.scores[lower] >= found.gap - 1e-9).all()


def test_without_references_only_dominance_is_necessary() -> None:
    """All monotone functions together know no more than dominance (Greco, Mousseau & Słowiński 2008, section 3)."""
    v = values(3)
    found = regression(v, [], None, 2e-10)
    dominates = (v[:, None, :] >= v[None, :, :]).all(axis=2)
    assert (found.preference.necessary == dominates).all()


def test_references_that_conflict_are_named() -> None:
    v = np.array([[1.0, 0.5], [0.5, 0.5], [0.0, 0.0]])
    references = [Reference(0, 2, ">", "a > c"), Reference(1, 0, ">", "b > a")]
    assert contradiction(v, references, None) == ("b > a",)


def test_marginal_values_rise_from_0_and_add_up_to_1() -> None:
    found = regression(values(1), [], 3, 2e-10)
    assert all(u[0] == 0 and (np.diff(u) >= 0).all() for u in found.representative)
    assert sum(u[-1] for u in found.representative) == pytest.approx(1)
