"""Rules on plans: days, money, agencies, and what plans name of each other."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft, PlanAt
from techprio.study.portfolio import MONEY
from techprio.yaml_source import Path_

if TYPE_CHECKING:
    from techprio.study.plans import Milestone

Step = tuple[str, str]
"""A plan and a milestone of it, by their ids."""


@rule("E601")
def begun_before_due(draft: Draft) -> Iterator[Found]:
    for plan, source, *_ in draft.programme.plans:
        if plan.start and plan.due and plan.due < plan.start:
            message, hint = "the plan is due before it starts, on {start}", "check both days"
            yield Found(source, ("due",), message, hint, {"start": plan.start})


@rule("E602")
def milestones_inside(draft: Draft) -> Iterator[Found]:
    for at in draft.programme.plans:
        start, due = at.plan.start, at.plan.due
        if start and due and due < start:
            continue
        for i, milestone in enumerate(at.plan.milestones):
            path: Path_ = ("milestones", i, "due")
            if start and milestone.due < start:
                yield Found(at.source, path, "the plan starts later, on {start}", _MOVE, {"start": start})
            elif due and milestone.due > due:
                yield Found(at.source, path, "the plan is due earlier, on {due}", _MOVE, {"due": due})


_MOVE = "a milestone lies between the start of its plan and the day it is due"


@rule("E603")
def money_adds_up(draft: Draft) -> Iterator[Found]:
    for plan, source, *_ in draft.programme.plans:
        budget = plan.budget
        if budget is None or source.lost(("budget",)) or source.lost(("budget", "years")):
            continue
        if any(source.lost(("budget", "years", year)) for year in budget.years):
            continue
        found = sum(money.total for money in budget.years.values())
        if abs(found - budget.total) > 1e-6 * max(1.0, budget.total):
            message, hint = "the years and sources add up to {found}, not to {total}", "correct the total or the years"
            yield Found(source, ("budget", "total"), message, hint, {"found": round(found, 6), "total": budget.total})


@rule("E604")
def years_inside(draft: Draft) -> Iterator[Found]:
    for plan, source, *_ in draft.programme.plans:
        if not (plan.start and plan.due and plan.start <= plan.due):
            continue
        first, last = int(plan.start[:4]), int(plan.due[:4])
        tables = [(("budget", "years"), plan.budget.years if plan.budget else {})]
        tables += [(("people", key), getattr(plan.people, key)) for key in ("need", "available") if plan.people]
        for path, years in tables:
            for year in years:
                if not first <= year <= last:
                    message = "the plan does not run in {year}: it runs from {start} to {due}"
                    facts = {"year": str(year), "start": plan.start, "due": plan.due}
                    yield Found(source, (*path, year), message, "", facts, at="key")


@rule("E605")
def known_agencies(draft: Draft) -> Iterator[Found]:
    known = draft.programme.agency_ids
    message, hint = "there is no agency {id}", "add it to agencies.yaml"
    for plan, source, *_ in draft.programme.plans:
        listed = isinstance(source.value(("partners",)), list)
        named: list[tuple[Path_, str]] = [(("lead",), plan.lead)] if plan.lead else []
        named += [(("partners", i) if listed else ("partners",), id) for i, id in enumerate(plan.partners)]
        for path, id in named:
            if known.lack(id):
                yield Found(source, path, message, hint, {"id": id}, known=known.known)
    agencies, at = draft.programme.agencies, draft.programme.agencies_source
    if agencies and at and agencies.coordinator and known.lack(agencies.coordinator):
        yield Found(at, ("coordinator",), message, hint, {"id": agencies.coordinator}, known=known.known)


@rule("E606")
def known_products(draft: Draft) -> Iterator[Found]:
    if not draft.candidates.ids:  # a fault says so already
        return
    for plan, source, *_ in draft.programme.plans:
        listed = isinstance(source.value(("product",)), list)
        for i, id in enumerate(plan.product):
            if draft.candidates.lack(id):
                path: Path_ = ("product", i) if listed else ("product",)
                yield Found(source, path, "there is no candidate {id}", "", {"id": id}, known=draft.candidates.known)


@rule("E607")
def doubled_ids(draft: Draft) -> Iterator[Found]:
    hint = "give each its own id"
    first: dict[str, str] = {}
    for plan, source, *_ in draft.programme.plans:
        place = source.at_value(("id",))
        if plan.id in first:
            message = "the plan {id} stands at {place} already"
            yield Found(source, ("id",), message, hint, {"id": plan.id, "place": first[plan.id]})
        first.setdefault(plan.id, f"{place.file}:{place.line}")
        ids = {"milestones": [each.id for each in plan.milestones], "kpis": [each.id for each in plan.kpis]}
        for kind, every in ids.items():
            for i, id in enumerate(every):
                if id in every[:i]:
                    yield Found(source, (kind, i, "id"), "{id} stands here already", hint, {"id": id})


@rule("E403")
def known_sources(draft: Draft) -> Iterator[Found]:
    for at in draft.programme.plans:
        plan = at.plan
        parts: list[tuple[Path_, object]] = [((), plan), (("budget",), plan.budget), (("people",), plan.people)]
        parts += [(("milestones", i), milestone) for i, milestone in enumerate(plan.milestones)]
        parts += [(("kpis", i), kpi) for i, kpi in enumerate(plan.kpis)]
        for path, part in parts:
            for i, citation in enumerate(getattr(part, "source", ())):
                if draft.sources.lack(citation.id):
                    listed = isinstance(at.source.value((*path, "source")), list)
                    there: Path_ = (*path, "source", i, "id") if listed else (*path, "source", "id")
                    facts, known = {"id": citation.id}, draft.sources.known
                    hint = "add it to sources.yaml"
                    yield Found(at.source, there, "there is no source {id}", hint, facts, known=known)


# -- what milestones need -------------------------------------------------------------------------------------------


def _needs(at: PlanAt) -> Iterator[tuple[Path_, Milestone, Step]]:
    """Every need of a plan: where it stands, of which milestone, and what is needed."""
    for i, milestone in enumerate(at.plan.milestones):
        listed = isinstance(at.source.value(("milestones", i, "needs")), list)
        for j, need in enumerate(milestone.needs):
            path: Path_ = ("milestones", i, "needs", j) if listed else ("milestones", i, "needs")
            yield path, milestone, (need.plan or at.plan.id, need.milestone)


@rule("E608")
def known_needs(draft: Draft) -> Iterator[Found]:
    programme = draft.programme
    for at in programme.plans:
        for path, _, (plan, milestone) in _needs(at):
            other = programme.plan(plan)
            if programme.plan_ids.lack(plan):
                known = programme.plan_ids.known
                yield Found(at.source, (*path, "plan"), "there is no plan {id}", "", {"id": plan}, known=known)
            elif other and other.milestones.lack(milestone):
                message, facts = "the plan {plan} has no milestone {id}", {"plan": plan, "id": milestone}
                known = other.milestones.known
                yield Found(at.source, (*path, "milestone"), message, "", facts, known=known)


@rule("E609")
def no_circles(draft: Draft) -> Iterator[Found]:
    graph: dict[Step, set[Step]] = {}
    for at in draft.programme.plans:
        for _, milestone, needed in _needs(at):
            graph.setdefault((at.plan.id, milestone.id), set()).add(needed)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        first = min(circle)
        at_plan = draft.programme.plan(first[0])
        assert at_plan is not None  # a need was read from it
        i = next(i for i, milestone in enumerate(at_plan.plan.milestones) if milestone.id == first[1])
        names = " → ".join(f"{plan}.{milestone}" for plan, milestone in _from(first, circle))
        message, hint = "these milestones wait for each other: {names}", "take out one of the needs"
        yield Found(at_plan.source, ("milestones", i, "needs"), message, hint, {"names": names})


def _from(first: Step, circle: list[Step]) -> list[Step]:
    """A circle that begins and ends with its first step."""
    at = circle.index(first)
    return [*circle[at:-1], *circle[:at], first]


@rule("E610")
def due_after_needs(draft: Draft) -> Iterator[Found]:
    due = {(at.plan.id, m.id): m.due for at in draft.programme.plans for m in at.plan.milestones}
    for at in draft.programme.plans:
        for path, milestone, needed in _needs(at):
            if needed in due and milestone.due < due[needed] and needed != (at.plan.id, milestone.id):
                message = "{id} is due on {due}, before {needed} that it needs, on {later}"
                facts = {"id": milestone.id, "due": milestone.due, "needed": ".".join(needed), "later": due[needed]}
                yield Found(at.source, path, message, "move one of the days", facts)


@rule("E611")
def targets_after_start(draft: Draft) -> Iterator[Found]:
    for plan, source, *_ in draft.programme.plans:
        for i, kpi in enumerate(plan.kpis):
            if kpi.target_date and plan.start and kpi.target_date < plan.start:
                message, facts = "the plan starts later, on {start}", {"start": plan.start}
                yield Found(source, ("kpis", i, "target_date"), message, "check both days", facts)


@rule("W602")
def targets_ahead(draft: Draft) -> Iterator[Found]:
    for plan, source, *_ in draft.programme.plans:
        for i, kpi in enumerate(plan.kpis):
            if kpi.baseline is None or kpi.target is None:
                continue
            turn = 1 if kpi.direction == "max" else -1
            if turn * (kpi.target - kpi.baseline) < 0:
                message = (
                    "with direction {direction} the baseline {baseline} is better than the target {target} already"
                )
                facts = {"direction": kpi.direction, "target": kpi.target, "baseline": kpi.baseline}
                hint = "turn the direction, or correct a figure"
                yield Found(source, ("kpis", i, "target"), message, hint, facts)


@rule("W603")
def money_of_all_plans(draft: Draft) -> Iterator[Found]:
    """What the plans take of a source against the portfolio's budget of it, where both are in the unit of plans."""
    stated = draft.criteria.portfolio if draft.criteria else None
    money = [at.plan.budget.years for at in draft.programme.plans if at.plan.budget and not at.source.lost(("budget",))]
    units = {id: leaf.unit for id, leaf in draft.leaves.items()}
    units.update((each.id, each.unit) for each in (stated.resources if stated else ()))
    for i, budget in enumerate(stated.budgets if stated else ()):
        source = budget.source
        if source not in MONEY or "VND" not in units.get(budget.of, ""):
            continue
        taken = [of_year for years in money for year, of_year in years.items() if budget.year in (None, year)]
        needed = round(sum(getattr(of_year, source) for of_year in taken), 6)
        if needed > budget.limit * (1 + 1e-9):
            message = "all plans together need {needed}, and the budget {id} has {limit}"
            hint = "raise the limit, or let plans wait or take less"
            facts = {"needed": needed, "id": budget.id, "limit": budget.limit}
            yield Found(draft.criteria_source, ("portfolio", "budgets", i, "limit"), message, hint, facts)
