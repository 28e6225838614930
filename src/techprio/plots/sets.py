"""The list under each weight set, field by field, the contested candidates on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from techprio.plots import shifts
from techprio.plots.candidates import beside, down_the_side, heading, named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.sheet import UPRIGHT, Frame
from techprio.plots.style import FAINT, INK, MAGNITUDE, on
from techprio.side_by_side import SideBySide
from techprio.tables import Row
from techprio.wording import Language

LEFT = 2.5


def rows(result: SideBySide, words: Language) -> list[dict[str, Any]]:
    """One row a candidate: first those whom some weight sets list and others do not, then the listed, then the rest."""
    found = [{**row, "cut_line": False, "of": len(result.rows())} for row in shifts.rows(result, words)]
    return sorted(found, key=lambda row: (not row["contested"], not row["times"], row["rank"]))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A field a rank, the darker the better; a heavy frame where it is on the list."""
    down_the_side(ax, rows)
    sets = list(rows[0]["ranks"])
    ax.set_xlim(-0.5, len(sets) - 0.5)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    colours = MAGNITUDE.reversed()
    for k, row in enumerate(rows):
        for j, id in enumerate(sets):
            rank, listed = row["ranks"][id], bool(row["on_list"][id])
            colour = colours(1 - (rank - 1) / max(1, row["of"] - 1))
            edge: dict[str, Any] = (
                {"edgecolor": INK, "linewidth": 1.4} if listed else {"edgecolor": FAINT, "linewidth": 0.3}
            )
            ax.add_artist(Rectangle((j - 0.46, k - 0.42), 0.92, 0.84, facecolor=colour, **edge))
            text = f"● {rank}" if listed else str(rank)
            weight = "bold" if listed else "normal"
            ax.text(j, k, text, ha="center", va="center", color=on(colour), weight=weight)
        beside(ax, k, words.say("{times} of {all}", times=row["times"], all=len(sets)))
        if k and row["contested"] != rows[k - 1]["contested"]:
            ax.axhline(k - 0.5, color=INK, linewidth=1.2)
    heading(ax, 1, words.say("lists"))
    for j, name in enumerate(shifts.heads(rows, _room(rows))):
        heading(ax, (j + 0.5) / len(sets), "\n".join(name), align="center", offset=0)


def finding(rows: Sequence[Row], words: Language) -> str:
    """Whom the choice of weights brings onto the list most evenly, or that nobody depends on it."""
    contested = [row for row in rows if row["contested"]]
    sets = len(rows[0]["ranks"])
    if not contested:
        return shifts.finding(rows, words)
    closest = min(contested, key=lambda row: abs(row["times"] - sets / 2))
    template = "{n} candidates depend on the choice of weights; {name} is on {times} of {all} lists"
    one = "{n} candidate depends on the choice of weights; {name} is on {times} of {all} lists"
    return words.several(len(contested), one, template, name=named(closest), times=closest["times"], all=sets)


def _across(rows: Sequence[Row]) -> float:
    """How wide the fields are together, in inches."""
    return min(UPRIGHT - LEFT - 0.8, max(1.2, 0.95 * len(rows[0]["ranks"])))


def _room(rows: Sequence[Row]) -> float:
    return _across(rows) / len(rows[0]["ranks"]) - 0.04


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    across = _across(rows)
    return Frame(UPRIGHT, 0.2 * max(2, len(rows)), left=LEFT, right=UPRIGHT - LEFT - across, top=0.55, bottom=0.05)


EXHIBIT = Exhibit(
    "sets",
    "SideBySide",
    lambda words: words.say("The list under each weight set"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Rank under each weight set; dark is a good rank. A dot and a frame: on the list. Above the line: candidates "
        "that some weight sets list and others do not. Bold name: on the list of the first weight set."
    ),
    pages_of(42),
    without_draws,
    lambda rows, words: shifts.numbers_said(rows, _room(rows)),
)
