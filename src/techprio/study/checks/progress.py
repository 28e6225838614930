"""Rules on monthly reports: none is lost, entered twice, dated in the future, or of a plan that is closed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from techprio.study.base import last_day
from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft, ReportAt
from techprio.yaml_source import Path_, Source

if TYPE_CHECKING:
    from techprio.study.plans import Entry


@rule("E620")
def named_by_month(draft: Draft) -> Iterator[Found]:
    right = {at.report.month for at in draft.programme.reports if _stem(at) == at.report.month}
    for at in draft.programme.reports:
        if _stem(at) != at.report.month and at.report.month not in right:
            message, hint = "the file has another name than its month, {month}", "name it {month}.yaml"
            yield Found(at.source, ("month",), message, hint, {"month": at.report.month})


def _stem(at: ReportAt) -> str:
    return PurePath(at.source.file).stem


@rule("E621")
def doubled_months(draft: Draft) -> Iterator[Found]:
    kept = {at.report.month: at for at in draft.programme.in_order()}
    for at in draft.programme.reports:
        first = kept[at.report.month]
        if at is not first:
            message = "the month {month} is reported in {file} already; two reports are never merged"
            hint = "keep one, or correct its month"
            facts = {"month": at.report.month, "file": PurePath(first.source.file).name}
            yield Found(at.source, ("month",), message, hint, facts)


def _entries(draft: Draft) -> Iterator[tuple[ReportAt, str, Entry, Path_]]:
    """Every entry of every report that counts, the oldest first."""
    for at in draft.programme.in_order():
        for id, entry in at.report.plans.items():
            yield at, id, entry, ("plans", id)


@rule("E622")
def known_parts(draft: Draft) -> Iterator[Found]:
    programme = draft.programme
    for at, id, entry, path in _entries(draft):
        plan = programme.plan(id)
        if programme.plan_ids.lack(id):
            known = programme.plan_ids.known
            yield Found(at.source, path, "there is no plan {id}", "", {"id": id}, at="key", known=known)
        if plan is None:
            continue
        for milestone in entry.milestones:
            if plan.milestones.lack(milestone):
                message, facts = "the plan {plan} has no milestone {id}", {"plan": id, "id": milestone}
                known, where = plan.milestones.known, (*path, "milestones", milestone)
                yield Found(at.source, where, message, "", facts, at="key", known=known)
        for kpi in entry.kpis:
            if plan.kpis.lack(kpi):
                message, facts = "the plan {plan} has no KPI {id}", {"plan": id, "id": kpi}
                known, where = plan.kpis.known, (*path, "kpis", kpi)
                yield Found(at.source, where, message, "", facts, at="key", known=known)


@rule("E623")
def not_in_the_future(draft: Draft) -> Iterator[Found]:
    as_of = draft.plans_as_of
    for at in draft.programme.in_order():
        month = at.report.month
        if as_of is not None and month > as_of[:7]:
            message = "the month lies in the future: plans are monitored up to {as_of}"
            hint = "correct the month, or move as_of on under plans in the criteria file"
            yield Found(at.source, ("month",), message, hint, {"as_of": as_of})
            continue
        end = last_day(month).isoformat()
        for id, entry in at.report.plans.items():
            yield from _later(at.source, end, ("plans", id, "on"), entry.on)
            for milestone, step in entry.milestones.items():
                yield from _later(at.source, end, ("plans", id, "milestones", milestone, "done"), step.done)


def _later(source: Source, end: str, path: Path_, day: str | None) -> Iterator[Found]:
    if day is not None and day > end:
        message, hint = "a report of a month that ends on {end} cannot know of this day", "report it in its own month"
        yield Found(source, path, message, hint, {"end": end})


@rule("E624")
def decided_in_the_month(draft: Draft) -> Iterator[Found]:
    for at, _, entry, path in _entries(draft):
        if entry.on is not None and entry.status is None:
            yield Found(at.source, (*path, "on"), "no decision is stated for this day", "add a status")
        elif entry.on is not None and entry.on[:7] < at.report.month:
            message, hint = (
                "the day of the decision lies before the month",
                "it counts from the month it is reported in",
            )
            yield Found(at.source, (*path, "on"), message, hint)


@rule("E625")
def not_of_closed_plans(draft: Draft) -> Iterator[Found]:
    closed: dict[str, tuple[str, str]] = {}
    for at, id, entry, path in _entries(draft):
        if id in closed:
            status, month = closed[id]
            message = "the plan {id} is closed: it was {status} in {month}"
            hint = "take the entry out, or correct the earlier report"
            yield Found(at.source, path, message, hint, {"id": id, "status": status, "month": month}, at="key")
        elif entry.closes:
            closed[id] = (str(entry.status), at.report.month)


@rule("E626")
def extended_to_later(draft: Draft) -> Iterator[Found]:
    due = {at.plan.id: at.plan.due for at in draft.programme.plans}
    for at, id, entry, path in _entries(draft):
        lost = at.source.lost(path, "due") or at.source.lost(path, "status")
        if entry.status == "extended" and entry.due is None and not lost:
            yield Found(at.source, (*path, "status"), "an extension names the new due date", "add due")
        elif entry.due is not None and entry.status != "extended" and not lost:
            message, hint = "only an extension has a due date", "add status: extended, or take it out"
            yield Found(at.source, (*path, "due"), message, hint)
        elif entry.due is not None:
            before = due.get(id)
            if before is not None and entry.due <= before:
                message = "an extension leads to a later day than the one before, {before}"
                yield Found(at.source, (*path, "due"), message, "check the day", {"before": before})
            elif before is not None:
                due[id] = entry.due


@rule("E627")
def nothing_lost_or_changed(draft: Draft) -> Iterator[Found]:
    reports = {at.report.month: at for at in draft.programme.in_order()}
    for at in reports.values():
        follows = at.report.follows
        if follows is None or not draft.programme.months.whole:
            continue
        if follows.month >= at.report.month:
            yield Found(at.source, ("follows", "month"), "a report follows an earlier one", "check the month")
        elif follows.month not in reports:
            message = "the report of {month}, which this one follows, is lost"
            yield Found(at.source, ("follows", "month"), message, "bring it back", {"month": follows.month})
        elif reports[follows.month].digest != follows.digest:
            message = "the report of {month} was changed after this one was written"
            hint = "bring it back as it was, and report what is new in a new month"
            yield Found(at.source, ("follows", "digest"), message, hint, {"month": follows.month})


@rule("W601")
def no_month_left_out(draft: Draft) -> Iterator[Found]:
    reports = draft.programme.in_order()
    if any(_stem(at) != at.report.month for at in draft.programme.reports):
        return
    for before, at in pairwise(reports):
        missing = list(_between(before.report.month, at.report.month))
        if draft.plans_as_of is not None and at.report.month > draft.plans_as_of[:7]:
            continue
        if missing and draft.programme.months.whole:
            message = "no report is there for {missing}"
            shown = ", ".join(missing[:3] + ["…"] * (len(missing) > 3))
            yield Found(at.source, ("month",), message, "add it, or ask who reports", {"missing": shown})


def _between(first: str, last: str) -> Iterator[str]:
    """The months between two, without them."""
    count = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    for n in range(count[0] + 1, count[1]):
        yield f"{n // 12:04d}-{n % 12 + 1:02d}"
