"""The plans of a study with their agencies and reports: sound, and in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from techprio.study.draft import Draft

if TYPE_CHECKING:
    from techprio.study.plans import Agency, Plan, ReportFile


@dataclass(frozen=True, slots=True, repr=False)
class Programme:
    """What is planned, who carries it out, and what has been reported, the oldest month first."""

    plans: tuple[Plan, ...]
    agencies: Mapping[str, Agency]
    coordinator: str | None
    reports: tuple[ReportFile, ...]
    digests: Mapping[str, str]
    """Month → what its report comes to."""
    as_of: str | None
    """The day up to which plans are monitored, if the criteria file says."""
    products: Mapping[str, Mapping[str, str]]
    """Candidate → its name."""
    title: Mapping[str, str]
    """The study's title."""
    folder: Path

    def __repr__(self) -> str:
        return f"<Programme of {len(self.plans)} plans, {len(self.reports)} monthly reports>"

    @property
    def illustrative(self) -> bool:
        """Whether anything in it is made up."""
        return any(is_illustrative(plan) for plan in self.plans) or any(
            report.illustrative or any(entry.illustrative for entry in report.plans.values()) for report in self.reports
        )

    @classmethod
    def of(cls, draft: Draft, folder: Path) -> Programme:
        found = draft.programme
        assert draft.criteria is not None  # a study without one is never made
        return cls(
            plans=tuple(at.plan for at in found.plans),
            agencies=found.agencies.agencies if found.agencies else {},
            coordinator=found.agencies.coordinator if found.agencies else None,
            reports=tuple(at.report for at in found.in_order()),
            digests={at.report.month: at.digest for at in found.in_order()},
            as_of=draft.plans_as_of,
            products={record.candidate.id: record.candidate.name or {} for record in draft.records},
            title=draft.criteria.title,
            folder=folder,
        )


def is_illustrative(plan: Plan) -> bool:
    """Whether anything in a plan is made up."""
    parts = [plan, plan.budget, plan.people, *plan.milestones, *plan.kpis]
    return any(part.illustrative for part in parts if part is not None)
