"""The same tables through other libraries, where those are right; where not: docs/known-differences.md."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from techprio.methods import METHODS, vikor

TABLES = [(3, 2), (6, 5), (11, 4), (20, 7), (35, 8)]


def table(m: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Benefits and costs, 1 to 100; nobody is the worst in everything, where the CoCoSo of others is infinite."""
    r = np.random.default_rng(100 * m + n + 3)
    return r.uniform(1, 100, (m, n)), r.dirichlet(np.ones(n)), np.where(np.arange(n) % 2, -1, 1)


def ours(id: str, x: np.ndarray, w: np.ndarray, sense: np.ndarray, **settings: Any) -> np.ndarray:
    return METHODS[id].function(x, w, sense, **settings)


def theirs(call: Any) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(call(), float)


@pytest.mark.parametrize("size", TABLES)
@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("additive", "WSM"),
        ("geometric", "WPM"),
        ("topsis", "TOPSIS"),
        ("vikor", "VIKOR"),
        ("edas", "EDAS"),
        ("codas", "CODAS"),
        ("aras", "ARAS"),
        ("marcos", "MARCOS"),
        ("cocoso", "COCOSO"),
    ],
)
def test_like_pymcdm(id: str, name: str, size: tuple[int, int]) -> None:
    methods = pytest.importorskip("pymcdm.methods")
    normalizations = pytest.importorskip("pymcdm.normalizations")
    chosen = {"TOPSIS": "vector", "WSM": "minmax", "WPM": "linear"}.get(name)
    arguments = [getattr(normalizations, f"{chosen}_normalization")] if chosen else []
    x, w, sense = table(*size)
    expected = theirs(lambda: getattr(methods, name)(*arguments)(x, w, sense))
    settings = {"scaling": "linear"} if id == "geometric" else {}
    assert ours(id, x, w, sense, **settings) == pytest.approx(-expected if id == "vikor" else expected, rel=1e-9)


@pytest.mark.parametrize("size", TABLES)
@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("additive", "SAW"),
        ("topsis", "TOPSIS"),
        ("vikor", "VIKOR"),
        ("edas", "EDAS"),
        ("codas", "CODAS"),
        ("aras", "ARAS"),
        ("copras", "COPRAS"),
        ("marcos", "MARCOS"),
        ("cocoso", "COCOSO"),
        ("cradis", "CRADIS"),
    ],
)
def test_like_pyrepo_mcda(id: str, name: str, size: tuple[int, int]) -> None:
    methods = pytest.importorskip("pyrepo_mcda.mcda_methods")
    normalizations = pytest.importorskip("pyrepo_mcda.normalizations")
    chosen = {"TOPSIS": "vector", "SAW": "minmax"}.get(name)
    settings = {"normalization_method": getattr(normalizations, f"{chosen}_normalization")} if chosen else {}
    x, w, sense = table(*size)
    expected = theirs(lambda: getattr(methods, name)(**settings)(x, w, sense))
    assert ours(id, x, w, sense) == pytest.approx(-expected if id == "vikor" else expected, rel=1e-9)


@pytest.mark.parametrize("size", TABLES)
def test_copras_like_scikit_criteria(size: tuple[int, int]) -> None:
    skcriteria = pytest.importorskip("skcriteria")
    agg = pytest.importorskip("skcriteria.agg.copras")
    x, w, sense = table(*size)
    matrix = skcriteria.mkdm(x / x.sum(axis=0), [max if s > 0 else min for s in sense], weights=w)
    expected = theirs(lambda: agg.COPRAS().evaluate(matrix).e_["score"])
    assert ours("copras", x, w, sense) == pytest.approx(expected / 100, rel=1e-9)


@pytest.mark.parametrize("size", TABLES)
def test_the_product_is_like_that_of_scikit_criteria(size: tuple[int, int]) -> None:
    skcriteria = pytest.importorskip("skcriteria")
    agg = pytest.importorskip("skcriteria.agg.simple")
    x, w, sense = table(*size)
    matrix = skcriteria.mkdm(np.where(sense > 0, x, 1 / x), [max] * len(w), weights=w)
    expected = theirs(lambda: agg.WeightedProductModel().evaluate(matrix).e_["score"])
    assert ours("geometric", x, w, sense) == pytest.approx(10**expected, rel=1e-9)


@pytest.mark.parametrize("size", TABLES[1:])
def test_vikor_proposes_whom_scikit_criteria_proposes(size: tuple[int, int]) -> None:
    skcriteria = pytest.importorskip("skcriteria")
    agg = pytest.importorskip("skcriteria.agg.vikor")
    x, w, sense = table(*size)
    matrix = skcriteria.mkdm(x, [max if s > 0 else min for s in sense], weights=w)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = agg.VIKOR().evaluate(matrix).e_
    found = vikor.compromise(x, w, sense)
    assert pytest.approx(np.asarray(expected.q_k), abs=1e-9) == found.measures.Q
    assert sorted(expected.compromise_set) == np.flatnonzero(found.members).tolist()
    assert (found.advantage, found.stability) == (expected.acceptable_advantage, expected.acceptable_stability)
