"""The shipped study: complete, honest about what it rests on, and sensible where the State has already spoken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import techprio
from techprio.evidence_report import states

ROOT = Path(__file__).parent.parent
PIONEERS = ("P01", "P02", "P05", "P06", "P07", "P22")
"""The products of Decision 2815/QĐ-TTg."""


@pytest.fixture(scope="module")
def shipped() -> techprio.Study:
    return techprio.load(ROOT / "criteria" / "strategic-technologies.yaml")


def mean_rank(ranking: techprio.Verdict, ids: tuple[str, ...]) -> float:
    ranks = {row["id"]: row["rank"] for row in ranking.rows()}
    return sum(ranks[id] for id in ids) / len(ids)


def test_all_thirty_products_are_ranked_on_twenty_criteria(shipped: techprio.Study) -> None:
    ranking = techprio.rank(shipped, draws=1)
    assert (ranking.problem.m, ranking.problem.n) == (30, 20)
    assert ranking.excluded == ()
    assert sorted(ranking.problem.candidates) == [f"P{i:02}" for i in range(1, 31)]
    assert list(ranking.problem.tiers).count("2") == 8


def test_nothing_is_missing_or_without_a_word_on_where_it_comes_from(shipped: techprio.Study) -> None:
    for candidate in shipped.candidates:
        assert set(candidate.name or {}) == {"en", "vi"}
        for id, figure in candidate.figures.items():
            found = set(states(figure, shipped))
            assert found & {"missing", "unsourced"} == set(), f"{candidate.id}.{id}"
            if figure.illustrative:
                assert figure.note, f"{candidate.id}.{id}"
            else:
                assert figure.as_of or all(shipped.sources[c.id].date for c in figure.source), f"{candidate.id}.{id}"


def test_no_reasoning_is_copied(shipped: techprio.Study) -> None:
    notes = [
        str(figure.note) for candidate in shipped.candidates for figure in candidate.figures.values() if figure.note
    ]
    assert len(set(notes)) == len(notes)


def test_every_criterion_is_asked_anchored_and_founded_in_both_languages(shipped: techprio.Study) -> None:
    for leaf in shipped.leaves:
        assert set(leaf.name) == set(leaf.question or {}) == {"en", "vi"}
        assert leaf.basis, leaf.id
        for anchor in getattr(leaf.scale, "levels", {}).values():
            assert set(anchor) == {"en", "vi"}


def test_delivery_risk_has_no_weight_in_the_base_set(shipped: techprio.Study) -> None:
    problem = techprio.problem(shipped)
    assert problem.weights[problem.column("delivery_risk")] == 0


def test_every_result_says_that_no_official_weights_exist(shipped: techprio.Study) -> None:
    from techprio.wording import language

    said = " ".join(techprio.rank(shipped, draws=1).table(language("en")).notes)
    assert "No official weights exist" in said
    assert "ILLUSTRATIVE" in said


def test_quick_win_lifts_the_pioneers_and_breakthrough_the_second_tier(shipped: techprio.Study) -> None:
    quick, bold = (techprio.rank(shipped, weights=id, draws=1) for id in ("quick_win", "breakthrough"))
    second = tuple(candidate.id for candidate in shipped.candidates if candidate.tier == "2")
    assert mean_rank(quick, PIONEERS) < mean_rank(bold, PIONEERS)
    assert mean_rank(bold, second) < mean_rank(quick, second)


def test_the_page_on_face_validity_has_the_numbers_of_the_day(shipped: techprio.Study) -> None:
    page = (ROOT / "docs" / "face-validity.md").read_text(encoding="utf-8")
    second = tuple(candidate.id for candidate in shipped.candidates if candidate.tier == "2")
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    assert len(rows) == 5
    for id, pioneers, tier in rows:
        ranking = techprio.rank(shipped, weights=id, draws=1)
        assert pioneers == f"{mean_rank(ranking, PIONEERS):.2f}"
        assert abs(float(tier) - mean_rank(ranking, second)) <= 0.005


def test_the_historical_list_says_what_became_of_it() -> None:
    study = techprio.load(ROOT / "criteria" / "strategic-technologies.yaml", ROOT / "candidates" / "decision-1131-2025")
    assert len(study.candidates) == 35
    assert study.list_info is not None
    assert study.list_info.superseded_by == "decision-21-2026"
