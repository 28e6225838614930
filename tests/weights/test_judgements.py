"""Weights from judgements: what they promise, and what they refuse, by the path to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged import FIGURES, IDS, few, weigh

from techprio.errors import JudgementError, UsageError
from techprio.weights import WEIGHTINGS

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
    found = WEIGHTINGS[id].function(SOUND[id], IDS)
    assert list(found.to_frame()["node"]) == IDS
    assert [name for name in WEIGHTINGS[id].says if not hasattr(found, name)] == []


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
