"""One ranking out of many, against plain loops and all orders."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from techprio.agreement import borda, copeland, kemeny, kendall, preferences, schulze
from techprio.agreement.kemeny import undivided
from techprio.errors import MethodError

ALL = [borda, copeland, schulze, kemeny]
Ballots = tuple[list[list[int]], list[float]]
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault."""


@st.composite
def ballots(draw: st.DrawFn, most: int = 6) -> Ballots:
    """Rankings with ties, and their importance."""
    m, k = draw(st.integers(1, most)), draw(st.integers(1, 6))
    rankings = draw(st.lists(st.lists(st.integers(1, m), min_size=m, max_size=m), min_size=k, max_size=k))
    return rankings, draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), min_size=k, max_size=k))


def above(rankings: list[list[int]], votes: list[float], i: int, j: int) -> float:
    return sum(vote for row, vote in zip(rankings, votes, strict=True) if row[i] < row[j])


def ranked(scores: list[float]) -> list[int]:
    return [1 + sum(other > own + 1e-9 for other in scores) for own in scores]


@calm
@given(said=ballots())
def test_against_plain_loops(said: Ballots) -> None:
    rankings, votes = said
    m = len(rankings[0])
    pairs = [(i, j) for i in range(m) for j in range(m) if i != j]
    d = {(i, j): above(rankings, votes, i, j) for i, j in pairs}
    points, wins = [0.0] * m, [0.0] * m
    for i, j in pairs:
        points[i] += d[i, j] + (sum(votes) - d[i, j] - d[j, i]) / 2
        wins[i] += (d[i, j] > d[j, i]) - (d[i, j] < d[j, i])
    assert borda(rankings, votes).scores == pytest.approx(points)
    assert borda(rankings, votes).ranks.tolist() == ranked(points)
    assert copeland(rankings, votes).ranks.tolist() == ranked(wins)
    for strength in ("winning", "margins"):
        worth = {p: (d[p] if strength == "winning" else d[p] - d[p[::-1]]) for p in pairs if d[p] > d[p[::-1]]}
        best = {p: path_strength(worth, *p, m) for p in pairs}
        better = [sum(best[j, i] > best[i, j] + 1e-9 for j in range(m) if j != i) for i in range(m)]
        assert schulze(rankings, votes, strength).ranks.tolist() == ranked([-float(n) for n in better])


def path_strength(worth: dict[tuple[int, int], float], a: int, b: int, m: int) -> float:
    """The strongest of all paths from a to b, each tried."""
    found = 0.0
    others = [c for c in range(m) if c not in (a, b)]
    for length in range(len(others) + 1):
        for between in itertools.permutations(others, length):
            path = [a, *between, b]
            found = max(found, min(worth.get(step, 0.0) for step in itertools.pairwise(path)))
    return found


def distance(order: tuple[int, ...], rankings: list[list[int]], votes: list[float]) -> float:
    """Votes against each pair of the order, and half of those that tie it."""
    total = 0.0
    for i, j in itertools.combinations(order, 2):
        against, for_it = above(rankings, votes, j, i), above(rankings, votes, i, j)
        total += against + (sum(votes) - against - for_it) / 2
    return total


@calm
@given(said=ballots())
def test_no_order_is_nearer_than_kemeny(said: Ballots) -> None:
    rankings, votes = said
    found = kemeny(rankings, votes, count=True)
    every = {order: distance(order, rankings, votes) for order in itertools.permutations(range(len(rankings[0])))}
    least = min(every.values())
    assert found.distance == pytest.approx(least)
    assert every[tuple(np.argsort(found.ranks).tolist())] == pytest.approx(least)
    assert found.count == sum(value < least + 1e-9 for value in every.values())
    assert found.optimal
    assert found.status == "optimal"
    assert found.gap == 0
    assert found.bound == pytest.approx(least)


@calm
@given(said=ballots())
def test_what_every_consensus_respects(said: Ballots) -> None:
    rankings, votes = said
    m = len(rankings[0])
    turned = [row[::-1] for row in rankings]
    twice = [row for row, vote in zip(rankings, votes, strict=True) for _ in range(round(2 * vote))]
    for rule in ALL:
        found = rule(rankings, votes)
        if rule is not kemeny:  # of several nearest orders, kemeny gives one
            assert rule(turned, votes).ranks.tolist() == found.ranks.tolist()[::-1]
            assert rule(twice).ranks.tolist() == found.ranks.tolist()
        for i, j in itertools.permutations(range(m), 2):
            if all(row[i] < row[j] for row in rankings):
                assert found.ranks[i] < found.ranks[j]
        for i in range(m):  # who wins every majority
            others = [j for j in range(m) if j != i]
            if rule is not borda and all(above(rankings, votes, i, j) > above(rankings, votes, j, i) for j in others):
                assert found.ranks[i] == 1
                assert found.ranks.tolist().count(1) == 1
        assert not found.ranks.flags.writeable


def test_one_ranking_is_its_own_consensus() -> None:
    for rule in ALL:
        assert rule([[3, 1, 2, 4]]).ranks.tolist() == [3, 1, 2, 4]
        assert rule([[1]]).ranks.tolist() == [1]


def noisy(k: int, m: int, swaps: int, seed: int = 0) -> np.ndarray:
    """Rankings that all come from one, by so many swaps of neighbours."""
    chance = np.random.default_rng(seed)
    orders = np.tile(np.arange(m), (k, 1))
    for order in orders:
        for i in chance.integers(0, m - 1, swaps):
            order[[i, i + 1]] = order[[i + 1, i]]
    return np.argsort(orders, axis=1) + 1


def test_thirty_five_candidates_and_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    rankings = noisy(21, 35, 300)
    found = kemeny(rankings)
    assert found.optimal
    assert capfd.readouterr().out == ""
    assert sorted(found.ranks.tolist()) == list(range(1, 36))
    assert kendall(found.ranks, borda(rankings).ranks) > 0.8
    d = preferences(rankings)
    best = np.argsort(found.ranks)
    for i, j in itertools.pairwise(best):  # no swap of neighbours helps
        assert d[i, j] >= d[j, i]


def test_no_time_is_said() -> None:
    rankings = np.argsort(np.random.default_rng(3).random((15, 30)), axis=1) + 1
    found = kemeny(rankings, time_limit=0.0)
    assert not found.optimal
    assert found.status == "time limit"
    assert found.bound <= found.distance
    assert 0 < found.gap < 1
    assert sorted(found.ranks.tolist()) == list(range(1, 31))


def test_groups_of_majorities() -> None:
    circle = [[1, 2, 3, 4], [2, 3, 1, 4], [3, 1, 2, 4]]
    assert [group.tolist() for group in undivided(preferences(circle))] == [[0, 1, 2], [3]]
    assert kemeny(circle, count=True).count == 3


@pytest.mark.parametrize("rule", ALL)
def test_what_has_no_consensus(rule: Any) -> None:
    for rankings, votes in (
        ([1, 2], None),
        ([[1, np.nan]], None),
        ([[1, 2]], [-1]),
        ([[1, 2]], [0]),
        ([[1, 2]], [1, 1]),
    ):
        with pytest.raises(MethodError):
            rule(rankings, votes)


def test_settings_are_known() -> None:
    with pytest.raises(MethodError, match="winning or margins"):
        schulze([[1, 2]], strength="losing")
    with pytest.raises(MethodError, match="groups of up to 16"):
        kemeny([list(range(1, 18)), list(range(17, 0, -1))], count=True)
