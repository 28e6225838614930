"""Plans, the agencies that carry them out, and their monthly reports.

A plan is the record that the directive of 29 May 2025 and Decision 2815 ask for, in the order of the "six
clarities". It is written once; what becomes of it stands in monthly reports, so that the first due date is never lost.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from techprio.study.base import (
    A_WORD,
    ID_SCHEMA,
    Choice,
    Day,
    Flag,
    Format,
    Id,
    Name,
    Number,
    OrOne,
    Section,
    Text,
    Whole,
    Widened,
    Words,
    wrong,
)
from techprio.study.candidates import Citations
from techprio.yaml_source import shown

A_SUM = {"type": "number", "minimum": 0, "maximum": 1.7976931348623157e308}
Sum = Annotated[Number, Field(ge=0), WithJsonSchema(A_SUM)]
Year = Annotated[Whole, Field(ge=2000, le=2100)]
_YEARS: Any = {"propertyNames": {"pattern": "^2[01][0-9]{2}$"}}
Readiness = Annotated[Whole, Field(ge=1, le=9)]

STATUSES = ("proposed", "approved", "adjusted", "extended", "suspended", "stopped", "completed")
"""The verbs of Decision 808, and the two ends."""
CLOSED = frozenset({"stopped", "completed"})


Stage = Literal["research", "prototype", "trial", "market", "export"]
Mechanism = Literal["grant", "order", "direct assignment", "public procurement", "PPP", "fund"]


class Backed(Section):
    """What part of a plan rests on."""

    source: Citations = ()
    """One source or several."""
    illustrative: Flag = False
    """True while nobody has decided it: every table and picture made from it will say so."""
    note: Text | None = None
    """What a reader should know of it."""


# -- money and people -----------------------------------------------------------------------------------------------


class Money(Section):
    """Money of one year by source, in VND billion."""

    state: Sum = 0.0
    """From the state budget."""
    enterprise: Sum = 0.0
    """From enterprises."""
    other: Sum = 0.0
    """From anyone else."""

    @property
    def total(self) -> float:
        return self.state + self.enterprise + self.other


class PlanBudget(Backed):
    """The money of a plan, in VND billion."""

    total: Sum
    """Of all years and sources: their sum is checked."""
    years: Annotated[dict[Year, Money], Field(min_length=1, json_schema_extra=_YEARS)]
    """Year → money by source."""


class People(Backed):
    """The people of a plan, in full-time posts."""

    need: dict[Year, Sum] = Field(default_factory=dict, json_schema_extra=_YEARS)
    """Year → posts needed."""
    available: dict[Year, Sum] = Field(default_factory=dict, json_schema_extra=_YEARS)
    """Year → posts filled, or promised by the lead agency."""


# -- the way --------------------------------------------------------------------------------------------------------


class Need(Section):
    """A milestone that must be reached before."""

    milestone: Id
    """The milestone's id."""
    plan: Id | None = None
    """The plan that it belongs to; left out: this one."""


class Milestone(Backed):
    """One step of the roadmap."""

    id: Id
    """Its id."""
    name: Name
    """What is reached."""
    stage: Annotated[Stage, Choice()] | None = None
    """How far the product is then."""
    trl: Readiness | None = None
    """The technology readiness level that is reached, 1 to 9."""
    due: Day
    """The day by which it is reached."""
    takes: Annotated[Whole, Field(ge=0, le=600)] | None = None
    """Months of work after what it needs; left out: all the time between."""
    needs: Annotated[tuple[Annotated[Need, Widened("milestone", str, schema=ID_SCHEMA)], ...], OrOne()] = ()
    """Milestones that must be reached before."""


class Kpi(Backed):
    """One measure of success."""

    id: Id
    """Its id."""
    name: Name
    """What is measured."""
    unit: Words = ""
    """In what."""
    direction: Annotated[Literal["max", "min"], Choice()] = "max"
    """Whether more is better, or less."""
    baseline: Number | None = None
    """The figure at the start of the plan."""
    target: Number | None = None
    """The figure to be reached."""
    target_date: Day | None = None
    """The day by which it is to be reached; left out: the day the plan is due."""


# -- the plan -------------------------------------------------------------------------------------------------------


