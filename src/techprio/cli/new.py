"""techprio new"""

from __future__ import annotations

import os

import click

from techprio.cli.common import STUDY, Call, command


@click.group("new", help="Write a new file.")
def new() -> None:
    pass


@command("candidate", "Write a candidate file with every criterion, its question and its anchors as comments.", STUDY)
@click.argument("id")
def candidate(call: Call, id: str) -> None:
    import re

    from techprio.cli.output import stderr, write_whole
    from techprio.study.base import ID_SCHEMA
    from techprio.template import new_candidate

    if not re.fullmatch(ID_SCHEMA["pattern"], id):
        raise click.UsageError(f"{id!r} is not an id: use letters, digits, _, - and . only")
    study = call.study()
    folder = (call.folders or study.folders)[-1]
    path = folder / f"{id}.yaml"
    if path.exists():
        raise click.UsageError(f"{path} is there already")
    schemas = call.criteria.resolve().parent.parent / "schemas" / "candidate.schema.json"
    schema_path = os.path.relpath(schemas, folder.resolve()).replace(os.sep, "/")
    write_whole(path, new_candidate(study, id, call.words, schema_path))
    stderr(str(path))


new.add_command(candidate)
