"""What an exhibit is, and how a result becomes its pictures: rows, pages, a sheet for each, the drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from techprio.plots.circumstances import Circumstances, of_verdict
from techprio.plots.picture import Picture
from techprio.plots.sheet import Frame, Head, sheet
from techprio.plots.style import own_style
from techprio.tables import Row
from techprio.wording import Language


def one_page(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """All rows on one page."""
    return [rows]


def pages_of(most: int) -> Callable[[Sequence[Row]], list[Sequence[Row]]]:
    """Pages of at most so many rows, as equal as can be."""

    def pages(rows: Sequence[Row]) -> list[Sequence[Row]]:
        count = max(1, -(-len(rows) // most))
        each = -(-len(rows) // count)
        return [rows[begin : begin + each] for begin in range(0, len(rows), each)] or [rows]

    return pages


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One kind of picture."""

    name: str
    takes: str
    """The name of the class of result that it shows."""
    kind: Callable[[Language], str]
    """What kind of picture it is, in words."""
    rows: Callable[[Any, Language], list[dict[str, Any]]]
    """The result as the rows that are drawn: nothing in the picture comes from elsewhere."""
    draw: Callable[[Axes, Sequence[Row], Language], None]
    finding: Callable[[Sequence[Row], Language], str]
    """The title: one sentence that the rows bear out."""
    frame: Callable[[Sequence[Row]], Frame]
    reading: Callable[[Language], str]
    """How to read the picture, in one or two sentences."""
    pages: Callable[[Sequence[Row]], list[Sequence[Row]]] = one_page
    circumstances: Callable[[Any, Language], Circumstances] = of_verdict
    left_out: Callable[[Sequence[Row], Language], str] = lambda rows, words: ""
    """What of the rows is not drawn, for want of room."""


def pictures(exhibit: Exhibit, result: Any, words: Language) -> list[Picture]:
    """The pages of an exhibit of a result."""
    rows = exhibit.rows(result, words)
    about = exhibit.circumstances(result, words)
    title = exhibit.finding(rows, words)
    pages = exhibit.pages(rows)
    return [_page(exhibit, page, k, len(pages), title, about, words) for k, page in enumerate(pages, start=1)]


def _page(
    exhibit: Exhibit, rows: Sequence[Row], number: int, of: int, title: str, about: Circumstances, words: Language
) -> Picture:
    foot = [exhibit.reading(words), *about.foot]
    if left_out := exhibit.left_out(rows, words):
        foot.insert(1, left_out)
    subtitle = f"{exhibit.kind(words)} · {about.study}"
    if of > 1:
        subtitle += " · " + words.say("page {k} of {n}", k=number, n=of)
    with own_style():
        figure, ax = sheet(exhibit.frame(rows), Head(title, subtitle, about.banner, foot))
        exhibit.draw(ax, rows, words)
    alt = " ".join(filter(None, [f"{exhibit.kind(words)}.", title, exhibit.reading(words), about.banner]))
    return Picture(exhibit.name if of == 1 else f"{exhibit.name}-{number}", title, alt, rows, figure)
