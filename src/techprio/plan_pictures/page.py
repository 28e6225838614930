"""How a picture of plans becomes sheets: rows, pages, the drawing, a banner while anything is made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from techprio.plans.progress import Progress
from techprio.plots.picture import Picture
from techprio.plots.sheet import Frame, Head, sheet
from techprio.plots.style import own_style
from techprio.tables import Row
from techprio.wording import Language

MOST = 24
"""How many rows go on one page."""


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
    left: float = 2.6
    right: float = 0.9
    row_height: float = 0.24


def pages(drawing: Drawing, rows: Sequence[Row], progress: Progress, words: Language) -> list[Picture]:
    """The sheets of a picture, as equal in length as can be; of no rows, none."""
    count = -(-len(rows) // MOST)
    each = -(-len(rows) // count) if count else 1
    parts = [rows[begin : begin + each] for begin in range(0, len(rows), each)]
    return [_page(drawing, part, k, count, progress, words) for k, part in enumerate(parts, start=1)]


def _page(drawing: Drawing, rows: Sequence[Row], k: int, of: int, progress: Progress, words: Language) -> Picture:
    study = words.text(progress.programme.title)
    subtitle = f"{drawing.kind} · {study}"
    if of > 1:
        subtitle += " · " + words.say("page {k} of {n}", k=k, n=of)
    banner = words.say("Illustrative: part of these plans and reports is made up") if progress.illustrative else ""
    day = progress.as_of.isoformat()
    facts = {"plans": len(progress.standings), "reports": progress.reports, "day": day}
    foot = [drawing.reading, words.say("{plans} plans, {reports} monthly reports, as of {day}", **facts)]
    body = max(2, len(rows)) * drawing.row_height
    frame = Frame(10.9, body, left=drawing.left, right=drawing.right, top=0.3)
    with own_style():
        figure, ax = sheet(frame, Head(drawing.title, subtitle, banner, foot))
        drawing.draw(ax, rows, words)
    alt = " ".join(filter(None, [f"{drawing.kind}.", drawing.title, drawing.reading, banner]))
    return Picture(drawing.name if of == 1 else f"{drawing.name}-{k}", drawing.title, alt, rows, figure)


def down_the_side(ax: Axes, labels: Sequence[str], room: float) -> None:
    """The names of the rows, the first on top."""
    from techprio.plots.lettering import shortened

    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_yticks(range(len(labels)), [shortened(label, room) for label in labels])
    ax.tick_params(axis="y", length=0)
