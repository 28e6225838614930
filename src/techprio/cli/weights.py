"""techprio weights"""

from __future__ import annotations

import click

from techprio.cli.common import OUTPUT, STUDY, Call, command


@command("weights", "Show the weights of each set, down the tree.", STUDY, OUTPUT, positional=True)
@click.option("--weights", "set_", metavar="SET", help="Only this weight set.")
def weights(call: Call, set_: str | None) -> None:
    from techprio.weight_table import weights as weights_of

    found = weights_of(call.study(), set_)
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
