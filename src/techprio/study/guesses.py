"""What an analyst meant by a word that is no number, date, id or language: the code of the fault and its cure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from techprio.study.languages import LANGUAGE_CODES


class Guess(NamedTuple):
    """The code of a fault, and what to do about it."""

    code: str
    hint: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})


class _Pattern(NamedTuple):
    """How a number is often written, and the facts that its hint names: how each is found."""

    pattern: re.Pattern[str]
    code: str
    hint: str
    cures: Mapping[str, Callable[[re.Match[str]], str]] = MappingProxyType({})


def number_meant(word: str) -> Guess:
    """A text where a number is expected."""
    if len(word) > _LONGEST:
        return Guess("E203")
    for row in _NUMBERS:
        if found := row.pattern.fullmatch(word.strip()):
            return Guess(row.code, row.hint, {name: cure(found) for name, cure in row.cures.items()})
    if word.strip().casefold() in _UNKNOWN:
        return Guess("E203", "write null for what is not known")
    return Guess("E203")


_LONGEST = 60
"""No number is longer than this, and nothing is guessed."""


def _whole(found: re.Match[str]) -> str:
    return re.sub(r"[^-\d]", "", found[0])


def _decimal(found: re.Match[str]) -> str:
    return re.sub(r"[^-\d.]", "", found[1].replace(",", "."))


def _first(found: re.Match[str]) -> str:
    return found[1].replace(",", ".")


_SPACE = "[ \\u00a0\\u2009\\u202f_']"
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_NUMBERS = (
    _Pattern(
        re.compile(r"([-+]?[1-9]\d{0,2},\d{3})"),
        "E204",
        "a point divides the decimals, and nothing the thousands: write {decimal} or {whole}",
        {"decimal": _decimal, "whole": _whole},
    ),
    _Pattern(
        re.compile(r"([-+]?\d*,\d+)"),
        "E204",
        "a point divides the decimals: write {cure}",
        {"cure": lambda found: re.sub(r"^([-+]?)\.", r"\g<1>0.", _decimal(found))},
    ),
    _Pattern(
        re.compile(rf"[-+]?\d{{1,3}}(?:(?:[.]\d{{3}}){{2,}}|(?:,\d{{3}}){{2,}}|(?:{_SPACE}\d{{3}})+)"),
        "E205",
        "nothing divides the thousands: write {cure}",
        {"cure": _whole},
    ),
    _Pattern(
        re.compile(rf"([-+]?\d{{1,3}}(?:(?:[.]\d{{3}})+|(?:{_SPACE}\d{{3}})+)),(\d+)"),
        "E205",
        "nothing divides the thousands: write {cure}",
        {"cure": lambda found: f"{re.sub(r'[^-0-9]', '', found[1])}.{found[2]}"},
    ),
    _Pattern(
        re.compile(rf"([-+]?\d{{1,3}}(?:(?:,\d{{3}})+|(?:{_SPACE}\d{{3}})+))\.(\d+)"),
        "E205",
        "nothing divides the thousands: write {cure}",
        {"cure": lambda found: f"{re.sub(r'[^-0-9]', '', found[1])}.{found[2]}"},
    ),
    _Pattern(re.compile(r"[-+]?\d+(?:\.\d+)?"), "E203", "take the quotes away", {}),
    _Pattern(
        re.compile(rf"({_NUMBER}) ?%"),
        "E203",
        "write {cure}: the unit stands in the criteria file",
        {"cure": _first},
    ),
    _Pattern(
        re.compile(rf"({_NUMBER})\s*(?:-|–|—|\.\.\.?|…|to|đến|tới)\s*({_NUMBER})"),
        "E203",
        "a range has keys of its own: low: {low} and high: {high}",
        {"low": _first, "high": lambda found: found[2].replace(",", ".")},
    ),
    _Pattern(re.compile(rf"({_NUMBER})[,;]"), "E203", "write {cure}: no mark ends a line", {"cure": _first}),
    _Pattern(
        re.compile(rf"(?:[<>≤≥~≈±=]|about|khoảng)+\s*({_NUMBER})"),
        "E203",
        "write {cure} alone, or a range with low and high",
        {"cure": _first},
    ),
    _Pattern(
        re.compile(r"(?=.*\d)([-+]?[\dOolI]+(?:[.,][\dOolI]+)?)"),
        "E203",
        "some of these are letters: write {cure}",
        {"cure": lambda found: found[1].replace(",", ".").translate(str.maketrans("OolI", "0011"))},
    ),
    _Pattern(
        re.compile(rf"({_NUMBER})\s*[^\W\d_].*"),
        "E203",
        "write {cure} alone: the unit stands in the criteria file, and a note may say more",
        {"cure": _first},
    ),
)
_UNKNOWN = frozenset(
    ("", "-", "–", "—", "?", "??", "x", "n/a", "na", "nan", "none", "nil", "tbd", "unknown", "missing", "not known")
) | {"không có", "không rõ", "chưa rõ", "chưa có", "chưa biết", "thiếu"}


def date_meant(word: str) -> Guess:
    """A text or number where a date is expected."""
    found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", word)
    parts = found.groups()[::-1] if found else ()
    if found := re.fullmatch(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", word):
        parts = tuple(part for part in found.groups() if part)
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{4})", word):
        parts = found.groups()[::-1]
    if found := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", word):
        parts = found.groups()
    try:
        datetime.date(*map(int, (*parts, 1)[:3]))
    except (ValueError, TypeError):
        return Guess("E209", "write it like 2026-11-21, 2026-11 or 2026")
    return Guess("E209", "write {cure}", {"cure": "-".join(part.zfill(2) for part in parts)})


def id_meant(word: str) -> Guess:
    """A text that is not an id."""
    cure = re.sub(r"[^0-9A-Za-z_.\u00c0-\u024f\u1e00-\u1eff-]+", "-", word[:_LONGEST]).strip("-")
    if not cure:
        return Guess("E208", "use letters, digits, _, - and . only")
    return Guess("E208", "use letters, digits, _, - and . only, as in {cure}", {"cure": cure})


def language_meant(word: str) -> Guess:
    """A text that is not a language code."""
    small = word.casefold()
    cure = small if small in LANGUAGE_CODES else _COUNTRIES.get(small)
    if cure:
        return Guess("E215", "did you mean {near}?", {"near": cure})
    return Guess("E215", "use a two-letter code such as en or vi")


_COUNTRIES = {"vn": "vi", "vie": "vi", "eng": "en", "us": "en", "uk": "en", "cn": "zh", "jp": "ja", "kr": "ko"}
