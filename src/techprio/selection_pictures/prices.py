"""What each constraint costs: the value that would be won without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.plan_pictures.page import down_the_side
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.sheet import Frame
from techprio.plots.style import BLUE
from techprio.portfolio.model import Constraint
from techprio.selection import Selection
from techprio.selection_pictures.page import PLACES, pages
from techprio.tables import Row
from techprio.wording import Language

LEFT, RIGHT, ROW = 4.2, 2.8, 0.24


def rows(selection: Selection, words: Language) -> list[dict[str, Any]]:
    """One row a constraint that costs something, the dearest first."""
    found = []
    for constraint, price in zip(selection.model.constraints, selection.prices, strict=True):
        if not price.gain or price.gain <= 0:
            continue
        stated = constraint.kind in ("budget", "quota", "size")
        sign = "≥" if np.isfinite(constraint.low) else "≤"
        found.append(
            {
                "constraint": f"{_id(constraint, words)} {words.text(constraint.name)}".strip(),
                "kind": words.say(constraint.kind),
                "limit": f"{sign} {words.number(constraint.limit)} {constraint.unit}".strip() if stated else "",
                "price": price.gain,
                "came": " ".join(price.came),
                "went": " ".join(price.went),
            }
        )
    return sorted(found, key=lambda row: -float(row["price"]))


def _id(constraint: Constraint, words: Language) -> str:
    """The name that the study gives it; the size of the set has none, and is called so."""
    return words.say("size") if constraint.kind == "size" else constraint.id


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar a constraint, its price and limit at the end."""
    down_the_side(ax, [f"{row['constraint']} {row['limit']}" for row in rows], LEFT - 0.25)
    most = max(row["price"] for row in rows)
    for k, row in enumerate(rows):
        ax.barh(k, row["price"], height=0.6, color=BLUE)
        came = "".join(f" +{id}" for id in row["came"].split())
        went = "".join(f" –{id}" for id in row["went"].split())
        says = words.number(row["price"], PLACES)
        moved = f"{says}{came}{went}" if len(came + went) < 24 else says
        ax.annotate(moved, (row["price"], k), xytext=(4, 0), textcoords="offset points", va="center",
                    annotation_clip=False)  # fmt: skip
    ax.set_xlim(0, most)
    ax.xaxis.set_major_formatter(lambda value, _: words.number(value, 2))
    ax.grid(axis="x")


def leaves(selection: Selection, words: Language) -> list[Leaf]:
    """What each constraint costs; nothing where none costs anything."""
    every = rows(selection, words)
    if not every:
        return []
    first = every[0]
    title = words.say(
        "{constraint} costs most: {price} of value",
        constraint=first["constraint"],
        price=words.number(first["price"], PLACES),
    )
    reading = words.say(
        "Bar: the value that would be won if only this constraint were dropped, with who would come (+) and go (–). "
        "Constraints that cost nothing are left out."
    )
    drawing = Drawing(
        "portfolio-prices",
        words.say("What each constraint costs"),
        title,
        reading,
        draw,
        lambda rows: Frame(10.9, max(2, len(rows)) * ROW, left=LEFT, right=RIGHT, top=0.1),
    )
    return pages(drawing, every, selection, words)
