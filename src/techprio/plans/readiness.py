"""Whether plans are ready: the six clarities, what is missing, and who has to say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from techprio.plans.standing import agency_name, answers
from techprio.study.plans import Kpi, Plan
from techprio.study.programme import Programme, is_illustrative
from techprio.tables import Column, Table, percent, rounded, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

CLARITIES = ("person", "work", "accountability", "timeline", "authority", "outcome")
"""The "six clarities" (6 rõ) of a plan: without any of them it is not ready."""
MEANS = "means"
"""What the directive of 29 May 2025 asks for besides: money, people, incentives, international cooperation."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a plan should say."""

    id: str
    clarity: str
    heading: str
    there: Callable[[Plan], bool]
    by_coordinator: bool = False
    """Whether it is for the coordinator to say, and not for the lead agency."""


def _complete(kpi: Kpi) -> bool:
    return kpi.baseline is not None and kpi.target is not None


ITEMS = (
    Item("lead", "person", "lead agency", lambda p: p.lead is not None, by_coordinator=True),
    Item("chief_engineer", "person", "chief engineer", lambda p: _says(p.chief_engineer)),
    Item("national_problem", "work", "major national problem", lambda p: _says(p.national_problem)),
    Item("outputs", "work", "outputs", lambda p: any(map(_says, p.outputs))),
    Item("head", "accountability", "head responsible", lambda p: _says(p.head)),
    Item("start", "timeline", "start", lambda p: p.start is not None),
    Item("due", "timeline", "due date", lambda p: p.due is not None),
    Item("milestones", "timeline", "milestones", lambda p: bool(p.milestones)),
    Item("decision", "authority", "decision", lambda p: _says(p.decision), by_coordinator=True),
    Item("mechanism", "authority", "financial mechanism", lambda p: p.mechanism is not None),
    Item("kpis", "outcome", "KPIs", lambda p: bool(p.kpis)),
    Item("kpi_figures", "outcome", "baseline and target of every KPI", lambda p: all(map(_complete, p.kpis))),
    Item("budget", MEANS, "budget", lambda p: p.budget is not None),
    Item("people_needed", MEANS, "people needed", lambda p: bool(p.people and p.people.need)),
    Item("people_available", MEANS, "people available", lambda p: bool(p.people and p.people.available)),
    Item("trl", MEANS, "readiness levels on the roadmap", lambda p: any(m.trl for m in p.milestones)),
    Item(
        "basic_research_incentive", MEANS, "incentive for basic research", lambda p: _says(p.basic_research_incentive)
    ),
    Item("application_incentive", MEANS, "incentive for application", lambda p: _says(p.application_incentive)),
    Item("international", MEANS, "international cooperation", lambda p: _says(p.international)),
)


def _says(text: Any) -> bool:
    return bool(text) and any(str(words).strip() for words in text.values())


