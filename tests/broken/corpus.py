"""The corpus: each YAML file of this folder holds one mistake, and says at its top what a check must report of it.

``# file:`` names the file of the sound study that it replaces, or the one that it adds. Each ``# fault:`` is one fault,
in order: ``line:column CODE path: message; hint``, with the name of the file before it if it stands in another one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from techprio.errors import Fault
from techprio.offered import offered
from techprio.study.folder import inspect
from techprio.wording import language

BROKEN = Path(__file__).parent
SOUND = BROKEN.parent / "sound"
CRITERIA = "criteria/study.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """One broken file, and what is to be said of it."""

    name: str
    file: str
    text: str
    faults: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Case:
        text = path.read_text(encoding="utf-8")
        said = [line.removeprefix("# fault: ") for line in text.splitlines() if line.startswith("# fault: ")]
        return cls(path.stem, text.splitlines()[0].removeprefix("# file: "), text, tuple(said))


def cases() -> list[Case]:
    return [Case.read(path) for path in sorted(BROKEN.glob("*.yaml"))]


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A copy of the sound study with some files replaced or added; returns its criteria file."""
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / CRITERIA


def check(criteria: Path) -> list[Fault]:
    """What a check of the study reports."""
    return inspect(criteria, (), offered())[1]


def told(fault: Fault, folder: Path, file: str = "") -> str:
    """A fault as a corpus file states it: without the name of ``file``, which it stands in."""
    name = Path(fault.place.file).relative_to(folder).as_posix()
    place = f"{fault.place.line}:{fault.place.column}"
    path = f" {fault.path}" if fault.path else ""
    sentence = fault.sentence(language("en")).replace(f"{folder}/", "")
    return f"{'' if name == file else f'{name}:'}{place} {fault.code}{path}: {sentence}"


def report(tmp: Path, files: Mapping[str, str | bytes], file: str = "") -> list[str]:
    """What a check reports of the sound study with some files replaced or added."""
    return [told(fault, tmp, file) for fault in check(lay(tmp, files))]
