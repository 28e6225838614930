"""How pages become files: drawn here, or by a process beside this one while it computes the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techprio.plots.leaf import Leaf
    from techprio.plots.picture import Form


def write_leaves(pages: Iterable[Leaf], folder: Path, forms: tuple[Form, ...], *, apart: bool = False) -> list[Leaf]:
    """Write each page and its rows into a folder as soon as it is drawn; the pages, in order."""
    from techprio.cli.output import write_whole
    from techprio.robustness.work import beside

    given: list[Leaf] = []

    def one_by_one() -> Iterator[Leaf]:
        for leaf in pages:
            given.append(leaf)
            yield leaf

    folder.mkdir(parents=True, exist_ok=True)
    files_of = methodcaller("files", forms)
    for files in beside(files_of, one_by_one()) if apart else map(files_of, one_by_one()):
        for name, data in files.items():
            write_whole(folder / name, data)
    return given
