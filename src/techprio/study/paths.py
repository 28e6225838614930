"""Folders that a criteria file names: which may be read, and which not."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from techprio.wording import nearest


class Refused(NamedTuple):
    """A folder that cannot be read: the code, what is wrong, what to do."""

    code: str
    message: str
    hint: str = ""
    near: str | None = None


def why_not(criteria: Path, folder: Path, seen: Collection[Path]) -> Refused | None:
    """Why a folder that the criteria file names cannot be read; None if it can."""
    if folder in seen:
        return Refused("E116", "the folder {name} is named twice")
    if not real(folder).is_relative_to(real(criteria).parent.parent):
        message = "this leads out of the study, which is the folder above the criteria file's"
        return Refused("E115", message, "keep the candidates in the study")
    if real(criteria).is_relative_to(real(folder)):
        message = "the criteria file lies in this folder, and the candidates need one of their own"
        return Refused("E116", message, "make one, such as candidates/first-list")
    if not os.path.isdir(folder):
        near = _folder_near(folder)
        return Refused("E116", "there is no folder {name}", "did you mean {near}?" if near else "", near)
    return None


def real(path: Path) -> Path:
    """Where a path leads, links and all; a loop of links leads to itself."""
    return Path(os.path.realpath(path))


def _folder_near(folder: Path) -> str | None:
    """The folder beside it whose name is most like its own."""
    try:
        return nearest(folder.name, (path.name for path in folder.parent.iterdir() if path.is_dir()))
    except OSError:
        return None
