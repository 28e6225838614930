"""Attractiveness against feasibility, with the range of both and the risk of each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.plots.candidates import candidate_rows, in_language, named
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import LINE, shortened, wrapped
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.spacing import labelled
from techprio.plots.style import BLUE, FAINT, GREY, INK, ORANGE, RED
from techprio.tables import Row
from techprio.views.trade_off import TradeOff
from techprio.wording import Language

MOST = 30
"""Candidates that are named at the side; of more, the first in rank and the front."""
LOW, HIGH = 1 / 3, 2 / 3
RISKS = (("high", "s", RED), ("middle", "o", ORANGE), ("low", "^", BLUE))


def rows(result: TradeOff, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order: both sums, their ranges, and in which third of its scale the risk lies."""
    sums = {row["id"]: row for row in result.rows()}
    of = {
        "feasibility_of": words.listing([words.text(name) for name in result.names(result.feasibility)], "and"),
        "attractiveness_of": words.listing([words.text(name) for name in result.names(result.attractiveness)], "and"),
    }
    if result.risk is not None:
        p = result.verdict.problem
        of["risk_of"] = words.text(p.criterion_names[p.column(result.risk)])
    found = []
    for row in candidate_rows(result.verdict, words):
        value = sums[row["id"]]["risk_value"]
        level = None if value is None else ("high" if value <= LOW else "middle" if value < HIGH else "low")
        found.append({**row, **sums[row["id"]], "name": row["name"], "risk": level, **of})
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A mark a candidate, a cross for 90 % of the draws, the front joined, the medians parting four quadrants."""
    x, y = (np.array([row[key] for row in rows]) for key in ("feasibility", "attractiveness"))
    for row in rows:
        _candidate(ax, row)
    front = sorted((row for row in rows if row["front"]), key=lambda row: row["feasibility"])
    ax.plot(
        [row["feasibility"] for row in front],
        [row["attractiveness"] for row in front],
        color=INK,
        linewidth=1.4,
        linestyle=(0, (4, 1.5)),
        zorder=2,
        gid="front",
    )
    _limits(ax, rows)
    _quadrants(ax, float(np.median(x)), float(np.median(y)), words)
    _ids(ax, rows)
    ax.xaxis.set_major_formatter(in_language(words))
    ax.yaxis.set_major_formatter(in_language(words))
    room = ax.get_position().width * figure_of(ax).get_figwidth()
    tall = ax.get_position().height * figure_of(ax).get_figheight()
    across = words.say("Feasibility: {branches}", branches=rows[0]["feasibility_of"])
    up = words.say("Attractiveness: {branches}", branches=rows[0]["attractiveness_of"])
    ax.set_xlabel("\n".join(wrapped(f"{across} →", room, most=2)), linespacing=LINE - 0.1)
    ax.set_ylabel("\n".join(wrapped(f"{up} →", tall, most=2)), linespacing=LINE)
    _key(ax, rows, words)


def _limits(ax: Axes, rows: Sequence[Row]) -> None:
    for key, limit in (("feasibility", ax.set_xlim), ("attractiveness", ax.set_ylim)):
        low = min(min(row[f"{key}_5"], row[key]) for row in rows)
        high = max(max(row[f"{key}_95"], row[key]) for row in rows)
        margin = 0.06 * (high - low or 1)
        limit(low - margin, high + margin)


def _candidate(ax: Axes, row: Row) -> None:
    _, shape, colour = next((risk for risk in RISKS if risk[0] == row["risk"]), ("", "o", BLUE))
    x, y = row["feasibility"], row["attractiveness"]
    pale = INK if row["listed"] else FAINT
    ax.plot([row["feasibility_5"], row["feasibility_95"]], [y, y], color=pale, linewidth=0.5, zorder=1)
    ax.plot([x, x], [row["attractiveness_5"], row["attractiveness_95"]], color=pale, linewidth=0.5, zorder=1)
    face = colour if row["listed"] else "white"
    ax.plot(x, y, shape, markersize=7.5, markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.3, zorder=3)


def _quadrants(ax: Axes, x: float, y: float, words: Language) -> None:
    ax.axvline(x, color=GREY, linewidth=0.6, zorder=0)
    ax.axhline(y, color=GREY, linewidth=0.6, zorder=0)
    for corner, text in (
        ((1, 1), words.say("do now")),
        ((0, 1), words.say("build capability first")),
        ((1, 0), words.say("easy, but little gain")),
        ((0, 0), words.say("not yet")),
    ):
        ax.annotate(
            text,
            corner,
            xycoords="axes fraction",
            xytext=(-4 if corner[0] else 4, -4 if corner[1] else 4),
            textcoords="offset points",
            ha="right" if corner[0] else "left",
            va="top" if corner[1] else "bottom",
            style="italic",
            color=GREY,
        )


def _ids(ax: Axes, rows: Sequence[Row]) -> None:
    """Each id beside its mark; of very many candidates, only those on the list or on the front."""
    shown = rows if len(rows) <= 2 * MOST else [row for row in rows if row["listed"] or row["front"]]
    points = [(row["feasibility"], row["attractiveness"], row["id"], bool(row["listed"])) for row in shown]
    labelled(ax, points, marks=[(row["feasibility"], row["attractiveness"]) for row in rows if row not in shown])


def _key(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """What the marks mean, and which id is which candidate."""
    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = figure.get_figwidth(), figure.get_figheight()
    x, y = box.x1 * wide + 0.2, box.y1 * tall
    room = wide - x - 0.12
    lines: list[tuple[tuple[str, str] | None, str, bool]] = []
    if rows[0]["risk"] is not None:
        lines.append((None, words.say("{risk}:", risk=rows[0]["risk_of"]), False))
        names = {"high": words.say("worst third"), "middle": words.say("middle third"), "low": words.say("best third")}
        lines += [((shape, colour), names[level], False) for level, shape, colour in RISKS]
    lines.append((None, words.say("filled and bold: on the list"), False))
    lines += [(None, f"{row['id']} {row['name']}", bool(row["listed"])) for row in key_rows(rows)]
    step = min(0.165, (box.height * tall) / len(lines))
    for k, (mark, text, bold) in enumerate(lines):
        at = y - k * step
        if mark:
            figure.text((x + 0.08) / wide, at / tall, " ", va="top")
            _swatch(figure, (x + 0.08) / wide, (at - 0.055) / tall, mark)
        shown = shortened(text, room - (0.22 if mark else 0), bold=bold)
        place = (x + (0.22 if mark else 0)) / wide
        figure.text(place, at / tall, shown, va="top", weight="bold" if bold else "normal")


def _swatch(figure: Any, x: float, y: float, mark: tuple[str, str]) -> None:
    from matplotlib.lines import Line2D

    shape, colour = mark
    figure.add_artist(
        Line2D([x], [y], marker=shape, color=colour, markersize=6.5, linestyle="none", transform=figure.transFigure)
    )


def key_rows(rows: Sequence[Row]) -> list[Row]:
    """Those who are named at the side."""
    if len(rows) <= MOST:
        return list(rows)
    first = [row for row in rows if row["listed"] or row["front"]]
    return first[:MOST]


def left_out(rows: Sequence[Row], words: Language) -> str:
    """Candidates without a name at the side."""
    n = len(rows) - len(key_rows(rows))
    one, many = "{n} candidate more is drawn without its name.", "{n} candidates more are drawn without their names."
    return words.several(n, one, many) if n else ""


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who offers the best of both, and what of it is risky."""
    front = sorted((row for row in rows if row["front"]), key=lambda row: row["rank"])
    risky = sum(bool(row["listed"]) and row["risk"] == "high" for row in rows)
    if len(front) == 1:
        text = words.say("{name} is the most attractive and the most feasible", name=named(front[0]))
    else:
        text = words.say(
            "{n} candidates offer the best of attractiveness and feasibility: {ids}",
            n=len(front),
            ids=words.listing([row["id"] for row in front[:8]] + (["…"] if len(front) > 8 else []), "and"),
        )
    if not risky:
        return text
    one, many = "; {n} on the list is in the worst third of risk", "; {n} on the list are in the worst third of risk"
    return text + words.several(risky, one, many)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    return Frame(ACROSS, 5.0, left=0.85, right=3.4, top=0.1, bottom=0.55)


EXHIBIT = Exhibit(
    "tradeoff",
    "TradeOff",
    lambda words: words.say("Trade-off map"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Weighted means of values from 0 to 1. Crosses: 90% of the draws. Dashed: nobody is better in both. The thin "
        "lines are the medians; the shape of a mark shows the risk, which feasibility may average away."
    ),
    left_out=left_out,
)
