"""What is to be expected: KPIs at their target dates, and milestones through what they need."""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import combinations
from statistics import median

from techprio.plans.standing import Date, Standing, Text
from techprio.study.plans import Kpi, Milestone

KPI_STATES = ("met", "on course", "behind", "missed", "no trend", "no figure", "no target")

# -- KPIs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KpiOutlook:
    """One KPI of one plan on one day."""

    standing: Standing
    kpi: Kpi
    actual: float | None
    """The last figure that was reported."""
    actual_on: Date | None
    attainment: float | None
    """The share of the way from the baseline to the target that the last figure has gone."""
    elapsed: float | None
    """The share of the time from the start to the target date that has passed."""
    per_year: float | None
    """The trend: the median of the slopes between all pairs of figures (Sen, P. K., 1968, JASA 63, 1379–1389)."""
    forecast: float | None
    """The last figure carried on along the trend to the target date."""
    low: float | None
    """The same along the lower quartile of those slopes, and below along the upper."""
    high: float | None
    state: str


def kpi_outlook(standing: Standing, kpi: Kpi) -> KpiOutlook:
    """What has been reached and what is to be expected."""
    series = standing.series(kpi)
    reported = series[1:] if kpi.baseline is not None and standing.plan.start else series
    actual_on, actual = reported[-1] if reported else (None, None)
    target_on = _target_date(standing, kpi)
    slopes = sorted((b - a) / (later - day).days for (day, a), (later, b) in combinations(series, 2))
    ahead = max(0, (target_on - actual_on).days) if target_on and actual_on else None
    forecast = low = high = None
    if slopes and actual is not None and ahead is not None:
        forecast = actual + median(slopes) * ahead
        low, high = (actual + _quantile(slopes, share) * ahead for share in (0.25, 0.75))
    return KpiOutlook(
        standing,
        kpi,
        actual,
        actual_on,
        _attainment(kpi, actual),
        _elapsed(standing, target_on),
        median(slopes) * 365.25 if slopes else None,
        forecast,
        low,
        high,
        _state(standing, kpi, actual, forecast, target_on),
    )


def _target_date(standing: Standing, kpi: Kpi) -> Date | None:
    day = kpi.target_date or standing.plan.due
    return Date.fromisoformat(day) if day else None


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The inverted distribution function: the least value with at least this share at or below it."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _attainment(kpi: Kpi, actual: float | None) -> float | None:
    if actual is None or kpi.baseline is None or kpi.target is None:
        return None
    if _reaches(kpi, kpi.baseline):  # there is no way to go: the target is held, or it is not
        return float(_reaches(kpi, actual))
    return (actual - kpi.baseline) / (kpi.target - kpi.baseline)


def _elapsed(standing: Standing, target_on: Date | None) -> float | None:
    if target_on is None or standing.plan.start is None:
        return None
    start = Date.fromisoformat(standing.plan.start)
    if target_on <= start:
        return 1.0
    return min(1.0, max(0.0, (standing.as_of - start).days / (target_on - start).days))


def _reaches(kpi: Kpi, value: float) -> bool:
    """Whether a figure is as good as the target."""
    assert kpi.target is not None
    slack = 1e-9 * max(1.0, abs(kpi.target))
    return value >= kpi.target - slack if kpi.direction == "max" else value <= kpi.target + slack


def _state(standing: Standing, kpi: Kpi, actual: float | None, forecast: float | None, target_on: Date | None) -> str:
    if kpi.target is None:
        return "no target"
    if actual is not None and _reaches(kpi, actual):
        return "met"
    if target_on is not None and target_on < standing.as_of:
        return "missed"
    if actual is None:
        return "no figure"
    if forecast is None:
        return "no trend"
    return "on course" if _reaches(kpi, forecast) else "behind"


# -- milestones -----------------------------------------------------------------------------------------------------


def _later(day: Date, months: int) -> Date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


Key = tuple[str, str]
"""A plan and a milestone, by their ids."""


