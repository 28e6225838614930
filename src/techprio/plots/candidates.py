"""What pictures with one row a candidate have in common: the rows, the names at the left, the line of the cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from techprio.plots.lettering import LINE, shortened, width, wrapped
from techprio.plots.sheet import MARGIN, figure_of
from techprio.plots.style import GREY, INK, LETTERS, PALE
from techprio.tables import Row, rounded
from techprio.verdict import Verdict
from techprio.wording import Language

NAME_ROOM = 2.75
"""How much room names have at the left, in inches."""


def candidate_rows(verdict: Verdict, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order, with what every picture says of it.

    ``cut_line`` is true of the last one that is listed for its score: the line of the cut is drawn below it.
    """
    p, trust = verdict.problem, verdict.trust
    rows = []
    for i in verdict.order.tolist():
        listed = None if verdict.listed is None else bool(verdict.listed[i])
        floor = verdict.by_floor is not None and bool(verdict.by_floor[i])
        rows.append(
            {
                "id": p.candidates[i],
                "name": words.text(p.names[i]),
                "rank": int(verdict.ranks[i]),
                "score": rounded(verdict.scores[i]),
                "listed": listed,
                "listed_by": ("floor" if floor else "score") if listed else None,
                "band": trust.band[i],
                "certified": trust.certified[i],
                "p_cut": None if trust.p_cut is None else rounded(trust.p_cut[i]),
                "rank_low": int(trust.rank_low[i]),
                "rank_high": int(trust.rank_high[i]),
                "illustrative": rounded(verdict.illustrative[i]),
                "cut_line": False,
            }
        )
    by_score = [k for k, row in enumerate(rows) if row["listed_by"] == "score"]
    if by_score and by_score[-1] + 1 < len(rows):
        rows[by_score[-1]]["cut_line"] = True
    return rows


GAP = 0.75
"""How much room the line of the cut has for its label, in rows."""


def places(rows: Sequence[Row]) -> list[float]:
    """Where each row stands, counted down in rows, with a gap below the line of the cut."""
    found, at = [], 0.0
    for k, row in enumerate(rows):
        found.append(at)
        at += 1 + (GAP if row.get("cut_line") and k + 1 < len(rows) else 0)
    return found


def length(rows: Sequence[Row]) -> float:
    """How many rows high a picture of them is."""
    return places(rows)[-1] + 1


def label(row: Row) -> str:
    """The id and, where it says more, the name; a mark if a floor brings it onto the list."""
    mark = "▲ " if row.get("listed_by") == "floor" else ""
    return f"{mark}{row['id']}" if row["name"] == row["id"] else f"{mark}{row['id']}  {row['name']}"


def down_the_side(ax: Axes, rows: Sequence[Row], labels: Sequence[str] | None = None, *, room: float = 0.0) -> None:
    """One row of the axes for each row, the first on top, with its name at the left in as many lines as fit.

    ``room``: inches that stay free between the names and the axes.
    """
    box, figure = ax.get_position(), figure_of(ax)
    space = box.x0 * figure.get_figwidth() - 0.2 - room
    high = box.height * figure.get_figheight() / length(rows)
    lines = max(1, min(2, int(high * 72 / (LINE * LETTERS) + 0.15)))
    ax.set_ylim(length(rows) - 0.5, -0.5)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    texts = labels if labels is not None else [label(row) for row in rows]
    for row, y, text in zip(rows, places(rows), texts, strict=True):
        bold = bool(row.get("listed"))
        ax.annotate(
            "\n".join(wrapped(text, space, most=lines, bold=bold)),
            (0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-6 - 72 * room, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            weight="bold" if bold else "normal",
            linespacing=LINE - 0.15,
            annotation_clip=False,
        )


def stripes(ax: Axes, rows: Sequence[Row], *, band: str = "contested") -> None:
    """Shade the rows of a band."""
    for row, y in zip(rows, places(rows), strict=True):
        if row["band"] == band:
            ax.axhspan(y - 0.5, y + 0.5, color=PALE, linewidth=0, zorder=0)


def cut_line(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """The line below the last candidate that is listed for its score, and its label on it."""
    for row, y in zip(rows, places(rows), strict=True):
        if not row["cut_line"]:
            continue
        box = ax.get_position()
        at = y + 0.5 + GAP / 2
        ax.plot(
            [-box.x0 / box.width + 0.02, 1],
            [at, at],
            transform=ax.get_yaxis_transform(),
            color=INK,
            linewidth=1.2,
            linestyle=(0, (5, 2)),
            clip_on=False,
            zorder=4,
            gid="cut",
        )
        text = (
            words.say("the list ends here; ▲ below: listed by a floor")
            if _floors(rows)
            else words.say("the list ends here")
        )
        ax.annotate(
            text,
            (0.5, at),
            xycoords=("axes fraction", "data"),
            ha="center",
            va="center",
            style="italic",
            annotation_clip=False,
            zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def _floors(rows: Sequence[Row]) -> bool:
    return any(row["listed_by"] == "floor" for row in rows)


def rank_axis(ax: Axes, m: int, words: Language) -> None:
    """Ranks from 1 to ``m`` along the bottom."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if m / step <= 12 or step == 500)
    ax.set_xlim(0.2, m + 0.8)
    ax.set_xticks(sorted({1, *range(step, m + 1, step)}))
    ax.grid(axis="x")
    ax.set_xlabel(words.say("rank (1 is best)"))


def in_language(words: Language, decimals: int | None = None) -> FuncFormatter:
    """Numbers on an axis in the format of a language."""
    return FuncFormatter(lambda value, _: words.number(value, decimals))


def in_percent(words: Language) -> FuncFormatter:
    """Shares on an axis as percentages."""
    return FuncFormatter(lambda value, _: words.percent(value))


def beside(ax: Axes, k: float, text: str, *, offset: float = 4, colour: str = INK, bold: bool = False) -> None:
    """A short text at the right of a row."""
    ax.annotate(
        text,
        (1, k),
        xycoords=("axes fraction", "data"),
        xytext=(offset, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        color=colour,
        weight="bold" if bold else "normal",
        annotation_clip=False,
    )


def heading(ax: Axes, x: float, text: str, *, align: str = "left", offset: float = 4) -> None:
    """Words above a column at the right of the axes; ``x`` in shares of the axes. Too long ones end at the margin."""
    box, figure = ax.get_position(), figure_of(ax)
    room = (1 - box.x0 - x * box.width) * figure.get_figwidth() - MARGIN
    if align == "left" and "\n" not in text and width(text) + offset / 72 > room:
        x, align, offset = x + room / (box.width * figure.get_figwidth()), "right", 0
    ax.annotate(
        text,
        (x, 1),
        xycoords="axes fraction",
        xytext=(offset, 4),
        textcoords="offset points",
        ha=align,
        va="bottom",
        color=GREY,
        annotation_clip=False,
        linespacing=LINE - 0.15,
    )


def share_text(row: Row, words: Language) -> str:
    """The share of draws in which a candidate is listed, with its band."""
    if row["p_cut"] is None:
        return ""
    return f"{words.percent(row['p_cut'])} {words.say(row['band'])}"


def named(row: Row, room: float = 4.2) -> str:
    """A candidate's name as it is put into a sentence."""
    return shortened(row["id"] if row["name"] == row["id"] else f"{row['id']} {row['name']}", room)
