"""New plans, every field explained in both languages; new monthly reports, ready to be filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from techprio.errors import UsageError
from techprio.plans.standing import standings
from techprio.study.base import last_day
from techprio.study.plans import Plan
from techprio.study.programme import Programme
from techprio.wording import Language, nearest


def new_plan(programme: Programme, product: str, id: str, year: int, schema_path: str) -> str:
    """The text of a plan for a product. Raises UsageError if there is no such candidate, or the plan is there."""
    if product not in programme.products:
        raise UsageError("there is no candidate {id}", id=product, near=nearest(product, programme.products))
    if id in {plan.id for plan in programme.plans}:
        raise UsageError("the plan {id} is there already", id=id)
    name = programme.products[product]
    either = name.get("") or next(iter(name.values()), product)
    words = {"name_en": name.get("en", either), "name_vi": name.get("vi", either)}
    text = (files("techprio.plans") / "new_plan.yaml").read_text(encoding="utf-8")
    for key, value in {**words, "id": id, "product": product}.items():
        text = text.replace(f'"@{key}@"', json.dumps(value, ensure_ascii=False))
    return text.replace("@id@", id).replace("@year@", str(year)).replace("@schema@", schema_path)


def new_report(programme: Programme, month: str, words: Language, schema_path: str) -> str:
    """The text of a month's report: every open plan with its milestones and KPIs, as comments to fill in.

    Raises UsageError for a month that is reported already or lies in the future.
    """
    if month in programme.digests:
        raise UsageError("the month {month} is reported already; what is new belongs in a new month", month=month)
    if programme.as_of and month > programme.as_of[:7]:
        message = "{month} lies in the future: move as_of on under plans in the criteria file, now {as_of}"
        raise UsageError(message, month=month, as_of=programme.as_of)
    return "\n".join(_lines(programme, month, words, schema_path)) + "\n"


def _lines(programme: Programme, month: str, words: Language, schema_path: str) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={schema_path}"
    yield f"# {words.say('What is decided: approved, adjusted, extended (with due), suspended, stopped, completed')}"
    yield "techprio: 1"
    yield f"month: {month}"
    before = [earlier for earlier in programme.digests if earlier < month]
    if before:
        yield f'follows: {{month: {max(before)}, digest: "{programme.digests[max(before)]}"}}'
    open_plans = [at for at in standings(programme, last_day(month)) if not at.is_closed]
    yield "plans:" if open_plans else "plans: {}"
    for at in open_plans:
        yield f"  {json.dumps(at.plan.id, ensure_ascii=False)}:  # {words.text(at.plan.title)}"
        yield "    note: null"
        yield "    # status: extended"
        yield f"    # on: {month}-01"
        yield "    # due: 2031-06-30"
        yield "    # reason: …"
        yield "    # spent: {state: 0, enterprise: 0, other: 0}"
        yield from _milestones(at.plan, {m.id for m in at.plan.milestones if at.news(m).done}, words)
        yield from _kpis(at.plan, words)


def _milestones(plan: Plan, reached: set[str], words: Language) -> Iterator[str]:
    waiting = [milestone for milestone in plan.milestones if milestone.id not in reached]
    if waiting:
        yield "    # milestones:"
    for milestone in waiting:
        due = words.say("due {day}", day=milestone.due)
        yield f"    #   {milestone.id}: {{done: …, expected: …, reason: …}}  # {words.text(milestone.name)}, {due}"


def _kpis(plan: Plan, words: Language) -> Iterator[str]:
    if plan.kpis:
        yield "    # kpis:"
    for kpi in plan.kpis:
        yield f"    #   {kpi.id}: …  # {' '.join(filter(None, [words.text(kpi.name), kpi.unit]))}"
