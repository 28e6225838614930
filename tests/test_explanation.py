"""Why a candidate stands where it does."""

from __future__ import annotations

import pytest

import techprio
from techprio.explanation import Comparison, Explanation, NotScored
from techprio.wording import language


def test_the_contributions_of_an_explanation_add_up_to_the_score(study: techprio.Study) -> None:
    found = techprio.explain(study, "A")
    assert isinstance(found, Explanation)
    assert sum(row["contribution"] for row in found.rows()) == pytest.approx(0.664)


def test_an_explanation_goes_to_the_source_and_the_line(study: techprio.Study) -> None:
    rows = {row["criterion"]: row for row in techprio.explain(study, "A").rows()}
    market = rows["market"]
    assert [source["id"] for source in market["sources"]] == ["example-report"]
    assert (market["figure"], market["low"], market["high"], market["as_of"]) == (30, 20, 45, "2026-05")
    file, line, _ = market["place"].rsplit(":", 2)
    with open(file, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    assert lines[int(line) - 1].strip().startswith("value: 30")


def test_the_largest_lead_comes_first(study: techprio.Study) -> None:
    leads = [abs(row["lead"]) for row in techprio.explain(study, "B").rows()]
    assert leads == sorted(leads, reverse=True)


def test_a_comparison_puts_the_higher_one_first_and_adds_up(study: techprio.Study) -> None:
    found = techprio.explain(study, "C", "A")
    assert isinstance(found, Comparison)
    assert (found.upper.candidate, found.lower.candidate) == ("A", "C")
    assert sum(row["difference"] for row in found.rows()) == pytest.approx(0.664 - 0.420)


def test_a_missing_figure_is_shown_as_missing(study: techprio.Study) -> None:
    shown = techprio.explain(study, "C").table(language("en")).rows
    assert [row["figure"] for row in shown if row["place"].startswith("C.yaml") and row["figure"] == "missing"]


def test_a_changed_figure_is_explained_as_changed(study: techprio.Study) -> None:
    rows = {row["criterion"]: row for row in techprio.explain(study, "A", change={"figure": {"A.growth": 1}}).rows()}
    assert rows["growth"]["figure"] == 1
    assert rows["growth"]["contribution"] == 0


def test_a_candidate_that_fails_a_gate_is_told_which(study_folder, study: techprio.Study) -> None:  # type: ignore[no-untyped-def]
    path = study_folder / "candidates" / "first-list" / "D.yaml"
    path.write_text("techprio: 1\nid: D\nfigures: {growth: 3, market: 4, funding: 5}\ngates: {lawful: fail}\n")
    found = techprio.explain(techprio.load(study_folder / "criteria" / "study.yaml"), "D")
    assert isinstance(found, NotScored)
    assert found.rows()[0]["reason"] == "0 of 1 needed passes; open: lawful (fail)"


def test_a_method_without_contributions_still_shows_leads(study: techprio.Study) -> None:
    rows = techprio.explain(study, "A", method="geometric").rows()
    assert all(row["contribution"] is None for row in rows)
    assert any(row["lead"] for row in rows)


def test_an_unknown_candidate_is_refused_with_the_nearest(study: techprio.Study) -> None:
    with pytest.raises(techprio.UsageError, match="there is no candidate AA; did you mean A"):
        techprio.explain(study, "AA")
