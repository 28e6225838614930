"""techprio audit"""

from __future__ import annotations

import click

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command, progress


@command(
    "audit",
    "Check method, weights, evidence and robustness: pass, warn or fail, each with its reason.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
@click.option("--strict", is_flag=True, help="Exit with 1 if a check fails.")
def audit(call: Call, strict: bool) -> int:
    from techprio import asking

    with progress("{done} of {total} draws", call.words, call.quiet) as report:
        found = asking.audit(call.study(), call.choices(report))
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
    return int(strict and found.count("fail") > 0)
