"""Each candidate's rank under every combination of method, scaling, missing-figure policy and weight set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.errors import UsageError
from techprio.plots.candidates import (
    NAME_ROOM,
    beside,
    candidate_rows,
    cut_line,
    down_the_side,
    heading,
    length,
    named,
    places,
    rank_axis,
)
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.sheet import UPRIGHT, Frame
from techprio.plots.style import BLUE, INK
from techprio.tables import Row, rounded
from techprio.wording import Language


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order: how many worlds give it each rank, and the share that lists it."""
    shares = {row["candidate"]: row for row in result.rows()}
    worlds = result.details()["worlds"]
    if len(worlds) < 2:
        raise UsageError("there is one method and one weight set: nothing to compare")
    m = result.case.problem.m
    found = []
    for row in candidate_rows(result.case.verdict, words):
        ranks = [world["ranks"][row["id"]] for world in worlds]
        counts = np.bincount(ranks, minlength=m + 1)
        own = shares[row["id"]]
        found.append(
            {
                **{key: row[key] for key in ("id", "name", "rank", "listed", "listed_by", "cut_line")},
                "worlds": len(worlds),
                "failed": len(result.details()["failed"]),
                "best": own["best"],
                "median": rounded(own["median"]),
                "worst": own["worst"],
                "share": rounded(own["listed"]),
                "counts": {str(rank): int(counts[rank]) for rank in range(1, m + 1) if counts[rank]},
                "of": m,
            }
        )
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Dots as large as the worlds are many that give a rank; a hollow mark for the base."""
    down_the_side(ax, rows)
    for row, y in zip(rows, places(rows), strict=True):
        ax.hlines(y, row["best"], row["worst"], color=INK, linewidth=0.6, zorder=1)
        for rank, count in row["counts"].items():
            size = 2 + 7 * (count / row["worlds"]) ** 0.5
            ax.plot(int(rank), y, "o", color=BLUE, markersize=size, markeredgewidth=0, zorder=2)
        ax.plot(row["rank"], y, "D", markerfacecolor="none", markeredgecolor=INK, markersize=8, zorder=3)
        if row["listed"] is not None:
            beside(ax, y, words.percent(row["share"]))
    rank_axis(ax, rows[0]["of"], words)
    if rows[0]["listed"] is not None:
        heading(ax, 1, words.say("lists it"))
    cut_line(ax, rows, words)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who is listed whatever the method, and how many only by some."""
    if rows[0]["listed"] is None:
        first = max(rows, key=lambda row: row["counts"].get("1", 0))
        template = "{name} is first in {n} of {worlds} combinations of method and weights"
        return words.say(template, name=named(first), n=first["counts"].get("1", 0), worlds=rows[0]["worlds"])
    always = sum(row["share"] == 1 for row in rows)
    some = sum(0 < row["share"] < 1 for row in rows)
    template = "In {worlds} combinations of method and weights, listed always: {always} of {m}; sometimes: {some}"
    return words.say(template, worlds=rows[0]["worlds"], always=always, some=some, m=len(rows))


def frame(rows: Sequence[Row]) -> Frame:
    """As high as there are candidates."""
    return Frame(UPRIGHT, 0.27 * max(2, length(rows)), left=NAME_ROOM + 0.12, right=0.75, top=0.25)


EXHIBIT = Exhibit(
    "multiverse",
    "Multiverse",
    lambda words: words.say("Does the method decide it?"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Every combination of method, scaling, treatment of missing figures and weight set is one world. Dots: ranks, "
        "larger where more worlds agree. Hollow diamond: the ranking of this study. At the right, the share of worlds "
        "that list the candidate. Bold: on the list; ▲ by a floor."
    ),
    pages_of(32),
    without_draws,
)
