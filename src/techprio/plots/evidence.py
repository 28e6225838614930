"""The evidence as a picture: every figure, its grade, and what is amiss with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from techprio.evidence_report import EvidenceReport
from techprio.plots.candidates import beside, down_the_side, heading
from techprio.plots.circumstances import of_evidence
from techprio.plots.exhibit import Exhibit, pages_of
from techprio.plots.lettering import LINE, wrapped
from techprio.plots.sheet import ACROSS, Frame
from techprio.plots.style import GREY, INK, RED, SKY
from techprio.study.candidates import MISSING
from techprio.tables import Row, rounded
from techprio.wording import Language

GRADES = {"A": "", "B": "//", "C": "xxx", "D": "oo"}
"""Grade of evidence → texture: the more of it, the less the figure is to be relied on."""
HEADS = 1.9
"""How high the names of criteria stand, in inches."""


def rows(result: EvidenceReport, words: Language) -> list[dict[str, Any]]:
    """One row a candidate, the best assessed first, then in their order: each figure, its grade and its states."""
    found: dict[str, dict[str, Any]] = {}
    for cell in result.cells:
        c, figure = cell.candidate, cell.candidate.figures.get(cell.leaf.id, MISSING)
        row = found.setdefault(c.id, {"id": c.id, "name": words.text(c.name) or c.id, "assessed": 0.0, "cells": {}})
        good = not {"missing", "illustrative"} & set(cell.states)
        row["assessed"] += cell.weight if good else 0.0
        row["cells"][cell.leaf.id] = {"figure": rounded(figure.nominal), "grade": figure.grade, "states": cell.states}
    names = {cell.leaf.id: words.text(cell.leaf.name) for cell in result.cells}
    every = sorted(found.values(), key=lambda row: -row["assessed"])
    for row in every:
        row["assessed"] = rounded(row["assessed"])
        row["criteria"] = names
    return every


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A field a figure: its number, its grade as texture; missing, stale and illustrative ones by marks."""
    down_the_side(ax, rows)
    criteria = rows[0]["criteria"]
    ax.set_xlim(-0.5, len(criteria) - 0.5)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for k, row in enumerate(rows):
        beside(ax, k, words.percent(row["assessed"]))
    cells = [(j, k, cell) for k, row in enumerate(rows) for j, cell in enumerate(row["cells"].values())]
    _fields(ax, cells)
    for j, k, cell in cells:
        _number(ax, j, k, cell, words)
    heading(ax, 1, words.say("assessed"))
    for j, name in enumerate(criteria.values()):
        ax.annotate(
            "\n".join(wrapped(name, HEADS - 0.1, most=2)),
            (j, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            rotation=90,
            linespacing=LINE - 0.15,
            ha="center",
            va="bottom",
            annotation_clip=False,
        )


Cell = tuple[int, int, dict[str, Any]]
"""A figure with its column and line."""


def _fields(ax: Axes, cells: Sequence[Cell]) -> None:
    """The fields, those that look alike together; a corner on illustrative ones, a red frame round stale ones."""
    alike: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        alike.setdefault(_look(cell[2]), []).append(cell)
    for (face, texture), group in alike.items():
        ax.add_collection(
            PolyCollection([_outline(*cell) for cell in group], facecolor=face, edgecolor=GREY, hatch=texture, lw=0.3)
        )
    corners = [_corner(*cell) for cell in cells if "illustrative" in cell[2]["states"]]
    ax.add_collection(PolyCollection(corners, facecolor=GREY, edgecolor="none"))
    stale = [_outline(*cell) for cell in cells if "stale" in cell[2]["states"]]
    ax.add_collection(PolyCollection(stale, facecolor="none", edgecolor=RED, lw=1.6))


def _look(cell: dict[str, Any]) -> tuple[str, str]:
    """The colour and texture of a field."""
    missing, illustrative = "missing" in cell["states"], "illustrative" in cell["states"]
    texture = "\\\\\\\\\\\\" if missing else GRADES.get(cell["grade"] or "", "")
    return "white" if missing or illustrative else SKY, texture


def _outline(j: int, k: int, cell: dict[str, Any]) -> list[tuple[float, float]]:
    left, right, low, high = j - 0.46, j + 0.46, k - 0.43, k + 0.43
    return [(left, low), (right, low), (right, high), (left, high)]


def _corner(j: int, k: int, cell: dict[str, Any]) -> list[tuple[float, float]]:
    return [(j + 0.46, k - 0.43), (j + 0.46, k - 0.05), (j + 0.26, k - 0.43)]


def _number(ax: Axes, j: int, k: int, cell: dict[str, Any], words: Language) -> None:
    if "missing" in cell["states"]:
        return
    illustrative, (face, texture) = "illustrative" in cell["states"], _look(cell)
    ax.text(
        j,
        k,
        compact(cell["figure"], words),
        ha="center",
        va="center",
        color=GREY if illustrative else INK,
        weight="normal" if illustrative else "bold",
        bbox={"boxstyle": "round,pad=0.05", "facecolor": face, "edgecolor": "none"} if texture else None,
    )


def compact(figure: float, words: Language) -> str:
    """A figure in at most four places: thousands as k."""
    unit, mark = (1000, "k") if abs(figure) >= 1000 else (1, "")
    shown = figure / unit
    return f"{words.number(shown, 0 if (abs(shown) >= 10 and unit > 1) or shown.is_integer() else 1)}{mark}"


def finding(rows: Sequence[Row], words: Language) -> str:
    """How many figures somebody has assessed."""
    cells = [cell for row in rows for cell in row["cells"].values()]
    missing = sum("missing" in cell["states"] for cell in cells)
    assessed = sum(not {"missing", "illustrative"} & set(cell["states"]) for cell in cells)
    facts = {"assessed": assessed, "all": len(cells), "missing": missing}
    if assessed == len(cells):
        return words.say("All {all} figures are assessed", **facts)
    return words.say("Figures that somebody has assessed: {assessed} of {all}; missing: {missing}", **facts)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    columns = len(rows[0]["criteria"])
    left, right = 2.8, 0.95
    across = min(ACROSS - left - right, max(1.5, 0.37 * columns))
    wide = max(7.5, left + right + across)
    return Frame(wide, 0.2 * max(2, len(rows)), left=left, right=wide - left - across, top=HEADS, bottom=0.05)


EXHIBIT = Exhibit(
    "evidence",
    "EvidenceReport",
    lambda words: words.say("Evidence"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Blue field, bold: assessed. White with a grey corner: illustrative. Hatched and empty: missing. Heavy red "
        "outline: stale. Grade A plain, B one set of lines, C crossed lines, D rings; plain where no grade is stated. "
        "At the right, the share of weight that rests on assessed figures; k is thousand."
    ),
    pages_of(20),
    of_evidence,
)
