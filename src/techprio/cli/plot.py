"""techprio plot"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techprio.cli.common import COMPUTING, PATH, STUDY, Call, command, progress

if TYPE_CHECKING:
    from techprio.plots.gallery import Gallery
    from techprio.plots.index import NotMade
    from techprio.plots.leaf import Leaf
    from techprio.plots.picture import Form

FOLDER = Path("pictures")
NEAR = 6
"""Of so many candidates next to the cut the standard set shows the smallest changes."""


@command(
    "plot",
    "Draw the pictures that a committee should see: all that fit the study, on a page, or those named. Those of a "
    "portfolio are drawn by select --plot, those of plans by plan plot.",
    STUDY,
    COMPUTING,
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("-o", "--output", type=PATH, default=FOLDER, show_default=True, help="Folder to write the pictures to.")
@click.option(
    "--form",
    "forms",
    type=click.Choice(["svg", "png", "pdf"]),
    multiple=True,
    default=("svg",),
    show_default=True,
    help="Form of the files; may be given again.",
)
@click.option("--node", metavar="ID", help="For lines: the node whose weight is moved; left out: the most telling.")
@click.option(
    "--feasibility", metavar="BRANCH,BRANCH", help="For tradeoff: the branches that make a candidate feasible."
)
@click.option("--risk", metavar="CRITERION", help="For tradeoff: the criterion that says how risky a candidate is.")
@click.option("--groups", metavar="BRANCH,…/…/…", help="For ternary: three groups of branches.")
def plot(
    call: Call,
    names: tuple[str, ...],
    output: Path,
    forms: tuple[Form, ...],
    node: str | None,
    feasibility: str | None,
    risk: str | None,
    groups: str | None,
) -> None:
    from techprio import plots
    from techprio.cli.drawing import write_leaves
    from techprio.plots.gallery import Gallery

    for name in names:
        plots.known(name)
    study = call.study()
    with progress("{done} of {total} steps", call.words, call.quiet) as report:
        gallery = Gallery(
            study,
            call.choices(report),
            node=node,
            feasibility=None if feasibility is None else tuple(feasibility.split(",")),
            risk=risk,
            near=None if names else NEAR,
            groups=None if groups is None else tuple(tuple(part.split(",")) for part in groups.split("/")),
        )
        asked = dict.fromkeys(names or plots.NAMES)
        not_made: list[NotMade] = []
        with progress("{done} of {total} pictures", call.words, call.quiet) as drawn:
            found = _leaves(gallery, asked, call, None if names else not_made, drawn)
            pages = write_leaves(found, output, forms, apart=len(asked) > 1)
    if not names:
        _index(output, gallery, pages, forms, not_made, call)
    if not call.quiet:
        _say(output, pages, not_made, call, index=not names)


def _leaves(
    gallery: Gallery,
    names: Mapping[str, None],
    call: Call,
    not_made: list[NotMade] | None,
    drawn: Callable[[int, int], None],
) -> Iterator[Leaf]:
    """The pages of the exhibits one by one; what a study cannot have is put down as not made, if there is a list."""
    from techprio.errors import MethodError, UsageError
    from techprio.plots.index import NotMade

    for done, name in enumerate(names):
        drawn(done, len(names))
        try:
            pages = gallery.leaves(name, call.words)
        except (UsageError, MethodError) as error:
            if not_made is None:
                raise
            not_made.append(NotMade(name, error.sentence(call.words)))
        else:
            yield from pages


def _index(
    folder: Path,
    gallery: Gallery,
    pages: list[Leaf],
    forms: tuple[Form, ...],
    not_made: list[NotMade],
    call: Call,
) -> None:
    from techprio.cli.output import write_whole
    from techprio.plots.index import index_page
    from techprio.plots.picture import FORMS

    words, about = call.words, gallery.study.criteria
    shown = [form for form in FORMS if form in forms]
    page = index_page(words.text(about.title), words.text(about.notice), pages, shown, not_made, words)
    write_whole(folder / "index.html", page)


def _say(folder: Path, pages: list[Leaf], not_made: list[NotMade], call: Call, *, index: bool) -> None:
    """What was written, on stdout, a line each; what was not, on stderr."""
    from techprio.cli.output import emit, stderr

    lines = [f"{leaf.name}: {leaf.title}" for leaf in pages]
    where = folder / "index.html" if index else folder
    emit("\n".join([*lines, call.words.say("written to {where}", where=str(where))]) + "\n", None)
    for each in not_made:
        stderr(call.words.say("not made: {name}, for {why}", name=each.name, why=each.why))
