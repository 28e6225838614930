"""techprio evidence"""

from __future__ import annotations

import click

from techprio.cli.common import OUTPUT, STUDY, Call, command


@command("evidence", "Show missing, illustrative, stale, conflicting and unsourced figures.", STUDY, OUTPUT)
@click.option("--weights", "set_", metavar="SET", default="base", show_default=True, help="Weight set.")
def evidence(call: Call, set_: str) -> None:
    from techprio.build import node_weights, shares
    from techprio.evidence_report import evidence as evidence_of

    study = call.study()
    found = evidence_of(study, shares(study, node_weights(study, set_)), set_)
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)
