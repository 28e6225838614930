"""The least change that brings each candidate onto the list, or takes it off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from techprio.plots.candidates import label, named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import LINE, wrapped
from techprio.plots.phrases import enough
from techprio.plots.sheet import MARGIN, UPRIGHT, Frame
from techprio.plots.style import FAINT, GREY, INK, SKY
from techprio.tables import Row, rounded
from techprio.wording import Language

MOST = 24
COLUMNS = {"name": 0.02, "turn": 2.3, "weight": 3.35, "figure": 4.35, "plausible": 6.35}
"""Where each column begins, in inches."""
WIDE = UPRIGHT - 2 * MARGIN


def rows(result: Any, words: Language) -> list[dict[str, Any]]:
    """One row a turn, the smallest change of weights first."""
    p = result.case.problem
    found = []
    for row in result.rows():
        figure = row["figure"]
        i = p.row(row["candidate"])
        listed = result.case.verdict.listed
        shown: dict[str, Any] = {
            "id": row["candidate"],
            "name": words.text(p.names[i]),
            "rank": int(result.case.verdict.ranks[i]),
            "listed": None if listed is None else bool(listed[i]),
            "of": p.m if row["other"] is None else 1,
            "turn": row["turn"],
            "other": row["other"],
            "weight_moved": rounded(row["weight_moved"]),
            "weight_moved_beyond": rounded(row["weight_moved_beyond"]),
        }
        if figure is not None:
            j = p.column(figure["criterion"])
            shown |= {
                "figure_of": figure["candidate"],
                "criterion": words.text(p.criterion_names[j]),
                "unit": figure["unit"],
                "was": rounded(figure["was"]),
                "to": rounded(figure["to"]),
                "in_range": bool(figure["in_range"]),
            }
        else:
            shown |= dict.fromkeys(("figure_of", "criterion", "unit", "was", "to", "in_range"))
        found.append(shown)
    return found


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A table: the turn, the weight that must change hands with a bar, the single figure that would do."""
    shown = rows[:MOST]
    ax.set_ylim(len(shown) - 0.5, -0.5)
    ax.set_xlim(0, WIDE)
    ax.set_axis_off()
    heads = {
        "name": words.say("candidate"),
        "turn": words.say("turn"),
        "weight": words.say("weight moved"),
        "figure": words.say("or one figure alone"),
        "plausible": words.say("plausible?"),
    }
    for key, text in heads.items():
        ax.annotate(
            text, (COLUMNS[key], 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points", color=GREY
        )
    ax.axhline(-0.5, color=GREY, linewidth=0.6)
    most = max((row["weight_moved"] or 0.0 for row in shown), default=0.0) or 1.0
    for k, row in enumerate(shown):
        _line(ax, k, row, most, words)
        ax.axhline(k + 0.5, color=FAINT, linewidth=0.3)


def _line(ax: Axes, k: int, row: Row, most: float, words: Language) -> None:
    bold = bool(row["listed"])
    name = wrapped(label({**row, "listed_by": None}), 2.2, most=2, bold=bold)
    ax.text(
        COLUMNS["name"], k, "\n".join(name), va="center", weight="bold" if bold else "normal", linespacing=LINE - 0.15
    )
    ax.text(COLUMNS["turn"], k, "\n".join(wrapped(turn_in_words(row, words), 1.0, most=2)), va="center")
    at = COLUMNS["weight"]
    if row["weight_moved"] is None:
        ax.text(at, k, "\n".join(wrapped(words.say("no admissible weights"), 0.95, most=2)), va="center", color=GREY)
    else:
        ax.add_artist(Rectangle((at, k - 0.3), 0.85 * row["weight_moved"] / most, 0.6, facecolor=SKY, linewidth=0))
        ax.text(at + 0.03, k, f"{enough(words, row['weight_moved'])}%", va="center")
    if row["criterion"] is None:
        ax.text(COLUMNS["figure"], k, words.say("no figure can"), va="center", color=GREY)
        return
    whose = "" if row["figure_of"] == row["id"] else f"{row['figure_of']} "
    change = f"{_figure(row['was'], words)} → {_figure(row['to'], words)} {row['unit'] or ''}".rstrip()
    lines = [*wrapped(f"{whose}{row['criterion']}", 1.95, most=1), change]
    ax.text(COLUMNS["figure"], k, "\n".join(lines), va="center", linespacing=LINE - 0.15)
    answer = words.say("yes, in its range") if row["in_range"] else words.say("no, beyond it")
    mark: dict[str, Any] = {"markerfacecolor": INK if row["in_range"] else "white", "markeredgecolor": INK}
    ax.plot(COLUMNS["plausible"] + 0.04, k, "o", markersize=5, **mark)
    ax.text(COLUMNS["plausible"] + 0.12, k, "\n".join(wrapped(answer, 0.75, most=2)), va="center")


def turn_in_words(row: Row, words: Language) -> str:
    """What is turned round."""
    if row["turn"] == "passes":
        return words.say("passes {other}", other=row["other"])
    return words.say("leaves the list") if row["turn"] == "leaves" else words.say("comes on the list")


def _figure(value: float | None, words: Language) -> str:
    return "–" if value is None else words.number(float(f"{value:.4g}"))


def finding(rows: Sequence[Row], words: Language) -> str:
    """The smallest change of all, and whom no admissible weights can turn."""
    able = [row for row in rows if row["weight_moved"] is not None]
    if not able:
        return words.say("No admissible weights bring anybody onto the list or take anybody off it")
    first = min(able, key=lambda row: row["weight_moved"])
    stuck = sum(row["weight_moved"] is None for row in rows[:MOST])
    facts = {"name": named(first), "share": f"{enough(words, first['weight_moved'])}%", "n": stuck}
    if first["turn"] == "passes":
        return words.say(
            "{name} passes {other} once {share} of the weight changes hands", other=first["other"], **facts
        )
    if not stuck:
        plain = "{name} leaves the list once {share} of the weight changes hands"
        enters = "{name} comes on the list once {share} of the weight changes hands"
        return words.say(plain if first["turn"] == "leaves" else enters, **facts)
    if first["turn"] == "leaves":
        return words.say(
            "{name} leaves the list once {share} of the weight changes hands; "
            "for {n} of those shown no admissible weights do",
            **facts,
        )
    return words.say(
        "{name} comes on the list once {share} of the weight changes hands; "
        "for {n} of those shown no admissible weights do",
        **facts,
    )


def left_out(rows: Sequence[Row], words: Language) -> str:
    """The turns that take most, and the candidates that were not asked about."""
    n = rows[0]["of"] - min(len(rows), MOST)
    one, many = "Not shown: {n} more candidate.", "Not shown: {n} more candidates."
    return words.several(n, one, many) if n > 0 else ""


def frame(rows: Sequence[Row]) -> Frame:
    """As high as there are rows shown."""
    return Frame(UPRIGHT, 0.29 * max(2, min(MOST, len(rows))), left=MARGIN, right=MARGIN, top=0.2, bottom=0.05)


EXHIBIT = Exhibit(
    "flips",
    "Flips",
    lambda words: words.say("The smallest changes that turn it round"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Weight moved: the least share of the whole weight that must change hands, within the admissible weights. One "
        "figure alone: the least change in its own unit; plausible if it stays in the range stated for it. Bold: on "
        "the list now."
    ),
    circumstances=without_draws,
    left_out=left_out,
)
