"""techprio compare"""

from __future__ import annotations

import click

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command


@command(
    "compare",
    "Set the rankings under all weight sets, or also by several methods, side by side, with their agreement.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
@click.option(
    "--methods",
    metavar="[all|ID,…]",
    is_flag=False,
    flag_value="",
    help="Also by several methods: all, those named, or without a value those of the study's multiverse.",
)
def compare(call: Call, methods: str | None) -> None:
    from techprio import run

    study, choices = call.study(), call.choices()
    if methods is None:
        found = run.compare(study, choices)
        call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
        return
    from techprio.methods import METHODS

    several = run.compare_methods(
        study, choices, list(METHODS) if methods == "all" else list(filter(None, methods.split(",")))
    )
    call.show(lambda: several.tables(call.words), several.rows, several.to_json)
