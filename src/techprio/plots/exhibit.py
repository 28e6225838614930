"""What an exhibit is, and how a result becomes its pages: rows, and the words that go round them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from techprio.plots.circumstances import Circumstances, of_verdict
from techprio.plots.leaf import Draw, Drawing, Leaf, evenly, leaves
from techprio.plots.picture import Picture
from techprio.plots.sheet import Frame
from techprio.tables import Row
from techprio.wording import Language


def one_page(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """All rows on one page."""
    return [rows]


def pages_of(most: int) -> Callable[[Sequence[Row]], list[Sequence[Row]]]:
    """Pages of at most so many rows, as equal as can be."""

    def pages(rows: Sequence[Row]) -> list[Sequence[Row]]:
        return evenly(rows, most) or [rows]

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
    draw: Draw
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
    return [leaf.drawn() for leaf in leaves_of(exhibit, result, words)]


def leaves_of(exhibit: Exhibit, result: Any, words: Language) -> list[Leaf]:
    """The pages, not yet drawn."""
    rows = exhibit.rows(result, words)
    drawing = Drawing(
        exhibit.name,
        exhibit.kind(words),
        exhibit.finding(rows, words),
        exhibit.reading(words),
        exhibit.draw,
        exhibit.frame,
        lambda page: exhibit.left_out(page, words),
    )
    return leaves(drawing, exhibit.pages(rows), exhibit.circumstances(result, words), words)