@dataclass(frozen=True, slots=True)
class PlanReadiness:
    """One plan: what it says and what it does not."""

    plan: Plan
    missing: tuple[Item, ...]

    @property
    def score(self) -> float:
        """The share of what a plan should say that it says."""
        return 1 - len(self.missing) / len(ITEMS)

    @property
    def unclear(self) -> list[str]:
        """The clarities of which something is missing, in order."""
        lacking = {item.clarity for item in self.missing}
        return [clarity for clarity in CLARITIES if clarity in lacking]

    @property
    def is_ready(self) -> bool:
        """Whether all six clarities are complete."""
        return not self.unclear


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every plan of a programme, the least ready first."""

    programme: Programme
    plans: tuple[PlanReadiness, ...]

    def asked(self, plan: Plan, item: Item) -> str | None:
        """The agency that has to say it."""
        return self.programme.coordinator if item.by_coordinator or plan.lead is None else plan.lead

    def rows(self) -> list[dict[str, Any]]:
        """One row a missing item; a plan that lacks nothing has one row without an item."""
        english = language("en")
        return [
            {
                "plan": found.plan.id,
                "ready": found.is_ready,
                "score": rounded(found.score),
                "illustrative": is_illustrative(found.plan),
                "clarity": item.clarity if item else None,
                "missing": item.id if item else None,
                "from": self.asked(found.plan, item) if item else None,
                "answers": english.text(answers(self.programme, found.plan)) or None,
            }
            for found in self.plans
            for item in (found.missing or (None,))
        ]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        return {
            "format": 1,
            "plans": [
                {
                    "id": found.plan.id,
                    "product": list(found.plan.product),
                    "ready": found.is_ready,
                    "score": rounded(found.score),
                    "unclear": found.unclear,
                    "illustrative": is_illustrative(found.plan),
                    "missing": [
                        {"item": item.id, "clarity": item.clarity, "from": self.asked(found.plan, item)}
                        for item in found.missing
                    ],
                }
                for found in self.plans
            ],
        }

    def tables(self, words: Language) -> list[Table]:
        ready = sum(found.is_ready for found in self.plans)
        title = words.say("{ready} of {all} plans are ready", ready=ready, all=len(self.plans))
        columns = [
            Column("plan", "plan"),
            Column("title", "what is to be done", narrows="clips", rank=1),
            Column("score", "readiness", "right", percent),
            *(Column(clarity, clarity) for clarity in CLARITIES),
        ]
        notes = [
            words.say(
                "● clear, ○ something is missing; a plan is ready if all six are clear; the readiness also counts "
                "money, people, incentives and international cooperation"
            )
        ]
        notes += made_up_note(any(is_illustrative(found.plan) for found in self.plans), words)
        return [Table(columns, [self._row(found, words) for found in self.plans], title, notes), *self._asking(words)]

    def _row(self, found: PlanReadiness, words: Language) -> dict[str, Any]:
        marks = {clarity: "○" if clarity in found.unclear else "●" for clarity in CLARITIES}
        return {"plan": marked(found.plan), "title": words.text(found.plan.title), "score": found.score, **marks}

    def _asking(self, words: Language) -> list[Table]:
        """Who is asked for what, agency by agency."""
        asked: dict[str | None, dict[str, list[str]]] = {}
        for found in self.plans:
            for item in found.missing:
                by_plan = asked.setdefault(self.asked(found.plan, item), {})
                by_plan.setdefault(found.plan.id, []).append(words.say(item.heading))
        rows = [
            {
                "agency": words.text(agency_name(self.programme, agency)) if first else "",
                "plan": plan,
                "missing": ", ".join(missing),
            }
            for agency, plans in asked.items()
            for first, (plan, missing) in zip([True, *[False] * len(plans)], plans.items(), strict=False)
        ]
        columns = [
            Column("agency", "from whom", narrows="wraps"),
            Column("plan", "plan"),
            Column("missing", "what is missing", narrows="wraps"),
        ]
        return [Table(columns, rows, words.say("What is missing, and from whom"))] if rows else []

    def _repr_html_(self) -> str:
        return "".join(to_html(table, language("en")) for table in self.tables(language("en")))


def marked(plan: Plan, illustrative: bool | None = None) -> str:
    """The id of a plan, with a mark if anything in it is made up."""
    made_up = is_illustrative(plan) if illustrative is None else illustrative
    return f"{plan.id} *" if made_up else plan.id


def made_up_note(there: bool, words: Language) -> list[str]:
    """What the mark beside an id means, if any is there."""
    note = "* illustrative: part of the plan or of its reports is made up until it is decided"
    return [words.say(note)] if there else []


def readiness(programme: Programme, plans: tuple[str, ...] = ()) -> Readiness:
    """Look at every plan, or at those named."""
    from techprio.plans.standing import plan_asked

    chosen = [plan_asked(programme, id) for id in plans] if plans else list(programme.plans)
    found = [PlanReadiness(plan, tuple(item for item in ITEMS if not item.there(plan))) for plan in chosen]
    return Readiness(programme, tuple(sorted(found, key=lambda each: (each.is_ready, each.score))))
