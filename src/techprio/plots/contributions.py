"""What each score is made of, by branch of criteria, with the range of the total."""

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
    in_language,
    length,
    places,
)
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.lettering import LINE, height, wrapped
from techprio.plots.sheet import UPRIGHT, Frame, figure_of
from techprio.plots.style import CATEGORIES, INK, LETTERS, TEXTURES
from techprio.tables import Row, rounded
from techprio.views.spread import Spread
from techprio.wording import Language

MOST = 7
"""Branches that are told apart; the lightest of more are put together."""
ACROSS_KEY = 3


def rows(result: Spread, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order: the part of its score from each branch, and 90 % of its scores."""
    v, p = result.verdict, result.verdict.problem
    if v.contributions is None:
        raise UsageError("a score by {method} is not a sum of contributions", method=v.method)
    names, of = _branches(v, words)
    found = []
    for row in candidate_rows(v, words):
        i = p.row(row["id"])
        sums = np.bincount(of, v.contributions[i], len(names))
        parts = {name: rounded(part) for name, part in zip(names, sums, strict=True)}
        ends = {"score_5": rounded(result.score_low[i]), "score_95": rounded(result.score_high[i])}
        found.append({**row, **ends, "parts": parts})
    return found


def _branches(v: Any, words: Language) -> tuple[list[str], Any]:
    """The names of at most seven parts in the order of the tree, and the part of each criterion."""
    p = v.problem
    weight = np.bincount(p.branch_of, p.weights, len(p.branches))
    kept = np.sort(np.argsort(-weight, kind="stable")[: MOST if len(weight) <= MOST else MOST - 1])
    place = {int(b): k for k, b in enumerate(kept)}
    names = [words.text(p.branch_names[b]) for b in kept]
    if len(kept) < len(weight):
        names.append(words.say("other criteria"))
    return names, np.array([place.get(b, len(kept)) for b in p.branch_of])


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Bars in the same order everywhere, each part numbered as in the key above."""
    down_the_side(ax, rows)
    names = list(rows[0]["parts"])
    least, top = _reach(rows)
    ax.set_xlim(least, top)
    inch = (ax.get_position().width * figure_of(ax).get_figwidth()) / (top - least)
    for row, k in zip(rows, places(rows), strict=True):
        ends = {True: 0.0, False: 0.0}  # parts below nothing are laid to the left
        for b, name in enumerate(names):
            part = row["parts"][name]
            at = ends[part >= 0]
            ax.barh(
                k, part, left=at, height=0.68, color=CATEGORIES[b], hatch=TEXTURES[b], edgecolor="white", linewidth=0.5
            )
            if abs(part) * inch > 0.13:
                _number(ax, at + part / 2, k, b + 1)
            ends[part >= 0] += part
        ax.plot([row["score_5"], row["score_95"]], [k + 0.41] * 2, color=INK, linewidth=1.3, solid_capstyle="butt")
        spread = f"{words.number(row['score_5'], 2)}–{words.number(row['score_95'], 2)}"
        beside(ax, k, f"{words.number(row['score'], 3)}  ({spread})")
    if least < 0:
        ax.axvline(0, color=INK, linewidth=0.8)
    ax.xaxis.set_major_formatter(in_language(words))
    ax.set_xlabel(words.say("score"))
    heading(ax, 1, words.say("score (90%)"))
    _key(ax, names, words)
    cut_line(ax, rows, words)


def _reach(rows: Sequence[Row]) -> tuple[float, float]:
    """From where to where the bars and the ranges of scores reach."""
    parts = [list(row["parts"].values()) for row in rows]
    least = min(0.0, *(sum(min(part, 0.0) for part in each) for each in parts), *(row["score_5"] for row in rows))
    top = max(0.0, *(sum(max(part, 0.0) for part in each) for each in parts), *(row["score_95"] for row in rows))
    margin = 0.02 * (top - least) or 1.0
    return (least - margin if least < 0 else 0.0), top + margin


def _number(ax: Axes, x: float, y: float, number: int) -> None:
    """The number of a part, in a white field: textures are no ground for letters."""
    ax.text(
        x,
        y,
        str(number),
        ha="center",
        va="center",
        size=LETTERS,
        bbox={"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
    )


def _key(ax: Axes, names: Sequence[str], words: Language) -> None:
    """Which number and texture is which branch, in the order of the bars."""
    figure, box = figure_of(ax), ax.get_position()
    wide, tall = figure.get_figwidth(), figure.get_figheight()
    room = (wide - 0.24) / ACROSS_KEY
    for b, name in enumerate(names):
        row, column = divmod(b, ACROSS_KEY)
        x = 0.12 + column * room
        y = box.y1 * tall + _key_height(len(names)) - row * (height(2) + 0.03) + 0.22
        swatch = (x / wide, (y - 0.2) / tall)
        bar = _patch(swatch, 0.26 / wide, 0.17 / tall, b, figure)
        figure.add_artist(bar)
        text = wrapped(f"{b + 1}  {name}", room - 0.4, most=2)
        figure.text((x + 0.32) / wide, y / tall, "\n".join(text), va="top", linespacing=LINE - 0.15)


def _patch(corner: tuple[float, float], wide: float, tall: float, b: int, figure: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(
        corner,
        wide,
        tall,
        facecolor=CATEGORIES[b],
        hatch=TEXTURES[b],
        edgecolor="white",
        linewidth=0.5,
        transform=figure.transFigure,
    )


def _key_height(count: int) -> float:
    return -(-count // ACROSS_KEY) * (height(2) + 0.03)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Which branch parts the list from the rest, or makes up most of the best score."""
    inside = [row for row in rows if row["listed"]]
    outside = [row for row in rows if row["listed"] is False]
    if not inside or not outside:
        first = rows[0]
        name, part = max(first["parts"].items(), key=lambda item: item[1])
        template = "{branch} adds most to the score of the first, {part} of {score}"
        return words.say(template, branch=name, part=words.number(part, 2), score=words.number(first["score"], 2))
    gaps = {
        name: sum(row["parts"][name] for row in inside) / len(inside)
        - sum(row["parts"][name] for row in outside) / len(outside)
        for name in rows[0]["parts"]
    }
    name, gap = max(gaps.items(), key=lambda item: item[1])
    template = "What parts the list most from the rest: {branch}, on average {gap} of score"
    return words.say(template, branch=name, gap=words.number(gap, 3))


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    key = _key_height(len(rows[0]["parts"]))
    return Frame(UPRIGHT, 0.27 * max(2, length(rows)), left=NAME_ROOM + 0.12, right=1.25, top=key + 0.3)


EXHIBIT = Exhibit(
    "contributions",
    "Spread",
    lambda words: words.say("What each score is made of"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Parts of the score by branch of criteria, in the same order in every bar and numbered as in the key. The "
        "black line below a bar: the score in 90% of the draws. Bold: on the list; ▲ by a floor."
    ),
    pages_of(31),
)