class Plan(Backed):
    """The implementation plan of a product, or of a task."""

    id: Id
    """Its id."""
    product: Annotated[tuple[Id, ...], OrOne(), Field(min_length=1)]
    """The candidate that it delivers, or several."""
    title: Name
    """What is to be done."""
    status: Annotated[Literal["proposed", "approved"], Choice()] = "proposed"
    """Where it stands before its first monthly report; later decisions stand in reports."""
    lead: Id | None = None
    """Who does it: the lead agency, as in agencies.yaml."""
    partners: Annotated[tuple[Id, ...], OrOne()] = ()
    """The agencies that work with it."""
    chief_engineer: Text | None = None
    """The chief engineer (Law 133/2025/QH15, Article 13)."""
    national_problem: Text | None = None
    """What for: the major national problem that it solves."""
    outputs: Annotated[tuple[Text, ...], OrOne()] = ()
    """What there will be at the end."""
    head: Text | None = None
    """Who answers for it: the head responsible."""
    start: Day | None = None
    """The day it begins."""
    due: Day | None = None
    """The first due date. It stays: an extension stands in a monthly report."""
    milestones: tuple[Milestone, ...] = ()
    """The roadmap."""
    decision: Text | None = None
    """By what authority: the decision that approves or assigns it."""
    mechanism: Annotated[Mechanism, Choice()] | None = None
    """How the money comes."""
    budget: PlanBudget | None = None
    """The money, by year and source."""
    kpis: tuple[Kpi, ...] = ()
    """What success is measured by."""
    people: People | None = None
    """The people, by year."""
    basic_research_incentive: Text | None = None
    """What encourages basic research."""
    application_incentive: Text | None = None
    """What encourages application."""
    international: Text | None = None
    """International cooperation."""


class PlanFile(Plan):
    """A file with one plan."""

    techprio: Format
    """The format version: 1."""


# -- agencies -------------------------------------------------------------------------------------------------------


class Agency(Backed):
    """One agency, and what it can spend and whom it can send."""

    name: Name
    """Its name."""
    head: Text | None = None
    """The office of its head, who answers where a plan names nobody."""
    money: dict[Year, Money] = Field(default_factory=dict, json_schema_extra=_YEARS)
    """Year → money that is available to it for plans, by source, in VND billion."""
    people: dict[Year, Sum] = Field(default_factory=dict, json_schema_extra=_YEARS)
    """Year → full-time posts that are available to it for plans."""


class AgenciesFile(Section):
    """`agencies.yaml`, in the folder of the plans."""

    techprio: Format
    """The format version: 1."""
    coordinator: Id | None = None
    """The agency that coordinates: it is asked for what no other can say."""
    agencies: dict[Id, Agency]
    """The agencies by id."""


# -- monthly reports ------------------------------------------------------------------------------------------------

MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"


def _month(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(MONTH, value) or value < "0001":
        raise wrong("E209", "{found} is not a month", "write it like 2026-11", found=shown(value))
    return value


Month = Annotated[str, BeforeValidator(_month), WithJsonSchema({**A_WORD, "pattern": f"^{MONTH}$"})]


Verb = Literal["approved", "adjusted", "extended", "suspended", "stopped", "completed"]


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{16}", value):
        raise wrong("E203", "{found} is not the digest of a report", "take the line out", found=shown(value))
    return value


class Step(Section):
    """News of a milestone."""

    done: Day | None = None
    """The day it was reached."""
    expected: Day | None = None
    """The day it is now expected."""
    reason: Text | None = None
    """Why it is late."""


class Entry(Backed):
    """The month of one plan."""

    status: Annotated[Verb, Choice()] | None = None
    """What was decided this month: `approved`, `adjusted`, `extended`, `suspended`, `stopped` or `completed`."""
    on: Day | None = None
    """The day of that decision; left out: the last of the month."""
    due: Day | None = None
    """With `extended`: the new due date. The first one stays known."""
    reason: Text | None = None
    """Why it is late, extended, suspended or stopped."""
    milestones: dict[Id, Step] = Field(default_factory=dict)
    """Milestone → what is new."""
    kpis: dict[Id, Number] = Field(default_factory=dict)
    """KPI → the figure at the end of the month."""
    spent: Money | None = None
    """Money spent in this month, in VND billion."""

    @property
    def closes(self) -> bool:
        """Whether nothing is to be reported of the plan afterwards."""
        return self.status in CLOSED


class Follows(Section):
    """The report before this one, as it was."""

    month: Month
    """Its month."""
    digest: Annotated[str, BeforeValidator(_digest), WithJsonSchema({**A_WORD, "pattern": "^[0-9a-f]{16}$"})]
    """What its content comes to; `techprio plan report` writes it."""


class ReportFile(Section):
    """`progress/YYYY-MM.yaml`: one month of all plans. It is added to the folder and never changed."""

    techprio: Format
    """The format version: 1."""
    month: Month
    """The month that it reports; the file has its name."""
    follows: Follows | None = None
    """The report before: that none was lost or changed can be checked."""
    illustrative: Flag = False
    """True for a report that is made up: every table and picture made from it will say so."""
    plans: dict[Id, Entry]
    """Plan → its month."""
