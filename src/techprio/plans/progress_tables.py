"""The tables of a programme's progress."""

from __future__ import annotations

from typing import Any

from techprio.plans.outlook import KpiOutlook, StepOutlook
from techprio.plans.progress import Progress
from techprio.plans.readiness import made_up_note, marked
from techprio.plans.standing import Standing, answers
from techprio.tables import Column, Table, decimals, percent
from techprio.wording import Language


def tables(progress: Progress, words: Language) -> list[Table]:
    """Status, what is overdue, KPIs, milestones at risk."""
    found = [_status(progress, words), _overdue(progress, words)]
    found += [_kpis(progress, words)] if progress.kpis else []
    return [*found, _at_risk(progress, words)]


def _status(progress: Progress, words: Language) -> Table:
    overdue = sum(at.is_overdue for at in progress.standings)
    facts = {"overdue": overdue, "all": len(progress.standings), "day": progress.as_of.isoformat()}
    notes = [words.say("{n} monthly reports read; late: days since the first due date", n=progress.reports)]
    if progress.later_reports:
        notes.append(words.several(progress.later_reports, _LATER_ONE, _LATER_MANY))
    if undated := sum(at.first_due is None for at in progress.standings):
        notes.append(words.say("{n} plans have no due date and cannot be overdue", n=undated))
    columns = [
        Column("plan", "plan"),
        Column("title", "what is to be done", narrows="clips"),
        Column("agency", "agency", narrows="clips", rank=2),
        Column("status", "status"),
        Column("due", "first due"),
        Column("agreed", "agreed due", rank=1),
        Column("late", "late", "right"),
        Column("steps", "milestones", "right", rank=3),
        Column("spent", "spent", "right", percent, rank=4),
        Column("silent", "months without report", "right", rank=5),
    ]
    rows = [_status_row(progress, at, words) for at in progress.standings]
    title = words.say("{overdue} of {all} plans are overdue on {day}", **facts)
    return Table(columns, rows, title, [*notes, *made_up_note(progress.illustrative, words)])


_LATER_ONE = "{n} report of a month that had not ended is not counted"
_LATER_MANY = "{n} reports of months that had not ended are not counted"


def _status_row(progress: Progress, at: Standing, words: Language) -> dict[str, Any]:
    row = progress.plan_row(at)
    return {
        "plan": marked(at.plan, at.illustrative),
        "title": words.text(at.plan.title),
        "agency": progress.agency(at, words),
        "status": words.say(at.status),
        "due": at.plan.due or "?",
        "agreed": row["agreed_due"] if at.extensions else "",
        "late": at.days_late or "",
        "steps": f"{row['reached']}/{row['milestones']}" if row["milestones"] else "",
        "spent": row["spent"] / row["budget"] if row["budget"] else None,
        "silent": at.silent or "",
    }


def _overdue(progress: Progress, words: Language) -> Table:
    items = progress.overdue
    title = words.several(len(items), "{n} plan or milestone is overdue", "{n} plans and milestones are overdue")
    columns = [
        Column("plan", "plan"),
        Column("milestone", "milestone", narrows="wraps"),
        Column("due", "first due"),
        Column("late", "days late", "right"),
        Column("beyond", "beyond the agreed day", "right", rank=2),
        Column("agency", "agency", narrows="wraps", rank=1),
        Column("answers", "who answers", narrows="wraps"),
        Column("reason", "reason given", narrows="wraps"),
    ]
    rows = [_overdue_row(progress, item, words) for item in items]
    return Table(columns, rows, title, made_up_note(any(_standing(item).illustrative for item in items), words))


def _standing(item: Standing | StepOutlook) -> Standing:
    return item if isinstance(item, Standing) else item.standing


