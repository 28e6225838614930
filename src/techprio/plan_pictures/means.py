"""Means against capacity: what the plans of each agency need in each year, and what it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plan_pictures.page import down_the_side, pages, table_frame
from techprio.plans.capacity import KIND_WORDS, capacity
from techprio.plans.progress import Progress
from techprio.plans.standing import agency_name
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.style import BLUE, INK, RED
from techprio.tables import Row, rounded
from techprio.wording import Language

LEFT = 4.4


def rows(progress: Progress, words: Language) -> list[dict[str, Any]]:
    """One row an agency, year and kind of which it is known what is available, the most overdrawn on top."""
    found = [
        {
            "agency": words.text(agency_name(progress.programme, load.agency)),
            "year": load.year,
            "kind": words.say(KIND_WORDS[load.kind]),
            "need": rounded(load.need),
            "available": rounded(load.available),
            "share": rounded(load.need / load.available) if load.available else None,
        }
        for load in capacity(progress.programme, progress.as_of).loads
        if load.available is not None
    ]
    return sorted(found, key=lambda row: (row["share"] is not None, -float(str(row["share"] or 0))))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar of the need as a share of what is available; beyond the line it is more."""
    down_the_side(ax, [f"{row['agency']} · {row['year']} · {row['kind']}" for row in rows], LEFT - 0.25)
    most = max([1.0, *(row["share"] or 1.2 for row in rows)])
    for k, row in enumerate(rows):
        share = row["share"] if row["share"] is not None else most
        over = row["need"] > row["available"]
        ax.barh(
            k, share, height=0.6, color=RED if over else BLUE, hatch="xxxx" if over else "", edgecolor="white", lw=0
        )
        says = f"{words.number(row['need'])} / {words.number(row['available'])}"
        ax.annotate(says, (most, k), xytext=(4, 0), textcoords="offset points", va="center", annotation_clip=False)
    ax.axvline(1, color=INK, linewidth=1, linestyle="--")
    ax.set_xlim(0, most)
    ax.xaxis.set_major_formatter(lambda share, _: words.percent(share))
    ax.grid(axis="x")


def leaves(progress: Progress, words: Language) -> list[Leaf]:
    """Budget and people against capacity."""
    every = rows(progress, words)
    over = sum(row["need"] > row["available"] for row in every)
    title = words.say("In {over} of {all} cases more is needed than is available", over=over, all=len(every))
    reading = words.say(
        "Bar: need as a share of what is available; at its end both, in VND billion or full-time posts. Crossed: more "
        "is needed than is available. What nobody has stated is left out."
    )
    drawing = Drawing(
        "means", words.say("Budget and people against capacity"), title, reading, draw, table_frame(LEFT, 1.0)
    )
    return pages(drawing, every, progress, words)
