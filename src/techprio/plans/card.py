"""One plan on one day, as a card: what it says, its roadmap, its KPIs, its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from techprio.plans.progress import Progress
from techprio.plans.readiness import made_up_note
from techprio.plans.standing import Standing, agency_name, answers, entries_of, plan_asked
from techprio.study.plans import Plan
from techprio.tables import Column, Table, percent
from techprio.wording import Language, language


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan and what has become of it."""

    progress: Progress
    plan: Plan

    @property
    def standing(self) -> Standing:
        return next(at for at in self.progress.standings if at.plan is self.plan)

    def rows(self) -> list[dict[str, Any]]:
        """One row a field."""
        return [{"field": key, "value": value} for key, value in self._facts(language("en"))]

    def to_json(self) -> dict[str, Any]:
        own = [step for step in self.progress.steps if step.standing is self.standing]
        kpis = [found for found in self.progress.kpis if found.standing is self.standing]
        return {
            "format": 1,
            "as_of": self.progress.as_of.isoformat(),
            "plan": self.plan.model_dump(mode="json", exclude={"extra"}, exclude_none=True),
            "progress": self.progress.plan_row(self.standing),
            "milestones": [self.progress.step_row(step) for step in own],
            "kpis": [self.progress.kpi_row(found) for found in kpis],
        }

    def tables(self, words: Language) -> list[Table]:
        columns = [Column("field", "what"), Column("value", "says", narrows="wraps")]
        rows = [{"field": words.say(key), "value": value} for key, value in self._facts(words)]
        title = f"{self.plan.id} {words.text(self.plan.title)}"
        every = [Table(columns, rows, title, made_up_note(self.standing.illustrative, words))]
        return [*every, *self._roadmap(words), *self._kpis(words), *self._history(words)]

    def _facts(self, words: Language) -> Iterator[tuple[str, str]]:
        plan, at = self.plan, self.standing
        programme = self.progress.programme
        yield "status", words.say(at.status)
        yield "lead agency", words.text(agency_name(programme, plan.lead))
        if plan.partners:
            yield "partners", ", ".join(words.text(agency_name(programme, id)) for id in plan.partners)
        yield "who answers", words.text(answers(programme, plan)) or words.say("nobody named")
        yield "chief engineer", words.text(plan.chief_engineer) or "–"
        yield "major national problem", words.text(plan.national_problem) or "–"
        yield "outputs", "; ".join(words.text(output) for output in plan.outputs) or "–"
        yield "start", plan.start or "–"
        yield "first due", plan.due or "–"
        if at.extensions:
            yield "agreed due", ", ".join(day.isoformat() for day in at.extensions)
        if at.days_late:
            yield "days late", words.show(at.days_late)
            yield "reason given", words.text(at.reason) or words.say("not given")
        yield "decision", words.text(plan.decision) or "–"
        yield "financial mechanism", words.say(plan.mechanism) if plan.mechanism else "–"
        if plan.budget:
            yield "budget", words.say("{total} VND billion", total=plan.budget.total)
        yield "incentive for basic research", words.text(plan.basic_research_incentive) or "–"
        yield "incentive for application", words.text(plan.application_incentive) or "–"
        yield "international cooperation", words.text(plan.international) or "–"
        yield "source", ", ".join(citation.id for citation in plan.source) or "–"

    def _roadmap(self, words: Language) -> list[Table]:
        columns = [
            Column("milestone", "milestone", narrows="wraps"),
            Column("stage", "stage"),
            Column("trl", "TRL", "right"),
            Column("due", "due"),
            Column("done", "reached"),
            Column("forecast", "forecast"),
            Column("critical", "critical path"),
        ]
        rows = [
            {
                "milestone": words.text(step.milestone.name),
                "stage": words.say(step.milestone.stage) if step.milestone.stage else "",
                "trl": step.milestone.trl,
                "due": step.milestone.due,
                "done": step.done.isoformat() if step.done else "",
                "forecast": "" if step.done or not step.forecast else step.forecast.isoformat(),
                "critical": "●" if step.is_critical else "",
            }
            for step in self.progress.steps
            if step.standing is self.standing
        ]
        return [Table(columns, rows, words.say("Roadmap"))] if rows else []

    def _kpis(self, words: Language) -> list[Table]:
        columns = [
            Column("kpi", "KPI", narrows="wraps"),
            *(Column(key, key, "right") for key in ("baseline", "actual", "target")),
            Column("attainment", "way gone", "right", percent),
            Column("state", "outlook"),
        ]
        rows = [
            {
                "kpi": " ".join(filter(None, [words.text(found.kpi.name), found.kpi.unit])),
                "baseline": found.kpi.baseline,
                "actual": found.actual,
                "target": found.kpi.target,
                "attainment": found.attainment,
                "state": words.say(found.state),
            }
            for found in self.progress.kpis
            if found.standing is self.standing
        ]
        return [Table(columns, rows, words.say("KPIs"))] if rows else []

    def _history(self, words: Language) -> list[Table]:
        known = {month for month, _ in self.standing.entries}
        columns = [
            Column("month", "month"),
            Column("status", "decision"),
            Column("due", "due"),
            Column("reason", "reason given", narrows="wraps"),
            Column("note", "note", narrows="wraps", rank=1),
        ]
        rows = [
            {
                "month": month,
                "status": words.say(entry.status) if entry.status else "",
                "due": entry.due or "",
                "reason": words.text(entry.reason),
                "note": words.text(entry.note),
            }
            for month, entry in entries_of(self.progress.programme, self.plan.id)
            if month in known
        ]
        return [Table(columns, rows, words.say("Monthly reports"))] if rows else []


def card(progress: Progress, id: str) -> PlanCard:
    """The card of a plan. Raises UsageError with the nearest id."""
    return PlanCard(progress, plan_asked(progress.programme, id))
