"""Value against budget: all budgets made smaller or larger together, and where along it the set changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.lettering import shortened
from techprio.plots.sheet import Frame
from techprio.plots.style import BLUE, GREY, INK, ORANGE
from techprio.selection import Selection
from techprio.selection_pictures.page import PLACES, pages
from techprio.tables import Row
from techprio.wording import Language

RIGHT, LINE = 4.1, 0.2


def rows(selection: Selection, words: Language) -> list[dict[str, Any]]:
    """One row a budget, with who comes and who goes against the step before."""
    return [
        {
            "budget": step["at"],
            "value": step["value"],
            "chosen": step["chosen"],
            "changed": step["changed"],
            "came": " ".join(step["came"]),
            "went": " ".join(step["went"]),
        }
        for step in selection.steps()
    ]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A line of values, a mark at each; at the side who comes and who goes wherever the set changes."""
    there = [row for row in rows if row["value"] is not None]
    at, values = [row["budget"] for row in there], [row["value"] for row in there]
    ax.plot(at, values, color=BLUE, linewidth=1.4, drawstyle="steps-post")
    for row in there:
        mark = "o" if row["changed"] else "."
        ax.plot([row["budget"]], [row["value"]], mark, color=ORANGE if row["changed"] else BLUE, markersize=5)
    for row in there:
        if row["budget"] == 1:
            ax.axvline(1, color=INK, linewidth=1, linestyle="--")
            says = words.say("as things are: {value}", value=words.number(row["value"], PLACES))
            ax.annotate(says, (1, 0), xycoords=("data", "axes fraction"), xytext=(4, 4), textcoords="offset points")
    _moves(ax, [row for row in there if row["changed"]], words)
    ax.set_xlabel(words.say("all budgets, as a share of those stated"))
    ax.set_ylabel(words.say("value of the best set"))
    ax.xaxis.set_major_formatter(lambda share, _: words.percent(share))
    ax.yaxis.set_major_formatter(lambda value, _: words.number(value, 2))
    ax.grid()


def _moves(ax: Axes, changes: Sequence[Row], words: Language) -> None:
    """A list beside the picture, the largest budget on top as its value is."""
    step = 1 / max(len(changes), 1)
    for k, row in enumerate(reversed(changes)):
        came = "".join(f" +{id}" for id in row["came"].split())
        went = "".join(f" –{id}" for id in row["went"].split())
        says = shortened(f"{words.percent(row['budget'])}:{came}{went}", RIGHT - 0.35)
        ax.annotate(says, (1.02, 1 - (k + 0.5) * step), xycoords="axes fraction", va="center", color=GREY)


def leaves(selection: Selection, words: Language) -> list[Leaf]:
    """Value against budget; nothing where there is no budget."""
    every = rows(selection, words)
    if not any(row["value"] is not None for row in every):
        return []
    changes = sum(row["changed"] for row in every)
    reading = words.say(
        "Line: the greatest value of a set with all budgets that much smaller or larger. Large marks: the set changes; "
        "at the side who comes (+) and who goes (–) against the step before."
    )
    drawing = Drawing(
        "portfolio-curve",
        words.say("Value against budget"),
        _finding(every, words),
        reading,
        draw,
        lambda rows: Frame(10.9, max(3.4, changes * LINE), left=0.8, right=RIGHT, top=0.15, bottom=0.5),
    )
    return pages(drawing, every, selection, words, most=len(every))


def _finding(every: Sequence[Row], words: Language) -> str:
    value = {round(row["budget"], 6): row["value"] for row in every}
    now, more, less = value.get(1.0), value.get(1.1), value.get(0.9)
    if now is None or more is None:
        return words.say("What each budget would bring")
    gain = words.number(more - now, PLACES)
    if less is None:
        return words.say("A tenth more of every budget adds {gain}; with a tenth less no set is possible", gain=gain)
    loss = words.number(now - less, PLACES)
    return words.say("A tenth more of every budget adds {gain}; a tenth less takes {loss}", gain=gain, loss=loss)
