"""KPI attainment: how far each KPI has gone from its baseline to its target, against the time that has passed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plan_pictures.page import down_the_side, pages, table_frame
from techprio.plans.progress import Progress
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.style import BLUE, GREEN, GREY, INK, ORANGE, RED
from techprio.tables import Row, rounded
from techprio.wording import Language

LEFT = 3.6
COLOURS = {"met": (GREEN, ""), "on course": (BLUE, ""), "behind": (ORANGE, "////"), "missed": (RED, "xxxx")}


def rows(progress: Progress, words: Language) -> list[dict[str, Any]]:
    """One row a KPI with an attainment, the furthest behind its time on top."""
    found = [
        {
            "plan": each.standing.plan.id,
            "kpi": words.text(each.kpi.name),
            "attainment": rounded(each.attainment),
            "elapsed": rounded(each.elapsed),
            "state": each.state,
        }
        for each in progress.kpis
        if each.attainment is not None
    ]
    return sorted(found, key=lambda row: (_lead(row), str(row["plan"])))


def _lead(row: Row) -> float:
    return float(row["attainment"]) - float(row["elapsed"] or 0)


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar of attainment, a tick where the time stands, the outlook in words."""
    down_the_side(ax, [f"{row['plan']} {row['kpi']}" for row in rows], LEFT - 0.25)
    for k, row in enumerate(rows):
        colour, hatch = COLOURS.get(row["state"], (GREY, "...."))
        shown = min(1.0, max(0.0, row["attainment"]))
        ax.barh(k, shown, height=0.6, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        if row["elapsed"] is not None:
            ax.plot([row["elapsed"]] * 2, [k - 0.42, k + 0.42], color=INK, linewidth=1.6)
        says = f"{words.percent(row['attainment'])} {words.say(row['state'])}"
        ax.annotate(says, (1, k), xytext=(6, 0), textcoords="offset points", va="center", annotation_clip=False)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [words.percent(share) for share in (0, 0.25, 0.5, 0.75, 1)])
    ax.grid(axis="x")


def leaves(progress: Progress, words: Language) -> list[Leaf]:
    """KPI attainment, a page for every two dozen KPIs."""
    every = rows(progress, words)
    behind = sum(row["state"] in ("behind", "missed") for row in every)
    title = words.say("{behind} of {all} KPIs are behind or missed", behind=behind, all=len(every))
    reading = words.say(
        "Bar: the share of the way from baseline to target that is gone; black tick: the share of the time that is "
        "gone. Plain green: met; plain blue: on course, its trend reaches the target in time; hatched: behind, it does "
        "not; crossed: missed."
    )
    drawing = Drawing("attainment", words.say("KPI attainment"), title, reading, draw, table_frame(LEFT, 1.5))
    return pages(drawing, every, progress, words)
