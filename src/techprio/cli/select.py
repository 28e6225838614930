"""techprio select"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from techprio.cli.common import COMPUTING, OUTPUT, PATH, STUDY, Call, command, pairs, progress

if TYPE_CHECKING:
    from techprio.selection import Selection


@command(
    "select",
    "Choose the set of the greatest value under budgets, and say what each constraint costs.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
@click.option(
    "--budget", metavar="ID=NUMBER", multiple=True, help="Limit of a budget, or of a criterion's figures, for this run."
)
@click.option("--must", metavar="CANDIDATE", multiple=True, help="A candidate that must be chosen.")
@click.option("--must-not", metavar="CANDIDATE", multiple=True, help="A candidate that must not.")
@click.option("--size", type=click.IntRange(min=1), help="How many are chosen at the most.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    help="How long each program may take; the gap left is stated. Left out: until proved, of over 60 within 0.1 %.",
)
@click.option("--plot", metavar="FOLDER", type=PATH, help="Folder to write pictures to, their numbers beside them.")
@click.option("--plot-form", type=click.Choice(["svg", "png", "pdf"]), default="svg", help="Form of the pictures.")
def select(
    call: Call,
    budget: tuple[str, ...],
    must: tuple[str, ...],
    must_not: tuple[str, ...],
    size: int | None,
    seconds: float | None,
    plot: Path | None,
    plot_form: Literal["svg", "png", "pdf"],
) -> None:
    from techprio.choice import Wanted
    from techprio.selecting import Limits
    from techprio.selecting import select as chosen

    study = call.study()
    wanted = Wanted(dict(pairs(budget, "--budget")), must, must_not, size)
    with (
        progress("{done} of {total} questions answered", call.words, call.quiet) as asked,
        progress("{done} of {total} draws", call.words, call.quiet) as report,
    ):
        found = chosen(study, call.choices(report), Limits(wanted, seconds, asked))
    if plot is not None:
        _draw(call, found, plot, plot_form)
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)


def _draw(call: Call, found: Selection, folder: Path, form: Literal["svg", "png", "pdf"]) -> None:
    """Write the pictures, and say on standard error what each shows: standard output has the answer."""
    from techprio.cli.drawing import write_leaves
    from techprio.cli.output import stderr
    from techprio.selection_pictures.gallery import leaves

    for leaf in write_leaves(leaves(found, call.words), folder, (form,)):
        if not call.quiet:
            stderr(f"{leaf.name}: {leaf.title}")
