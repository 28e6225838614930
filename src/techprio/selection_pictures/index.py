"""Core index: in how many of the best sets each candidate is, those chosen first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plan_pictures.page import down_the_side
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.sheet import Frame
from techprio.plots.style import BLUE, FAINT, INK, ORANGE
from techprio.selection import Selection
from techprio.selection_pictures.page import pages
from techprio.tables import Row
from techprio.wording import Language

LEFT, ROW = 3.7, 0.22
LOOK = {"core": (BLUE, ""), "borderline": (ORANGE, "////"), "exterior": (FAINT, "....")}


def rows(selection: Selection, words: Language) -> list[dict[str, Any]]:
    """One row a candidate: those chosen, then the others, each part by core index and then by rank."""
    places = {id: k for k, id in enumerate(selection.problem.candidates)}
    found = [
        {
            "id": row["id"],
            "name": words.text(selection.problem.names[places[row["id"]]]),
            "chosen": row["chosen"],
            "core_index": row["core_index"],
            "status": row["status"],
            "rank": row["rank"],
        }
        for row in selection.rows()
        if row["status"] is not None
    ]
    return sorted(found, key=lambda row: (not row["chosen"], -row["core_index"], row["rank"]))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar a candidate, its status and rank in words; a line where the set ends."""
    down_the_side(ax, [f"{'● ' if row['chosen'] else ''}{row['id']} {row['name']}" for row in rows], LEFT - 0.25)
    for k, row in enumerate(rows):
        colour, hatch = LOOK[row["status"]]
        ax.barh(k, row["core_index"], height=0.62, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        says = words.say(
            "{share} {status}, rank {rank}",
            share=words.percent(row["core_index"]),
            status=words.say(row["status"]),
            rank=row["rank"],
        )
        ax.annotate(says, (1, k), xytext=(6, 0), textcoords="offset points", va="center", annotation_clip=False)
    ends = [k for k in range(len(rows) - 1) if rows[k]["chosen"] and not rows[k + 1]["chosen"]]
    for k in ends:
        ax.axhline(k + 0.5, color=INK, linewidth=1, linestyle="--")
        ax.annotate(
            words.say("the set ends here"),
            (1, k + 0.5),
            xytext=(-4, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [words.percent(share) for share in (0, 0.25, 0.5, 0.75, 1)])
    ax.grid(axis="x")


def leaves(selection: Selection, words: Language) -> list[Leaf]:
    """Core index, a page for every thirty candidates."""
    every = rows(selection, words)
    chosen = [row for row in every if row["chosen"]]
    core = sum(row["status"] == "core" for row in chosen)
    title = words.say("{core} of the {n} chosen are in every best set", core=core, n=len(chosen))
    if selection.robust.complete:
        template = "Bar: the share of all {n} non-dominated sets that hold the candidate."
    else:
        template = "Bar: the share of the {n} different sets found best in the draws that hold the candidate."
    reading = " ".join(
        [
            words.say(template, n=len(selection.robust.sets)),
            words.say("● chosen. Plain: core, in all of them; hatched: borderline, in some; none: exterior."),
        ]
    )
    return pages(
        Drawing(
            "portfolio-index",
            words.say("Core index of the portfolio"),
            title,
            reading,
            draw,
            lambda rows: Frame(10.9, max(2, len(rows)) * ROW, left=LEFT, right=1.9, top=0.1),
        ),
        every,
        selection,
        words,
    )
