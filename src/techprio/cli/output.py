"""Where words go: data to stdout or a file, talk to stderr; whole or not at all, on any terminal and code page."""

from __future__ import annotations

import codecs
import errno
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from techprio.tables import Row, Table, to_csv, to_markdown, to_terminal
from techprio.wording import Language

WIDTH = 100
"""How wide output is when no terminal says otherwise."""


def _nearest_letters(error: UnicodeError) -> tuple[str, int]:
    """What an old code page cannot show, in plain letters: ế as e, ● as *, – as -."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = ""
    for character in error.object[error.start : error.end]:
        base = unicodedata.normalize("NFKD", _PLAIN.get(character, character)).encode("ascii", "ignore").decode("ascii")
        plain += base or "?"
    return plain, error.end


_PLAIN = {
    "đ": "d",
    "Đ": "D",
    "●": "*",
    "▲": "^",
    "–": "-",
    "—": "-",
    "─": "-",
    "━": "-",
    "│": "|",
    "…": "...",
    "·": "-",
    "±": "+/-",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
}
codecs.register_error("techprio", _nearest_letters)


def prepare_streams() -> None:
    """UTF-8 where nobody asked for anything else; where somebody did, letters that can be shown."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(errors="techprio")
        else:
            stream.reconfigure(encoding="utf-8", errors="techprio")


def stderr(text: str) -> None:
    """Talk to the user."""
    print(text, file=sys.stderr)


def emit(text: str, path: Path | None) -> None:
    """Data to stdout, or whole to a file. Data is UTF-8 with \\n on every system."""
    if path is not None:
        write_whole(path, text)
        return
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        buffer.write(text.encode("utf-8"))
        buffer.flush()


def write_whole(path: Path, data: str | bytes) -> None:
    """Write a file so that at any moment the old one or the new one is there, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data if isinstance(data, bytes) else data.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError, and writes nothing over."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.link(name, path)
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, "is there already, and nothing is written over", str(path)) from None
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def show(
    tables: Callable[[], Sequence[Table]],
    rows: Callable[[], Sequence[Row]],
    data: Callable[[], Any],
    *,
    form: str,
    path: Path | None,
    words: Language,
) -> None:
    """A result in the form asked for: ``tables`` for people and Markdown, ``rows`` for CSV, ``data`` for JSON."""
    if form == "json":
        emit(json.dumps(data(), ensure_ascii=False, indent=1) + "\n", path)
    elif form == "csv":
        emit(to_csv(rows()), path)
    elif form == "md":
        emit("\n".join(to_markdown(table, words) for table in tables()), path)
    elif path is None:
        sys.stdout.write(as_printed(tables(), words, styled=_has_style()))
    else:
        write_whole(path, as_printed(tables(), words))


def as_printed(tables: Sequence[Table], words: Language, *, styled: bool = False) -> str:
    """The tables as text, as wide as the terminal or 100 columns."""
    width = max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, 160))
    return "\n".join(to_terminal(table, words, width, styled=styled) for table in tables)


def _has_style() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
