"""techprio methods"""

from __future__ import annotations

import click

from techprio.cli.common import OUTPUT, Call, command
from techprio.cli.completion import entries
from techprio.wording import LANGUAGES


@command(
    "methods",
    "List the methods of ranking, weighting and sorting, or show the card of one.",
    OUTPUT,
    (
        click.option(
            "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the output."
        ),
    ),
)
@click.argument("id", required=False, shell_complete=entries)
def methods(call: Call, id: str | None) -> None:
    from techprio.catalogue import card, catalogue

    found = card(id) if id else catalogue()
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)
