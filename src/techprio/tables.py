"""Rows → terminal, Markdown, HTML and CSV. A table knows what to leave out when there is little room."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from techprio.wording import Language, printable

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]
Show = Callable[[Any, Language], str]


def as_text(value: Any, words: Language) -> str:
    """A cell as text: numbers in the language's format, nothing as nothing."""
    return "" if value is None else words.show(value)


def decimals(places: int) -> Show:
    """Numbers with so many decimals."""
    return lambda value, words: "" if value is None else words.number(value, places)


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
    wraps: bool = False
    """Whether the column may be narrowed, its text going on in the next line."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown: headings and rows, what stands above and below, and after which rows a line is drawn."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    title: str = ""
    notes: Sequence[str] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    """Row number → the words on the line drawn after that row."""

    def cells(self, words: Language, columns: Sequence[Column] | None = None) -> list[list[str]]:
        """Every cell as text that no terminal will take for an order."""
        shown = self.columns if columns is None else columns
        return [[_harmless(column.show(row.get(column.key), words)) for column in shown] for row in self.rows]

    def headings(self, words: Language, columns: Sequence[Column] | None = None) -> list[str]:
        return [words.say(column.heading) for column in (self.columns if columns is None else columns)]


def _harmless(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


# -- terminal -------------------------------------------------------------------------------------------------------

NARROWEST = 18
"""How narrow a column that wraps may become."""


def to_terminal(table: Table, words: Language, console: Console) -> None:
    """Print the table, in as many columns as the console has room for."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    columns = _fitting(table, words, console.width)
    grid = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
        title_justify="left",
    )
    for column, heading in zip(columns, table.headings(words, columns), strict=True):
        grid.add_column(heading, justify=column.align, no_wrap=not column.wraps, overflow="fold")
    widest = next((i for i, column in enumerate(columns) if column.wraps), 0)
    for number, cells in enumerate(table.cells(words, columns)):
        grid.add_row(*map(Text, cells))
        if label := table.lines.get(number):
            grid.add_section()
            grid.add_row(*(Text(label if i == widest else "", style="dim") for i in range(len(columns))))
            grid.add_section()
    for line in filter(None, [table.title]):
        console.print(Text(line, style="bold"))
    console.print(grid)
    for note in table.notes:
        console.print(Text(note))


def _fitting(table: Table, words: Language, room: int) -> list[Column]:
    """The columns that fit into ``room``, the least needed left out."""
    from rich.cells import cell_len

    cells = table.cells(words)
    headings = table.headings(words)

    def width(i: int) -> int:
        natural = max(cell_len(line) for row in [headings, *cells] for line in row[i].split("\n"))
        return min(natural, NARROWEST) if table.columns[i].wraps else natural

    kept = list(range(len(table.columns)))
    widths = {i: width(i) + 1 for i in kept}
    for i in sorted(kept, key=lambda i: (-table.columns[i].rank, -i)):
        if sum(widths[k] for k in kept) <= room or table.columns[i].rank == 0:
            break
        kept.remove(i)
    return [table.columns[i] for i in kept]


# -- files ----------------------------------------------------------------------------------------------------------


def to_markdown(table: Table, words: Language) -> str:
    """A Markdown document with the table."""
    rule = ["---:" if column.align == "right" else "---" for column in table.columns]
    body = [[_in_markdown(cell) for cell in row] for row in [table.headings(words), *table.cells(words)]]
    grid = "\n".join(f"| {' | '.join(row)} |" for row in [body[0], rule, *body[1:]])
    parts = [f"**{_in_markdown(table.title)}**" if table.title else "", grid, *map(_in_markdown, table.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _in_markdown(text: str) -> str:
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "<br>")


def to_html(table: Table, words: Language) -> str:
    """A table element; everything from the study is escaped."""
    head = "".join(f"<th>{html.escape(heading)}</th>" for heading in table.headings(words))
    body = "".join(f"<tr>{''.join(map(_in_html, row))}</tr>" for row in table.cells(words))
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
