"""Weights that a program finds (BWM, FUCOM, MACBETH, UTASTAR), against plain formulas and every other choice."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged import FIGURES, IDS, few, ids, weigh

from techprio.errors import JudgementError, MethodError
from techprio.weights import WEIGHTINGS
from techprio.weights.bwm import THRESHOLDS, consistency_index, threshold


def test_the_published_indices_and_thresholds() -> None:
    """Table 1 of Rezaei (2015), quoted from the literature."""
    assert [round(consistency_index(a), 2) for a in range(1, 10)] == [0, 0.44, 1, 1.63, 2.3, 3, 3.73, 4.47, 5.23]
    assert threshold(2, 7) == 0
    assert threshold(8, 5) == THRESHOLDS[8][2] == 0.2958
    assert threshold(2.5, 5) == 0
    assert threshold(8.5, 3) == 0.1309
    assert threshold(5, 12) is None


ratios = st.sampled_from([1.0, 2.0, 3.0, 5.0, 7.0, 9.0])


def bwm_data(b: list[float], w: list[float], top: float) -> tuple[dict[str, Any], list[str]]:
    nodes = ["best", *(f"n{i}" for i in range(len(b))), "worst"]
    middle = nodes[1:-1]
    return {
        "best": "best",
        "worst": "worst",
        "best_to_others": {**dict(zip(middle, b, strict=True)), "worst": top},
        "others_to_worst": {**dict(zip(middle, w, strict=True)), "best": top},
    }, nodes


@few
@given(pairs=st.lists(st.tuples(ratios, ratios), min_size=1, max_size=4), top=ratios, seed=st.integers(0, 99))
def test_no_weights_deviate_less(pairs: list[tuple[float, float]], top: float, seed: int) -> None:
    b, w = ([pair[k] for pair in pairs] for k in (0, 1))
    data, nodes = bwm_data(b, w, top)
    linear, ratio = weigh("bwm", data, nodes), weigh("bwm", data, nodes, model="nonlinear")
    a_b, a_w = np.array([1, *b, top]), np.array([top, *w, 1])

    def in_weights(v: np.ndarray) -> float:
        return float(max(np.abs(v[0] - a_b * v).max(), np.abs(v - a_w * v[-1]).max()))

    def in_ratios(v: np.ndarray) -> float:
        others = [abs(v[0] / v[j] - a_b[j]) for j in range(1, len(v))]
        return float(max(others + [abs(v[j] / v[-1] - a_w[j]) for j in range(len(v) - 1)]))

    assert in_weights(linear.weights) == pytest.approx(linear.xi, abs=1e-8)
    near = np.random.default_rng(seed)
    for centre, found, deviation in ((linear, linear.xi, in_weights), (ratio, ratio.xi, in_ratios)):
        for _ in range(60):
            v = centre.weights * np.exp(near.normal(0, near.choice([0.001, 0.05, 0.5]), len(nodes)))
            assert deviation(v / v.sum()) >= found - 1e-8
    assert (ratio.low <= ratio.high + 1e-12).all()
    inputs = np.abs(a_b * a_w - top) / (top**2 - top) if top > 1 else 0 * a_b
    assert linear.input_ratio == pytest.approx(inputs.max(), abs=1e-12)
    for j in range(len(nodes)):  # both ends of a range are attained, which the centre of all need not
        assert ratio.low[j] - 1e-9 <= ratio.weights[j] <= ratio.high[j] + 1e-9


@few
@given(w=st.lists(st.floats(1, 9), min_size=2, max_size=6))
def test_fully_consistent_priorities(w: list[float]) -> None:
    nodes = ids(len(w))
    priorities = [p / min(w) for p in w]
    found = weigh("fucom", {"priorities": dict(zip(nodes, priorities, strict=True))}, nodes)
    expected = 1 / np.array(priorities)
    assert found.weights == pytest.approx(expected / expected.sum())
    assert found.deviation == 0
    assert [priorities[nodes.index(node)] for node in found.order] == sorted(priorities)
    again = weigh(
        "fucom",
        {
            "priorities": dict(zip(nodes, priorities, strict=True)),
            "comparisons": {nodes[0]: {nodes[1]: priorities[1] / priorities[0]}},
        },
        nodes,
    )
    assert again.weights == pytest.approx(found.weights, rel=1e-6)
    assert again.deviation == pytest.approx(0, abs=1e-9)


def met(scale: np.ndarray, said: list[tuple[int, int, int]]) -> bool:
    """Straight from the definition: categories of differences of a scale that ends in 0."""
    v = np.append(scale, 0.0)
    gaps = [(v[i] - v[j], k) for i, j, k in said]
    exact = all(abs(gap) < 1e-7 if k == 0 else gap >= k - 1e-7 for gap, k in gaps)
    return exact and all(one - other >= k - h - 1e-7 for one, k in gaps for other, h in gaps if k > h)


@few
@given(categories=st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_the_basic_scale_is_the_smallest_that_meets_the_judgements(categories: list[int]) -> None:
    """Three swings, all pairs judged; against every scale of whole numbers up to 12."""
    nodes = ["a", "b", "c"]
    pairs = list(itertools.combinations(range(4), 2))
    said = [(i, j, k) for (i, j), k in zip(pairs, categories, strict=True)]
    data: dict[str, Any] = {"swings": {}, "differences": {"a": {}, "b": {}}}
    for i, j, k in said:
        if j == 3:
            data["swings"][nodes[i]] = k
        else:
            data["differences"][nodes[i]][nodes[j]] = k
    grid = [np.array(v, float) for v in itertools.product(range(13), repeat=3)]
    whole = [v.max() for v in grid if met(v, said)]
    if not any(categories):
        return
    if whole:
        found = weigh("macbeth", data, nodes)
        assert met(found.scale, said)
        assert found.scale.max() <= min(whole) + 1e-7
        return
    with pytest.raises(JudgementError) as caught:
        weigh("macbeth", data, nodes)
    conflict = caught.value.facts["conflict"]
    assert caught.value.path == conflict[0]
    path = {("swings", nodes[i]) if j == 3 else ("differences", nodes[i], nodes[j]): (i, j, k) for i, j, k in said}
    kept = [path[p] for p in conflict]
    assert not any(met(v, kept) for v in grid)
    for one in kept:
        assert any(met(v, [other for other in kept if other != one]) for v in grid)


def test_judgements_that_conflict_are_named() -> None:
    """a is 1 above nothing and 2 above b, which cannot be below nothing; the other judgements have no part in it."""
    said = {"swings": {"a": "very weak", "b": "strong", "c": 1, "d": 1}, "differences": {"a": {"b": "weak"}}}
    with pytest.raises(JudgementError, match="a over no swing very weak; a over b weak; one of them has to") as caught:
        WEIGHTINGS["macbeth"].function(said, IDS)
    assert caught.value.facts["conflict"] == [("swings", "a"), ("differences", "a", "b")]


@few
@given(seed=st.integers(0, 10_000))
def test_utastar_explains_what_can_be_explained(seed: int) -> None:
    chance = np.random.default_rng(seed)
    m, n = int(chance.integers(3, 6)), int(chance.integers(2, 4))
    x = chance.integers(0, 11, (m, n)).astype(float)
    x[0], x[1] = 0, 10
    sense = chance.choice([-1.0, 1.0], n)
    truth = chance.dirichlet(np.ones(n))
    v = np.where(sense > 0, x / 10, 1 - x / 10) @ truth
    order = np.argsort(-v)
    gaps = -np.diff(v[order])
    if gaps.min() < 1e-3:
        return
    names, nodes = [f"p{i}" for i in range(m)], list(ids(n))
    found = weigh(
        "utastar",
        {"ranking": [names[i] for i in order]},
        nodes,
        candidates=names,
        x=x,
        sense=sense,
        delta=gaps.min() / 2,
    )
    assert found.error == 0
    assert (-np.diff(found.values) >= gaps.min() / 2 - 1e-9).all()
    assert (found.low <= found.weights + 1e-9).all()
    assert (found.weights <= found.high + 1e-9).all()
    assert (truth >= found.low - 1e-9).all()
    assert (truth <= found.high + 1e-9).all()
    for j, node in enumerate(nodes):
        at, value = found.functions[node]
        assert value[0] == 0
        assert (np.diff(value) >= -1e-12).all()
        assert value[-1] == pytest.approx(found.weights[j])
        assert at[-1] == (10 if sense[j] > 0 else 0)


def test_a_ranking_that_nothing_explains_shows_its_error() -> None:
    """The better candidate on every criterion is ranked below by 0.1: errors of 0.1 are the least."""
    found = weigh(
        "utastar",
        {"ranking": ["worse", "better"]},
        ["a", "b"],
        candidates=["better", "worse"],
        x=[[5, 5], [5, 4]],
        sense=[1, 1],
        bounds=[[0, 10], [0, 10]],
        delta=0.1,
    )
    assert found.error == pytest.approx(0.1)
    assert np.abs(found.errors).sum() == pytest.approx(0.1)
    assert found.reference == ("worse", "better")


UTASTAR_WRONG: list[tuple[Any, dict[str, Any], type[Exception], str]] = [
    ({"ranking": ["p", "s"]}, {}, JudgementError, "no candidate s"),
    ({"ranking": ["p", "p"]}, {}, JudgementError, "stands twice"),
    ({"ranking": [["p", "q"]]}, {}, JudgementError, "two places or more"),
    ({"ranking": ["p", "q"], "pieces": {"a": 1.5}}, {}, JudgementError, "number of pieces"),
    ({"ranking": ["p", "q"], "pieces": {"e": 1}}, {}, JudgementError, "no node e"),
    ({}, {}, JudgementError, "ranking is missing"),
    ({"ranking": ["p", "q", "r"]}, {"x": [[1, 5], [1, 3], [1, 1]]}, MethodError, "all the same on|are the same on a"),
    ({"ranking": ["p", "q"]}, {"bounds": [[0, 1], [0, 9]]}, MethodError, "outside the bounds"),
    ({"ranking": ["p", "q"]}, {"bounds": [[9, 0], [0, 9]]}, MethodError, "limits in order"),
    ({"ranking": ["p", "q"]}, {"x": [[1, 5], [2, 3]]}, MethodError, "do not fit"),
    ({"ranking": ["p", "q"]}, {"bounds": [[0, 9]]}, MethodError, "bounds must be"),
    ({"ranking": ["p", "q"]}, {"delta": 0}, MethodError, "delta is above 0"),
    ({"ranking": ["p", "q"]}, {"epsilon": -1}, MethodError, "epsilon not below"),
    ({"ranking": ["p", "q", "r"]}, {"x": [[1, np.nan], [2, 3], [4, 1]]}, MethodError, "row 0, column 1"),
]


@pytest.mark.parametrize(("judgements", "more", "kind", "what"), UTASTAR_WRONG)
def test_what_utastar_refuses(judgements: Any, more: dict[str, Any], kind: type[Exception], what: str) -> None:
    with pytest.raises(kind, match=what):
        WEIGHTINGS["utastar"].function(judgements, ["a", "b"], **{**FIGURES, **more})
