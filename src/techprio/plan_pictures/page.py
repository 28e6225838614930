"""How a picture of plans becomes sheets: how high a row is, a banner while anything is made up, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes

from techprio.plans.progress import Progress
from techprio.plots.circumstances import Circumstances
from techprio.plots.leaf import Drawing, Leaf, evenly, leaves
from techprio.plots.sheet import Frame
from techprio.tables import Row
from techprio.wording import Language

MOST = 24
"""How many rows go on one page."""


def table_frame(left: float, right: float, row_height: float = 0.24) -> Callable[[Sequence[Row]], Frame]:
    """Sheets with a line for each row; margins and the height of a row in inches."""

    def frame(rows: Sequence[Row]) -> Frame:
        return Frame(10.9, max(2, len(rows)) * row_height, left=left, right=right, top=0.3)

    return frame


def pages(drawing: Drawing, rows: Sequence[Row], progress: Progress, words: Language) -> list[Leaf]:
    """The sheets of a picture; of no rows, none."""
    banner = words.say("Illustrative: part of these plans and reports is made up") if progress.illustrative else ""
    facts = {"plans": len(progress.standings), "reports": progress.reports, "day": progress.as_of.isoformat()}
    ground = words.say("{plans} plans, {reports} monthly reports, as of {day}", **facts)
    about = Circumstances(words.text(progress.programme.title), banner, (ground,))
    return leaves(drawing, evenly(rows, MOST), about, words)


def down_the_side(ax: Axes, labels: Sequence[str], room: float) -> None:
    """The names of the rows, the first on top."""
    from techprio.plots.lettering import shortened

    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_yticks(range(len(labels)), [shortened(label, room) for label in labels])
    ax.tick_params(axis="y", length=0)
