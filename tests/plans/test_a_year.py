"""A year of reports gives what a calculation by hand gives."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from plans.year import files, study
from techprio.cli.main import program
from techprio.errors import UsageError
from techprio.plans.capacity import capacity
from techprio.plans.outlook import StepOutlook
from techprio.plans.progress import Progress, progress
from techprio.plans.readiness import readiness
from techprio.study.programme import Programme
from techprio.wording import LANGUAGES, language


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    found = study(tmp_path_factory.mktemp("year")).programme
    assert found is not None
    return found


@pytest.fixture
def at_the_end(programme: Programme) -> Progress:
    return progress(programme, "2026-01-15")


def step(found: Progress, id: str) -> StepOutlook:
    return next(step for step in found.steps if step.milestone.id == id)


def test_the_overdue_list_is_the_one_calculated_by_hand(at_the_end: Progress):
    # extended: first due 30 June 2025; 1 + 31 + 31 + 30 + 31 + 30 + 31 + 15 - 1 days later it is 15 January 2026
    # silent: first due 31 October 2025; trial, due 31 December 2025, is not done; on-time and stopped are closed
    rows = [at_the_end.overdue_row(item) for item in at_the_end.overdue]
    assert [(r["plan"], r["milestone"], r["due"], r["days_late"], r["answers"], r["reason"]) for r in rows] == [
        ("extended", None, "2025-06-30", 199, "Minister of Science", "Tests failed"),
        ("silent", None, "2025-10-31", 76, None, None),
        ("long", "trial", "2025-12-31", 15, "Director of the programme", None),
    ]
    assert [r["reason_given"] for r in rows] == [True, False, False]


def test_an_extension_keeps_the_first_due_date(at_the_end: Progress):
    row = next(row for row in at_the_end.rows() if row["id"] == "extended")
    assert (row["status"], row["due"], row["agreed_due"], row["extensions"]) == (
        "extended",
        "2025-06-30",
        "2025-12-31",
        2,
    )
    assert (row["days_late"], row["days_beyond"]) == (199, 15)


def test_a_day_in_the_past_knows_nothing_of_what_came_later(programme: Programme):
    then = progress(programme, "2025-08-15")
    assert (then.reports, then.later_reports) == (7, 5)
    assert [(row["id"], row["status"]) for row in then.rows()] == [
        ("extended", "extended"),
        ("long", "approved"),
        ("on-time", "approved"),
        ("silent", "approved"),
        ("stopped", "stopped"),
    ]
    assert [(r["plan"], r["milestone"], r["days_late"]) for r in map(then.overdue_row, then.overdue)] == [
        ("extended", None, 46),
        ("long", "design", 46),
    ]


def test_a_plan_is_overdue_from_the_day_after_it_is_due(programme: Programme):
    assert [at.is_overdue for at in progress(programme, "2025-10-31").standings if at.plan.id == "silent"] == [False]
    assert [at.is_overdue for at in progress(programme, "2025-11-01").standings if at.plan.id == "silent"] == [True]


def test_whoever_does_not_report_is_named_with_the_months(at_the_end: Progress):
    silent = {row["id"]: row["months_without_report"] for row in at_the_end.rows()}
    assert silent == {"on-time": 0, "extended": 3, "silent": 12, "stopped": 0, "long": 0}


def test_attainment_and_forecast_are_those_calculated_by_hand(at_the_end: Progress):
    # core: 40 on 1 January, 46 on 31 March (89 days), 51 on 31 August (242), 58 on 31 December (364)
    slopes = sorted([6 / 89, 11 / 242, 18 / 364, 5 / 153, 12 / 275, 7 / 122])
    median = (slopes[2] + slopes[3]) / 2
    core = next(found for found in at_the_end.kpis if found.kpi.id == "core")
    assert core.attainment == pytest.approx((58 - 40) / (80 - 40))
    assert core.forecast == pytest.approx(58 + median * 365)
    assert (core.low, core.high) == (pytest.approx(58 + slopes[1] * 365), pytest.approx(58 + slopes[4] * 365))
    assert core.state == "behind"


def test_of_a_figure_that_is_to_fall_the_way_gone_counts_downwards(at_the_end: Progress):
    price = next(found for found in at_the_end.kpis if found.kpi.id == "price")
    assert price.attainment == pytest.approx(0.2)
    assert price.forecast is not None
    assert price.forecast > 5
    assert price.state == "behind"


def test_a_delay_is_passed_on_along_the_critical_path(at_the_end: Progress):
    # trial is expected on 15 February 2026, and market takes 11 months from there: 15 January 2027, 15 days too late
    market = step(at_the_end, "market")
    assert (market.forecast, market.spare) == (date(2027, 1, 15), -15)
    assert market.is_critical
    assert step(at_the_end, "trial").spare == -15
    assert [found.milestone.id for found in at_the_end.at_risk] == ["trial", "market"]


def test_a_milestone_that_was_reached_late_keeps_its_days(at_the_end: Progress):
    design = step(at_the_end, "design")
    assert (design.done, design.days_late, design.is_at_risk) == (date(2025, 8, 9), 40, False)


def test_what_the_plans_need_is_set_against_what_there_is(programme: Programme):
    found = {(load.agency, load.year, load.kind): load for load in capacity(programme, date(2025, 2, 1)).loads}
    assert found["science", 2025, "state"].lacking == 20
    assert found["science", 2025, "enterprise"].lacking == 30
    assert found["science", 2026, "state"].available is None
    assert not found["science", 2025, "people"].is_short


def test_what_is_missing_is_asked_of_the_agency_that_can_say_it(programme: Programme):
    report = readiness(programme, ("silent",))
    asked = {row["missing"]: row["from"] for row in report.rows()}
    assert asked["decision"] == "science"
    assert asked["milestones"] == "health"
    assert "lead" not in asked
    assert not report.plans[0].is_ready
    assert report.plans[0].unclear == ["person", "work", "accountability", "timeline", "authority", "outcome"]


def test_there_is_no_31_june(programme: Programme):
    with pytest.raises(UsageError, match="2026-06-31 is not a day of the calendar"):
        progress(programme, "2026-06-31")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_is_made_in_both_languages(at_the_end: Progress, lang: str):
    titles = [table.title for table in at_the_end.tables(language(lang))]
    assert len(titles) == 4
    assert all(titles)


# -- the command line -----------------------------------------------------------------------------------------------


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(program, ["plan", *args], standalone_mode=False)
    return (done.return_value or 0) if done.exception is None else 2, done.output


@pytest.fixture
def criteria(tmp_path: Path) -> str:
    study(tmp_path)
    return str(tmp_path / "criteria" / "study.yaml")


def test_progress_is_told_to_machines(criteria: str):
    code, out = run("progress", "--criteria", criteria, "--as-of", "2026-01-15", "--format", "json", "--quiet")
    told = json.loads(out)
    assert code == 0
    assert [(row["plan"], row["days_late"]) for row in told["overdue"]] == [
        ("extended", 199),
        ("silent", 76),
        ("long", 15),
    ]


def test_a_new_plan_is_sound_and_explained_in_both_languages(criteria: str):
    assert run("init", "B", "--criteria", criteria, "--quiet")[0] == 0
    path = Path(criteria).parents[1] / "plans" / "year" / "B.yaml"
    text = path.read_text(encoding="utf-8")
    from techprio.study.folder import load
    from techprio.study.plans import PlanFile

    assert "B" in {plan.id for plan in load(Path(criteria), plans=True).programme.plans}
    for field in set(PlanFile.model_fields) - {"extra", "techprio"}:
        line = next(i for i, line in enumerate(text.splitlines()) if line.removeprefix("# ").startswith(f"{field}:"))
        above = "\n".join(text.splitlines()[max(0, line - 8) : line])
        assert "# en: " in above, field
        assert "# vi: " in above, field


def test_a_plan_is_not_written_over(criteria: str):
    assert run("init", "B", "--criteria", criteria, "--quiet")[0] == 0
    assert run("init", "B", "--criteria", criteria, "--quiet")[0] == 2


def test_a_new_report_is_sound_follows_the_last_and_is_not_written_over(criteria: str):
    assert run("report", "2026-01", "--criteria", criteria, "--quiet")[0] == 0
    path = Path(criteria).parents[1] / "plans" / "year" / "progress" / "2026-01.yaml"
    before = path.read_bytes()
    assert b"follows: {month: 2025-12, digest: " in before
    assert run("report", "2026-01", "--criteria", criteria, "--quiet")[0] == 2
    assert path.read_bytes() == before
    assert run("progress", "--criteria", criteria, "--quiet")[0] == 0


def test_a_report_of_the_future_is_not_written(criteria: str):
    assert run("report", "2027-01", "--criteria", criteria, "--quiet")[0] == 2


def test_a_report_that_was_changed_is_found_out(criteria: str):
    run("report", "2026-01", "--criteria", criteria, "--quiet")
    path = Path(criteria).parents[1] / "plans" / "year" / "progress" / "2025-12.yaml"
    path.write_text(files()["plans/year/progress/2025-12.yaml"].replace("core: 58", "core: 78"), encoding="utf-8")
    from techprio.study.folder import inspect

    assert [fault.code for fault in inspect(Path(criteria))[1]] == ["E627"]
