"""How a picture of a chosen set becomes sheets: the finding, the banner, the drawing, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from techprio.plots.picture import Picture
from techprio.plots.sheet import Frame, Head, sheet
from techprio.plots.style import own_style
from techprio.selection import Selection
from techprio.tables import Row
from techprio.wording import Language

MOST = 30
"""How many rows go on one page, where a row has a line of its own."""
PLACES = 4
"""Decimals of values."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One kind of picture."""

    name: str
    kind: str
    """What kind of picture it is, in the language of the output."""
    title: str
    """The finding."""
    reading: str
    """How to read it."""
    draw: Callable[[Axes, Sequence[Row], Language], None]
    frame: Callable[[Sequence[Row]], Frame]
    most: int = MOST


def pages(drawing: Drawing, rows: Sequence[Row], selection: Selection, words: Language) -> list[Picture]:
    """The sheets of a picture, as equal in length as can be; of no rows, none."""
    count = -(-len(rows) // drawing.most)
    each = -(-len(rows) // count) if count else 1
    parts = [rows[begin : begin + each] for begin in range(0, len(rows), each)]
    return [_page(drawing, part, k, count, selection, words) for k, part in enumerate(parts, start=1)]


def _page(drawing: Drawing, rows: Sequence[Row], k: int, of: int, selection: Selection, words: Language) -> Picture:
    subtitle = f"{drawing.kind} · {words.text(selection.heading.about.title)}"
    if of > 1:
        subtitle += " · " + words.say("page {k} of {n}", k=k, n=of)
    banner = words.say("Illustrative: figures that nobody has assessed decide this set too")
    banner = banner if selection.illustrative else ""
    foot = [drawing.reading, _ground(selection, words)]
    with own_style():
        figure, ax = sheet(drawing.frame(rows), Head(drawing.title, subtitle, banner, foot))
        drawing.draw(ax, rows, words)
    alt = " ".join(filter(None, [f"{drawing.kind}.", drawing.title, drawing.reading, banner]))
    return Picture(drawing.name if of == 1 else f"{drawing.name}-{k}", drawing.title, alt, rows, figure)


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
