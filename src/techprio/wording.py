"""Words and numbers as people read them: languages, the message catalogue, lists in words, nearest spellings.

English is the language of the source: a template *is* its English sentence. Every other language is one gettext
catalogue, ``locale/<code>.po``, read as text, so there is nothing to compile and nothing to fall out of step.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "vi")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the program's output: sentences, numbers and the study's own texts in it."""

    code: str
    catalogue: Mapping[str, str] = field(repr=False)

    def say(self, template: str, /, **facts: Any) -> str:
        """The sentence ``template`` in this language, its ``{names}`` filled from ``facts``."""
        words = self.catalogue.get(template, template)
        return words.format_map({name: self.show(fact) for name, fact in facts.items()}) if facts else words

    def several(self, n: int, one: str, many: str, /, **facts: Any) -> str:
        """The sentence ``one`` or ``many``, as the number ``n`` asks; both may name ``{n}``."""
        return self.say(one if n == 1 else many, n=n, **facts)

    def show(self, fact: Any) -> str:
        """One fact as text: numbers formatted, choices in words, texts in this language."""
        if isinstance(fact, str) or fact is None or isinstance(fact, bool):
            return str(fact)
        if isinstance(fact, int | float):
            return self.number(fact)
        if isinstance(fact, Mapping):
            return self.text(fact)
        return self.listing([self.show(part) for part in fact]) if isinstance(fact, Iterable) else str(fact)

    def listing(self, parts: Sequence[str], joiner: str = "or") -> str:
        """``a, b or c`` (or ``and``) in this language."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.say(joiner)} {parts[-1]}"

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number in this language's format; without ``decimals``, no digits that say nothing.

        What is very large, or too small for ten decimals, has a power of ten: 1e300.
        """
        tiny = decimals is None and 0 < abs(value) < 1e-9
        if tiny or not abs(value) < 1e15:
            return f"{value:.6g}".replace("e+", "e").translate(_symbols(self.code))
        digits = f"{Decimal(str(value)):,.{10 if decimals is None else decimals}f}"
        if decimals is None:
            digits = digits.rstrip("0").rstrip(".")
        return digits.translate(_symbols(self.code))

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of one as a percentage."""
        return f"{self.number(100 * share, decimals)}%"

    def text(self, texts: Mapping[str, str] | None) -> str:
        """A study's own text in this language, else in English, else in whichever language it has."""
        if not texts:
            return ""
        return texts.get(self.code) or texts.get("") or texts.get("en") or next(iter(texts.values()))

    def called(self, id: str, name: Mapping[str, str] | None) -> str:
        """Id and name, as tables show both; one of them where they are the same."""
        text = self.text(name)
        return id if text in ("", id) else f"{id} {text}"


@cache
def language(code: str) -> Language:
    """The language ``code`` (one of ``LANGUAGES``) with its catalogue."""
    if code == "en":
        return Language("en", {})
    from babel.messages.pofile import read_po

    with (files("techprio") / "locale" / f"{code}.po").open("rb") as stream:
        messages = read_po(stream, locale=code)
    return Language(code, {str(m.id): str(m.string) for m in messages if m.id and m.string})


@cache
def _symbols(code: str) -> dict[int, str]:
    """What stands for the comma between thousands and the point before decimals in a language."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return {ord(","): get_group_symbol(code), ord("."): get_decimal_symbol(code)}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, whatever its case and accents, or None if none is close."""
    folded = {_folded(name): name for name in known}
    close = get_close_matches(_folded(word), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def printable(text: str) -> str:
    """``text`` with every control character shown as an escape, so that no file can drive the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
