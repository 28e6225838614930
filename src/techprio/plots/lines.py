"""One weight from nothing to all: the scores, who comes onto the list on the way, and at which weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.plots.candidates import in_language, in_percent, named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import shortened, wrapped
from techprio.plots.phrases import beyond, set_name
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.spacing import spaced
from techprio.plots.style import FAINT, GREY, INK, LINES, PALE
from techprio.tables import Row, rounded
from techprio.views.one_way import OneWay
from techprio.wording import Language

MOST = 7
"""Candidates whose lines are told apart by colour: those that cross nearest to the stated weight."""


def rows(result: OneWay, words: Language) -> list[dict[str, Any]]:
    """One row a candidate, those that come onto the list or leave it first: its scores over the weight."""
    p = result.verdict.problem
    now = result.now
    found = []
    for i in result.verdict.order.tolist():
        id = p.candidates[i]
        crossings = [crossing for crossing in result.crossings if crossing.candidate == id]
        nearest = min((abs(crossing.at - now) for crossing in crossings), default=None)
        found.append(
            {
                "id": id,
                "name": words.text(p.names[i]),
                "rank": int(result.verdict.ranks[i]),
                "listed": bool(result.verdict.listed[i]) if result.verdict.listed is not None else None,
                "nearest": rounded(nearest),
                "crossings": {rounded(c.at): "enters" if c.enters else "leaves" for c in crossings},
                "node": result.node,
                "node_name": words.text(result.name),
                "now": rounded(now),
                "sets": {id: rounded(share) for id, share in result.sets},
                "set_names": {id: set_name(words, id, result.set_names) for id, _ in result.sets},
                "scores": {rounded(t): rounded(s) for t, s in zip(result.shares, result.scores[:, i], strict=True)},
                "on_list": {rounded(t): bool(on) for t, on in zip(result.shares, result.listed[:, i], strict=True)},
            }
        )
    return sorted(found, key=lambda row: (row["nearest"] is None, row["nearest"] or 0.0, row["rank"]))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Lines that cross the cut in colour, solid while listed; the others grey; crossings marked with the weight."""
    told = [row for row in rows if row["nearest"] is not None][:MOST]
    now = rows[0]["now"]
    shares = np.array(list(rows[0]["scores"]))
    for row in rows:
        if row not in told:
            dark = GREY if any(row["on_list"].values()) else FAINT
            ax.plot(shares, list(row["scores"].values()), color=dark, linewidth=0.6, zorder=1)
    for k, row in enumerate(told):
        _told(ax, k, row, shares, words)
    every = np.array([list(row["scores"].values()) for row in rows])
    low, high = float(every.min()), float(every.max())
    margin = 0.05 * (high - low or 1)
    ax.set_ylim(low - 2.2 * margin, high + margin)
    ax.set_xlim(0, 1)
    ax.axvline(now, color=INK, linewidth=1.3, linestyle=(0, (5, 2)), zorder=5)
    share = words.say("now {share}", share=words.percent(now, 1))
    ax.annotate(
        share,
        (now, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        weight="bold",
        annotation_clip=False,
    )
    _rug(ax, rows[0], low - 2.2 * margin, margin)
    _names(ax, told, words)
    ax.xaxis.set_major_formatter(in_percent(words))
    ax.yaxis.set_major_formatter(in_language(words))
    along = words.say("weight of {node} among its siblings", node=rows[0]["node_name"])
    room = ax.get_position().width * figure_of(ax).get_figwidth()
    ax.set_xlabel("\n".join(wrapped(along, room, most=2)))
    ax.set_ylabel(words.say("score"))
    ax.grid(color=PALE)


def _told(ax: Axes, k: int, row: Row, shares: Any, words: Language) -> None:
    scores = np.array(list(row["scores"].values()))
    listed = np.array(list(row["on_list"].values()))
    colour = LINES[k]
    ax.plot(shares, scores, color=colour, linewidth=1.0, linestyle=(0, (2, 2)), zorder=2)
    ax.plot(shares, np.where(listed, scores, np.nan), color=colour, linewidth=2.6, zorder=3)
    for at, way in row["crossings"].items():
        y = float(np.interp(at, shares, scores))
        ax.plot(at, y, "^" if way == "enters" else "v", color=colour, markersize=7, markeredgecolor=INK, zorder=6)


def _rug(ax: Axes, row: Row, floor: float, margin: float) -> None:
    """The same weight in the other weight sets."""
    box = ax.get_position()
    wide = box.width * figure_of(ax).get_figwidth()
    order = sorted(row["sets"].items(), key=lambda item: item[1])
    at = spaced([share for _, share in order], 0.16 / wide, 0.01, 0.99)
    for (id, share), x in zip(order, at, strict=True):
        ax.plot([share, share], [floor, floor + 0.5 * margin], color=INK, linewidth=1.5, zorder=4)
        ax.annotate(
            shortened(row["set_names"][id], 1.6),
            (share, floor + 0.5 * margin),
            xytext=(x, floor + 1.0 * margin),
            textcoords="data",
            rotation=90,
            ha="center",
            va="bottom",
            color=INK,
            zorder=7,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.8},
            arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0},
        )


