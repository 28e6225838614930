"""A table in a CSV file as a problem: for a quick look, without a study."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from techprio.errors import Fault, Place, StudyError
from techprio.hall import PerColumn, Problem

MAX_BYTES = 64 * 2**20


def read_matrix(
    path: Path, *, weights: PerColumn = None, sense: PerColumn = None, cut: int | None = None
) -> tuple[Problem, str]:
    """A CSV file (first row: criteria, first column: candidates, empty cells are missing) as a problem, and its hash.

    Raises StudyError for what is no number, with line and column; UsageError for weights and senses that do not fit.
    """
    if path.stat().st_size > MAX_BYTES:
        raise StudyError(
            [Fault(Place(str(path)), "E102", "", "the file is larger than {limit} MiB", facts={"limit": 64})]
        )
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(str(path), data[: error.start].count(b"\n") + 1)
        raise StudyError([Fault(place, "E103", "", "this is not UTF-8 text", "save the file as UTF-8")]) from None
    lines = list(csv.reader(io.StringIO(text), dialect=_dialect(text)))
    numbered = [(i, line) for i, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    (_, head), body = (numbered[0], numbered[1:]) if numbered else ((1, [""]), [])
    criteria = [cell.strip() for cell in head[1:]]
    faults = [_ragged(path, i, row, head) for i, row in body if len(row) != len(head)]
    rows = [[_number(path, faults, i, row, j, criteria) for j in range(1, len(head))] for i, row in body]
    if faults:
        raise StudyError(sorted(faults, key=lambda fault: (fault.place.line, fault.place.column)))
    candidates = [row[0].strip() for _, row in body]
    problem = Problem.from_rows(candidates, criteria, rows, weights=weights, sense=sense)
    return problem, hashlib.sha256(data).hexdigest()


def _dialect(text: str) -> Any:
    """Spreadsheets write commas, semicolons or tabs, by their language."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    return type("Dialect", (csv.excel,), {"delimiter": mark})


def _number(path: Path, faults: list[Fault], line: int, row: Sequence[str], j: int, criteria: Sequence[str]) -> float:
    cell = row[j].strip() if j < len(row) else ""
    if not cell:
        return float("nan")
    place = Place(str(path), line, sum(len(part) + 1 for part in row[:j]) + 1)
    if re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", cell):
        number = float(cell)
        if math.isfinite(number):
            return number
        faults.append(Fault(place, "E207", f"{row[0]}.{criteria[j - 1]}", "a number must be finite"))
        return number
    comma = re.fullmatch(r"[-+]?\d+,\d+", cell)
    hint = "a point divides the decimals: write {cure}" if comma else ""
    facts = {"word": cell, "cure": cell.replace(",", ".")}
    faults.append(
        Fault(place, "E204" if comma else "E203", f"{row[0]}.{criteria[j - 1]}", '"{word}" is no number', hint, facts)
    )
    return float("nan")


def _ragged(path: Path, line: int, row: Sequence[str], head: Sequence[str]) -> Fault:
    message = "this row has {found} cells, and the first has {wanted}"
    return Fault(Place(str(path), line), "E214", row[0], message, facts={"found": len(row), "wanted": len(head)})
