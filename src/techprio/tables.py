"""Rows → terminal, Markdown, HTML and CSV. A table knows what to leave out when there is little room."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Literal

from techprio.wording import Language, printable

Row = Mapping[str, Any]
Show = Callable[[Any, Language], str]


def as_text(value: Any, words: Language) -> str:
    """A cell as text: numbers in the language's format, nothing as nothing."""
    return "" if value is None else words.show(value)


def decimals(places: int) -> Show:
    """Numbers with so many decimals."""
    return lambda value, words: "" if value is None else words.number(value, places)


def rounded(value: float | None) -> float | None:
    """A number as machines are given it: 14 significant digits."""
    return None if value is None else float(f"{value:.14g}")


def percent(value: Any, words: Language) -> str:
    """A share as a percentage."""
    return "" if value is None else words.percent(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    key: str
    heading: str
    align: Literal["left", "right"] = "left"
    show: Show = as_text
    rank: int = 0
    """Columns of the highest rank go first when the room is too narrow; those of rank 0 stay."""
    narrows: Literal["", "wraps", "clips"] = ""
    """What becomes of a text that is wider than the room left: nothing, it goes on in the next line, or it ends in …"""


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown: headings and rows, what stands above and below, and after which rows a line is drawn."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    """A row may have a text under ``DETAIL``: it is shown below the row, across all columns."""
    title: str = ""
    notes: Sequence[str] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    """Row number → the words on the line drawn after that row."""

    def cells(self, words: Language) -> list[list[str]]:
        """Every cell as text that no terminal will take for an order."""
        return [[_harmless(column.show(row.get(column.key), words)) for column in self.columns] for row in self.rows]

    def details(self) -> list[str]:
        return [_harmless(row.get(DETAIL) or "") for row in self.rows]

    def headings(self, words: Language, columns: Sequence[Column] | None = None) -> list[str]:
        return [words.say(column.heading) for column in (self.columns if columns is None else columns)]


DETAIL = ""


def _harmless(text: str) -> str:
    if text.isprintable():
        return text
    return "\n".join(printable(line) for line in text.split("\n"))


# -- terminal -------------------------------------------------------------------------------------------------------

NARROWEST = 18
"""How narrow a column may become."""


def to_terminal(table: Table, words: Language, room: int, *, styled: bool = False) -> str:
    """The table as text of at most ``room`` columns, with as many of its columns as fit; ``styled``: bold and dim."""
    cells = table.cells(words)
    kept, widths = _fitting(table, cells, words, room)
    columns = [table.columns[i] for i in kept]
    bold, dim, plain = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if styled else ("", "", "")
    indent = sum(width + 1 for width in widths[: next((i for i, c in enumerate(columns) if c.narrows), 0)])
    lines = [f"{bold}{line}{plain}" for line in _wrapped(table.title, room)]
    lines += [f"{bold}{line}{plain}" for line in _laid_out(table.headings(words, columns), columns, widths)]
    lines.append("─" * (sum(widths) + len(widths) - 1))
    for number, (row, detail) in enumerate(zip(cells, table.details(), strict=True)):
        lines += _laid_out([row[i] for i in kept], columns, widths)
        lines += [f"{dim}{' ' * indent}{line}{plain}" for line in _wrapped(detail, room - indent)]
        if number in table.lines:
            label = f" {table.lines[number]} " if table.lines[number] else ""
            lines.append(f"{dim}{label:─^{sum(widths) + len(widths) - 1}}{plain}")
    for note in table.notes:
        lines += _wrapped(note, room)
    return "\n".join(lines) + "\n"


def _laid_out(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    """One row of a table: as many lines as its highest cell has."""
    from rich.cells import cell_len, set_cell_size

    stacks = []
    for text, column, width in zip(cells, columns, widths, strict=True):
        stack = _wrapped(text, width) if column.narrows == "wraps" else text.split("\n")
        if column.narrows == "clips":
            stack = [line if cell_len(line) <= width else set_cell_size(line, width - 1) + "…" for line in stack]
        stacks.append(stack or [""])
    lines = []
    for parts in zip_longest(*stacks, fillvalue=""):
        padded = []
        for part, column, width in zip(parts, columns, widths, strict=True):
            space = " " * (width - cell_len(part))
            padded.append(space + part if column.align == "right" else part + space)
        lines.append(" ".join(padded).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most ``width`` cells, broken at spaces where there are any."""
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    for paragraph in text.split("\n") if text else ():
        line = ""
        for word in paragraph.split(" "):
            if line and cell_len(line) + 1 + cell_len(word) <= width:
                line += f" {word}"
                continue
            if line:
                lines.append(line)
            *full, line = chop_cells(word, width) if cell_len(word) > width else [word]
            lines += full
        lines.append(line)
    return lines


def _fitting(table: Table, cells: list[list[str]], words: Language, room: int) -> tuple[list[int], list[int]]:
    """The numbers of the columns that fit into ``room``, the least needed left out, and their widths."""
    from rich.cells import cell_len

    headings = table.headings(words)

    def natural(i: int) -> int:
        return max(cell_len(line) for row in [headings, *cells] for line in row[i].split("\n"))

    least = [min(natural(i), NARROWEST) if c.narrows else natural(i) for i, c in enumerate(table.columns)]
    kept = list(range(len(table.columns)))
    for i in sorted(kept, key=lambda i: (-table.columns[i].rank, -i)):
        if sum(least[k] + 1 for k in kept) - 1 <= room or table.columns[i].rank == 0:
            break
        kept.remove(i)
    spare = room - (sum(least[k] + 1 for k in kept) - 1)
    widths = []
    for i in kept:
        more = max(0, min(natural(i) - least[i], spare)) if table.columns[i].narrows else 0
        spare -= more
        widths.append(least[i] + more)
    return kept, widths


# -- files ----------------------------------------------------------------------------------------------------------


def to_markdown(table: Table, words: Language) -> str:
    """A Markdown document with the table."""
    rule = ["---:" if column.align == "right" else "---" for column in table.columns]
    body = [[_in_markdown(cell) for cell in row] for row in [table.headings(words), *_with_details(table, words)]]
    grid = "\n".join(f"| {' | '.join(row)} |" for row in [body[0], rule, *body[1:]])
    parts = [f"**{_in_markdown(table.title)}**" if table.title else "", grid, *map(_in_markdown, table.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _with_details(table: Table, words: Language) -> list[list[str]]:
    """The cells, each row's detail below the text of its widest column."""
    at = next((i for i, column in enumerate(table.columns) if column.narrows), 0)
    rows = table.cells(words)
    for row, detail in zip(rows, table.details(), strict=True):
        row[at] = "\n".join(filter(None, [row[at], detail]))
    return rows


def _in_markdown(text: str) -> str:
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "<br>")


def to_html(table: Table, words: Language) -> str:
    """A table element; everything from the study is escaped."""
    head = "".join(f"<th>{html.escape(heading)}</th>" for heading in table.headings(words))
    body = "".join(f"<tr>{''.join(map(_in_html, row))}</tr>" for row in _with_details(table, words))
    caption = f"<caption>{html.escape(table.title)}</caption>" if table.title else ""
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in table.notes)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"


def _in_html(cell: str) -> str:
    return f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>"


def to_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV with the keys of the first as heading: numbers as they are, nested mappings spread over columns."""
    flat = [dict(_spread(row)) for row in rows]
    keys = list(dict.fromkeys(key for row in flat for key in row))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([[_in_csv(row.get(key)) for key in keys] for row in flat])
    return stream.getvalue()


def _spread(row: Row) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", below) for inner, below in _spread(value))
        elif isinstance(value, list | tuple):
            yield key, "; ".join(map(str, value))
        else:
            yield key, value


def _in_csv(value: Any) -> Any:
    """Spreadsheets take a text that begins with one of these for a formula; an apostrophe keeps it a text."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value
