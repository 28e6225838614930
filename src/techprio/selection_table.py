"""A chosen set as tables for people: the set, what each constraint costs, value against budget, the balance of bets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from techprio.cautions import cautions
from techprio.portfolio.questions import Otherwise
from techprio.tables import DETAIL, Column, Table, decimals, percent
from techprio.wording import Language

if TYPE_CHECKING:
    from techprio.selection import Selection

PLACES = 4
"""Decimals of values."""


def set_table(selection: Selection, words: Language) -> Table:
    """One row a candidate, those chosen first, a line below them; why a high-ranked one is left out."""
    rows = []
    for i, row in zip(selection.order, selection.rows(), strict=True):
        shown = dict(row)
        shown["list"] = "●" if row["chosen"] else ""
        shown["candidate"] = words.called(row["id"], selection.problem.names[i])
        shown["status"] = words.say(row["status"]) if row["status"] else ""
        shown[DETAIL] = _why(selection, i, words)
        rows.append(shown)
    columns = [
        Column("list", "set"),
        Column("candidate", "candidate", narrows="clips"),
        Column("value", "value", "right", decimals(PLACES)),
        Column("rank", "rank", "right", rank=2),
        Column("core_index", "core index", "right", percent, rank=1),
        Column("p_chosen", "in draws", "right", percent, rank=3),
        Column("status", "status", rank=1),
    ]
    title = " · ".join(
        [words.text(selection.heading.about.title), words.say("weights {set}", set=selection.heading.weight_set)]
    )
    last = len(selection.chosen) - 1
    lines = {last: words.say("the set ends here")} if 0 <= last < selection.model.m - 1 else {}
    return Table(columns, rows, title, list(_notes(selection, words)), lines)


def _why(selection: Selection, i: int, words: Language) -> str:
    """What would become of the set if this one were out, or in."""
    asked = selection.decided.get(i)
    if asked is None:
        return ""
    if asked.gain is None:
        against = ", ".join(asked.against)
        if selection.best.x[i]:
            return words.say("without it no set is possible: {against}", against=against)
        return words.say("cannot be chosen: {against}", against=against)
    loss = words.number(max(0.0, -asked.gain), PLACES)
    if selection.best.x[i]:
        return words.say("without it the set would lose {loss}", loss=loss)
    template = "left out: with it the set would lose {loss} ({moves})"
    return words.say(template, loss=loss, moves=_moves(asked))


def _moves(answer: Otherwise) -> str:
    return " ".join([*(f"+{id}" for id in answer.came), *(f"–{id}" for id in answer.went)])


def _notes(selection: Selection, words: Language) -> Iterator[str]:
    best, robust = selection.best, selection.robust
    facts: dict[str, Any] = {"n": len(selection.chosen), "value": words.number(best.value, PLACES)}
    if best.gap == 0:
        yield words.say("{n} chosen, together worth {value}: proved best, gap 0.", **facts)
    else:
        facts["gap"] = words.percent(best.gap, 3)
        yield words.say("{n} chosen, together worth {value}: a better set is at most {gap} better (gap).", **facts)
    if selection.illustrative:
        yield words.say("ILLUSTRATIVE: figures that nobody has assessed decide this set too.")
    yield from cautions(0.0, selection.heading.about.notice, words)
    yield from _value(selection, words)
    if robust.complete:
        template = "Core index: the share of all {n} non-dominated sets that hold a candidate, at the stated costs."
        yield words.say(template, n=len(robust.sets))
    else:
        template = (
            "Core index: the share of the {n} different sets found best in the draws that hold a candidate; these are "
            "sampled, and there may be other non-dominated sets."
        )
        yield words.say(template, n=len(robust.sets))
    yield words.say("core: in all of these sets; borderline: in some; exterior: in none.")
    yield words.say(
        "in draws: the share of {n} draws (seed {seed}) of weights, figures and costs whose best set holds it.",
        n=robust.draws,
        seed=str(robust.seed),
    )
    if robust.trials.impossible:
        yield words.say("In {n} of the draws no set keeps every constraint.", n=robust.trials.impossible)
    if robust.trials.unproved:
        yield words.say("In {n} of the draws the set is not proved best.", n=robust.trials.unproved)
    for excluded in selection.heading.excluded:
        yield words.say("Not among the candidates, for the gates: {id}", id=excluded.id)


def _value(selection: Selection, words: Language) -> Iterator[str]:
    stated = selection.stated
    if stated.leave_out:
        yield words.say("Not counted in the value, for budgets count them: {ids}.", ids=", ".join(stated.leave_out))
    if stated.baseline:
        yield words.say("A candidate adds what its value is above {baseline}.", baseline=stated.baseline)
    if stated.risk.appetite < 1:
        template = "Risk appetite {appetite}: values lean towards the least that the figures' ranges allow."
        yield words.say(template, appetite=words.percent(stated.risk.appetite))
    if stated.risk.costs == "high":
        yield words.say("Budgets are kept at the high ends of the costs.")
    together = [
        pair for pair in selection.model.pairs if selection.best.x[pair.first] and selection.best.x[pair.second]
    ]
    if together:
        ids = selection.model.candidates
        pairs = ", ".join(f"{ids[p.first]}+{ids[p.second]} {p.effect:+g}" for p in together)
        yield words.say("Links that count, as both are chosen: {pairs}.", pairs=pairs)


def constraint_table(selection: Selection, words: Language) -> Table:
    """One row a constraint, the dearest first."""
    rows: list[dict[str, Any]] = []
    x = selection.best.x
    for k, (c, price) in enumerate(zip(selection.model.constraints, selection.prices, strict=True)):
        sign = "≥" if np.isfinite(c.low) else "≤"
        plain = c.kind in ("needs", "exclusive", "must", "must not")
        name = words.text(c.name)
        rows.append(
            {
                "constraint": f"{c.id} {name}".strip() if name != c.id else c.id,
                "kind": words.say(c.kind),
                "used": None if plain else c.used(x),
                "limit": "" if plain else f"{sign} {words.number(c.limit)}",
                "unit": c.unit,
                "kept": selection.robust.trials.kept[k] if c.amount else None,
                "price": price.gain,
                "moves": _moves(price),
            }
        )
    rows.sort(key=lambda row: -(row["price"] or 0.0))
    columns = [
        Column("constraint", "constraint", narrows="clips"),
        Column("kind", "kind", rank=2),
        Column("used", "used", "right"),
        Column("limit", "limit", "right"),
        Column("unit", "unit", rank=4),
        Column("kept", "P(kept)", "right", percent, rank=1),
        Column("price", "price", "right", decimals(PLACES)),
        Column("moves", "without it", narrows="clips", rank=3),
    ]
    notes = [
        words.say(
            "price: the value that would be won without the constraint. P(kept): the share of draws in which this set "
            "keeps it."
        )
    ]
    return Table(columns, rows, words.say("What each constraint costs"), notes)


def curve_table(selection: Selection, words: Language) -> list[Table]:
    """Value against budget: the steps at which the set changes, and the one as things are."""
    if not selection.curve:
        return []
    steps = list(selection.steps())
    rows = [
        {
            "budget": step["at"],
            "value": step["value"],
            "chosen": step["chosen"],
            "moves": " ".join([*(f"+{id}" for id in step["came"]), *(f"–{id}" for id in step["went"])]),
        }
        for k, step in enumerate(steps)
        if k == 0 or step["changed"] or step["at"] == 1
    ]
    columns = [
        Column("budget", "all budgets", "right", percent),
        Column("value", "value", "right", decimals(PLACES)),
        Column("chosen", "chosen", "right"),
        Column("moves", "who comes and goes", narrows="wraps"),
    ]
    return [Table(columns, rows, words.say("Value against budget"))]


def balance_tables(selection: Selection, words: Language) -> list[Table]:
    """For each kind of bet: the best value with so many of them."""
    tables = []
    for kind in selection.balances:
        now = int((kind.members & selection.best.x).sum())
        rows = [
            {"bets": int(step.factor), "value": step.value, "now": "●" if step.factor == now else ""}
            for step in kind.steps
            if step.value is not None
        ]
        columns = [
            Column("now", "now"),
            Column("bets", "chosen", "right"),
            Column("value", "value", "right", decimals(PLACES)),
        ]
        tables.append(Table(columns, rows, words.say("Best value by number of: {bet}", bet=words.text(kind.name))))
    return tables
