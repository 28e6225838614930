"""Plain scalars: what the words of the YAML 1.2 core schema mean."""

from __future__ import annotations

import math
import re
from typing import Any

CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
NUMBER_BEGINS = frozenset("0123456789+-.")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_NUMBER = re.compile(
    r"(?P<integer>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<other_base>0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|(?P<special>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")


def plain_number(word: str) -> Any:
    """The number that a plain scalar means, or the word itself."""
    found = _NUMBER.fullmatch(word)
    if not found:
        return word
    if found.lastgroup == "special":
        return float(word.replace(".", ""))
    if found.lastgroup == "other_base":
        return int(word, 0) if len(word) < 250 else math.inf  # an integer too large for a float is no figure
    if found.lastgroup == "float" or len(word) > 300:
        return float(word)
    return int(word)
