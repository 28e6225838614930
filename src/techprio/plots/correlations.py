"""Which criteria say the same thing twice, and which pull against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from techprio.plots.candidates import down_the_side
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.sheet import ACROSS, Frame
from techprio.plots.style import DIVERGING, FAINT, INK, on
from techprio.tables import Row, rounded
from techprio.wording import Language

ALIKE = 0.8
"""From here on, two criteria may count the same thing twice."""
LEFT = 3.0


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a criterion in the order of the tree: its correlation with each of the others."""
    p = result.case.problem
    r = np.asarray(result.details()["correlations"], float)
    return [
        {
            "id": id,
            "name": words.text(p.criterion_names[j]),
            "branch": p.branches[p.branch_of[j]],
            "r": {other: rounded(float(r[j, k])) for k, other in enumerate(p.criteria)},
        }
        for j, id in enumerate(p.criteria)
    ]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """The lower half of the table of correlations, numbered; a line between branches of criteria."""
    down_the_side(ax, rows, [f"{k + 1}  {row['name']}" for k, row in enumerate(rows)])
    n = len(rows)
    r = np.array([list(row["r"].values()) for row in rows])
    lower = np.ma.masked_array(r, mask=np.triu(np.ones((n, n), bool)))
    ax.imshow(lower, cmap=DIVERGING, vmin=-1, vmax=1, aspect="auto", interpolation="none")
    for k in range(n):
        for j in range(k):
            value = r[k, j]
            if np.isfinite(value):
                strong = abs(value) >= ALIKE
                colour = on(DIVERGING((value + 1) / 2))
                ax.text(
                    j,
                    k,
                    short(value, words),
                    ha="center",
                    va="center",
                    color=colour,
                    weight="bold" if strong else "normal",
                )
    for k in range(1, n):
        if rows[k]["branch"] != rows[k - 1]["branch"]:
            ax.plot([-0.5, k - 0.5], [k - 0.5, k - 0.5], color=INK, linewidth=0.6)
            ax.plot([k - 0.5, k - 0.5], [k - 0.5, n - 0.5], color=FAINT, linewidth=0.6)
    ax.set_xlim(-0.5, n - 0.5)
    ax.set_xticks(range(n), [str(k + 1) for k in range(n)])
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)


def short(value: float, words: Language) -> str:
    """A correlation in at most four places: ``.85``, ``–.12``."""
    text = words.number(abs(value), 2)
    text = text[1:] if text.startswith("0") else text
    return f"–{text}" if value < -0.005 else text


def finding(rows: Sequence[Row], words: Language) -> str:
    """The pair that is most alike, and how many may count double."""
    pairs = [
        (row["r"][other["id"]], row, other)
        for k, row in enumerate(rows)
        for other in rows[:k]
        if row["r"][other["id"]] is not None
    ]
    pairs = [pair for pair in pairs if np.isfinite(pair[0])]
    if not pairs:
        return words.say("There are no two criteria to compare")
    alike = sum(r >= ALIKE for r, _, _ in pairs)
    r, one, other = max(pairs, key=lambda pair: pair[0])
    facts = {"a": one["name"], "b": other["name"], "r": words.number(r, 2)}
    if not alike:
        return words.say(
            "No two criteria are so alike that they count double; the closest are {a} and {b} ({r})", **facts
        )
    many = "{n} pairs of criteria may count the same thing twice, above all {a} and {b} ({r})"
    return words.several(alike, "{a} and {b} may count the same thing twice (correlation {r})", many, **facts)


def frame(rows: Sequence[Row]) -> Frame:
    """A field of a third of an inch a criterion, as far as the sheet goes."""
    n = len(rows)
    across = min(ACROSS - LEFT - 0.2, max(2.0, 0.36 * n))
    wide = max(7.5, LEFT + across + 0.2)
    return Frame(wide, min(9.0, 0.24 * max(3, n)), left=LEFT, right=wide - LEFT - across, top=0.1, bottom=0.3)


EXHIBIT = Exhibit(
    "correlations",
    "Effective",
    lambda words: words.say("Criteria that go together"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Correlation of the values of two criteria over the candidates: red together, blue against each other, white "
        "none; bold from 0.8 on. Columns have the numbers of the rows."
    ),
    circumstances=without_draws,
)
