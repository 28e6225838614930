"""A page of pictures as plain data: all that it takes to draw it, in this process or in another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from techprio.plots.circumstances import Circumstances
from techprio.plots.picture import Form, Picture
from techprio.plots.sheet import Frame, Head, sheet
from techprio.plots.style import own_style
from techprio.tables import Row, to_csv
from techprio.wording import Language, language

Draw = Callable[[Axes, Sequence[Row], Language], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page, not yet drawn."""

    name: str
    """Of the file."""
    alt: str
    """What is said to somebody who cannot see it."""
    rows: Sequence[Row] = field(repr=False)
    """Nothing in the drawing comes from elsewhere."""
    draw: Draw = field(repr=False)
    frame: Frame = field(repr=False)
    head: Head = field(repr=False)
    lang: str

    @property
    def title(self) -> str:
        """The finding."""
        return self.head.title

    def drawn(self) -> Picture:
        """The finished picture."""
        with own_style():
            figure, ax = sheet(self.frame, self.head)
            self.draw(ax, self.rows, language(self.lang))
        return Picture(self.name, self.title, self.alt, self.rows, figure)

    def files(self, forms: Sequence[Form]) -> dict[str, bytes]:
        """The files of the page by name: the picture in each form, and its rows."""
        picture = self.drawn()
        found = {f"{self.name}.{form}": picture.to_bytes(form) for form in forms}
        return {**found, f"{self.name}.csv": to_csv(self.rows).encode("utf-8")}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One kind of picture of one result, before it is laid out on pages."""

    name: str
    kind: str
    """What kind of picture it is, in words."""
    title: str
    """The finding: one sentence that the rows bear out."""
    reading: str
    """How to read the picture, in one or two sentences."""
    draw: Draw
    frame: Callable[[Sequence[Row]], Frame]
    left_out: Callable[[Sequence[Row]], str] = lambda rows: ""
    """What of the rows of a page is not drawn, for want of room."""


def leaves(drawing: Drawing, pages: Sequence[Sequence[Row]], about: Circumstances, words: Language) -> list[Leaf]:
    """A leaf for each page of rows."""
    return [_leaf(drawing, rows, k, len(pages), about, words) for k, rows in enumerate(pages, start=1)]


def _leaf(drawing: Drawing, rows: Sequence[Row], number: int, of: int, about: Circumstances, words: Language) -> Leaf:
    name, subtitle = drawing.name, f"{drawing.kind} · {about.study}"
    if of > 1:
        name, subtitle = f"{name}-{number}", f"{subtitle} · {words.say('page {k} of {n}', k=number, n=of)}"
    foot = [note for note in (drawing.reading, drawing.left_out(rows), *about.foot) if note]
    alt = " ".join(note for note in (f"{drawing.kind}.", drawing.title, drawing.reading, about.banner) if note)
    head = Head(drawing.title, subtitle, about.banner, foot)
    return Leaf(name, alt, rows, drawing.draw, drawing.frame(rows), head, words.code)


def evenly(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """Pages of at most so many rows, as equal as can be; of no rows, none."""
    count = -(-len(rows) // most)
    each = -(-len(rows) // count) if count else 1
    return [rows[begin : begin + each] for begin in range(0, len(rows), each)]
