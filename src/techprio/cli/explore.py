"""techprio explore"""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.common import COMPUTING, PATH, STUDY, Call, command, progress


@command(
    "explore",
    "Write an offline page in which weights can be moved and the list follows.",
    STUDY,
    COMPUTING,
    positional=True,
)
@click.option("--output", type=PATH, help="File to write, - for stdout; left out: STUDY-explorer.html, here.")
def explore(call: Call, output: Path | None) -> None:
    from techprio.cli.output import emit, stderr
    from techprio.explorer.exploration import exploration
    from techprio.explorer.page import page

    study = call.study()
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        found = exploration(study, call.choices(report))
    text = page(found.data, call.words.code)
    if output == Path("-"):
        emit(text, None)
        return
    path = output or Path(f"{study.criteria.id}-explorer.html")
    emit(text, path)
    if not call.quiet:
        stderr(str(path))
