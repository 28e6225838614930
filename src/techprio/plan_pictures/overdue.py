"""Overdue by agency: whose plans and milestones are overdue, for how long, and whether a reason was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from techprio.plan_pictures.page import down_the_side, pages, table_frame
from techprio.plans.progress import Progress
from techprio.plans.standing import Standing
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.style import ORANGE, RED
from techprio.tables import Row
from techprio.wording import Language

LEFT = 4.4


def rows(progress: Progress, words: Language) -> list[dict[str, Any]]:
    """One row an overdue plan or milestone: the agency with most days on top, its longest delay first."""
    found = []
    for item in progress.overdue:
        at = item if isinstance(item, Standing) else item.standing
        step = None if isinstance(item, Standing) else item
        found.append(
            {
                "agency": progress.agency(at, words) if at.plan.lead else words.say("no lead agency named"),
                "plan": at.plan.id,
                "what": words.text(step.milestone.name) if step else words.say("the whole plan"),
                "days_late": item.days_late,
                "reason_given": item.reason is not None,
            }
        )
    days: dict[str, int] = {}
    for row in found:
        days[str(row["agency"])] = days.get(str(row["agency"]), 0) + int(str(row["days_late"]))
    return sorted(found, key=lambda row: (-days[str(row["agency"])], str(row["agency"]), -int(str(row["days_late"]))))


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A bar of days late: plain where a reason was given, crossed where none was."""
    down_the_side(ax, [f"{row['agency']} · {row['plan']} {row['what']}" for row in rows], LEFT - 0.25)
    for k, row in enumerate(rows):
        colour, hatch = (ORANGE, "") if row["reason_given"] else (RED, "xxxx")
        ax.barh(k, row["days_late"], height=0.6, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        ax.annotate(
            words.show(row["days_late"]), (row["days_late"], k), xytext=(4, 0), textcoords="offset points", va="center"
        )
    ax.set_xlabel(words.say("days late"))
    ax.grid(axis="x")


def leaves(progress: Progress, words: Language) -> list[Leaf]:
    """The overdue list as a picture; none if nothing is overdue."""
    every = rows(progress, words)
    silent = sum(not row["reason_given"] for row in every)
    title = words.say("{all} plans and milestones are overdue, {n} without a reason", all=len(every), n=silent)
    reading = words.say("Days since the first due date. Plain: a reason was given; crossed: none was.")
    drawing = Drawing("overdue", words.say("Overdue by agency"), title, reading, draw, table_frame(LEFT, 0.6))
    return pages(drawing, every, progress, words)
