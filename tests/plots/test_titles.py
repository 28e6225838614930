"""Titles are findings, and true whatever the weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shown import ENGLISH, SHIPPED, WEIGHTS, finding, gallery, numbers, rows_of

import techprio
from techprio.plots.gallery import Gallery
from techprio.plots.phrases import beyond, enough, share_of, two_shares
from techprio.robustness.draws import stated_values


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_titles_say_what_the_results_say(change: Mapping[str, float]) -> None:
    shown = gallery(change)
    v = shown.verdict
    bands = list(v.trust.band)
    assert v.trust.p_cut is not None
    sure = int((v.trust.p_cut >= 0.95).sum())
    assert numbers(finding(shown, "ranges")) == [sure, v.problem.m, bands.count("contested")]
    first = v.problem.candidates[int(v.ranks.argmin())]
    assert finding(shown, "verdict").startswith(first)
    assert numbers(finding(shown, "verdict"))[-2:] == [bands.count("core"), bands.count("contested")]


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_the_weight_in_the_title_of_lines_is_where_the_list_changes(change: Mapping[str, float]) -> None:
    shown = gallery(change, draws=1)
    moved = shown.one_way
    nearest = min(moved.crossings, key=lambda crossing: abs(crossing.at - moved.now))
    title = finding(shown, "lines")
    then, now = (float(share) / 100 for share in re.findall(r"([\d.]+)%", title))
    assert now == pytest.approx(moved.now, abs=5e-4)
    assert abs(then - moved.now) >= abs(nearest.at - moved.now)  # rounded away: what is said to be enough is
    was, is_ = ranked_at(change, moved.node, moved.now), ranked_at(change, moved.node, then)
    id = title.split()[0]
    assert on_list(was, id) == ("leaves the list" in title)
    assert on_list(is_, id) == ("comes onto the list" in title)


def ranked_at(change: Mapping[str, float], node: str, share: float) -> Any:
    """The ranking when a top branch has that share among its siblings."""
    now = {each.id: each.weight for each in SHIPPED.criteria.criteria} | dict(change)
    rest = sum(weight for id, weight in now.items() if id != node)
    return techprio.rank(SHIPPED, change={"weight": {**change, node: rest * share / (1 - share)}}, draws=1)


def on_list(verdict: Any, id: str) -> bool:
    return bool(verdict.listed[verdict.problem.row(id)])


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_the_move_in_the_title_of_stability_changes_the_list(change: Mapping[str, float]) -> None:
    shown = gallery(change, draws=1)
    first = rows_of(shown, "stability")[0]
    move = float(re.findall(r"([\d.]+) percentage points", finding(shown, "stability"))[0]) / 100
    assert first["nearest"] <= move < first["nearest"] + 1.1e-3
    down = first["low_up"] is not None and first["now"] - first["low"] == pytest.approx(first["nearest"])
    problem = shown.verdict.problem
    branch = problem.branches.index(first["id"]) if first["id"] in problem.branches else None
    own = np.array([id == first["id"] for id in problem.criteria]) | (np.array(problem.branch_of) == branch)
    family = own | (np.array(problem.branch_of) == problem.branch_of[int(own.argmax())] if branch is None else True)
    weights, share = problem.weights.copy(), problem.weights[own].sum()
    target = share - move if down else share + move
    weights[own] *= target / share
    weights[family & ~own] *= (problem.weights[family].sum() - target) / weights[family & ~own].sum()
    scores = stated_values(problem) @ weights
    came = first["low_up"] if down else first["high_up"]
    gone = first["low_down"] if down else first["high_down"]
    assert all(scores[problem.row(a)] > scores[problem.row(b)] for a, b in zip(came, gone, strict=True))


@pytest.mark.parametrize("change", WEIGHTS[:2], ids=str)
def test_the_share_in_the_title_of_flips_is_no_less_than_what_must_change_hands(change: Mapping[str, float]) -> None:
    shown = gallery(change, draws=1)
    rows = rows_of(shown, "flips")
    least = min(row["weight_moved"] for row in rows if row["weight_moved"] is not None)
    share = float(re.findall(r"([\d.]+)%", finding(shown, "flips"))[0]) / 100
    assert least <= share < least + 1.1e-3


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_titles_count_the_worlds_the_flags_and_the_settled_pairs(change: Mapping[str, float]) -> None:
    shown = gallery(change, draws=1)
    worlds = np.stack([world.listed for world in shown.answer("methods").worlds])
    always, ever = int(worlds.all(axis=0).sum()), int(worlds.any(axis=0).sum())
    assert numbers(finding(shown, "multiverse")) == [len(worlds), always, ever - always]
    rows = rows_of(shown, "effective")
    far = [row for row in rows if not row["nominal"] / 1.5 <= row["effective"] <= row["nominal"] * 1.5]
    assert numbers(finding(shown, "effective"))[-2:] == [len(far), len(rows)]
    settled = rows_of(shown, "hasse")
    share = sum(row["surely_above"] for row in settled) / (len(settled) * (len(settled) - 1) / 2)
    assert finding(shown, "hasse").startswith(f"{round(100 * share)}%")


def test_a_crossing_is_where_the_ranking_itself_changes_its_list() -> None:
    moved = gallery(draws=1).one_way
    nearest = min(moved.crossings, key=lambda crossing: abs(crossing.at - moved.now))
    siblings = {node.id: node.weight for node in SHIPPED.criteria.criteria}
    rest = sum(weight for id, weight in siblings.items() if id != moved.node)
    for step, listed in ((-1e-6, not nearest.enters), (1e-6, nearest.enters)):
        share = nearest.at + step
        verdict = techprio.rank(SHIPPED, change={"weight": {moved.node: rest * share / (1 - share)}}, draws=1)
        assert verdict.listed is not None
        assert bool(verdict.listed[verdict.problem.row(nearest.candidate)]) == listed


@pytest.mark.parametrize("weights", ["base", "quick_win"])
def test_the_title_of_shifts_counts_the_lists(weights: str) -> None:
    shown = gallery(weights=weights)
    lists = np.stack([v.listed for v in shown.side_by_side.verdicts if v.listed is not None])
    always, some = int(lists.all(axis=0).sum()), int((lists.any(axis=0) & ~lists.all(axis=0)).sum())
    assert numbers(finding(shown, "shifts")) == [len(lists), always, some]
    assert finding(shown, "sets").startswith(f"{some} candidate")


def test_the_ternary_map_counts_who_is_first(stated: Gallery) -> None:
    rows = rows_of(stated, "ternary")
    first = max({row["first"] for row in rows}, key=lambda id: sum(row["first"] == id for row in rows))
    share = sum(row["first"] == first for row in rows) / len(rows)
    title = finding(stated, "ternary")
    assert title.startswith(first)
    assert f"{round(100 * share)}%" in title


def test_a_point_of_the_ternary_map_is_the_ranking_with_its_weights(stated: Gallery) -> None:
    found = stated.ternary
    nearest = int(((found.middles - found.now) ** 2).sum(axis=1).argmin())
    total = {node.id: node.weight for node in SHIPPED.criteria.criteria}
    change = {}
    for group, share in zip(found.groups, found.middles[nearest], strict=True):
        whole = sum(total[id] for id in group)
        change |= {id: float(100 * share * total[id] / whole) for id in group}
    verdict = techprio.rank(SHIPPED, change={"weight": change}, draws=1)
    assert int(verdict.ranks.argmin()) == int(found.first[nearest])


def test_nobody_on_the_front_is_beaten_in_both(stated: Gallery) -> None:
    rows = rows_of(stated, "tradeoff")
    for row in rows:
        beaten = any(
            other["feasibility"] >= row["feasibility"]
            and other["attractiveness"] >= row["attractiveness"]
            and (other["feasibility"], other["attractiveness"]) != (row["feasibility"], row["attractiveness"])
            for other in rows
        )
        assert row["front"] != beaten


def test_the_spread_is_counted_over_the_draws_of_the_ranking(stated: Gallery) -> None:
    trust = stated.verdict.trust
    assert np.array_equal(stated.spread.rank_quantiles[0], trust.rank_low)
    assert np.array_equal(stated.spread.rank_quantiles[-1], trust.rank_high)
    assert stated.spread.acceptability.sum(axis=1) == pytest.approx(1)


def test_the_parts_of_a_bar_add_up_to_its_score(stated: Gallery) -> None:
    for row in rows_of(stated, "contributions"):
        assert sum(row["parts"].values()) == pytest.approx(row["score"])


def test_the_plane_explains_what_its_title_says_and_warns_under_seventy_per_cent(stated: Gallery) -> None:
    title = finding(stated, "gaia")
    assert f"{round(100 * stated.gaia.explained)}%" in title
    assert title.startswith("Read with care") == (stated.gaia.explained < 0.7)


def test_evidence_is_counted(stated: Gallery) -> None:
    cells = stated.evidence.cells
    assessed = sum(not {"missing", "illustrative"} & set(cell.states) for cell in cells)
    missing = sum("missing" in cell.states for cell in cells)
    assert numbers(finding(stated, "evidence")) == [assessed, len(cells), missing]


def test_shares_are_rounded_only_so_far_that_the_sentence_stays_true() -> None:
    assert [share_of(ENGLISH, share) for share in (0, 0.67, 0.996, 0.99999, 0.0004, 1)] == [
        *("0%", "67%", "99.6%", "> 99.99%", "0.04%", "100%"),
    ]
    assert two_shares(ENGLISH, 0.031, 0.034) == ("3.1%", "3.4%")
    assert enough(ENGLISH, 0.00121) == "0.2"
    assert beyond(ENGLISH, 0.2, 0.1941) == ("20.0%", "19.4%")
    assert beyond(ENGLISH, 0.2, 0.1949) == ("20.0%", "19.4%")
    assert beyond(ENGLISH, 0.2, 0.2041) == ("20.0%", "20.5%")
    assert beyond(ENGLISH, 0.2, 0.20001) == ("20.0%", "20.1%")


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_end_is_never_said_to_be_nearer_than_it_is(now: float, end: float) -> None:
    then = float(beyond(ENGLISH, now, end)[1].rstrip("%")) / 100
    assert abs(then - now) >= abs(end - now) - 1e-8
