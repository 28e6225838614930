"""The verdict as a table for people: bands, ranks with their ranges, and the largest reasons for and against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from techprio.cautions import cautions
from techprio.ranking import DECIMALS
from techprio.tables import DETAIL, Column, Table, decimals, percent
from techprio.wording import Language

if TYPE_CHECKING:
    from techprio.build import Excluded
    from techprio.verdict import Change, Drawn, Verdict


def verdict_table(verdict: Verdict, words: Language) -> Table:
    """One row a candidate in rank order, the cut line drawn, everything assumed said below."""
    rows = [_row(verdict, int(i), row, words) for i, row in zip(verdict.order, verdict.rows(), strict=True)]
    return Table(
        _columns(verdict, words), rows, _title(verdict, words), list(_notes(verdict, words)), _line(verdict, words)
    )


def _columns(verdict: Verdict, words: Language) -> list[Column]:
    cut = verdict.problem.cut is not None
    initials = " ".join(_initials(verdict))
    columns = [
        Column("band", "band") if cut else None,
        Column("rank", "rank", "right"),
        Column("list", "list", rank=2) if cut else None,
        Column("candidate", "candidate", narrows="clips"),
        Column("score", "score", "right", decimals(score_decimals(verdict))),
        Column("range", "90%", "right", rank=1),
        Column("p_cut", "P(list)", "right", percent, rank=3) if cut else None,
        Column("rank_group", "tied", "right", rank=5),
        Column("branches", initials, rank=6) if verdict.branch_values is not None else None,
        Column("illustrative", "illus.", "right", percent, rank=4) if verdict.illustrative.any() else None,
    ]
    return [column for column in columns if column]


def score_decimals(verdict: Verdict) -> int:
    """Enough decimals that no two different ranks stand beside two equal numbers."""
    scores = verdict.scores[verdict.order]
    ranks = verdict.ranks[verdict.order]
    for places in range(3, DECIMALS):
        shown = np.round(scores, places)
        if not ((np.diff(shown) == 0) & (np.diff(ranks) != 0)).any():
            return places
    return DECIMALS


def _row(verdict: Verdict, i: int, row: dict[str, Any], words: Language) -> dict[str, Any]:
    name = words.called(row["id"], verdict.problem.names[i])
    reasons = _reasons(verdict, i)
    shown = dict(row)
    shown["band"] = words.say(row["band"]) if row["band"] else ""
    shown["list"] = {"score": "●", "floor": "▲"}.get(row["listed_by"], "")
    shown["candidate"], shown[DETAIL] = name, reasons
    shown["range"] = f"{row['rank_low']}–{row['rank_high']}"
    shown["rank_group"] = _letters(row["rank_group"])
    branches = (row["branches"] or {}).values()
    shown["branches"] = " ".join("--" if b is None else f"{min(99, round(100 * b)):2d}" for b in branches)
    return shown


def _reasons(verdict: Verdict, i: int, each: int = 2) -> str:
    """The criteria that lift a candidate most above the average one, and pull it most below."""
    order = np.argsort(verdict.pulls[i], kind="stable")
    for_it = [verdict.problem.criteria[j] for j in order[::-1][:each] if verdict.pulls[i, j] > 0]
    against = [verdict.problem.criteria[j] for j in order[:each] if verdict.pulls[i, j] < 0]
    return "  ".join([*(f"+{id}" for id in for_it), *(f"-{id}" for id in against)])


def _letters(number: int) -> str:
    """A, B … Z, AA, AB …"""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _initials(verdict: Verdict) -> Iterator[str]:
    """Two letters a branch, to head its numbers."""
    for id in verdict.problem.branches:
        yield f"{id[:2]:2}"


def _line(verdict: Verdict, words: Language) -> dict[int, str]:
    """The cut line: below the last candidate that is listed for its score."""
    if verdict.listed is None or verdict.by_floor is None:
        return {}
    by_score = (verdict.listed & ~verdict.by_floor)[verdict.order]
    last = int(np.flatnonzero(by_score)[-1]) if by_score.any() else -1
    if last + 1 == len(by_score):
        return {}
    label = "the list ends here; ▲ below: listed by a floor" if verdict.by_floor.any() else "the list ends here"
    return {last: words.say(label)}


def _title(verdict: Verdict, words: Language) -> str:
    parts = [words.text(verdict.about.title)]
    if verdict.part:
        kind, label = verdict.part
        parts.append(f"{words.say(kind)} {label}")
    variant = ", ".join(f"{key}={value}" for key, value in verdict.settings.items())
    parts.append(f"{verdict.method} ({variant})" if variant else verdict.method)
    parts.append(words.say("weights {set}", set=verdict.weight_set))
    return " · ".join(parts)


def _notes(verdict: Verdict, words: Language) -> Iterator[str]:
    yield from cautions(float(verdict.illustrative.mean()), verdict.about.notice, words)
    yield from changes_said(verdict.changes, words)
    yield from _floors(verdict, words)
    yield from excluded_said(verdict.excluded, words)
    yield draws_said(verdict.trust, words)
    if verdict.branch_values is not None:
        p = verdict.problem
        names = [f"{id[:2]} {words.text(n)}" for id, n in zip(p.branches, p.branch_names, strict=True)]
        yield words.say("Branches, each from 0 to 99: {names}.", names=" · ".join(names))
    if verdict.problem.cut is not None:
        yield words.say(
            "core and out are proved for every admissible weight at the stated figures; P(list), 90% and tied are "
            "shares of the draws. Ranks with the same letter cannot be told apart."
        )
    if not verdict.about.notice:
        yield words.say("The ranking informs a decision; it does not make it.")


def excluded_said(everybody: Sequence[Excluded], words: Language) -> Iterator[str]:
    """Who is not scored, and why."""
    for excluded in everybody:
        reasons = "; ".join(f"{failure.gate}: {failure.reason(words)}" for failure in excluded.failures)
        template = "Not scored: {id} {name} – {reasons}"
        yield words.say(template, id=excluded.id, name=words.text(excluded.name), reasons=reasons)


def changes_said(changes: Sequence[Change], words: Language) -> Iterator[str]:
    """What was changed for this run."""
    for change in changes:
        was = "–" if change.was is None else words.show(change.was)
        yield words.say(
            "Changed for this run: {what} {id} = {to} (was {was})",
            what=words.say(change.what),
            id=change.id,
            to=change.to,
            was=was,
        )


def _floors(verdict: Verdict, words: Language) -> Iterator[str]:
    cut = verdict.problem.cut
    for floor in cut.floors if cut else ():
        there = int(floor.members.sum())
        facts = {"count": floor.count, "kind": words.say(floor.kind), "label": floor.label, "there": there}
        if there < floor.count:
            yield words.say("Unmet floor: {count} of {kind} {label} are wanted, and {there} are ranked.", **facts)
        else:
            yield words.say("Floor: at least {count} of {kind} {label}.", **facts)


def draws_said(trust: Drawn, words: Language) -> str:
    """How much was drawn, and from where."""
    space = space_in_words(trust.around, trust.within, trust.statements, words)
    template = "{n} draws (seed {seed}): {space}, figures from their ranges, together."
    return words.say(template, n=trust.draws, seed=str(trust.seed), space=space)


def space_in_words(around: str, within: float | None, statements: Sequence[str], words: Language) -> str:
    """A weight space: its middle, how far a weight may lie from it, the statements that cut it."""
    space = words.say("any weights")
    if around == "sets":
        space = words.say("mixtures of all weight sets")
    elif within is not None:
        space = words.say("weights within ±{share} of {set}", share=words.percent(within), set=around)
    if statements:
        space += words.say(" that keep {statements}", statements="; ".join(statements))
    return space
