"""Rank ranges: where each candidate stands, and where the draws put it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

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
    share_text,
    stripes,
)
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.sheet import UPRIGHT, Frame
from techprio.plots.style import BLUE, GREY, INK
from techprio.tables import Row
from techprio.views.spread import Spread
from techprio.wording import Language


def rows(result: Spread, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order: its rank, and the quantiles of its rank over the draws."""
    quantiles = {row["id"]: row for row in result.rows()}
    keys = ("rank_5", "rank_25", "rank_50", "rank_75", "rank_95")
    found = candidate_rows(result.verdict, words)
    m = result.verdict.problem.m
    return [{**row, **{key: quantiles[row["id"]][key] for key in keys}, "of": m} for row in found]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A thin line for 90 % of the draws, a thick one for 50 %, a dot for the median, a hollow mark for the rank."""
    down_the_side(ax, rows)
    stripes(ax, rows)
    for row, k in zip(rows, places(rows), strict=True):
        ax.hlines(k, row["rank_5"], row["rank_95"], color=GREY, linewidth=1.0, zorder=2)
        ax.hlines(k, row["rank_25"], row["rank_75"], color=BLUE, linewidth=4.5, zorder=3)
        ax.plot(row["rank_50"], k, "o", color=INK, markersize=3.5, zorder=5)
        ax.plot(row["rank"], k, "D", markerfacecolor="none", markeredgecolor=INK, markersize=8, zorder=5)
        beside(ax, k, share_text(row, words))
    rank_axis(ax, rows[0]["of"], words)
    if rows[0]["p_cut"] is not None:
        heading(ax, 1, words.say("listed in"))
    cut_line(ax, rows, words)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who holds a place on the list, and how many are contested."""
    if rows[0]["p_cut"] is None:
        widest = max(rows, key=lambda row: row["rank_95"] - row["rank_5"])
        template = "In 90% of the draws {name} ranks from {low} to {high}, the widest range of all"
        return words.say(template, name=named(widest), low=widest["rank_5"], high=widest["rank_95"])
    sure = sum(row["p_cut"] >= 0.95 for row in rows)
    contested = sum(row["band"] == "contested" for row in rows)
    template = "Listed in at least 95% of the draws: {sure} of {m} candidates; contested: {contested}"
    return words.say(template, m=len(rows), sure=sure, contested=contested)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    return Frame(UPRIGHT, 0.27 * max(2, length(rows)), left=NAME_ROOM + 0.12, right=1.45, top=0.25)


EXHIBIT = Exhibit(
    "ranges",
    "Spread",
    lambda words: words.say("Rank ranges"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Hollow diamond: rank at the stated weights and figures. Dot: median over the draws. Thick line: 50% of the "
        "draws; thin line: 90%. Shaded: contested. Bold: on the list; ▲ by a floor."
    ),
    pages_of(32),
)
