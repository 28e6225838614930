"""The programme on one day: status, what is overdue and who answers, KPIs, milestones at risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from techprio.plans.outlook import KpiOutlook, StepOutlook, kpi_outlook, step_outlooks
from techprio.plans.standing import Date, Standing, agency_name, answers, counted, day_asked, standings
from techprio.study.programme import Programme
from techprio.tables import rounded, to_html
from techprio.wording import language

if TYPE_CHECKING:
    import pandas as pd

    from techprio.tables import Table
    from techprio.wording import Language


@dataclass(frozen=True, slots=True, repr=False)
class Progress:
    """Every plan, milestone and KPI of a programme on one day."""

    programme: Programme
    as_of: Date
    standings: tuple[Standing, ...]
    steps: tuple[StepOutlook, ...]
    kpis: tuple[KpiOutlook, ...]

    def __repr__(self) -> str:
        return f"<Progress of {len(self.standings)} plans as of {self.as_of}: {len(self.overdue)} overdue>"

    @property
    def overdue(self) -> list[Standing | StepOutlook]:
        """Plans and milestones past their first due date and open, the longest overdue first."""
        found: list[Standing | StepOutlook] = [at for at in self.standings if at.is_overdue]
        found += [step for step in self.steps if step.is_overdue]
        return sorted(found, key=lambda item: -item.days_late)

    @property
    def at_risk(self) -> list[StepOutlook]:
        """Open milestones to be expected after they are due, those whose plan has the least to spare first."""
        found = [step for step in self.steps if step.is_at_risk]
        return sorted(found, key=lambda step: (step.spare is not None, step.spare or 0))

    @property
    def reports(self) -> int:
        """How many monthly reports are known on the day."""
        return len(counted(self.programme, self.as_of))

    @property
    def later_reports(self) -> int:
        """How many are of months that had not ended."""
        return len(self.programme.reports) - self.reports

    @property
    def illustrative(self) -> bool:
        return any(at.illustrative for at in self.standings)

    def rows(self) -> list[dict[str, Any]]:
        """One row a plan."""
        return [self.plan_row(at) for at in self.standings]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        return {
            "format": 1,
            "as_of": self.as_of.isoformat(),
            "reports": self.reports,
            "later_reports": self.later_reports,
            "plans": self.rows(),
            "overdue": [self.overdue_row(item) for item in self.overdue],
            "kpis": [self.kpi_row(found) for found in self.kpis],
            "milestones": [self.step_row(step) for step in self.steps],
        }

    # -- rows -------------------------------------------------------------------------------------------------------

    def plan_row(self, at: Standing) -> dict[str, Any]:
        steps = [step for step in self.steps if step.standing is at]
        budget, spent = at.plan.budget, at.spent
        return {
            "id": at.plan.id,
            "product": list(at.plan.product),
            "title": language("en").text(at.plan.title),
            "status": at.status,
            "agency": at.plan.lead,
            "answers": self._answers(at),
            "start": at.plan.start,
            "due": at.plan.due,
            "agreed_due": _iso(at.agreed_due),
            "extensions": len(at.extensions),
            "closed_on": _iso(at.closed_on),
            "overdue": at.is_overdue,
            "days_late": at.days_late,
            "days_beyond": at.days_beyond,
            "reason": language("en").text(at.reason) or None,
            "milestones": len(steps),
            "reached": sum(step.done is not None for step in steps),
            "budget": rounded(budget.total) if budget else None,
            "spent": rounded(spent.total),
            "last_report": at.last_report,
            "months_without_report": at.silent,
            "illustrative": at.illustrative,
        }

    def overdue_row(self, item: Standing | StepOutlook) -> dict[str, Any]:
        at = item if isinstance(item, Standing) else item.standing
        step = item if isinstance(item, StepOutlook) else None
        return {
            "plan": at.plan.id,
            "milestone": step.milestone.id if step else None,
            "status": at.status,
            "due": step.milestone.due if step else at.plan.due,
            "agreed_due": _iso(at.agreed_due) if step is None else None,
            "days_late": item.days_late,
            "days_beyond": at.days_beyond if step is None else None,
            "agency": at.plan.lead,
            "answers": self._answers(at),
            "reason_given": item.reason is not None,
            "reason": language("en").text(item.reason) or None,
            "illustrative": at.illustrative,
        }

    def step_row(self, step: StepOutlook) -> dict[str, Any]:
        return {
            "plan": step.standing.plan.id,
            "milestone": step.milestone.id,
            "stage": step.milestone.stage,
            "trl": step.milestone.trl,
            "due": step.milestone.due,
            "done": _iso(step.done),
            "forecast": _iso(step.forecast),
            "overdue": step.is_overdue,
            "days_late": step.days_late,
            "spare_days": step.spare,
            "critical": step.is_critical,
            "at_risk": step.is_at_risk,
            "agency": step.standing.plan.lead,
            "reason": language("en").text(step.reason) or None,
            "illustrative": step.standing.illustrative,
        }

    def kpi_row(self, found: KpiOutlook) -> dict[str, Any]:
        kpi = found.kpi
        return {
            "plan": found.standing.plan.id,
            "kpi": kpi.id,
            "unit": kpi.unit,
            "direction": kpi.direction,
            "baseline": rounded(kpi.baseline),
            "target": rounded(kpi.target),
            "target_date": kpi.target_date or found.standing.plan.due,
            "actual": rounded(found.actual),
            "actual_on": _iso(found.actual_on),
            "attainment": rounded(found.attainment),
            "elapsed": rounded(found.elapsed),
            "trend_per_year": rounded(found.per_year),
            "forecast": rounded(found.forecast),
            "forecast_low": rounded(found.low),
            "forecast_high": rounded(found.high),
            "state": found.state,
            "illustrative": found.standing.illustrative,
        }

    def _answers(self, at: Standing) -> str | None:
        return language("en").text(answers(self.programme, at.plan)) or None

    # -- views ------------------------------------------------------------------------------------------------------

    def agency(self, at: Standing, words: Language) -> str:
        return words.text(agency_name(self.programme, at.plan.lead))

    def tables(self, words: Language) -> list[Table]:
        from techprio.plans.progress_tables import tables

        return tables(self, words)

    def _repr_html_(self) -> str:
        return "".join(to_html(table, language("en")) for table in self.tables(language("en")))


def _iso(day: Date | None) -> str | None:
    return day.isoformat() if day else None


def progress(programme: Programme, as_of: str | None = None) -> Progress:
    """The programme on a day; left out, the day up to which the criteria file has it monitored."""
    day = day_asked(programme, as_of)
    every = standings(programme, day)
    kpis = tuple(kpi_outlook(at, kpi) for at in every for kpi in at.plan.kpis)
    return Progress(programme, day, every, step_outlooks(every), kpis)
