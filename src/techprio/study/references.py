"""Reference comparisons in words: ``P06 > P01``, ``P09 >= P22``, ``P14 = P04``, with spaces round the sign."""

from __future__ import annotations

from typing import NamedTuple


class Comparison(NamedTuple):
    """One candidate is better than another (``>``), at least as good (``>=``) or just as good (``=``)."""

    upper: str
    sign: str
    lower: str
    text: str


def parse_comparison(text: str) -> Comparison | None:
    """Read one comparison; None if it is none."""
    match text.split():
        case [a, ">" | ">=" | "=" as sign, b]:
            return Comparison(a, sign, b, text)
        case [a, "<", b]:
            return Comparison(b, ">", a, text)
        case [a, "<=", b]:
            return Comparison(b, ">=", a, text)
    return None
