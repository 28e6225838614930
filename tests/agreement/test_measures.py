"""Measures of agreement, against plain loops and another library."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, rankdata, spearmanr

from techprio import agreement
from techprio.agreement import if_defined, kendall, kendall_w, overlaps, rbo, spearman, top_k, weighted_spearman, ws
from techprio.errors import MethodError, UndefinedError

SYMMETRIC = [kendall, spearman, weighted_spearman, rbo]
Pair = tuple[np.ndarray, np.ndarray]
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault."""


@st.composite
def pairs(draw: st.DrawFn, ties: bool = True) -> Pair:
    m = draw(st.integers(2, 9))
    ranking = st.lists(st.integers(1, m), min_size=m, max_size=m) if ties else st.permutations(range(1, m + 1))
    return np.array(draw(ranking), float), np.array(draw(ranking), float)


tied = st.integers(2, 6).flatmap(
    lambda m: st.lists(st.lists(st.integers(1, m), min_size=m, max_size=m), min_size=1, max_size=5)
)


@calm
@given(pair=pairs())
def test_against_another_library(pair: Pair) -> None:
    a, b = pair
    assume(np.ptp(a) > 0 and np.ptp(b) > 0)
    assert kendall(a, b) == pytest.approx(kendalltau(a, b).statistic)
    assert spearman(a, b) == pytest.approx(spearmanr(a, b).statistic)


@calm
@given(pair=pairs())
def test_only_the_order_counts(pair: Pair) -> None:
    """Ranks by any rule for ties, and any rising function of them, give the same."""
    a, b = pair
    for measure in (*SYMMETRIC, ws):
        for rule in ("min", "max", "average", "dense"):
            assert if_defined(measure, rankdata(a, rule), b) == pytest.approx(if_defined(measure, a, b))
        assert if_defined(measure, a, b**3 + 5) == pytest.approx(if_defined(measure, a, b))


@calm
@given(pair=pairs())
def test_symmetry_and_ends(pair: Pair) -> None:
    a, b = pair
    for measure in SYMMETRIC:
        assert if_defined(measure, a, b) == pytest.approx(if_defined(measure, b, a))
        assert not (if_defined(measure, a, b) or 0) > 1 + 1e-12
    assert top_k(a, b, 2) == top_k(b, a, 2)
    assert ws(a, a) == pytest.approx(1)
    assert rbo(a, a) == pytest.approx(1)
    assert weighted_spearman(a, a) == pytest.approx(1)


@calm
@given(pair=pairs(ties=False))
def test_without_ties(pair: Pair) -> None:
    a, b = pair
    m = len(a)
    assert spearman(a, b) == pytest.approx(1 - 6 * ((a - b) ** 2).sum() / (m**3 - m))
    for measure in (kendall, spearman, weighted_spearman):
        assert measure(a, a) == pytest.approx(1)
        assert measure(a, m + 1 - a) == pytest.approx(-1)
    plain = 1.0
    for r, q in zip(a, b, strict=True):
        plain -= 2.0**-r * abs(r - q) / max(abs(1 - r), abs(m - r))
    assert ws(a, b) == pytest.approx(plain)


@calm
@given(pair=pairs(), p=st.floats(0.05, 0.95))
def test_overlaps_are_those_of_sets(pair: Pair, p: float) -> None:
    a, b = pair
    m = len(a)
    places = [[1 + sum(other < own for other in ranks) for own in ranks] for ranks in (a, b)]
    agreement = []
    for depth in range(1, m + 1):
        first, second = ({i for i in range(m) if place[i] <= depth} for place in places)
        agreement.append(2 * len(first & second) / (len(first) + len(second)))
        assert top_k(a, b, depth) == pytest.approx(agreement[-1])
    assert overlaps(a, b) == pytest.approx(agreement)
    total = sum((1 - p) * p**d * agreement[d] for d in range(m)) + p**m * agreement[-1]
    assert rbo(a, b, p) == pytest.approx(total)
    assert 0 <= rbo(a, b, p, depth=1) <= 1


@calm
@given(rankings=st.integers(2, 7).flatmap(lambda m: st.lists(st.permutations(range(1, m + 1)), min_size=2, max_size=6)))
def test_concordance_is_the_mean_spearman(rankings: list[list[int]]) -> None:
    """Without ties W = (1 + (k − 1) ρ̄)/k (Kendall & Babington Smith 1939)."""
    k = len(rankings)
    rho = [spearman(rankings[i], rankings[j]) for i in range(k) for j in range(i)]
    assert kendall_w(rankings) == pytest.approx((1 + (k - 1) * float(np.mean(rho))) / k)
    assert kendall_w([rankings[0]] * k) == pytest.approx(1)


@calm
@given(rankings=tied)
def test_concordance_with_ties(rankings: list[list[int]]) -> None:
    k, m = len(rankings), len(rankings[0])
    sums = [sum(rankdata(row)[i] for row in rankings) for i in range(m)]
    s = sum((r - sum(sums) / m) ** 2 for r in sums)
    ties = sum(row.count(v) ** 3 - row.count(v) for row in rankings for v in set(row))
    most = k * k * (m**3 - m) - k * ties
    if most == 0:
        assert if_defined(kendall_w, rankings) is None
    else:
        assert kendall_w(rankings) == pytest.approx(12 * s / most)
        assert -1e-12 <= kendall_w(rankings) <= 1 + 1e-12


@pytest.mark.parametrize(
    ("measure", "rankings", "why"),
    [
        (kendall, ([1, 1, 1], [1, 2, 3]), "kendall .* the first ranking ties all"),
        (kendall, ([1, 2, 3], [2, 2, 2]), "kendall .* the second ranking ties all"),
        (kendall, (np.ones(300), np.arange(300)), "the first ranking ties all"),
        (spearman, ([1, 2, 3], [1, 1, 1]), "spearman .* the second ranking ties all"),
        (weighted_spearman, ([1], [1]), "weighted_spearman has no value for a single candidate"),
        (ws, ([1], [1]), "ws has no value for a single candidate"),
        (kendall_w, ([[1, 1], [2, 2]],), "every ranking ties all candidates"),
    ],
)
def test_a_coefficient_without_a_value_says_why(measure: Any, rankings: tuple[Any, ...], why: str) -> None:
    with pytest.raises(UndefinedError, match=why):
        measure(*rankings)
    assert if_defined(measure, *rankings) is None


def test_the_others_have_a_value_for_any_rankings() -> None:
    tied, other = [1, 1, 1], [3, 1, 2]
    for found in (weighted_spearman(tied, other), ws(tied, other), ws(other, tied), rbo(tied, other)):
        assert np.isfinite(found)
    assert rbo([1], [1]) == top_k([1], [1], 1) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("kendall", ([1, 2], [1, 2, 3])),
        ("spearman", ([[1, 2]], [[1, 2]])),
        ("ws", ([], [])),
        ("weighted_spearman", ([1, np.nan], [1, 2])),
        ("rbo", ([1, 2], [1, 2], 1.0)),
        ("rbo", ([1, 2], [1, 2], 0.5, 3)),
        ("top_k", ([1, 2], [1, 2], 0)),
        ("top_k", ([1, 2], [1, 2], 3)),
        ("kendall_w", ([1, 2],)),
        ("kendall_w", ([[1, np.inf]],)),
    ],
)
def test_what_cannot_be_compared(name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(MethodError):
        getattr(agreement, name)(*arguments)
