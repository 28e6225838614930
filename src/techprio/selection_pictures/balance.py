"""The balance of bets: the best value with so many near the market, and with so many that break through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.sheet import Frame
from techprio.plots.style import CATEGORIES, INK, LINES
from techprio.selection import Selection
from techprio.selection_pictures.page import PLACES, pages
from techprio.tables import Row
from techprio.wording import Language

MARKS = ("o", "s", "^", "D", "v", "P", "X")
DASHES = ("-", "--", ":", "-.")


def rows(selection: Selection, words: Language) -> list[dict[str, Any]]:
    """One row a kind of bet and number of them for which there is a set."""
    return [
        {
            "bet": words.text(kind.name),
            "number": int(step.factor),
            "value": step.value,
            "now": int(step.factor) == int((kind.members & selection.best.x).sum()),
        }
        for kind in selection.balances
        for step in kind.steps
        if step.value is not None
    ]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A line a kind of bet, named at its end; the set as it is in a ring."""
    kinds = list(dict.fromkeys(row["bet"] for row in rows))
    for k, kind in enumerate(kinds):
        some = [row for row in rows if row["bet"] == kind]
        colour = LINES[k % len(CATEGORIES)]
        numbers, values = [row["number"] for row in some], [row["value"] for row in some]
        ax.plot(numbers, values, DASHES[k % len(DASHES)], color=colour, marker=MARKS[k % len(MARKS)], markersize=4)
        for row in some:
            if row["now"]:
                ax.plot([row["number"]], [row["value"]], "o", markersize=11, markerfacecolor="none", color=INK)
        ax.annotate(
            kind, (1.01, (len(kinds) - k) / (len(kinds) + 1)), xycoords="axes fraction", xytext=(26, 0),
            textcoords="offset points", va="center",
        )  # fmt: skip
        level = (len(kinds) - k) / (len(kinds) + 1)
        ax.plot([1.012, 1.045], [level] * 2, DASHES[k % len(DASHES)], color=colour, marker=MARKS[k % len(MARKS)],
                markersize=4, transform=ax.transAxes, clip_on=False)  # fmt: skip
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(words.say("how many of them are chosen"))
    ax.set_ylabel(words.say("value of the best set"))
    ax.yaxis.set_major_formatter(lambda value, _: words.number(value, 2))
    ax.grid()


def leaves(selection: Selection, words: Language) -> list[Leaf]:
    """The balance of bets; nothing where the study names none."""
    every = rows(selection, words)
    held = [row for row in every if row["now"]]
    if not held:
        return []
    parts = [words.say("{n} × {bet}", n=row["number"], bet=row["bet"]) + _one_more(row, every, words) for row in held]
    title = " · ".join(parts)
    reading = words.say(
        "Each point: the greatest value of a set with exactly so many bets of a kind; ring: the set chosen. A number "
        "without a point: no set has so many."
    )
    drawing = Drawing(
        "portfolio-balance",
        words.say("Balance of bets"),
        title,
        reading,
        draw,
        lambda rows: Frame(10.9, 3.4, left=0.8, right=3.3, top=0.1, bottom=0.5),
    )
    return pages(drawing, every, selection, words, most=len(every))


def _one_more(row: Row, every: Sequence[Row], words: Language) -> str:
    """What one more of them would cost."""
    more = [r["value"] for r in every if r["bet"] == row["bet"] and r["number"] == row["number"] + 1]
    return words.say(" (one more costs {loss})", loss=words.number(row["value"] - more[0], PLACES)) if more else ""
