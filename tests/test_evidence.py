"""What the figures rest on."""

from __future__ import annotations

from pathlib import Path

import techprio
from techprio.wording import language


def test_every_figure_is_looked_at(study: techprio.Study) -> None:
    found = techprio.evidence(study).to_json()
    assert found["figures"] == 9
    counts = {row["key"]: row for row in found["by_criterion"]}
    assert (counts["growth"]["illustrative"], counts["growth"]["unsourced"]) == (2, 1)
    assert (counts["funding"]["missing"], counts["funding"]["unsourced"]) == (1, 2)


def test_only_what_is_amiss_is_listed(study: techprio.Study) -> None:
    rows = techprio.evidence(study).rows()
    assert ("A", "market") not in {(row["candidate"], row["criterion"]) for row in rows}
    assert len(rows) == 8


def test_sources_that_say_different_things_conflict_and_old_ones_are_stale(study_folder: Path) -> None:
    path = study_folder / "candidates" / "first-list" / "A.yaml"
    text = path.read_text(encoding="utf-8")
    cited = "    source: example-report\n    as_of: 2026-05\n"
    says = "      - {id: example-report, says: "
    twice = f'    source:\n{says}"20"}}\n{says}"45"}}\n    as_of: 2020\n'
    assert cited in text
    text = text.replace(cited, twice)
    path.write_text(text, encoding="utf-8")
    criteria = study_folder / "criteria" / "study.yaml"
    criteria.write_text(criteria.read_text(encoding="utf-8") + "max_age: 24\n", encoding="utf-8")
    rows = techprio.evidence(techprio.load(criteria)).rows()
    market = next(row for row in rows if (row["candidate"], row["criterion"]) == ("A", "market"))
    assert market["conflicting"]
    assert market["stale"]


def test_the_tables_go_by_criterion_agency_and_candidate(study: techprio.Study) -> None:
    tables = techprio.evidence(study).tables(language("en"))
    assert [table.columns[0].heading for table in tables] == ["criterion", "lead agency", "candidate"]
    assert tables[0].rows[-1]["figures"] == 9
