"""techprio rank"""

from __future__ import annotations

import click

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command, progress


@command(
    "rank",
    "Rank the candidates, and say how far the ranking can be trusted.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
@click.option("--by", type=click.Choice(["tier", "group"]), help="A ranking within each tier or group.")
def rank(call: Call, by: str | None) -> None:
    from techprio import run

    study = call.study()
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        choices = call.choices(report)
        verdicts = run.rank_by(study, by, choices) if by else [run.rank(study, choices)]
    data = [verdict.to_json() for verdict in verdicts]
    call.show(
        [verdict.table(call.words) for verdict in verdicts],
        [row for verdict in verdicts for row in verdict.rows()],
        {"by": by, "parts": data} if by else data[0],
    )
