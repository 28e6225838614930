"""Weights and agreement against other libraries where they are right; the rest: docs/known-differences.md."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from techprio import agreement
from techprio.weights import WEIGHTINGS

RNG = np.random.default_rng(7)
X = RNG.uniform(1, 100, (9, 5)) * np.array([1, 0.01, 50, 3, 1000])
SENSE = np.array([1.0, -1, 1, 1, -1])
PLAIN = np.ones(5)

FIGURES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("entropy", "pymcdm.weights", "entropy_weights", "x", {}),
    ("entropy", "pyrepo_mcda.weighting_methods", "entropy_weighting", "x", {}),
    ("entropy", "skcriteria.preprocessing.weighters", "entropy_weights", "x", {}),
    ("std", "pymcdm.weights", "standard_deviation_weights", "x", {"scaling": "none"}),
    ("std", "pyrepo_mcda.weighting_methods", "std_weighting", "x", {"scaling": "none"}),
    ("std", "skcriteria.preprocessing.weighters", "std_weights", "x", {"scaling": "none"}),
    ("gini", "pymcdm.weights", "gini_weights", "x", {}),
    ("gini", "pyrepo_mcda.weighting_methods", "gini_weighting", "x", {}),
    ("gini", "skcriteria.preprocessing.weighters", "gini_weights", "x", {}),
    ("critic", "skcriteria.preprocessing.weighters", "critic_weights", "x, sense", {}),
    ("critic", "pymcdm.weights", "critic_weights", "benefits", {}),
    ("critic", "pyrepo_mcda.weighting_methods", "critic_weighting", "benefits", {}),
    ("merec", "pymcdm.weights", "merec_weights", "x, sense", {}),
    ("merec", "pyrepo_mcda.weighting_methods", "merec_weighting", "x, sense", {}),
    ("merec", "skcriteria.preprocessing.weighters", "merec_weights", "x, sense", {}),
    ("lopcow", "pymcdm.weights", "lopcow_weights", "x, sense", {}),
    ("cilos", "pymcdm.weights", "cilos_weights", "x, sense", {}),
    ("cilos", "pyrepo_mcda.weighting_methods", "cilos_weighting", "x, sense", {}),
    ("idocriw", "pymcdm.weights", "idocriw_weights", "x, sense", {}),
    ("idocriw", "pyrepo_mcda.weighting_methods", "idocriw_weighting", "x, sense", {}),
]


@pytest.fixture(autouse=True)
def their_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def theirs(module: str, name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(pytest.importorskip(module), name)
    return function


@pytest.mark.parametrize(("id", "module", "name", "takes", "settings"), FIGURES)
def test_weights_from_figures(id: str, module: str, name: str, takes: str, settings: dict[str, Any]) -> None:
    there = theirs(module, name)
    sense = PLAIN if takes == "benefits" else SENSE
    expected = there(X, SENSE) if takes == "x, sense" else there(X)
    assert WEIGHTINGS[id].function(X, sense, **settings) == pytest.approx(np.asarray(expected), rel=1e-6)


def test_pairwise_judgements() -> None:
    subjective = pytest.importorskip("pymcdm.weights.subjective")
    found = WEIGHTINGS["ahp"].function({"a": {"b": 3, "c": 5}, "b": {"c": 4}}, ["a", "b", "c"])
    there = subjective.AHP(matrix=np.array([[1, 3, 5], [1 / 3, 1, 4], [1 / 5, 1 / 4, 1]]))
    assert found.weights == pytest.approx(there(), rel=1e-4)
    assert found.cr == pytest.approx(there.get_cr(), rel=1e-3)


MEASURES = [
    ("spearman", "pymcdm.correlations", "spearman"),
    ("spearman", "pyrepo_mcda.correlations", "spearman"),
    ("weighted_spearman", "pymcdm.correlations", "weighted_spearman"),
    ("weighted_spearman", "pyrepo_mcda.correlations", "weighted_spearman"),
    ("ws", "pymcdm.correlations", "ws"),
    ("ws", "pyrepo_mcda.correlations", "WS_coeff"),
    ("kendall", "pymcdm.correlations", "kendall_tau"),
    ("kendall", "pyrepo_mcda.correlations", "kendall_tau"),
]


@pytest.mark.parametrize(("id", "module", "name"), MEASURES)
def test_agreement_without_ties(id: str, module: str, name: str) -> None:
    there = theirs(module, name)
    for _ in range(5):
        a, b = (RNG.permutation(9) + 1.0 for _ in range(2))
        assert getattr(agreement, id)(a, b) == pytest.approx(float(there(a, b)), rel=1e-9)


def test_what_a_peer_calls_copeland_is_borda() -> None:
    there = theirs("pyrepo_mcda.compromise_rankings", "copeland")
    for _ in range(20):
        rankings = np.array([RNG.permutation(7) + 1 for _ in range(4)])
        own = agreement.borda(rankings)
        if len(set(own.ranks.tolist())) == 7:
            assert own.ranks.tolist() == np.asarray(there(rankings.T)).tolist()
