"""How a picture of a chosen set becomes sheets: a banner while illustrative figures decide, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from techprio.plots.circumstances import Circumstances
from techprio.plots.leaf import Drawing, Leaf, evenly, leaves
from techprio.selection import Selection
from techprio.tables import Row
from techprio.wording import Language

MOST = 30
"""How many rows go on one page, where a row has a line of its own."""
PLACES = 4
"""Decimals of values."""


def pages(
    drawing: Drawing, rows: Sequence[Row], selection: Selection, words: Language, *, most: int = MOST
) -> list[Leaf]:
    """The sheets of a picture; of no rows, none."""
    banner = words.say("Illustrative: figures that nobody has assessed decide this set too")
    study = words.text(selection.heading.about.title)
    about = Circumstances(study, banner if selection.illustrative else "", (_ground(selection, words),))
    return leaves(drawing, evenly(rows, most), about, words)


def _ground(selection: Selection, words: Language) -> str:
    """What everything rests on."""
    best, robust = selection.best, selection.robust
    return words.say(
        "{chosen} of {n} candidates chosen, worth {value}, gap {gap}; weights {set}; {draws} draws, seed {seed}",
        chosen=len(selection.chosen),
        n=selection.model.m,
        value=words.number(best.value, PLACES),
        gap=words.percent(best.gap, 2) if best.gap else "0",
        set=selection.heading.weight_set,
        draws=robust.draws,
        seed=str(robust.seed),
    )
