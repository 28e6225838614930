"""techprio init"""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.common import PATH


@click.command("init", help="Make DIR a new study folder that ranks at once.")
@click.argument("folder", metavar="DIR", type=PATH)
def init(folder: Path) -> None:
    from techprio.cli.output import stderr
    from techprio.template import new_study

    for path in new_study(folder):
        stderr(str(path))
    stderr(f"\ntechprio rank {folder}")