@dataclass(frozen=True, slots=True)
class StepOutlook:
    """One milestone of one plan on one day."""

    standing: Standing
    milestone: Milestone
    due: Date
    done: Date | None
    forecast: Date | None
    """When it is to be expected; None: never, for it needs something of a plan that was stopped."""
    spare: int | None
    """By how many days it may be later than the forecast before its plan is late (total float); below 0 the plan is."""
    reason: Text | None

    @property
    def is_open(self) -> bool:
        return self.done is None and not self.standing.is_closed

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < self.standing.as_of

    @property
    def days_late(self) -> int:
        """Days since it was due, until it was reached if it was."""
        if self.done is None and self.standing.is_closed:
            return 0
        return max(0, ((self.done or self.standing.as_of) - self.due).days)

    @property
    def is_critical(self) -> bool:
        """Whether any further day of delay makes its plan late."""
        return self.is_open and (self.spare is None or self.spare <= 0)

    @property
    def is_at_risk(self) -> bool:
        """Whether it is to be expected after it is due."""
        return self.is_open and (self.forecast is None or self.forecast > self.due)


def step_outlooks(standings: Sequence[Standing]) -> tuple[StepOutlook, ...]:
    """Every milestone of every plan, by the critical path method (Kelley, J. E., 1961, Operations Research 9, 296–320).

    The work of a milestone lasts as long as it ``takes``, or else from the last due date of what it needs (or the start
    of its plan) to its own. It begins when all it needs is reached; what was not reached by the day asked for is not
    expected before it.
    """
    network = _Network(standings)
    return tuple(network.outlook(key) for key in network.steps)


class _Network:
    """All milestones, what they need, and when they are to be expected."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self.steps: dict[Key, tuple[Standing, Milestone]] = {
            (at.plan.id, milestone.id): (at, milestone) for at in standings for milestone in at.plan.milestones
        }
        self.needs: dict[Key, list[Key]] = {
            key: [k for need in milestone.needs if (k := (need.plan or key[0], need.milestone)) in self.steps]
            for key, (_, milestone) in self.steps.items()
        }
        self.days: dict[Key, int] = {}
        order = list(TopologicalSorter(self.needs).static_order())
        self.forecast: dict[Key, Date | None] = {}
        for key in order:
            self.forecast[key] = self._finish(key)
        self.latest = self._latest(order)

    def _due(self, key: Key) -> Date:
        return Date.fromisoformat(self.steps[key][1].due)

    def _start(self, key: Key) -> Date | None:
        start = self.steps[key][0].plan.start
        return Date.fromisoformat(start) if start else None

    def _duration(self, key: Key, begin: Date | None) -> int:
        """Days of work, from the day it begins."""
        takes = self.steps[key][1].takes
        if takes is not None and begin is not None:
            return (_later(begin, takes) - begin).days
        before = [self._due(need) for need in self.needs[key]] or [start for start in [self._start(key)] if start]
        return max(0, (self._due(key) - max(before)).days) if before else 0

    def _finish(self, key: Key) -> Date | None:
        """When a milestone was reached or is to be expected."""
        at, milestone = self.steps[key]
        news = at.news(milestone)
        needed = [self.forecast[need] for need in self.needs[key]]
        begins = [day for day in [self._start(key), *needed] if day]
        self.days[key] = self._duration(key, max(begins, default=None))
        if news.done:
            return Date.fromisoformat(news.done)
        if at.status == "stopped":
            return None
        if news.expected:
            return max(Date.fromisoformat(news.expected), at.as_of)
        if None in needed:
            return None
        finish = max(begins) + datetime.timedelta(days=self.days[key]) if begins else self._due(key)
        return max(finish, at.as_of)

    def _latest(self, order: Sequence[Key]) -> Mapping[Key, Date]:
        """The latest day of each milestone on which no plan is late for it."""
        followers: dict[Key, list[Key]] = {key: [] for key in self.steps}
        for key, needs in self.needs.items():
            for need in needs:
                followers[need].append(key)
        latest: dict[Key, Date] = {}
        for key in reversed(order):
            standing = self.steps[key][0]
            last = max(Date.fromisoformat(milestone.due) for milestone in standing.plan.milestones)
            ends = [standing.agreed_due or last]
            ends += [latest[k] - datetime.timedelta(days=self.days[k]) for k in followers[key] if self._waits(k)]
            latest[key] = min(ends)
        return latest

    def _waits(self, key: Key) -> bool:
        """Whether a milestone is still to be reached."""
        at, milestone = self.steps[key]
        return not at.is_closed and at.news(milestone).done is None

    def outlook(self, key: Key) -> StepOutlook:
        at, milestone = self.steps[key]
        news = at.news(milestone)
        done = Date.fromisoformat(news.done) if news.done else None
        forecast = self.forecast[key]
        spare = (self.latest[key] - forecast).days if forecast else None
        return StepOutlook(at, milestone, self._due(key), done, forecast, spare, news.reason)
