"""What each criterion was meant to weigh, and how much it moves the scores in fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plots.candidates import beside, down_the_side, heading, in_percent
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.phrases import two_shares
from techprio.plots.sheet import UPRIGHT, Frame
from techprio.plots.style import BLUE, FAINT, GREY, INK, RED
from techprio.tables import Row, rounded
from techprio.wording import Language

FLAGGED = 1.5
"""From so many times its weight on (or its inverse), an effect is flagged."""


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a criterion, the one whose effect exceeds its weight most first."""
    p = result.case.problem
    found = []
    for row in result.rows():
        ratio = row["effective"] / row["nominal"] if row["nominal"] else None
        found.append(
            {
                "id": row["criterion"],
                "name": words.text(p.criterion_names[p.column(row["criterion"])]),
                "nominal": rounded(row["nominal"]),
                "effective": rounded(row["effective"]),
                "ratio": rounded(ratio),
                "flagged": not row["nominal"] / FLAGGED <= row["effective"] <= row["nominal"] * FLAGGED,
            }
        )
    return sorted(found, key=lambda row: row["nominal"] - row["effective"])


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A hollow mark for the weight, a filled one for the effect, joined; red and a flag where they differ widely."""
    down_the_side(ax, rows, [row["name"] for row in rows])
    for k, row in enumerate(rows):
        colour = RED if row["flagged"] else BLUE
        ax.plot([row["nominal"], row["effective"]], [k, k], color=colour, linewidth=2 if row["flagged"] else 1)
        ax.plot(
            row["nominal"], k, "o", markerfacecolor="white", markeredgecolor=INK, markersize=6, zorder=3, clip_on=False
        )
        ax.plot(
            row["effective"], k, "s" if row["flagged"] else "o", color=colour, markersize=6, zorder=4, clip_on=False
        )
        ax.axhline(k + 0.5, color=FAINT, linewidth=0.3)
        text = "–" if row["ratio"] is None else f"× {words.number(row['ratio'], 1)}"
        flagged = row["flagged"]
        beside(ax, k, f"{text} ⚑" if flagged else text, bold=flagged, colour=INK if flagged else GREY)
    ax.set_xlim(0, 1.05 * max(max(row["nominal"], row["effective"]) for row in rows) or 1)
    ax.xaxis.set_major_formatter(in_percent(words))
    ax.grid(axis="x")
    ax.set_xlabel(words.say("share of weight, and of the effect on scores"))
    heading(ax, 1, words.say("effect : weight"))


def finding(rows: Sequence[Row], words: Language) -> str:
    """Which criterion is furthest from what was meant, and how many are far from it."""
    flagged = [row for row in rows if row["flagged"]]
    if not flagged:
        return words.say("Every criterion has between two thirds of its weight and 1.5 times it in effect")
    row = max(flagged, key=lambda row: abs(row["effective"] - row["nominal"]))
    nominal, effective = two_shares(words, row["nominal"], row["effective"])
    template = "{name} has {nominal} of the weight but {effective} of the effect; flagged: {n} of {all} criteria"
    facts = {"nominal": nominal, "effective": effective, "n": len(flagged), "all": len(rows)}
    return words.say(template, name=row["name"], **facts)


def frame(rows: Sequence[Row]) -> Frame:
    """As high as there are criteria."""
    return Frame(UPRIGHT, 0.24 * max(3, len(rows)), left=3.2, right=1.1, top=0.25)


EXHIBIT = Exhibit(
    "effective",
    "Effective",
    lambda words: words.say("Do the weights mean what they say?"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Hollow: the weight stated. Filled: the effect, the squared correlation of a criterion with the score, scaled "
        "to a sum of 100%. Square and flag: more than 1.5 times the weight, or less than two thirds of it."
    ),
    pages_of(36),
    without_draws,
)
