"""The GAIA plane: which candidates are alike, which criteria pull together, and where the weights point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.plots.candidates import label
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import shortened
from techprio.plots.phrases import share_of
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.spacing import labelled
from techprio.plots.style import BLUE, FAINT, GREY, INK, RED
from techprio.tables import Row, rounded
from techprio.views.gaia import Gaia
from techprio.wording import Language

ENOUGH = 0.7
"""Planes that show less of the variance than this are not to be relied on."""
MOST = 40
STEP = 0.155
"""From one line of the key to the next, in inches."""


def rows(result: Gaia, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order, one a criterion, one for the decision axis."""
    v, p = result.verdict, result.verdict.problem
    names = dict(zip((*p.candidates, *p.criteria), (*p.names, *p.criterion_names), strict=True))
    listed = dict(zip(p.candidates, [None] * p.m if v.listed is None else v.listed.tolist(), strict=True))
    weights = dict(zip(p.criteria, p.weights.tolist(), strict=True))
    return [
        {
            **row,
            "name": words.text(names[row["id"]]) if row["kind"] != "axis" else words.say("weights"),
            "listed": listed[row["id"]] if row["kind"] == "candidate" else None,
            "weight": rounded(weights[row["id"]]) if row["kind"] == "criterion" else None,
            "explained": rounded(result.explained),
            "thresholds_fixed": row["id"] in result.fixed,
        }
        for row in result.rows()
    ]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Candidates as marks, criteria as arrows with numbers, the decision axis heavy."""
    candidates = [row for row in rows if row["kind"] == "candidate"]
    criteria = [row for row in rows if row["kind"] == "criterion"]
    axis = next(row for row in rows if row["kind"] == "axis")
    size = max(max(abs(row["u"]), abs(row["v"])) for row in candidates) or 1.0
    reach = max(float(np.hypot(row["u"], row["v"])) for row in criteria) or 1.0
    places = [(row["u"] * size / reach, row["v"] * size / reach) for row in criteria]
    _limits(ax, np.array([(0.0, 0.0), *places, *((row["u"], row["v"]) for row in candidates)]))
    ax.axhline(0, color=FAINT, linewidth=0.6)
    ax.axvline(0, color=FAINT, linewidth=0.6)
    ends = []
    for k, row in enumerate(criteria, start=1):
        end = (row["u"] / reach * size, row["v"] / reach * size)
        ends.append((*end, str(k), False))
        ax.annotate("", end, (0, 0), arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 0.7}, zorder=1)
    length = float(np.hypot(axis["u"], axis["v"])) or 1.0
    end = (axis["u"] / length * size * 0.9, axis["v"] / length * size * 0.9)
    ax.annotate("", end, (0, 0), arrowprops={"arrowstyle": "-|>", "color": RED, "linewidth": 2.6}, zorder=2, gid="axis")
    for row in candidates:
        face = BLUE if row["listed"] else "white"
        ax.plot(row["u"], row["v"], "o", markersize=7, markerfacecolor=face, markeredgecolor=BLUE, zorder=3)
    told = told_of(rows)
    points = [(row["u"], row["v"], row["id"], bool(row["listed"])) for row in told]
    labelled(ax, [*points, (*end, words.say("weights"), True), *ends])
    ax.set_xticks([])
    ax.set_yticks([])
    _key(ax, [row for row in candidates if row["listed"] or row is ahead_of(rows)], criteria)


def told_of(rows: Sequence[Row]) -> list[Row]:
    """The candidates whose marks have their ids: of very many, the list, and whom the weights point at."""
    candidates = [row for row in rows if row["kind"] == "candidate"]
    if len(candidates) <= MOST:
        return candidates
    listed = any(row["listed"] for row in candidates)
    best = candidates if listed else candidates[:MOST]
    return [row for row in best if row["listed"] or not listed or row is ahead_of(rows)]


def ahead_of(rows: Sequence[Row]) -> Row:
    """The candidate that is furthest where the weights point."""
    axis = next(row for row in rows if row["kind"] == "axis")
    candidates = (row for row in rows if row["kind"] == "candidate")
    return max(candidates, key=lambda row: row["u"] * axis["u"] + row["v"] * axis["v"])


def _limits(ax: Axes, points: Any) -> None:
    """The same scale in both directions, as large as ``points`` (k, 2) and words beside them allow."""
    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = box.width * figure.get_figwidth(), box.height * figure.get_figheight()
    low, high = points.min(axis=0), points.max(axis=0)
    unit = max((high[0] - low[0]) / (wide - 1.2), (high[1] - low[1]) / (tall - 0.6)) or 1.0
    middle = (low + high) / 2
    ax.set_xlim(middle[0] - unit * wide / 2, middle[0] + unit * wide / 2)
    ax.set_ylim(middle[1] - unit * tall / 2, middle[1] + unit * tall / 2)


def _key(ax: Axes, candidates: Sequence[Row], criteria: Sequence[Row]) -> None:
    """Which number is which criterion, and which id which candidate; those on the list bold."""
    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = figure.get_figwidth(), figure.get_figheight()
    x = box.x1 * wide + 0.2
    room = wide - x - 0.12
    lines = [(f"{k}  {row['name']}", False) for k, row in enumerate(criteria, start=1)]
    lines += [("", False)] + [(label({**row, "listed_by": None}), bool(row["listed"])) for row in candidates]
    for k, (text, bold) in enumerate(lines[: int(box.height * tall / STEP)]):
        weight = "bold" if bold else "normal"
        shown = shortened(text, room, bold=bold)
        figure.text(x / wide, (box.y1 * tall - k * STEP) / tall, shown, va="top", color=INK, weight=weight)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Whether the plane can be relied on, and whom the weights point at."""
    share = rows[0]["explained"]
    facts = {"share": share_of(words, share), "id": ahead_of(rows)["id"]}
    if share < ENOUGH:
        return words.say(
            "Read with care: the plane shows only {share} of the differences; in it the weights point at {id}", **facts
        )
    return words.say("The plane shows {share} of the differences; in it the weights point at {id}", **facts)


def left_out(rows: Sequence[Row], words: Language) -> str:
    """Thresholds that were made constants, and candidates whose marks have no id."""
    fixed = [row["id"] for row in rows if row["thresholds_fixed"]]
    template = "Thresholds that are shares of a figure are taken at the median figure: {ids}."
    note = words.say(template, ids=", ".join(fixed)) if fixed else ""
    n = sum(row["kind"] == "candidate" for row in rows) - len(told_of(rows))
    if not n:
        return note
    one, many = "{n} candidate more is drawn without its name.", "{n} candidates more are drawn without their names."
    return f"{words.several(n, one, many)} {note}".strip()


def frame(rows: Sequence[Row]) -> Frame:
    """A plane, and the criteria beside it."""
    lines = sum(row["kind"] == "criterion" or bool(row["listed"]) for row in rows) + 2
    return Frame(ACROSS, min(7.0, max(5.0, STEP * lines)), left=0.2, right=3.6, top=0.1, bottom=0.15)


EXHIBIT = Exhibit(
    "gaia",
    "Gaia",
    lambda words: words.say("GAIA plane"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Principal components of PROMETHEE's net flows by criterion. Candidates near each other are alike; arrows that "
        "point one way are criteria that agree; the heavy arrow is where the weights point. Filled: on its list."
    ),
    circumstances=without_draws,
    left_out=left_out,
)
