"""Weights from judgements: what they promise, and what they refuse, by the path to it."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techprio.errors import JudgementError, MethodError, UsageError
from techprio.weights import WEIGHTINGS, aij, aip
from techprio.weights.ahp import best_repair, worst_triad
from techprio.weights.bwm import THRESHOLDS, consistency_index, threshold
from techprio.weights.pairwise import alonso_lamata, harker, lambda_max, matrix

IDS = ["a", "b", "c", "d"]
few = settings(deadline=None, max_examples=30)
"""Linear programs and eigenvalues take their time."""

FIGURES = {"candidates": ["p", "q", "r"], "x": [[1, 5], [2, 3], [4, 1]], "sense": [1, 1]}


def weigh(id: str, judgements: Any, nodes: Any = IDS, **settings: Any) -> Any:
    found = WEIGHTINGS[id].function(judgements, nodes, **settings)
    assert found.nodes == tuple([nodes] if isinstance(nodes, str) else nodes)
    assert not found.weights.flags.writeable
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert len(found.rows()) == len(found.nodes)
    assert "<table" in found._repr_html_()
    return found


SOUND: dict[str, Any] = {
    "direct": {"a": 4, "b": 3, "c": 2, "d": 1},
    "points": {"a": 40, "b": 30, "c": 20, "d": 10},
    "equal": None,
    "swing": {"a": 100, "b": {"swing": 60, "from": 3, "to": 9}, "c": 20, "d": 10},
    "roc": ["a", ["b", "c"], "d"],
    "rank_sum": ["a", ["b", "c"], "d"],
    "rank_reciprocal": ["a", ["b", "c"], "d"],
    "srf": {"least_to_most": ["d", 1, ["b", "c"], "a"], "ratio": 5},
    "ahp": {"a": {"b": 2, "c": 4, "d": 8}, "b": {"c": 2, "d": "4/1"}, "d": {"c": "1/2"}},
    "bwm": {
        "best": "a",
        "worst": "d",
        "best_to_others": {"b": 2, "c": 4, "d": 8},
        "others_to_worst": {"a": 8, "b": 4, "c": 2},
    },
    "fucom": {"priorities": {"a": 1, "b": 2, "c": 4, "d": 8}},
    "macbeth": {
        "swings": {"a": "strong", "b": "moderate", "c": 2, "d": ["very weak", "weak"]},
        "differences": {"a": {"b": "very weak", "d": "positive"}},
    },
}


@pytest.mark.parametrize("id", SOUND)
def test_sound_judgements_in_their_order(id: str) -> None:
    w = weigh(id, SOUND[id]).weights
    assert (np.diff(w) <= 1e-9).all()
    turned = weigh(id, SOUND[id], IDS[::-1]).weights
    assert turned[::-1] == pytest.approx(w, abs=1e-9)
    assert list(WEIGHTINGS[id].function(SOUND[id], IDS).to_frame()["node"]) == IDS


def test_every_weighting_from_judgements_is_tried() -> None:
    assert {*SOUND, "utastar"} == {id for id, entry in WEIGHTINGS.items() if entry.kind == "judgement"}


@pytest.mark.parametrize("id", SOUND)
def test_one_node(id: str) -> None:
    alone: dict[str, Any] = {
        "direct": {"a": 4},
        "points": {"a": 100},
        "swing": {"a": 100},
        "srf": {"least_to_most": ["a"]},
        "ahp": {},
        "bwm": {"best": "a", "worst": "a", "best_to_others": {}, "others_to_worst": {}},
        "fucom": {"priorities": {"a": 1}},
        "macbeth": {"swings": {"a": 3}},
        "equal": None,
    }
    assert weigh(id, alone.get(id, ["a"]), ["a"]).weights.tolist() == [1]


@pytest.mark.parametrize("id", WEIGHTINGS)
def test_nodes_are_told_apart(id: str) -> None:
    if WEIGHTINGS[id].kind == "judgement":
        more = FIGURES if id == "utastar" else {}
        for nodes in ([], ["a", "a"]):
            with pytest.raises(UsageError, match=r"no node|stands twice"):
                WEIGHTINGS[id].function(SOUND.get(id), nodes, **more)


WRONG: list[tuple[str, Any, tuple[Any, ...], str]] = [
    ("direct", {"a": 1, "b": 1, "c": 1, "e": 1}, ("e",), "no node e"),
    ("direct", {"a": 1, "b": 1, "c": 1}, (), "nothing is said of d"),
    ("direct", {"a": 1, "b": -1, "c": 1, "d": 1}, ("b",), "below 0"),
    ("direct", {"a": 1, "b": "much", "c": 1, "d": 1}, ("b",), "not a number"),
    ("direct", {"a": 1, "b": True, "c": 1, "d": 1}, ("b",), "not a number"),
    ("direct", {"a": 1, "b": float("nan"), "c": 1, "d": 1}, ("b",), "not a number"),
    ("direct", {"a": 0, "b": 0, "c": 0, "d": 0}, (), "all weights are 0"),
    ("direct", [1, 2, 3, 4], (), "a mapping is needed"),
    ("points", {"a": 50, "b": 30, "c": 20, "d": 10}, (), "add up to 110, not to 100"),
    ("equal", {"a": 1}, (), "take no judgements"),
    ("swing", {"a": 90, "b": 30, "c": 20, "d": 10}, (), "largest swing is 100"),
    ("swing", {"a": 100, "b": 130, "c": 20, "d": 10}, ("b",), "not from 0 to 100"),
    ("swing", {"a": 100, "b": {"swing": 3, "from": 1, "to": 1}, "c": 2, "d": 1}, ("b",), "nothing is swung over"),
    ("swing", {"a": 100, "b": {"swing": 3, "form": 1, "to": 1}, "c": 2, "d": 1}, ("b", "form"), "did you mean from"),
    ("swing", {"a": 100, "b": {"swing": 3, "to": 1}, "c": 2, "d": 1}, ("b",), "from is missing"),
    ("roc", ["a", "b", "c"], (), "d is missing"),
    ("roc", ["a", "b", ["c", "a"], "d"], (2, 1), "a stands twice"),
    ("roc", ["a", "b", [], "c", "d"], (2,), "is empty"),
    ("roc", ["a", "b", "c", 4], (3,), "quoted"),
    ("rank_sum", "a", (), "an order is needed"),
    ("rank_reciprocal", {"a": 1}, (), "an order is needed"),
    ("srf", {"least_to_most": ["a", "b", "c", "d"]}, (), "ratio is missing"),
    ("srf", {"least_to_most": ["a", "b", "c", "d"], "ratio": 0.5}, ("ratio",), "below 1"),
    ("srf", {"least_to_most": [1, "a", "b", "c", "d"], "ratio": 5}, ("least_to_most", 0), "between two nodes"),
    ("srf", {"least_to_most": ["a", -1, "b", "c", "d"], "ratio": 5}, ("least_to_most", 1), "not a number of blank"),
    ("srf", {"least_to_most": ["a", 1, 2, "b", "c", "d"], "ratio": 5}, ("least_to_most", 2), "between two nodes"),
    ("srf", {"least_to_most": ["a", 1, "b", "a", "d"], "ratio": 5}, ("least_to_most", 3), "stands twice"),
    ("srf", {"ratio": 5}, (), "least to most"),
    ("ahp", {"a": {"b": 10}}, ("a", "b"), "not from 1/9 to 9"),
    ("ahp", {"a": {"b": "1/10"}}, ("a", "b"), "not from 1/9 to 9"),
    ("ahp", {"a": {"b": "1/0"}}, ("a", "b"), "not a number"),
    ("ahp", {"a": {"a": 2}}, ("a", "a"), "compared with itself"),
    ("ahp", {"a": {"bb": 2}}, ("a", "bb"), "no node bb"),
    (
        "ahp",
        {"a": {"b": 3, "c": 2, "d": 2}, "b": {"a": 3}},
        ("b", "a"),
        "3 times as important as a, and a 3 times as b",
    ),
    ("ahp", {"a": {"b": 3}, "c": {"d": 2}}, (), "no judgement links c and d to a"),
    ("ahp", {"a": 3}, ("a",), "a mapping is needed"),
    ("bwm", {**SOUND["bwm"], "best": "e"}, ("best",), "no node e"),
    ("bwm", {**SOUND["bwm"], "worst": "a"}, ("worst",), "the same node"),
    ("bwm", {**SOUND["bwm"], "best_to_others": {"b": 2, "d": 8}}, ("best_to_others",), "nothing is said of c"),
    ("bwm", {**SOUND["bwm"], "others_to_worst": {"a": 7, "b": 4, "c": 2}}, ("others_to_worst", "a"), "twice"),
    ("bwm", {**SOUND["bwm"], "best_to_others": {"b": 0.5, "c": 4, "d": 8}}, ("best_to_others", "b"), "from 1 to 9"),
    (
        "bwm",
        {**SOUND["bwm"], "best_to_others": {"a": 2, "b": 2, "c": 4, "d": 8}},
        ("best_to_others", "a"),
        "itself is 1",
    ),
    ("bwm", {"best": "a"}, (), "worst is missing"),
    ("fucom", {"priorities": {"a": 2, "b": 2, "c": 4, "d": 8}}, ("priorities",), "no node has the priority 1"),
    ("fucom", {"priorities": {"a": 1, "b": 12, "c": 4, "d": 8}}, ("priorities", "b"), "from 1 to 9"),
    ("fucom", {**SOUND["fucom"], "comparisons": {"a": {"b": 2}, "b": {"a": 2}}}, ("comparisons", "b", "a"), "twice"),
    ("macbeth", {"swings": {"a": "huge"}}, ("swings", "a"), "no category"),
    ("macbeth", {"swings": {"a": 7}}, ("swings", "a"), "not from 0 to 6"),
    ("macbeth", {"swings": {"a": 2.5}}, ("swings", "a"), "no category"),
    ("macbeth", {"swings": {"a": ["strong", "weak"]}}, ("swings", "a"), "rises"),
    ("macbeth", {"swings": {"a": ["weak"]}}, ("swings", "a"), "two ends"),
    ("macbeth", {"swings": {"a": 3}, "differences": {"b": {"c": 1}}}, (), "no chain of judgements links b, c or d"),
    ("macbeth", {"swings": dict.fromkeys(IDS, 0)}, (), "no swing is more attractive"),
    ("macbeth", {"differences": {"a": {"b": 1}, "b": {"a": 1}}}, ("differences", "b", "a"), "twice"),
]


@pytest.mark.parametrize(("id", "judgements", "path", "what"), WRONG, ids=[f"{w[0]}-{w[3]}" for w in WRONG])
def test_what_cannot_be_used_is_refused_by_its_path(id: str, judgements: Any, path: tuple[Any, ...], what: str) -> None:
    with pytest.raises(JudgementError, match=what) as caught:
        WEIGHTINGS[id].function(judgements, IDS)
    assert caught.value.path == path


def test_settings_are_known() -> None:
    for id, more in (("srf", {"decimals": 3}), ("ahp", {"priorities": "row sums"}), ("bwm", {"model": "fuzzy"})):
        with pytest.raises(UsageError):
            WEIGHTINGS[id].function(SOUND[id], IDS, **more)


# -- cards ----------------------------------------------------------------------------------------------------------


@few
@given(
    levels=st.lists(st.integers(0, 4), min_size=2, max_size=9),
    blanks=st.lists(st.integers(0, 3), min_size=9, max_size=9),
    ratio=st.floats(1, 20),
    decimals=st.integers(0, 2),
)
def test_rounded_cards_still_add_up(levels: list[int], blanks: list[int], ratio: float, decimals: int) -> None:
    nodes = [f"n{i}" for i in range(len(levels))]
    cards: list[Any] = []
    for k, level in enumerate(sorted(set(levels))):
        cards += [blanks[k]] if k and blanks[k] else []
        cards.append([node for node, at in zip(nodes, levels, strict=True) if at == level])
    exact = weigh("srf", {"least_to_most": cards, "ratio": ratio}, nodes).weights
    if len(set(levels)) > 1:
        assert exact.max() / exact.min() == pytest.approx(ratio)
    rounded = weigh("srf", {"least_to_most": cards, "ratio": ratio}, nodes, decimals=decimals).weights
    percent = rounded * 100 * 10**decimals
    assert percent == pytest.approx(np.round(percent), abs=1e-6)
    assert np.abs(rounded - exact).max() <= 10.0 ** -(decimals + 2) + 1e-9
    backwards = weigh("srf", {"most_to_least": cards[::-1], "ratio": ratio}, nodes).weights
    assert backwards == pytest.approx(exact)


# -- pairwise judgements --------------------------------------------------------------------------------------------


def comparisons(a: np.ndarray) -> dict[str, dict[str, float]]:
    """The upper half of a matrix as judgements, NaN left out."""
    n = len(a)
    rows = {f"n{i}": {f"n{j}": float(a[i, j]) for j in range(i + 1, n) if a[i, j] == a[i, j]} for i in range(n)}
    return {node: row for node, row in rows.items() if row}


judged = st.integers(3, 6).flatmap(
    lambda n: st.lists(
        st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 9.0]),
        min_size=n * (n - 1) // 2,
        max_size=n * (n - 1) // 2,
    ).map(lambda upper: reciprocal(n, upper))
)


def reciprocal(n: int, upper: list[float]) -> np.ndarray:
    a = np.ones((n, n))
    for (i, j), value in zip(itertools.combinations(range(n), 2), upper, strict=True):
        a[i, j], a[j, i] = value, 1 / value
    return a


def ids(n: int) -> tuple[str, ...]:
    return tuple(f"n{i}" for i in range(n))


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


# -- best and worst, full consistency -------------------------------------------------------------------------------


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


# -- qualitative differences ----------------------------------------------------------------------------------------


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


# -- a ranking of candidates ----------------------------------------------------------------------------------------


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
    ({"ranking": ["p", "q"]}, {"x": [[1, 5], [2, 3]]}, MethodError, "do not fit"),
    ({"ranking": ["p", "q", "r"]}, {"x": [[1, np.nan], [2, 3], [4, 1]]}, MethodError, "row 0, column 1"),
]


@pytest.mark.parametrize(("judgements", "more", "kind", "what"), UTASTAR_WRONG)
def test_what_utastar_refuses(judgements: Any, more: dict[str, Any], kind: type[Exception], what: str) -> None:
    with pytest.raises(kind, match=what):
        WEIGHTINGS["utastar"].function(judgements, ["a", "b"], **{**FIGURES, **more})


# -- groups ---------------------------------------------------------------------------------------------------------


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
