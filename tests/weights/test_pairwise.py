"""Pairwise judgements and groups, against plain formulas and every other choice."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged import comparisons, few, ids, judged, reciprocal, weigh

from techprio.errors import JudgementError, MethodError, UsageError
from techprio.weights import aij, aip
from techprio.weights.ahp import best_repair, worst_triad
from techprio.weights.pairwise import alonso_lamata, harker, lambda_max, matrix


@few
@given(w=st.lists(st.floats(1, 3), min_size=2, max_size=6), drop=st.integers(0, 3))
def test_consistent_judgements_give_their_weights(w: list[float], drop: int) -> None:
    n = len(w)
    a = np.divide.outer(np.array(w), np.array(w))
    for i, j in list(itertools.combinations(range(n), 2))[n:][:drop]:  # the rest still links all nodes
        a[i, j] = a[j, i] = np.nan
    expected = np.array(w) / np.sum(w)
    for priorities in ("eigenvector", "least_squares"):
        found = weigh("ahp", comparisons(a), ids(n), priorities=priorities)
        assert found.weights == pytest.approx(expected, rel=1e-6)
        assert found.lambda_max == pytest.approx(n)
        assert found.cr == pytest.approx(0, abs=1e-6)
        assert found.consistent


@few
@given(a=judged)
def test_the_eigenvector_and_the_geometric_mean(a: np.ndarray) -> None:
    n = len(a)
    found = weigh("ahp", comparisons(a), ids(n))
    assert a @ found.weights == pytest.approx(found.lambda_max * found.weights, rel=1e-6)
    assert lambda_max(harker(a)[None])[0] == pytest.approx(found.lambda_max, rel=1e-6)
    assert found.lambda_max >= n - 1e-9
    rows = np.exp(np.log(a).mean(axis=1))
    logarithmic = weigh("ahp", comparisons(a), ids(n), priorities="least_squares")
    assert logarithmic.weights == pytest.approx(rows / rows.sum(), rel=1e-6)


@few
@given(a=judged)
def test_the_worst_triad_is_the_worst(a: np.ndarray) -> None:
    gaps = [
        1 - min(a[i, k] / (a[i, j] * a[j, k]), a[i, j] * a[j, k] / a[i, k])
        for i, j, k in itertools.combinations(range(len(a)), 3)
    ]
    found = worst_triad(a, ids(len(a)))
    if max(gaps) < 1e-9:
        assert found is None
    else:
        assert found is not None
        assert found.inconsistency == pytest.approx(max(gaps))
        assert found.inconsistency == pytest.approx(
            1 - min(found.ac / (found.ab * found.bc), found.ab * found.bc / found.ac)
        )


@few
@given(a=judged)
def test_no_other_change_of_one_judgement_repairs_more(a: np.ndarray) -> None:
    n = len(a)
    found = best_repair(a, ids(n), 9)
    grid = np.exp(np.linspace(-np.log(9), np.log(9), 41))
    least = np.inf
    for i, j in itertools.combinations(range(n), 2):
        stack = np.repeat(a[None], len(grid), axis=0)
        stack[:, i, j], stack[:, j, i] = grid, 1 / grid
        least = min(least, float(np.linalg.eigvals(stack).real.max()))
        least = min(least, *(float(np.linalg.eigvals(m).real.max()) for m in stack))
    repaired = a.copy()
    if found is not None:
        i, j = (int(node[1:]) for node in (found.a, found.b))
        assert found.judged == a[i, j]
        repaired[i, j], repaired[j, i] = found.value, 1 / found.value
    assert np.linalg.eigvals(repaired).real.max() <= least + 1e-6


def test_a_circle_shows_and_is_repaired() -> None:
    found = weigh("ahp", {"a": {"b": 3}, "b": {"c": 3}, "c": {"a": 3}}, ["a", "b", "c"])
    assert found.weights == pytest.approx([1 / 3] * 3)
    assert found.cr == pytest.approx((found.lambda_max - 3) / 2 / 0.58)
    assert not found.consistent
    assert found.worst[:3] == ("a", "b", "c")
    assert found.worst.inconsistency == pytest.approx(1 - 1 / 27)
    assert found.repair[:4] == ("a", "b", 3, pytest.approx(1 / 9))
    assert found.repair.cr == pytest.approx(0, abs=1e-9)


def test_random_indices() -> None:
    assert [round(alonso_lamata(n), 4) for n in (1, 2, 3)] == [0, 0, 0.4792]
    found = weigh("ahp", {"a": {"b": 3, "c": 5}, "b": {"c": 4}}, ["a", "b", "c"])
    assert found.cr == pytest.approx(found.ci / 0.58)
    assert found.cr_alonso_lamata == pytest.approx(found.ci / alonso_lamata(3))
    chain = {f"n{i}": {f"n{i + 1}": 2} for i in range(16)}
    many = weigh("ahp", chain, ids(17))
    assert many.cr is None
    assert many.missing == 17 * 16 // 2 - 16
    assert many.consistent


def test_both_ways_if_they_say_the_same() -> None:
    both = weigh("ahp", {"a": {"b": 3}, "b": {"a": "1/3"}}, ["a", "b"])
    assert both.weights == pytest.approx([0.75, 0.25])
    assert matrix({"b": {"a": "1/3"}}, ("a", "b"), 9)[0, 1] == pytest.approx(3)


def test_a_group_by_hand() -> None:
    said = {"x": {"a": {"b": 4}}, "y": {"a": {"b": 1}}}
    together = aij(said, ["a", "b"])
    assert together.weights == pytest.approx([2 / 3, 1 / 3])
    assert "judgements (AIJ)" in together.aggregation
    assert together.together is not None
    apart = aip(said, ["a", "b"], mean="arithmetic")
    assert apart.weights == pytest.approx([0.65, 0.35])
    assert "priorities (AIP), arithmetic" in apart.aggregation
    assert apart.judges["x"].weights == pytest.approx([0.8, 0.2])
    heavy = aij(said, ["a", "b"], importance={"x": 3, "y": 1})
    assert heavy.weights == pytest.approx([4**0.75 / (1 + 4**0.75), 1 / (1 + 4**0.75)])
    assert heavy.importance == {"x": 0.75, "y": 0.25}
    assert set(heavy.rows()[0]) == {"node", "weight", "x", "y"}


@few
@given(a=judged, seed=st.integers(0, 99))
def test_judgements_and_priorities_agree_under_least_squares(a: np.ndarray, seed: int) -> None:
    """The geometric mean of the row geometric means is the row geometric mean of the geometric mean."""
    n = len(a)
    other = reciprocal(n, list(np.random.default_rng(seed).choice([1 / 5, 1 / 2, 1.0, 3.0, 7.0], n * (n - 1) // 2)))
    said = {"x": comparisons(a), "y": comparisons(other)}
    together = aij(said, ids(n), priorities="least_squares")
    apart = aip(said, ids(n), priorities="least_squares")
    assert together.weights == pytest.approx(apart.weights, rel=1e-6)
    assert aij(dict.fromkeys("xy", comparisons(a)), ids(n)).weights == pytest.approx(
        weigh("ahp", comparisons(a), ids(n)).weights, rel=1e-6
    )


def test_a_group_with_gaps_and_errors() -> None:
    said = {"x": {"a": {"b": 2, "c": 4}}, "y": {"a": {"b": 2}, "b": {"c": 2}}}
    assert aij(said, ["a", "b", "c"]).weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    with pytest.raises(JudgementError) as caught:
        aij({"x": {"a": {"b": 20}}}, ["a", "b"])
    assert caught.value.path == ("x", "a", "b")
    with pytest.raises(JudgementError, match="no judges"):
        aij({}, ["a", "b"])
    with pytest.raises(UsageError, match="different judges"):
        aij({"x": {"a": {"b": 2}}}, ["a", "b"], importance={"y": 1})
    with pytest.raises(UsageError, match="no judge has any importance"):
        aip({"x": {"a": 1, "b": 2}}, ["a", "b"], weighting="direct", importance={"x": 0})
    with pytest.raises(UsageError, match="from figures"):
        aip({"x": {}}, ["a", "b"], weighting="critic")
    with pytest.raises(UsageError, match="geometric or arithmetic"):
        aip({"x": {"a": 1, "b": 2}}, ["a", "b"], weighting="direct", mean="median")
    with pytest.raises(MethodError, match="no geometric mean"):
        aip({"x": {"a": 1, "b": 0}, "y": {"a": 0, "b": 1}}, ["a", "b"], weighting="direct")
    veto = aip({"x": {"a": 1, "b": 0}, "y": {"a": 1, "b": 1}}, ["a", "b"], weighting="direct")
    assert veto.weights.tolist() == [1, 0]


def test_the_largest_eigenvalue_where_most_pairs_are_not_judged() -> None:
    """A long circle: the second eigenvalue is close to the largest."""
    n = 15
    circle = {f"n{i}": {f"n{i + 1}": 1.5} for i in range(n - 1)} | {f"n{n - 1}": {"n0": 2}}
    a = harker(matrix(circle, ids(n), 9))
    assert lambda_max(a[None])[0] == pytest.approx(np.linalg.eigvals(a).real.max(), rel=1e-12)
