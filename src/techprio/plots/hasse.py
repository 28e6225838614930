"""Who is above whom for every admissible weight: the Hasse diagram of necessary preference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plots.candidates import named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import shortened, width
from techprio.plots.phrases import share_of
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.style import BLUE, GREY, INK, LETTERS
from techprio.tables import Row
from techprio.wording import Language

MOST = 60
"""Candidates that are drawn: the best of more."""
SIDE = 3.4
NAMED = 36


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a candidate in rank order: its level, and whom it is directly above."""
    p, verdict = result.case.problem, result.case.verdict
    hasse = result.details()["hasse"]
    below: dict[str, list[str]] = {}
    for upper, lower in hasse["edges"]:
        below.setdefault(upper, []).append(lower)
    same = {id: [other for other in each if other != id] for each in hasse["classes"] for id in each}
    found = []
    for row in result.rows():
        i = p.row(row["candidate"])
        found.append(
            {
                "id": row["candidate"],
                "name": words.text(p.names[i]),
                "rank": int(verdict.ranks[i]),
                "listed": None if verdict.listed is None else bool(verdict.listed[i]),
                "level": row["level"],
                "directly_above": below.get(row["candidate"], []),
                "equal_to": same.get(row["candidate"], []),
                "surely_above": len(row["above"]),
                "surely_below": len(row["below"]),
                "of": p.m,
            }
        )
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Levels from the top down; a line for what is sure and follows from nothing else."""
    shown = sorted(rows, key=lambda row: row["rank"])[:MOST]
    at = _places(shown)
    deepest = max(y for _, y in at.values())
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(deepest + 0.5, -0.5)
    ax.set_axis_off()
    for row in shown:
        x, y = at[row["id"]]
        for lower in row["directly_above"]:
            if lower in at:
                ax.plot([x, at[lower][0]], [y, at[lower][1]], color=GREY, linewidth=0.6, zorder=1)
    for row in shown:
        x, y = at[row["id"]]
        listed = bool(row["listed"])
        box: dict[str, Any] = {"boxstyle": "round,pad=0.25" if listed else "square,pad=0.2", "facecolor": "white"}
        box |= {"edgecolor": BLUE if listed else GREY, "linewidth": 1.8 if listed else 0.7}
        ax.text(x, y, row["id"], ha="center", va="center", weight="bold" if listed else "normal", bbox=box, zorder=2)
    _key(ax, shown)


def _places(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Where each candidate stands: its level down, and across as near as can be to those directly above it."""
    levels: dict[int, list[Row]] = {}
    for row in rows:
        levels.setdefault(row["level"], []).append(row)
    above: dict[str, list[str]] = {}
    for row in rows:
        for lower in row["directly_above"]:
            above.setdefault(lower, []).append(row["id"])
    at: dict[str, tuple[float, float]] = {}
    y = 0.0
    per_line = max(2, int((ACROSS - SIDE - 0.3) / (max(width(row["id"], bold=True) for row in rows) + 0.22)))
    for level in sorted(levels):

        def pull(row: Row) -> float:
            parents = [at[id][0] for id in above.get(row["id"], ()) if id in at]
            return sum(parents) / len(parents) if parents else 0.5

        members = sorted(levels[level], key=pull)
        lines = -(-len(members) // per_line)
        for k, row in enumerate(members):
            line, place = divmod(k, -(-len(members) // lines))
            count = min(-(-len(members) // lines), len(members) - line * -(-len(members) // lines))
            at[row["id"]] = ((place + 0.5) / count, y + 0.6 * line)
        y += 1 + 0.6 * (lines - 1)
    return at


def _key(ax: Axes, rows: Sequence[Row]) -> None:
    """Which id is which candidate."""
    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = figure.get_figwidth(), figure.get_figheight()
    x = box.x1 * wide + 0.15
    room = wide - x - 0.12
    named_ = [row for row in rows if row["name"] != row["id"]][:NAMED]
    step = min(0.18, box.height * tall / max(1, len(named_)))
    for k, row in enumerate(named_):
        bold = bool(row["listed"])
        text = shortened(f"{row['id']} {row['name']}", room, bold=bold)
        y = (box.y1 * tall - k * step) / tall
        figure.text(x / wide, y, text, va="top", weight="bold" if bold else "normal", size=LETTERS, color=INK)


def finding(rows: Sequence[Row], words: Language) -> str:
    """How many pairs are settled whatever the admissible weights, and by whom most."""
    m = rows[0]["of"]
    settled = sum(row["surely_above"] for row in rows)
    pairs = m * (m - 1) // 2
    best = max(rows, key=lambda row: (row["surely_above"], -row["rank"]))
    if not pairs:
        return words.say("There is nobody to compare with")
    if not settled:
        return words.say("No pair is settled for every admissible weight: weights decide everything")
    share = share_of(words, settled / pairs)
    template = (
        "{share} of all pairs are settled for every admissible weight; {name} is surely above {n} of {others} others"
    )
    return words.say(template, share=share, name=named(best), n=best["surely_above"], others=m - 1)


def left_out(rows: Sequence[Row], words: Language) -> str:
    """The last of very many."""
    n = len(rows) - MOST
    one, many = "Not drawn: the last candidate.", "Not drawn: the last {n} candidates."
    notes = [words.several(n, one, many)] if n > 0 else []
    n = min(len(rows), MOST) - NAMED
    one, many = "{n} candidate more is drawn without its name.", "{n} candidates more are drawn without their names."
    notes += [words.several(n, one, many)] if n > 0 else []
    return " ".join(notes)


def frame(rows: Sequence[Row]) -> Frame:
    """As high as there are levels, and names beside them."""
    shown = sorted(rows, key=lambda row: row["rank"])[:MOST]
    deepest = max(y for _, y in _places(shown).values())
    high = max(0.42 * (deepest + 1), 0.152 * min(NAMED, len(shown)))
    return Frame(ACROSS, max(1.5, high), left=0.2, right=SIDE, top=0.1, bottom=0.1)


EXHIBIT = Exhibit(
    "hasse",
    "Necessity",
    lambda words: words.say("What holds for every admissible weight"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "A line down: the upper one scores above the lower one for every admissible weight at the stated figures; what "
        "follows from two lines has none of its own. Without a way down from one to the other, weights decide. Heavy "
        "frame and bold: on the list."
    ),
    circumstances=without_draws,
    left_out=left_out,
)
