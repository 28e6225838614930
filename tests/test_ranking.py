"""Ranks, ties and lists."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techprio.hall import Cut, Floor
from techprio.ranking import listed, ordered, ranks


def plain_ranks(scores: np.ndarray, unit: float = 1.0) -> np.ndarray:
    """The tie rule, word for word."""
    rounded = np.round(scores / unit * 1e10)
    return 1 + (rounded[..., None, :] > rounded[..., :, None]).sum(axis=-1)


def plain_list(scores: np.ndarray, total: int, floors: list[tuple[np.ndarray, int]]) -> np.ndarray:
    """The list, word for word: each floor with its best, then the best of the rest, ties at the last place included."""
    by_floor = np.zeros(len(scores), bool)
    for members, count in floors:
        ranks_inside = plain_ranks(scores[members])
        by_floor[np.flatnonzero(members)[ranks_inside <= count]] = True
    rest = np.flatnonzero(~by_floor)
    places = total - by_floor.sum()
    found = by_floor.copy()
    found[rest[plain_ranks(scores[rest]) <= places]] = True
    return found


few_values = st.integers(0, 4).map(lambda k: k / 4)


@given(arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 9)), elements=few_values))
def test_ranks_are_one_plus_the_number_of_strictly_better_ones(scores: np.ndarray) -> None:
    assert ranks(scores).tolist() == plain_ranks(scores).tolist()


def test_scores_that_differ_in_the_eleventh_decimal_tie() -> None:
    assert ranks(np.array([0.3, 0.1 + 0.2, 0.30000000001, 0.2999])).tolist() == [1, 1, 1, 4]


def test_scores_that_differ_in_the_tenth_decimal_do_not() -> None:
    assert ranks(np.array([0.3, 0.3000000002])).tolist() == [2, 1]


def test_unbounded_scores_tie_in_units_of_the_largest() -> None:
    assert ranks(np.array([1e12, 1e12 + 1, -5.0]), "largest").tolist() == [1, 1, 3]
    assert ranks(np.array([1e12, 1e12 + 1000, -5.0]), "largest").tolist() == [2, 1, 3]


def test_all_zero_scores_tie() -> None:
    assert ranks(np.zeros(3), "largest").tolist() == [1, 1, 1]


def test_equal_scores_keep_the_order_of_the_candidates() -> None:
    order, better = ordered(np.array([[0.5, 0.7, 0.5, 0.7]]))
    assert order.tolist() == [[1, 3, 0, 2]]
    assert better.tolist() == [[0, 0, 2, 2]]


@pytest.mark.parametrize("m", [2, 3, 1000, 4097])
def test_many_candidates_are_ranked_like_few(m: int) -> None:
    scores = np.random.default_rng(m).integers(0, m // 2 + 2, (3, m)) / m
    assert ranks(scores).tolist() == plain_ranks(scores).tolist()


@given(
    arrays(float, st.tuples(st.integers(1, 3), st.just(8)), elements=few_values),
    st.integers(1, 8),
    st.lists(st.tuples(arrays(bool, 8), st.integers(1, 3)), max_size=2),
)
def test_lists_follow_the_rule_word_for_word(
    scores: np.ndarray, total: int, floors: list[tuple[np.ndarray, int]]
) -> None:
    total = max(total, sum(count for _, count in floors))
    cut = Cut(total, tuple(Floor("tier", str(i), count, members) for i, (members, count) in enumerate(floors)))
    order, better = ordered(scores)
    found = np.zeros(scores.shape, bool)
    np.put_along_axis(found, order, listed(order, better, cut), axis=1)
    assert found.tolist() == [plain_list(row, total, floors).tolist() for row in scores]


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([2, 3, 35, 64, 65, 256]),
    st.sampled_from(["one", "largest"]),
    st.sampled_from([1e-12, 2e-11, 9e-11, 1.1e-10, 1e-8, 1e-7, 1.0, 3.0]),
)
def test_many_draws_at_once_are_ranked_like_one(seed: int, m: int, kind: str, spread: float) -> None:
    """However close the scores lie, and whether they are in bounds or not: keys of 32 bits say what those of 64 say."""
    r = np.random.default_rng(seed)
    scores = r.uniform(-1, 1, (40, 1)) * r.uniform(0, 1, (1, m)) + spread * r.uniform(-1, 1, (40, m))
    scores[::3] = scores[::3].round(2)
    scores[5] = scores[5, 0]
    order, better = ordered(scores, kind)
    for row, (at_once, ranked) in enumerate(zip(order, better, strict=True)):
        alone, alone_better = ordered(scores[[row]], kind)
        assert at_once.tolist() == alone[0].tolist()
        assert ranked.tolist() == alone_better[0].tolist()


@pytest.mark.parametrize("kind", ["one", "largest"])
@pytest.mark.parametrize("top", [1.0, 99.0, 101.0, 3e5, 1e6, 1e13, 1e300])
@pytest.mark.parametrize("m", [2, 8, 300, 5_000])
def test_scores_of_any_size_are_ranked(kind: Literal["one", "largest"], top: float, m: int) -> None:
    scores = np.random.default_rng(7).uniform(-1, 1, m)
    scores = np.round(scores, 6) * top
    by_hand = 1 + len(scores) - np.searchsorted(np.sort(scores), scores, side="right")
    assert (ranks(scores, kind) == by_hand).all()
    assert (ranks(np.tile(scores, (20, 1)), kind)[11] == by_hand).all()


def test_what_rounding_adds_to_large_scores_is_a_tie() -> None:
    assert ranks(np.array([3e6, 1e6, np.nextafter(1e6, 2e6)])).tolist() == [1, 2, 2]


def test_scores_below_the_least_normal_number_are_ranked() -> None:
    assert ranks(np.array([1e-320, 3e-320, 2e-320]), "largest").tolist() == [3, 1, 2]
