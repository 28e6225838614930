"""How wide a text is on paper, and how it is broken or shortened to fit."""

from __future__ import annotations

from functools import cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from techprio.plots.style import LETTERS

LINE = 1.25
"""The distance of two lines of text, in heights of its letters."""


ROUNDING = 1.015


@cache
def _font(bold: bool) -> Any:
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))


@cache
def _advance(letter: str, bold: bool) -> float:
    """The width of a letter in heights of type."""
    font = _font(bold)
    font.set_size(100, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


@cache
def width(text: str, size: float = LETTERS, bold: bool = False) -> float:
    """How wide a text is at most, in inches: on a screen letters are rounded to its dots."""
    return sum(_advance(letter, bold) for letter in text) * size / 72 * ROUNDING


def height(lines: int, size: float = LETTERS) -> float:
    """How high so many lines are, in inches."""
    return lines * LINE * size / 72


def wrapped(text: str, room: float, size: float = LETTERS, *, most: int = 99, bold: bool = False) -> list[str]:
    """A text in lines of at most ``room`` inches; what does not go into ``most`` lines is left out, and … says so."""
    lines: list[str] = []
    line = ""
    words = text.split()
    for k, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold) > room:
            if len(lines) == most - 1:
                return [*lines, shortened(" ".join([line, *words[k:]]), room, size, bold=bold)]
            lines.append(shortened(line, room, size, bold=bold))
            line = word
        else:
            line = longer
    return [*lines, shortened(line, room, size, bold=bold)]


def wrapped_id(id: str, room: float, size: float = LETTERS) -> list[str]:
    """A name in at most three lines, or an id in at most two, broken after one of its underlines."""
    if " " in id:
        return wrapped(id, room, size, most=3)
    if width(id, size) <= room or "_" not in id:
        return [shortened(id, room, size)]
    ends = [k + 1 for k, letter in enumerate(id) if letter == "_" and width(id[: k + 1], size) <= room]
    end = ends[-1] if ends else id.index("_") + 1
    return [shortened(id[:end], room, size), shortened(id[end:], room, size)]


def shortened(text: str, room: float, size: float = LETTERS, *, bold: bool = False) -> str:
    """A text of at most ``room`` inches; one that is longer ends in …"""
    if width(text, size, bold) <= room:
        return text
    while text and width(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip(" ,;–-(/") + "…"
