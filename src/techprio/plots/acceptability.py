"""Rank acceptability: in which share of the draws each candidate has each rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm

from techprio.plots.candidates import beside, candidate_rows, down_the_side, heading, named, share_text
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.phrases import share_of
from techprio.plots.sheet import ACROSS, Frame
from techprio.plots.style import INK, MAGNITUDE, on
from techprio.tables import Row, rounded
from techprio.views.spread import Spread
from techprio.wording import Language

COLUMNS = 32
PRINTED = 0.05
"""Shares from here on are printed."""


def rows(result: Spread, words: Language) -> list[dict[str, Any]]:
    """One row a candidate, the most often listed first: its share of the draws at each rank or group of ranks."""
    v = result.verdict
    bins = _bins(v.problem.m, v.problem.cut.total if v.problem.cut else None)
    found = []
    for row in candidate_rows(v, words):
        i = v.problem.row(row["id"])
        shares = {_name(low, high): rounded(result.acceptability[i, low - 1 : high].sum()) for low, high in bins}
        found.append({**row, "shares": shares, "cut": v.problem.cut.total if v.problem.cut else None})
    for row in found:
        row["cut_line"] = False  # in this order the list does not end at one place
    return sorted(found, key=lambda row: (-(row["p_cut"] or 0.0), row["rank"]))


def _bins(m: int, cut: int | None) -> list[tuple[int, int]]:
    """Ranks one by one, or in groups of which none goes across the cut."""
    each = -(-m // COLUMNS)
    edges = [0, cut, m] if cut is not None and cut < m else [0, m]
    return [(low + 1, min(low + each, end)) for begin, end in pairwise(edges) for low in range(begin, end, each)]


def _name(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A field a rank, the darker the more often; shares of 5 % and more in figures; a line where the list ends."""
    down_the_side(ax, rows)
    ranks = list(rows[0]["shares"])
    shares = np.array([[row["shares"][rank] for rank in ranks] for row in rows])
    top = max(float(shares.max()), PRINTED)
    colours = MAGNITUDE.reversed()
    scale = PowerNorm(0.6, 0, top)
    ax.imshow(np.ma.masked_less(shares, 0.0005), cmap=colours, norm=scale, aspect="auto", interpolation="none")
    for k, i in np.argwhere(shares >= PRINTED):
        letters = on(colours(scale(shares[k, i])))
        ax.text(i, k, words.number(round(100 * shares[k, i])), ha="center", va="center", color=letters)
    ax.set_xlim(-0.5, len(ranks) - 0.5)
    ax.set_xticks(range(len(ranks)), ranks, rotation=90 if any("–" in rank for rank in ranks) else 0)
    ax.tick_params(length=0)
    ax.set_xlabel(words.say("rank (1 is best)"))
    for k, row in enumerate(rows):
        beside(ax, k, share_text(row, words))
    cut = rows[0]["cut"]
    if cut is None:
        return
    heading(ax, 1, words.say("listed in"))
    at = next((i for i, rank in enumerate(ranks) if int(rank.split("–")[-1]) >= cut), len(ranks) - 1) + 0.5
    ax.axvline(at, color=INK, linewidth=1.4, linestyle=(0, (5, 2)), gid="cut")
    heading(ax, (at + 0.5) / len(ranks), words.say("{n} places", n=cut), align="right", offset=-2)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who is most often first, and where the list frays."""
    first = max(rows, key=lambda row: next(iter(row["shares"].values())))
    share = next(iter(first["shares"].values()))
    best = share_of(words, share)
    if next(iter(first["shares"])) != "1":
        highest = rows[0]
        if highest["p_cut"] is None:
            return words.say("How often each candidate has each rank")
        n = sum(row["p_cut"] == highest["p_cut"] for row in rows)
        one = "{name} is listed in {share} of the draws, more often than any other"
        many = "{n} candidates are listed in {share} of the draws, more often than any other"
        return words.several(n, one, many, name=named(highest), share=share_of(words, highest["p_cut"]))
    if first["p_cut"] is None:
        return words.say("{name} is first in {share} of the draws", name=named(first), share=best)
    open_ = sum(0.05 < row["p_cut"] < 0.95 for row in rows)
    template = "{name} is first in {share} of the draws; neither safely on the list nor safely off it: {n} of {m}"
    return words.say(template, name=named(first), share=best, n=open_, m=len(rows))


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    columns = len(rows[0]["shares"])
    left = 2.9
    right = 1.45
    across = min(ACROSS - left - right, max(2.5, 0.29 * columns))
    wide = max(7.5, left + right + across)
    bottom = 0.75 if any("–" in rank for rank in rows[0]["shares"]) else 0.45
    return Frame(wide, 0.165 * max(2, len(rows)), left=left, right=wide - left - across, top=0.22, bottom=bottom)


EXHIBIT = Exhibit(
    "acceptability",
    "Spread",
    lambda words: words.say("Rank acceptability"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "The share of the draws in which a candidate (row) has a rank (column), in per cent; shares below 5% have no "
        "figure, and white means practically never. Dark is often. Ordered by the share of draws on the list, which "
        "counts floors too. Bold: on the list; ▲ by a floor."
    ),
    pages_of(30),
)