def _overdue_row(progress: Progress, item: Standing | StepOutlook, words: Language) -> dict[str, Any]:
    at = _standing(item)
    step = item if isinstance(item, StepOutlook) else None
    return {
        "plan": marked(at.plan, at.illustrative),
        "milestone": words.text(step.milestone.name) if step else words.say("the whole plan"),
        "due": step.milestone.due if step else at.plan.due,
        "late": item.days_late,
        "beyond": "" if step else at.days_beyond,
        "agency": progress.agency(at, words),
        "answers": words.text(answers(progress.programme, at.plan)) or words.say("nobody named"),
        "reason": words.text(item.reason) or words.say("not given"),
    }


def _kpis(progress: Progress, words: Language) -> Table:
    judged = [found for found in progress.kpis if found.state in ("met", "on course", "behind", "missed")]
    good = sum(found.state in ("met", "on course") for found in judged)
    columns = [
        Column("plan", "plan"),
        Column("kpi", "KPI", narrows="wraps"),
        Column("baseline", "baseline", "right", decimals(1), rank=2),
        Column("actual", "actual", "right", decimals(1)),
        Column("target", "target", "right", decimals(1)),
        Column("by", "by", rank=1),
        Column("attainment", "way gone", "right", percent),
        Column("elapsed", "time gone", "right", percent, rank=3),
        Column("forecast", "forecast", "right"),
        Column("state", "outlook"),
    ]
    title = words.say("{good} of {all} KPIs with a trend are met or on course", good=good, all=len(judged))
    note = words.say(
        "The forecast carries the last figure on to the target date along the median slope between all pairs of "
        "figures; in brackets along the lower and upper quartile of the slopes"
    )
    rows = [_kpi_row(found, words) for found in progress.kpis]
    made_up = any(found.standing.illustrative for found in progress.kpis)
    return Table(columns, rows, title, [note, *made_up_note(made_up, words)])


def _kpi_row(found: KpiOutlook, words: Language) -> dict[str, Any]:
    kpi = found.kpi
    forecast = ""
    if found.forecast is not None and found.low is not None and found.high is not None:
        ends = sorted((found.low, found.high))
        low, high = (words.number(end, 1) for end in ends)
        forecast = f"{words.number(found.forecast, 1)} ({low} – {high})"
    return {
        "plan": marked(found.standing.plan, found.standing.illustrative),
        "kpi": " ".join(filter(None, [words.text(kpi.name), f"({kpi.unit})" if kpi.unit else ""])),
        "baseline": kpi.baseline,
        "actual": found.actual,
        "target": kpi.target,
        "by": kpi.target_date or found.standing.plan.due or "",
        "attainment": found.attainment,
        "elapsed": found.elapsed,
        "forecast": forecast,
        "state": words.say(found.state),
    }


def _at_risk(progress: Progress, words: Language) -> Table:
    risky = progress.at_risk
    late = sum(step.spare is None or step.spare < 0 for step in risky)
    columns = [
        Column("plan", "plan"),
        Column("milestone", "milestone", narrows="wraps"),
        Column("due", "due"),
        Column("forecast", "forecast"),
        Column("spare", "days to spare", "right"),
        Column("critical", "critical path"),
        Column("answers", "who answers", narrows="wraps", rank=1),
        Column("reason", "reason given", narrows="wraps", rank=2),
    ]
    rows = [
        {
            "plan": marked(step.standing.plan, step.standing.illustrative),
            "milestone": words.text(step.milestone.name),
            "due": step.milestone.due,
            "forecast": step.forecast.isoformat() if step.forecast else words.say("never"),
            "spare": "–" if step.spare is None else step.spare,
            "critical": "●" if step.is_critical else "",
            "answers": words.text(answers(progress.programme, step.standing.plan)) or words.say("nobody named"),
            "reason": words.text(step.reason) or words.say("not given"),
        }
        for step in risky
    ]
    title = words.say("{n} milestones are at risk, {late} of them make their plan late", n=len(risky), late=late)
    note = words.say(
        "Days to spare: by how many days a milestone may be later than forecast before its plan passes the agreed day; "
        "below 0 it does"
    )
    return Table(columns, rows, title, [note, *made_up_note(any(step.standing.illustrative for step in risky), words)])