def _names(ax: Axes, told: Sequence[Row], words: Language) -> None:
    """Beside the end of each coloured line, its candidate and every weight at which it crosses."""
    box, figure = ax.get_position(), figure_of(ax)
    room = (1 - box.x1) * figure.get_figwidth() - 0.3
    tall = box.height * figure.get_figheight()
    low, high = ax.get_ylim()
    ends = [list(row["scores"].values())[-1] for row in told]
    at = spaced(ends, 0.42 / tall * (high - low), low + 0.2 / tall * (high - low), high)
    for k, (row, y, end) in enumerate(zip(told, at, ends, strict=True)):
        name = shortened(f"{row['id']} {row['name']}" if row["name"] != row["id"] else row["id"], room, bold=True)
        signs = [
            f"{'▲' if way == 'enters' else '▼'} {beyond(words, row['now'], place)[1]}"
            for place, way in row["crossings"].items()
        ]
        text = "\n".join([name, *wrapped("  ".join(signs), room, most=1)])
        ax.annotate(
            text,
            (1, end),
            xycoords=("axes fraction", "data"),
            xytext=(1 + 0.2 / (box.width * figure.get_figwidth()), y),
            textcoords=("axes fraction", "data"),
            ha="left",
            va="center",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": LINES[k],
                "linewidth": 1.2,
                "shrinkA": 1,
                "shrinkB": 0,
                "relpos": (0, 0.5),
            },
        )


def finding(rows: Sequence[Row], words: Language) -> str:
    """How little the weight must move before the list changes, and for whom."""
    first = rows[0]
    if first["nearest"] is None:
        return words.say("No weight of {node} changes the list", node=first["node_name"])
    at = min(first["crossings"], key=lambda place: abs(place - first["now"]))
    away = at > first["now"]
    onto = (first["crossings"][at] == "enters") == away
    now, then = beyond(words, first["now"], at)
    facts = {"node": first["node_name"], "now": now, "then": then, "name": named(first)}
    if onto:
        return words.say("{name} comes onto the list once {node} weighs {then} instead of {now}", **facts)
    return words.say("{name} leaves the list once {node} weighs {then} instead of {now}", **facts)


def left_out(rows: Sequence[Row], words: Language) -> str:
    """Candidates that cross too, in grey."""
    n = sum(row["nearest"] is not None for row in rows) - MOST
    one = "{n} more candidate comes onto the list or leaves it further from the stated weight; its line is grey."
    many = "{n} more candidates come onto the list or leave it further from the stated weight; their lines are grey."
    return words.several(n, one, many) if n > 0 else ""


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    return Frame(ACROSS, 4.6, left=0.75, right=3.2, top=0.25, bottom=0.6)


EXHIBIT = Exhibit(
    "lines",
    "OneWay",
    lambda words: words.say("One weight moved"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Each line is a candidate's score while one weight goes from nothing to all and its siblings keep their "
        "ratios. Thick: on the list. ▲ comes onto the list and ▼ leaves it as the weight grows. Below: the same weight "
        "in each weight set."
    ),
    circumstances=without_draws,
    left_out=left_out,
)
