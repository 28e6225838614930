"""Conditions on weights in words: ``autonomy >= capability``, ``2 * market + spill_over <= 30%``.

term (<= | >= | < | >) term, where a term is ``number%`` or ``[number *] id [+ [number *] id …]``, with spaces round the
operators; ``<`` is read as ``<=``. Ids of branches and leaves stand for global weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_PERCENT = re.compile(rf"({_NUMBER.pattern})%")
_COMPARISONS = {"<=": 1.0, "<": 1.0, ">=": -1.0, ">": -1.0}


@dataclass(frozen=True, slots=True)
class Statement:
    """Σ coefficient × weight ≤ bound."""

    text: str
    coefficients: Mapping[str, float]
    """Node → what its global weight is multiplied with."""
    bound: float


class StatementError(ValueError):
    """A text that is no statement; the message is a template for ``facts``."""

    def __init__(self, message: str, hint: str = "", **facts: Any) -> None:
        super().__init__(message)
        self.message, self.hint, self.facts = message, hint, facts


@dataclass(slots=True)
class _Side:
    coefficients: dict[str, float] = field(default_factory=dict)
    constant: float = 0.0


def parse_statement(text: str) -> Statement:
    """Read one statement. Raises StatementError with what is wrong and how it is written."""
    words = text.split()
    at = [i for i, word in enumerate(words) if word in _COMPARISONS]
    if len(at) != 1:
        message = "a statement compares two terms" if not at else "a statement compares only two terms"
        raise StatementError(message, "write it like autonomy >= capability, with spaces round the sign")
    left, right = _side(words[: at[0]]), _side(words[at[0] + 1 :])
    sign = _COMPARISONS[words[at[0]]]
    coefficients = dict(left.coefficients)
    for id, number in right.coefficients.items():
        coefficients[id] = coefficients.get(id, 0.0) - number
    if not any(coefficients.values()):
        raise StatementError("this statement says nothing about any weight", "name a node on one side")
    bound = sign * (right.constant - left.constant)
    return Statement(text, {id: sign * number for id, number in coefficients.items()}, bound)


def _side(words: list[str]) -> _Side:
    """One term: a percentage, or a sum of ids with factors."""
    if not words:
        raise StatementError("a term is missing beside the sign", "write it like market + spill_over >= 5%")
    side = _Side()
    if len(words) == 1 and (found := _PERCENT.fullmatch(words[0])):
        side.constant = float(found[1]) / 100
        return side
    for part in _split(words):
        factor, id = _product(part)
        side.coefficients[id] = side.coefficients.get(id, 0.0) + factor
    return side


def _split(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == "+":
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _product(words: list[str]) -> tuple[float, str]:
    match words:
        case [id] if not _NUMBER.fullmatch(id) and not _PERCENT.fullmatch(id):
            return 1.0, id
        case [number, "*", id] if _NUMBER.fullmatch(number) and not _NUMBER.fullmatch(id):
            return float(number), id
        case [number] if _NUMBER.fullmatch(number):
            raise StatementError("{number} is no weight", "write a share as {number}%", number=number)
    raise StatementError(
        '"{part}" is no term', "a term is number%, an id, number * id, or a sum of these with +", part=" ".join(words)
    )
