"""techprio schema"""

from __future__ import annotations

import json
from pathlib import Path

import click

from techprio.cli.common import PATH


@click.command(
    "schema", help="Write the JSON Schemas of all files into DIR, so that an editor completes and checks them."
)
@click.argument("folder", metavar="DIR", type=PATH)
def schema(folder: Path) -> None:
    from techprio.cli.output import stderr, write_whole
    from techprio.study.schema import FILES
    from techprio.study.schema import schema as schema_of

    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        path = folder / f"{name}.schema.json"
        write_whole(path, json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n")
        stderr(str(path))
