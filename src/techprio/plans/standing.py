"""Where each plan stands on a day: what its file says and the monthly reports up to then, told in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from techprio.errors import UsageError
from techprio.study.base import last_day, months_between
from techprio.study.plans import CLOSED, Entry, Kpi, Milestone, Money, Plan, ReportFile, Step
from techprio.study.programme import Programme, is_illustrative
from techprio.wording import nearest

Date = datetime.date
Text = Mapping[str, str]


def day_asked(programme: Programme, as_of: str | None) -> Date:
    """The day to monitor at: the one asked for, or the criteria file's. Raises UsageError if there is neither."""
    given = as_of or programme.as_of
    if given is None:
        raise UsageError("say up to which day: the criteria file has no as_of")
    try:
        return Date.fromisoformat(given) if len(given) == 10 else _no_day(given)
    except ValueError:
        return _no_day(given)


def _no_day(given: str) -> Date:
    raise UsageError("{day} is not a day of the calendar; write it like 2026-11-21", day=given)


def counted(programme: Programme, as_of: Date) -> list[ReportFile]:
    """The reports that are known on a day: each from the last day of its month."""
    return [report for report in programme.reports if last_day(report.month) <= as_of]


@dataclass(frozen=True, slots=True)
class Standing:
    """One plan on one day."""

    plan: Plan
    as_of: Date
    entries: tuple[tuple[str, Entry], ...]
    """Month and entry, the oldest first."""
    silent: int
    """For how many whole months an approved and open plan has had no report."""
    illustrative: bool

    @property
    def status(self) -> str:
        """The last decision, or what the plan's file says."""
        stated = [entry.status for _, entry in self.entries if entry.status]
        return stated[-1] if stated else self.plan.status

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def first_due(self) -> Date | None:
        return Date.fromisoformat(self.plan.due) if self.plan.due else None

    @property
    def extensions(self) -> list[Date]:
        """The due dates that extensions have led to."""
        return [Date.fromisoformat(entry.due) for _, entry in self.entries if entry.due]

    @property
    def agreed_due(self) -> Date | None:
        """The due date after all extensions."""
        return [self.first_due, *self.extensions][-1]

    @property
    def closed_on(self) -> Date | None:
        """The day it was completed or stopped."""
        return next((_day(month, entry) for month, entry in self.entries if entry.status in CLOSED), None)

    @property
    def is_overdue(self) -> bool:
        """The rule: the first due date is past, and the plan is neither completed nor stopped."""
        return self.first_due is not None and self.first_due < self.as_of and not self.is_closed

    @property
    def days_late(self) -> int:
        """Days since the first due date, until the plan was completed if it was; 0 if it is not late."""
        end = self.closed_on if self.is_closed else self.as_of
        if self.first_due is None or end is None or self.status == "stopped":
            return 0
        return max(0, (end - self.first_due).days)

    @property
    def days_beyond(self) -> int:
        """Days since the due date that was agreed last, of an open plan."""
        if self.agreed_due is None or self.is_closed:
            return 0
        return max(0, (self.as_of - self.agreed_due).days)

    @property
    def reason(self) -> Text | None:
        """The last reason given for being late: with an extension, or since the month it fell due."""
        since = self.plan.due[:7] if self.plan.due else "9999"
        given = [
            entry.reason
            for month, entry in self.entries
            if entry.reason and (entry.status == "extended" or month >= since)
        ]
        return given[-1] if given else None

    @property
    def last_report(self) -> str | None:
        return self.entries[-1][0] if self.entries else None

    @property
    def spent(self) -> Money:
        every = [entry.spent for _, entry in self.entries if entry.spent]
        return Money(
            **{name: sum(getattr(money, name) for money in every) for name in ("state", "enterprise", "other")}
        )

    def news(self, milestone: Milestone) -> Step:
        """What is known of a milestone: of each part the last that was reported."""
        known: dict[str, object] = {}
        for _, entry in self.entries:
            step = entry.milestones.get(milestone.id, Step())
            known.update({name: getattr(step, name) for name in ("done", "expected", "reason") if getattr(step, name)})
        return Step(**known)

    def series(self, kpi: Kpi) -> list[tuple[Date, float]]:
        """The figures of a KPI: the baseline on the day the plan began, and each report's at the end of its month."""
        figures = [(last_day(month), entry.kpis[kpi.id]) for month, entry in self.entries if kpi.id in entry.kpis]
        if kpi.baseline is not None and self.plan.start:
            start = Date.fromisoformat(self.plan.start)
            figures = [(start, kpi.baseline), *(point for point in figures if point[0] > start)]
        return figures


def _day(month: str, entry: Entry) -> Date:
    return Date.fromisoformat(entry.on) if entry.on else last_day(month)


def standings(programme: Programme, as_of: Date) -> tuple[Standing, ...]:
    """Every plan on one day, in the order of the files."""
    reports = counted(programme, as_of)
    return tuple(_standing(plan, reports, as_of) for plan in programme.plans)


def _standing(plan: Plan, reports: list[ReportFile], as_of: Date) -> Standing:
    told = [report for report in reports if plan.id in report.plans and _says_something(report.plans[plan.id])]
    entries = tuple((report.month, report.plans[plan.id]) for report in told)
    made_up = any(report.illustrative for report in told)
    made_up = made_up or any(entry.illustrative for _, entry in entries)
    found = Standing(plan, as_of, entries, 0, is_illustrative(plan) or made_up)
    if found.is_closed or found.status == "proposed":
        return found
    return Standing(plan, as_of, entries, _silent(found), found.illustrative)


def _says_something(entry: Entry) -> bool:
    """An entry of a new report that nobody has filled in is no report."""
    return any((entry.status, entry.reason, entry.milestones, entry.kpis, entry.spent, entry.note))


def _silent(found: Standing) -> int:
    """Whole months that have ended since the last report, or since the plan began."""
    if found.last_report:
        since = last_day(found.last_report) + datetime.timedelta(days=1)
    elif found.plan.start:
        since = Date.fromisoformat(f"{found.plan.start[:7]}-01")
    else:
        return 0
    return max(0, months_between(since, found.as_of + datetime.timedelta(days=1)))


def answers(programme: Programme, plan: Plan) -> Text | None:
    """Who answers for a plan: the head it names, or the head of its lead agency."""
    if plan.head:
        return plan.head
    agency = programme.agencies.get(plan.lead) if plan.lead else None
    return agency.head if agency else None


def agency_name(programme: Programme, id: str | None) -> Text:
    """The name of an agency; of none, a dash."""
    if id is None:
        return {"": "–"}
    return programme.agencies[id].name if id in programme.agencies else {"": id}


def plan_asked(programme: Programme, id: str) -> Plan:
    """The plan of that id. Raises UsageError with the nearest one."""
    found = {plan.id: plan for plan in programme.plans}
    if id not in found:
        raise UsageError("there is no plan {id}", id=id, near=nearest(id, found))
    return found[id]


def entries_of(programme: Programme, plan: str) -> Iterator[tuple[str, Entry]]:
    """Month and entry of a plan, in all reports."""
    yield from ((report.month, report.plans[plan]) for report in programme.reports if plan in report.plans)
