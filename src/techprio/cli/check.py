"""techprio check"""

from __future__ import annotations

import json

import click

from techprio.cli.common import STUDY, Call, command, progress


@command("check", "Check every file of a study, and show all faults at once.", STUDY, positional=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--explain", "code", metavar="CODE", help="Print the rule behind a code, with a wrong and a right example."
)
def check(call: Call, form: str, strict: bool, code: str | None) -> int:
    from techprio.cli.faults import as_data, fault_lines, summary, workflow_lines
    from techprio.cli.output import stderr
    from techprio.offered import offered
    from techprio.study.folder import inspect
    from techprio.study.rulebook import page

    if code:
        click.echo(page(code.upper(), call.words))
        return 0
    with progress("{done} files read", call.words, call.quiet) as report:
        _, faults, files = inspect(call.criteria, call.folders, offered(), report)
    if form == "json":
        click.echo(json.dumps(as_data(faults, len(files), call.words), ensure_ascii=False, indent=1))
    else:
        for line in (workflow_lines if form == "github" else fault_lines)(faults, call.words):
            click.echo(line)
    if not call.quiet:
        stderr(summary(faults, len(files), call.words))
    return int(any(strict or not fault.is_warning for fault in faults))
