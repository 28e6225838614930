"""How the list shifts under different weights: each candidate's rank from one weight set to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.errors import UsageError
from techprio.plots.candidates import candidate_rows, named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import shortened, wrapped_id
from techprio.plots.phrases import set_name
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.spacing import spaced
from techprio.plots.style import BLUE, FAINT, GREY, INK, RED
from techprio.side_by_side import SideBySide
from techprio.tables import Row, rounded
from techprio.wording import Language

SIDE = 3.0
"""How much room names have at either side, in inches."""
MOST = 40
"""Lines that can be followed by eye."""


def rows(result: SideBySide, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in the order of the first ranking: its rank and whether it is listed, a ranking each."""
    agreement = dict(zip(result.labels, result.agreement()[0], strict=True))
    if len(result.labels) < 2:
        raise UsageError("there is one weight set: nothing to compare")
    ranks = {row["id"]: row for row in result.rows()}
    found = []
    for row in candidate_rows(result.first, words):
        both = ranks[row["id"]]
        times = sum(bool(on_list) for on_list in both["listed"].values())
        found.append(
            {
                **{key: row[key] for key in ("id", "name", "rank", "listed", "listed_by", "cut_line")},
                "ranks": both["rank"],
                "on_list": both["listed"],
                "times": times,
                "contested": 0 < times < len(both["listed"]),
                "set_names": {label: set_name(words, label, result.names) for label in result.labels},
                "tau": {label: rounded(tau) for label, tau in agreement.items()},
            }
        )
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A line a candidate: thick where it is listed, coloured where some weight sets list it and others do not."""
    drawn = drawn_of(rows)
    flat = [{**row, "cut_line": False} for row in drawn]
    sets = list(rows[0]["ranks"])
    ends = len(sets) - 1
    ax.set_xlim(-0.12, ends + 0.12)
    deepest = max(max(row["ranks"].values()) for row in drawn)
    ax.set_ylim(deepest + 0.5, 0.5)
    for row in sorted(flat, key=lambda row: (row["contested"], row["times"])):
        _line(ax, row, sets)
    _names(ax, drawn, sets[0], left=True)
    _names(ax, drawn, sets[-1], left=False)
    _heads(ax, rows, sets, words)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def drawn_of(rows: Sequence[Row]) -> Sequence[Row]:
    """All rows; of very many, those that any weight set lists, and as many of the next as can be followed."""
    if len(rows) <= MOST:
        return rows
    return [row for row in rows if row["times"]] or rows[:MOST]


def left_out(rows: Sequence[Row], words: Language) -> str:
    """What is not drawn of very many candidates."""
    n = len(rows) - len(drawn_of(rows))
    one, many = (
        "Not drawn: {n} candidate that no weight set lists.",
        "Not drawn: {n} candidates that no weight set lists.",
    )
    return " ".join(filter(None, [numbers_said(rows, _room(rows)), words.several(n, one, many) if n else ""]))


def _line(ax: Axes, row: Row, sets: Sequence[str]) -> None:
    colour = RED if row["contested"] else (BLUE if row["times"] else FAINT)
    ranks = [row["ranks"][id] for id in sets]
    on_list = [bool(row["on_list"][id]) for id in sets]
    order = 3 if row["contested"] else 2
    for k in range(len(sets) - 1):
        thick = 2.2 if on_list[k] and on_list[k + 1] else (1.4 if row["times"] else 0.9)
        style = "-" if on_list[k] or on_list[k + 1] or not row["times"] else (0, (3, 2))
        ax.plot([k, k + 1], ranks[k : k + 2], color=colour, linewidth=thick, linestyle=style, zorder=order)
    for k, rank in enumerate(ranks):
        face = colour if on_list[k] else "white"
        ax.plot(k, rank, "o", markersize=5, markerfacecolor=face, markeredgecolor=colour, zorder=order + 1)


def _names(ax: Axes, rows: Sequence[Row], set_: str, *, left: bool) -> None:
    """Every name beside the end of its line; ties one below the other."""
    box, figure = ax.get_position(), figure_of(ax)
    room = (box.x0 if left else 1 - box.x1) * figure.get_figwidth() - 0.25
    low, high = ax.get_ylim()
    gap = 0.142 / (box.height * figure.get_figheight()) * abs(low - high)
    at = spaced([row["ranks"][set_] for row in rows], gap, min(low, high), max(low, high))
    for row, y in zip(rows, at, strict=True):
        bold = bool(row["on_list"][set_])
        rank = str(row["ranks"][set_])
        text = shortened(f"{row['id']} {row['name']}" if row["name"] != row["id"] else row["id"], room - 0.3, bold=bold)
        ax.annotate(
            f"{text}  {rank}" if left else f"{rank}  {text}",
            (0 if left else 1, y),
            xycoords=("axes fraction", "data"),
            xytext=(-2 if left else 2, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            color=INK if row["times"] else GREY,
            weight="bold" if bold else "normal",
            annotation_clip=False,
        )


def _heads(ax: Axes, rows: Sequence[Row], sets: Sequence[str], words: Language) -> None:
    """Above each column, its weight set and how far it agrees with the first."""
    names = heads(rows, _room(rows))
    for k, id in enumerate(sets):
        tau = rows[0]["tau"][id]
        agrees = "" if k == 0 or tau is None else words.say("tau {tau}", tau=words.number(tau, 2))
        lines = [*names[k], agrees]
        ax.annotate(
            "\n".join(lines),
            (k, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            annotation_clip=False,
        )


def heads(rows: Sequence[Row], room: float) -> list[list[str]]:
    """What stands above each column: the weight set in lines of at most ``room`` inches, or numbers for all of them."""
    names = [wrapped_id(name, room) for name in rows[0]["set_names"].values()]
    return [[str(k + 1)] for k in range(len(names))] if any("…" in line for name in names for line in name) else names


def numbers_said(rows: Sequence[Row], room: float) -> str:
    """Which number is which weight set, where columns have numbers."""
    if not all(len(name) == 1 and name[0].isdigit() for name in heads(rows, room)):
        return ""
    return "; ".join(f"{k} {name}" for k, name in enumerate(rows[0]["set_names"].values(), start=1)) + "."


def _room(rows: Sequence[Row]) -> float:
    """How much room there is for the head of a column, in inches."""
    return (ACROSS - 2 * SIDE) / max(1, len(rows[0]["ranks"]) - 1) - 0.08


def finding(rows: Sequence[Row], words: Language) -> str:
    """How many are on every list, how many on some, and who moves furthest."""
    sets = len(rows[0]["ranks"])
    if rows[0]["listed"] is None:
        mover = max(rows, key=_movement)
        template = "Weights move {name} furthest: from rank {best} to {worst}"
        return words.say(
            template, name=named(mover), best=min(mover["ranks"].values()), worst=max(mover["ranks"].values())
        )
    always = sum(row["times"] == sets for row in rows)
    some = sum(row["contested"] for row in rows)
    if not some:
        return words.say("All {sets} weight sets give the same list of {n}", sets=sets, n=always)
    template = "On the list under all {sets} weight sets: {always} of {m}; only under some: {some}"
    return words.say(template, always=always, sets=sets, some=some, m=len(rows))


def _movement(row: Row) -> int:
    ranks: list[int] = list(row["ranks"].values())
    return max(ranks) - min(ranks)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    drawn = drawn_of(rows)
    deepest = max(max(row["ranks"].values()) for row in drawn)
    return Frame(ACROSS, 0.168 * max(6, min(deepest, 44)), left=SIDE, right=SIDE, top=0.65, bottom=0.1)


EXHIBIT = Exhibit(
    "shifts",
    "SideBySide",
    lambda words: words.say("Rankings by weight set"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Filled dot and bold name: on the list under that weight set; hollow: not. Red: on the list under some weight "
        "sets only; blue: under all; grey: under none. tau: Kendall's agreement with the first ranking, 1 is the same."
    ),
    circumstances=without_draws,
    left_out=left_out,
)
