"""techprio explain"""

from __future__ import annotations

import click

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command, progress


@command(
    "explain",
    "Say why CANDIDATE stands where it does, figure by figure to the source; with OTHER, why above or below it.",
    STUDY,
    OUTPUT,
    COMPUTING,
)
@click.argument("candidate")
@click.argument("other", required=False)
def explain(call: Call, candidate: str, other: str | None) -> None:
    from techprio import run

    study = call.study()
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        found = run.explain(study, candidate, other, call.choices(report))
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
