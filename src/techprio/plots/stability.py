"""How far each weight may move by itself before the list changes, and who then comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plots.candidates import beside, down_the_side, heading, in_percent
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.lettering import shortened
from techprio.plots.phrases import enough
from techprio.plots.sheet import ACROSS, Frame
from techprio.plots.style import BLUE, FAINT, INK, ORANGE
from techprio.tables import Row, rounded
from techprio.wording import Language

RIGHT = 3.7


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a node of the tree, the weight that changes the list (or else the winner) soonest first."""
    p = result.case.problem
    names = dict(zip((*p.branches, *p.criteria), (*p.branch_names, *p.criterion_names), strict=True))
    aim = "winner" if p.cut is None else "list"
    found: dict[str, dict[str, Any]] = {}
    for each in result.rows():
        node = each["node"]
        row = found.setdefault(
            node, {"id": node, "name": words.text(names.get(node)) or node, "aim": aim, "now": rounded(each["share"])}
        )
        ends = {"low": rounded(each["low"]), "high": rounded(each["high"])}
        if each["aim"] == "order":
            row |= {f"order_{side}": end for side, end in ends.items()}
        elif each["aim"] == aim:
            row |= ends
            row |= {key: each[key] for key in ("low_up", "low_down", "high_up", "high_down")}
            moves = [row["now"] - row["low"]] if each["low_up"] is not None else []
            moves += [row["high"] - row["now"]] if each["high_up"] is not None else []
            row["nearest"] = rounded(min(moves, default=None))
    return sorted(found.values(), key=lambda row: (row["nearest"] is None, row["nearest"] or 0.0))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar for where the list stays, a thinner one inside it for where the whole order stays, a mark for now."""
    down_the_side(ax, rows, [row["name"] for row in rows])
    top = max(row["high"] for row in rows)
    ax.set_xlim(0, min(1.0, top * 1.03))
    for k, row in enumerate(rows):
        ax.barh(k, row["high"] - row["low"], left=row["low"], height=0.5, color=BLUE, linewidth=0)
        ax.barh(k, row["order_high"] - row["order_low"], left=row["order_low"], height=0.2, color=ORANGE, linewidth=0)
        ax.plot(row["now"], k, "|", color=INK, markersize=11, markeredgewidth=2.2)
        ax.axhline(k + 0.5, color=FAINT, linewidth=0.3)
        beside(ax, k, shortened(_ends(row, words), RIGHT - 0.15))
    ax.xaxis.set_major_formatter(in_percent(words))
    ax.grid(axis="x")
    ax.set_xlabel(words.say("share of the whole weight"))
    heading(ax, 1, words.say("who comes (+) and who goes (–) beyond each end"))


def _ends(row: Row, words: Language) -> str:
    """``< 16.0%: +P30 –P28 · > 28.0%: +P04 –P18``"""
    parts = []
    for side, sign in (("low", "<"), ("high", ">")):
        if row[f"{side}_up"] is not None:
            moves = [*(f"+{id}" for id in row[f"{side}_up"]), *(f"–{id}" for id in row[f"{side}_down"])]
            parts.append(f"{sign} {words.percent(row[side], 1)}: {' '.join(moves)}")
    return " · ".join(parts) or words.say("never")


def finding(rows: Sequence[Row], words: Language) -> str:
    """Which weight changes the list soonest, and how many never do."""
    first = rows[0]
    by_list = first["aim"] == "list"
    if first["nearest"] is None:
        return words.say(
            "No weight by itself changes the list" if by_list else "No weight by itself changes the winner"
        )
    facts = {"node": first["name"], "move": enough(words, first["nearest"])}
    if by_list:
        return words.say("The list changes soonest with {node}: a move of {move} percentage points is enough", **facts)
    return words.say("The winner changes soonest with {node}: a move of {move} percentage points is enough", **facts)


def frame(rows: Sequence[Row]) -> Frame:
    """As high as there are nodes."""
    return Frame(ACROSS, 0.185 * max(3, len(rows)), left=3.2, right=RIGHT, top=0.25)


EXHIBIT = Exhibit(
    "stability",
    "Stability",
    lambda words: words.say("Weight stability"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "One weight is moved and its siblings keep their proportions. Upright mark: the weight now. Thick blue bar: "
        "where the list stays as it is (the winner, where there is no list). Thin orange bar: where the whole order "
        "stays. A bar that ends without a name beside it ends because the weight can go no further."
    ),
    pages_of(30),
    without_draws,
)
