"""The roadmap: each plan as a bar from its start to the day it is due, milestones and readiness levels on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

from techprio.plan_pictures.page import down_the_side, pages, table_frame
from techprio.plans.progress import Progress
from techprio.plots.leaf import Drawing, Leaf
from techprio.plots.style import BLUE, GREY, INK, ORANGE, PALE, RED
from techprio.tables import Row
from techprio.wording import Language

LEFT = 2.9


def rows(progress: Progress, words: Language) -> list[dict[str, Any]]:
    """One row a plan that has days, the first to be due on top, with its milestones."""
    found = []
    for at in progress.standings:
        own = [step for step in progress.steps if step.standing is at]
        ends = [day for day in (at.plan.due, *(step.milestone.due for step in own)) if day]
        start = at.plan.start or (min(ends) if ends else None)
        if not ends or start is None:
            continue
        found.append(
            {
                "plan": at.plan.id,
                "title": words.text(at.plan.title),
                "start": start,
                "due": max(ends),
                "agreed_due": at.agreed_due.isoformat() if at.extensions and at.agreed_due else None,
                "overdue": at.is_overdue,
                "as_of": progress.as_of.isoformat(),
                "milestones": [
                    {
                        "id": step.milestone.id,
                        "day": (step.done.isoformat() if step.done else step.milestone.due),
                        "forecast": step.forecast.isoformat() if step.is_at_risk and step.forecast else None,
                        "trl": step.milestone.trl,
                        "state": _state(step.done is not None, step.is_overdue),
                    }
                    for step in own
                ],
            }
        )
    return sorted(found, key=lambda row: (str(row["due"]), str(row["plan"])))


def _state(done: bool, overdue: bool) -> str:
    return "reached" if done else "overdue" if overdue else "ahead"


MARKS = {"reached": ("o", BLUE, BLUE), "ahead": ("D", "white", INK), "overdue": ("X", RED, RED)}
"""State of a milestone → mark, face and edge."""


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """Bars of plans, marks of milestones with their readiness levels, the day asked for as a line."""
    down_the_side(ax, [f"{row['plan']} {row['title']}" for row in rows], LEFT - 0.25)
    for k, row in enumerate(rows):
        begin, end = _num(row["start"]), _num(row["due"])
        edge = RED if row["overdue"] else GREY
        ax.barh(k, end - begin, left=begin, height=0.5, color=PALE, edgecolor=edge, linewidth=0.8)
        if row["agreed_due"]:
            longer = _num(row["agreed_due"]) - end
            ax.barh(k, longer, left=end, height=0.5, color="white", edgecolor=ORANGE, hatch="////", linewidth=0.8)
        for milestone in row["milestones"]:
            _milestone(ax, k, milestone)
    ax.axvline(_num(rows[0]["as_of"]), color=INK, linewidth=1, linestyle="--")
    ax.annotate(
        rows[0]["as_of"],
        (_num(rows[0]["as_of"]), 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
    )
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    formats = ["%Y", "%m/%Y", "%d/%m", "", "", ""]
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, formats=formats))  # type: ignore[no-untyped-call]
    ax.xaxis.get_offset_text().set_visible(False)
    ax.grid(axis="x")


def _milestone(ax: Axes, k: int, milestone: dict[str, Any]) -> None:
    day = _num(milestone["day"])
    mark, face, edge = MARKS[milestone["state"]]
    if milestone["forecast"]:
        ax.plot([day, _num(milestone["forecast"])], [k, k], color=RED, linewidth=1.2, linestyle=":")
        ax.plot([_num(milestone["forecast"])], [k], marker="|", color=RED, markersize=8)
    ax.plot([day], [k], marker=mark, markersize=6, markerfacecolor=face, markeredgecolor=edge, linestyle="none")
    if milestone["trl"]:
        ax.annotate(
            str(milestone["trl"]), (day, k), xytext=(0, 6.5), textcoords="offset points", ha="center", va="bottom"
        )


def _num(day: str) -> float:
    import datetime

    return float(date2num(datetime.date.fromisoformat(day)))  # type: ignore[no-untyped-call]


def leaves(progress: Progress, words: Language) -> list[Leaf]:
    """The roadmap, a page for every two dozen plans."""
    every = rows(progress, words)
    steps = [step for row in every for step in row["milestones"]]
    facts = {"reached": sum(step["state"] == "reached" for step in steps), "all": len(steps)}
    late = sum(step["state"] == "overdue" for step in steps)
    title = words.say("{reached} of {all} milestones are reached, {late} are overdue", late=late, **facts)
    reading = words.say(
        "Bar: from the start to the first due date, red-edged if overdue; hatched: extension. Dot: reached, diamond: "
        "ahead, cross: overdue; red dots lead to the forecast. The number is the technology readiness level (TRL) then."
    )
    missing = len(progress.standings) - len(every)
    without = words.several(missing, "{n} plan without any day is left out.", "{n} plans without any day are left out.")
    drawing = Drawing(
        "roadmap",
        words.say("Roadmap"),
        title,
        reading,
        draw,
        table_frame(LEFT, 0.3, 0.34),
        lambda rows: without if missing else "",
    )
    return pages(drawing, every, progress, words)
