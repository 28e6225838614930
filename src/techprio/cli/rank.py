"""techprio rank"""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.common import COMPUTING, OUTPUT, PATH, STUDY, Call, command, per_column, progress


@command(
    "rank",
    "Rank the candidates, and say how far the ranking can be trusted.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
@click.option(
    "--certify",
    is_flag=True,
    help="Prove more: extreme ranks, lists that pairs do not decide, figures within their ranges.",
)
@click.option("--by", type=click.Choice(["tier", "group"]), help="A ranking within each tier or group.")
@click.option(
    "--matrix",
    type=PATH,
    help="Rank a table in a CSV file instead of a study; --weights and --sense are for its columns.",
)
@click.option(
    "--sense", metavar="max,min,…", help="With --matrix: whether more or less is better, a column; left out: max."
)
@click.option("--classes", is_flag=True, help="Sort into the study's classes of priority instead of ranking.")
def rank(call: Call, certify: bool, by: str | None, matrix: Path | None, sense: str | None, classes: bool) -> None:
    from techprio import run

    if classes:
        if by or matrix is not None:
            raise click.UsageError("--classes sorts the candidates of a study, one by one: leave --by and --matrix out")
        _sort(call)
        return
    if matrix is not None:
        _rank_matrix(call, matrix, sense)
        return
    if sense is not None:
        raise click.UsageError("--sense is for --matrix")
    study = call.study()
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        choices = call.choices(report)
        verdicts = run.rank_by(study, by, choices) if by else [run.rank(study, choices)]
    call.show(
        lambda: [verdict.table(call.words) for verdict in verdicts],
        lambda: [row for verdict in verdicts for row in verdict.rows()],
        lambda: {"by": by, "parts": [verdict.to_json() for verdict in verdicts]} if by else verdicts[0].to_json(),
    )


def _sort(call: Call) -> None:
    from techprio.classing import classes as classes_of

    study = call.study()
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        found = classes_of(study, call.choices(report))
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)


def _rank_matrix(call: Call, path: Path, sense: str | None) -> None:
    """A quick look at a table: ``--weights 3,2,1`` or ``--weights price=3,quality=2``."""
    from techprio import run
    from techprio.matrix import read_matrix
    from techprio.verdict import About

    given = call.options["weights"]
    weights = None if given == "base" else per_column(given, "--weights", float)
    problem, digest = read_matrix(
        path, weights=weights, sense=None if sense is None else per_column(sense, "--sense", str)
    )
    about = About(path.stem, {"": path.name}, None, None, digest, digest)
    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        verdict = run.rank_table(problem, call.choices(report), about)
    call.show(lambda: [verdict.table(call.words)], verdict.rows, verdict.to_json)
