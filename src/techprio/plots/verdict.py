"""The verdict on one page: band, rank and its range, share of draws on the list, and the largest reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from techprio.plots.candidates import candidate_rows, cut_line, label, length, named, places, stripes
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.lettering import LINE, width, wrapped
from techprio.plots.sheet import MARGIN, UPRIGHT, Frame
from techprio.plots.style import BAND_MARKS, FAINT, GREY, INK, SKY
from techprio.tables import Row, rounded
from techprio.verdict import Verdict
from techprio.verdict_table import score_decimals
from techprio.wording import Language

COLUMNS = {"rank": 0.33, "band": 0.42, "name": 1.6, "score": 4.02, "range": 4.52, "listed": 4.64, "why": 5.24}
"""Where each column stands, in inches: right ends of numbers, left ends of words."""
WIDE = UPRIGHT - 2 * MARGIN


def rows(result: Verdict, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order, with what lifts it most above the average one and what pulls it most down."""
    p = result.problem
    found = []
    for row in candidate_rows(result, words):
        pulls = result.pulls[p.row(row["id"])]
        best, worst = int(np.argmax(pulls)), int(np.argmin(pulls))
        found.append(
            {
                **row,
                "decimals": score_decimals(result),
                "lifted_by": words.text(p.criterion_names[best]) if pulls[best] > 0 else None,
                "lift": rounded(pulls[best]),
                "pulled_by": words.text(p.criterion_names[worst]) if pulls[worst] < 0 else None,
                "pull": rounded(pulls[worst]),
            }
        )
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A table whose bands are told by shape and word, and whose shares have bars."""
    ax.set_ylim(length(rows) - 0.5, -0.5)
    ax.set_xlim(0, WIDE)
    ax.set_axis_off()
    stripes(ax, rows)
    _headings(ax, rows, words)
    for row, y in zip(rows, places(rows), strict=True):
        _line(ax, y, row, words)
    cut_line(ax, rows, words)


def _headings(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    shown = {"rank": words.say("rank"), "name": words.say("candidate"), "score": words.say("score")}
    shown |= {"range": words.say("90%"), "why": words.say("lifted by, pulled down by")}
    if rows[0]["p_cut"] is not None:
        shown |= {"band": words.say("band"), "listed": words.say("P(list)")}
    for key, text in shown.items():
        align = "right" if key in ("rank", "score", "range") else "left"
        place: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        ax.annotate(text, (COLUMNS[key], 1), (0, 3), ha=align, color=GREY, **place)
    ax.axhline(-0.5, color=GREY, linewidth=0.6)


def _line(ax: Axes, k: float, row: Row, words: Language) -> None:
    bold = "bold" if row["listed"] else "normal"
    ax.text(COLUMNS["rank"], k, str(row["rank"]), ha="right", va="center", weight=bold)
    ax.text(COLUMNS["range"], k, f"{row['rank_low']}–{row['rank_high']}", ha="right", va="center")
    score = words.number(row["score"], row["decimals"])
    room = COLUMNS["score"] - width(score) - 0.08 - COLUMNS["name"]
    name = wrapped(label(row), room, most=2, bold=bool(row["listed"]))
    ax.text(COLUMNS["score"], k, score, ha="right", va="center")
    ax.text(COLUMNS["name"], k, "\n".join(name), va="center", weight=bold, linespacing=LINE - 0.15)
    why = [f"+ {row['lifted_by']}"] if row["lifted_by"] else []
    why += [f"– {row['pulled_by']}"] if row["pulled_by"] else []
    room = WIDE - COLUMNS["why"]
    lines = [wrapped(each, room, most=1)[0] for each in why]
    ax.text(COLUMNS["why"], k, "\n".join(lines), va="center", linespacing=LINE - 0.15)
    ax.axhline(k + 0.5, color=FAINT, linewidth=0.3)
    if row["p_cut"] is None:
        return
    shape, colour = BAND_MARKS[row["band"]]
    hollow: dict[str, Any] = {} if shape == "x" else {"markeredgecolor": INK}
    ax.plot(COLUMNS["band"] + 0.05, k, shape, color=colour, markersize=6, markeredgewidth=0.9, **hollow)
    proof = "*" if row["certified"] != "none" else ""
    ax.text(COLUMNS["band"] + 0.15, k, words.say(row["band"]) + proof, va="center")
    at, wide = COLUMNS["listed"], 0.5
    ax.add_artist(Rectangle((at, k - 0.27), wide, 0.54, facecolor="white", edgecolor=FAINT, linewidth=0.5))
    ax.add_artist(Rectangle((at, k - 0.27), wide * row["p_cut"], 0.54, facecolor=SKY, linewidth=0))
    ax.text(at + wide / 2, k, words.percent(row["p_cut"]), ha="center", va="center")


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who is first, and how many are surely on the list."""
    first = [row for row in rows if row["rank"] == 1]
    name = named(first[0])
    if rows[0]["p_cut"] is None:
        return words.several(len(first), "{name} is first", "{n} candidates share the first rank", name=name)
    core = sum(row["band"] == "core" for row in rows)
    contested = sum(row["band"] == "contested" for row in rows)
    facts = {"name": name, "core": core, "contested": contested}
    one = "{name} is first; core of the list: {core}, contested: {contested}"
    many = "{n} candidates share the first rank; core of the list: {core}, contested: {contested}"
    return words.several(len(first), one, many, **facts)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    return Frame(UPRIGHT, 0.285 * max(2, length(rows)), left=MARGIN, right=MARGIN, top=0.2, bottom=0.05)


EXHIBIT = Exhibit(
    "verdict",
    "Verdict",
    lambda words: words.say("The verdict"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Equal scores share a rank. * proved for every admissible weight at the stated figures; everything else is "
        "sampled. 90%: the ranks in 90% of the draws. Shaded: contested. Bold: on the list; ▲ by a floor."
    ),
    pages_of(31),
)
