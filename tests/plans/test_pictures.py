"""The pictures of a programme: their rows are those of the progress, and every page is made in both languages."""

import pytest

from plans.year import study
from techprio.errors import UsageError
from techprio.plan_pictures import attainment, means, overdue, roadmap
from techprio.plan_pictures.gallery import NAMES, pictures
from techprio.plan_pictures.page import pages, table_frame
from techprio.plans.progress import Progress, progress
from techprio.plots.leaf import Drawing
from techprio.wording import LANGUAGES, language

ENGLISH = language("en")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Progress:
    programme = study(tmp_path_factory.mktemp("year")).programme
    assert programme is not None
    return progress(programme, "2026-01-15")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_pictures_are_made_and_say_what_they_show(found: Progress, lang: str):
    made = pictures(found, (), language(lang))
    assert [picture.name for picture in made] == list(NAMES)
    assert all(picture.title in picture.alt for picture in made)


def test_the_roadmap_has_the_first_to_be_due_on_top(found: Progress):
    every = roadmap.rows(found, ENGLISH)
    assert [row["plan"] for row in every] == ["stopped", "extended", "on-time", "silent", "long"]
    assert [step["state"] for step in every[-1]["milestones"]] == ["reached", "overdue", "ahead"]


def test_overdue_is_grouped_by_the_agency_with_most_days(found: Progress):
    every = overdue.rows(found, ENGLISH)
    assert [(row["agency"], row["days_late"], row["reason_given"]) for row in every] == [
        ("Science", 199, True),
        ("Science", 15, False),
        ("Health", 76, False),
    ]


def test_the_kpi_furthest_behind_its_time_is_on_top(found: Progress):
    assert [row["kpi"] for row in attainment.rows(found, ENGLISH)] == ["Price", "Core"]


def test_only_what_is_known_to_be_available_is_compared(found: Progress):
    assert {(row["year"], row["need"], row["available"]) for row in means.rows(found, ENGLISH)} == {
        (2025, 120, 100),
        (2025, 30, 0),
        (2025, 8, 10),
    }


def test_many_rows_go_on_pages_of_equal_length(found: Progress):
    drawing = Drawing("x", "kind", "title", "reading", lambda ax, rows, words: None, table_frame(1.0, 1.0))
    made = pages(drawing, [{"n": n} for n in range(50)], found, ENGLISH)
    assert [(leaf.name, len(leaf.rows)) for leaf in made] == [("x-1", 17), ("x-2", 17), ("x-3", 16)]


def test_an_unknown_picture_leads_to_the_nearest(found: Progress):
    with pytest.raises(UsageError, match="there is no picture roadmaps; did you mean roadmap"):
        pictures(found, ("roadmaps",), ENGLISH)


def test_the_same_bytes_are_drawn_twice(found: Progress):
    first, second = (pictures(found, ("overdue",), ENGLISH)[0].to_bytes("svg") for _ in range(2))
    assert first == second
