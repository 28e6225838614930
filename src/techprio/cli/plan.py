"""techprio plan"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from techprio.cli.common import OUTPUT, PATH, STUDY, Call, Command, command, progress

if TYPE_CHECKING:
    from techprio.study.programme import Programme

AS_OF: tuple[Command, ...] = (
    click.option("--as-of", metavar="DATE", help="The day to look at; left out: the one that the criteria file names."),
)


@click.group("plan", help="Implementation plans: write, check and show them, and monitor their progress.")
def plan() -> None:
    pass


def _programme(call: Call) -> Programme:
    """The plans of the study, or a UsageError if the criteria file names none."""
    from techprio.cli.output import stderr
    from techprio.errors import UsageError
    from techprio.offered import offered
    from techprio.study.folder import load

    with progress("{done} files read", call.words, call.quiet) as report:
        study = load(call.criteria, call.folders, offered(), report, plans=True)
    if study.warnings and not call.quiet:
        one, many = "{n} warning; techprio check shows it", "{n} warnings; techprio check shows them"
        stderr(call.words.several(len(study.warnings), one, many))
    if study.programme is None:
        raise UsageError("the criteria file names no plans; add plans: with their folder")
    return study.programme


def _schema(call: Call, name: str, folder: Path) -> str:
    """The way from a folder to the schema of a file in it."""
    schemas = call.criteria.resolve().parent.parent / "schemas" / f"{name}.schema.json"
    return os.path.relpath(schemas, folder.resolve()).replace(os.sep, "/")


@command("init", "Write a new plan for a product, every field explained in English and Vietnamese.", STUDY)
@click.argument("product")
@click.option("--id", "id", metavar="ID", help="The plan's id; left out: the product's.")
def init(call: Call, product: str, id: str | None) -> None:
    import re

    from techprio.cli.output import stderr, write_new
    from techprio.errors import UsageError
    from techprio.plans.template import new_plan
    from techprio.study.base import ID_PATTERN

    programme = _programme(call)
    name = id or product
    if not re.fullmatch(ID_PATTERN, name) or name.startswith("."):
        raise UsageError("{id} is not an id: use letters, digits, _, - and . only", id=name)
    if name in ("agencies", "sources"):
        raise UsageError("{id}.yaml holds something else: give the plan another id", id=name)
    year = int((programme.as_of or "2026")[:4])
    path = programme.folder / f"{name}.yaml"
    write_new(path, new_plan(programme, product, name, year, _schema(call, "plan", programme.folder)))
    stderr(str(path))


@command(
    "check", "Say of every plan, or of those named, whether it is ready, what is missing and from whom.", STUDY, OUTPUT
)
@click.argument("plans", metavar="[PLAN]...", nargs=-1)
@click.option("--strict", is_flag=True, help="Fail if a plan is not ready.")
def check(call: Call, plans: tuple[str, ...], strict: bool) -> int:
    from techprio.plans.readiness import readiness

    found = readiness(_programme(call), plans)
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)
    return int(strict and not all(each.is_ready for each in found.plans))


@command("show", "Show a plan: what it says, its roadmap, its KPIs, its monthly reports.", STUDY, AS_OF, OUTPUT)
@click.argument("id", metavar="PLAN")
def show(call: Call, id: str) -> None:
    from techprio.plans.card import card
    from techprio.plans.progress import progress as progress_of

    found = card(progress_of(_programme(call), call.options["as_of"]), id)
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)


@command(
    "progress",
    "Show status, what is overdue and who answers, KPIs and milestones at risk on a day.",
    STUDY,
    AS_OF,
    OUTPUT,
)
def progress_(call: Call) -> None:
    from techprio.plans.progress import progress as progress_of

    found = progress_of(_programme(call), call.options["as_of"])
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)


@command(
    "capacity",
    "Add up the budgets and people of all plans, by year and agency, against what is available.",
    STUDY,
    AS_OF,
    OUTPUT,
)
def capacity(call: Call) -> None:
    from techprio.plans.capacity import capacity as capacity_of
    from techprio.plans.standing import day_asked

    programme = _programme(call)
    found = capacity_of(programme, day_asked(programme, call.options["as_of"]))
    call.show(lambda: found.tables(call.words), found.rows, found.to_json)


@command(
    "report",
    "Write the report of a month, every open plan in it, to be filled in. No report is ever written over.",
    STUDY,
)
@click.argument("month", metavar="YYYY-MM")
def report(call: Call, month: str) -> None:
    import re

    from techprio.cli.output import stderr, write_new
    from techprio.errors import UsageError
    from techprio.plans.template import new_report
    from techprio.study.plan_folder import PROGRESS
    from techprio.study.plans import MONTH

    if not re.fullmatch(MONTH, month) or month < "0001":
        raise UsageError("{month} is not a month; write it like 2026-11", month=month)
    programme = _programme(call)
    folder = programme.folder / PROGRESS
    text = new_report(programme, month, call.words, _schema(call, "progress", folder))
    folder.mkdir(exist_ok=True)
    write_new(folder / f"{month}.yaml", text)
    stderr(str(folder / f"{month}.yaml"))


@command("plot", "Draw the roadmap, KPI attainment, overdue by agency, and means against capacity.", STUDY, AS_OF)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("-o", "--output", type=PATH, default=Path("pictures"), show_default=True, help="Folder to write to.")
@click.option("--form", type=click.Choice(["svg", "png", "pdf"]), default="svg", show_default=True, help="Form.")
def plot(call: Call, names: tuple[str, ...], output: Path, form: Literal["svg", "png", "pdf"]) -> None:
    from techprio.cli.drawing import write_leaves
    from techprio.plan_pictures.gallery import leaves
    from techprio.plans.progress import progress as progress_of

    made = leaves(progress_of(_programme(call), call.options["as_of"]), names, call.words)
    for leaf in write_leaves(made, output, (form,)):
        click.echo(f"{leaf.name}: {leaf.title}")


for each in (init, check, show, progress_, capacity, report, plot):
    plan.add_command(each)
