"""Faults as text, JSON or annotations, each with the line it stands in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from techprio.errors import Fault
from techprio.wording import Language, printable

SHOWN = 100
"""How many faults are shown; the rest are counted."""
_WIDTH = 100


def fault_lines(faults: Sequence[Fault], words: Language) -> Iterator[str]:
    """``file:line:column: CODE path: message; hint``, then the line and a caret."""
    for fault in faults[:SHOWN]:
        yield printable(fault.report(words))
        if (line := _line(fault.place.file, fault.place.line)) is not None:
            yield from _excerpt(line, fault.place.line, fault.place.column)
    if len(faults) > SHOWN:
        yield words.say("… and {n} more", n=len(faults) - SHOWN)


def summary(faults: Sequence[Fault], files: int | None, words: Language) -> str:
    """``2 errors and 1 warning in 5 files``."""
    warnings = sum(fault.is_warning for fault in faults)
    errors = len(faults) - warnings
    counts = [words.several(errors, "{n} error", "{n} errors")] if errors else []
    counts += [words.several(warnings, "{n} warning", "{n} warnings")] if warnings else []
    found = words.listing(counts or [words.say("no faults")], "and")
    return found if files is None else f"{found} {words.several(files, 'in {n} file', 'in {n} files')}"


def as_data(faults: Sequence[Fault], files: int, words: Language) -> dict[str, Any]:
    """The faults as plain data."""
    warnings = sum(fault.is_warning for fault in faults)
    return {
        "format": 1,
        "files": files,
        "errors": len(faults) - warnings,
        "warnings": warnings,
        "faults": [
            {
                "file": fault.place.file,
                "line": fault.place.line,
                "column": fault.place.column,
                "code": fault.code,
                "severity": "warning" if fault.is_warning else "error",
                "path": fault.path,
                "message": words.say(fault.message, **fault.facts),
                "hint": words.say(fault.hint, **fault.facts) if fault.hint else "",
            }
            for fault in faults[:SHOWN]
        ],
    }


def workflow_lines(faults: Sequence[Fault], words: Language) -> Iterator[str]:
    """Workflow commands that a code host shows beside the lines."""
    for fault in faults[:SHOWN]:
        kind = "warning" if fault.is_warning else "error"
        at = f"file={_escaped(fault.place.file, ':,')},line={fault.place.line},col={fault.place.column}"
        path = f"{fault.path}: " if fault.path else ""
        yield f"::{kind} {at},title={fault.code}::{_escaped(printable(path + fault.sentence(words)))}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


@lru_cache(maxsize=8)
def _lines(file: str) -> tuple[str, ...]:
    try:
        with Path(file).open(encoding="utf-8-sig", errors="replace") as stream:
            return tuple(line.rstrip("\n") for line in islice(stream, 300_000))
    except OSError:
        return ()


def _line(file: str, number: int) -> str | None:
    path = Path(file)
    if not path.is_file() or path.is_symlink() or path.stat().st_size > 8 * 2**20:
        return None
    lines = _lines(file)
    return lines[number - 1] if 0 < number <= len(lines) else None


def _excerpt(line: str, number: int, column: int) -> Iterator[str]:
    """The line with its number, and a caret under the column; of a long line, the part around it."""
    begin = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    before, after = line[begin : column - 1], line[column - 1 : begin + _WIDTH]
    lead = f"{number:>7} | " + ("…" if begin else "")
    yield lead + _shown(before + after)
    yield " " * 7 + " | " + " " * (len(lead) - 10 + _cells(_shown(before))) + "^"


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _cells(text: str) -> int:
    """How many cells of a terminal a text fills."""
    return sum((unicodedata.east_asian_width(c) in "WF") + (not unicodedata.combining(c)) for c in text)
