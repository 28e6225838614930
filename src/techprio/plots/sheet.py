"""The sheet that every picture stands on: the finding above, a banner for illustrative figures, the foot below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from techprio.plots.lettering import height, wrapped
from techprio.plots.style import GREY, HEADLINE, INK, LETTERS

UPRIGHT, ACROSS = 7.5, 10.9
"""The width of a sheet of A4 without its margins, in inches: upright and lying across."""
MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a picture and of the margins of its axes, in inches."""

    width: float
    body: float
    """The height of the axes."""
    left: float
    right: float = 0.25
    top: float = 0.1
    bottom: float = 0.45


@dataclass(frozen=True, slots=True)
class Head:
    """What is written round a picture."""

    title: str
    subtitle: str
    banner: str
    foot: Sequence[str]


def figure_of(ax: Axes) -> Figure:
    """The figure that axes stand on."""
    found = ax.get_figure(root=True)
    assert found is not None  # axes are made by their figure
    return found


def sheet(frame: Frame, head: Head) -> tuple[Figure, Axes]:
    """A figure with everything on it but the picture, and the axes that the picture goes on."""
    room = frame.width - 2 * MARGIN
    title = wrapped(head.title, room, HEADLINE, bold=True)
    subtitle = wrapped(head.subtitle, room)
    banner = wrapped(head.banner, room - 0.2, bold=True) if head.banner else []
    foot = [line for note in head.foot for line in wrapped(note, room)]
    above = MARGIN + height(len(title), HEADLINE) + height(len(subtitle)) + 0.06
    strip = height(len(banner)) + 0.1 if banner else 0.0
    below = MARGIN + height(len(foot)) + 0.06
    tall = above + strip + 0.08 + frame.top + frame.body + frame.bottom + below
    figure = Figure(figsize=(frame.width, tall))
    at = 1 - MARGIN / tall
    at = _write(figure, title, at, HEADLINE, INK, bold=True)
    _write(figure, subtitle, at, LETTERS, GREY)
    if banner:
        _banner(figure, banner, above, strip)
    _write(figure, foot, (below - 0.06) / tall, LETTERS, GREY)
    box = (
        frame.left / frame.width,
        (below + frame.bottom) / tall,
        (frame.width - frame.left - frame.right) / frame.width,
        frame.body / tall,
    )
    return figure, figure.add_axes(box)


def _write(figure: Figure, lines: Sequence[str], at: float, size: float, colour: str, *, bold: bool = False) -> float:
    """Write lines from the height ``at`` down; the height where they end."""
    wide, tall = figure.get_size_inches()
    for line in lines:
        figure.text(
            MARGIN / wide, at, line, size=size, color=colour, weight="bold" if bold else "normal", va="top", ha="left"
        )
        at -= height(1, size) / tall
    return at


def _banner(figure: Figure, lines: Sequence[str], above: float, strip: float) -> None:
    wide, tall = figure.get_size_inches()
    figure.add_artist(
        Rectangle(
            (MARGIN / wide, 1 - (above + strip) / tall),
            1 - 2 * MARGIN / wide,
            strip / tall,
            facecolor="#fff3c4",
            edgecolor=INK,
            linewidth=0.8,
            transform=figure.transFigure,
        )
    )
    at = 1 - (above + 0.065) / tall
    for line in lines:
        figure.text(0.5, at, line, weight="bold", va="top", ha="center")
        at -= height(1) / tall
