"""What a rule is: a small function with a code that finds faults in a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from techprio.errors import Fault, Place
from techprio.study.draft import Draft
from techprio.wording import nearest
from techprio.yaml_source import Path_, Source, in_short


class Found(NamedTuple):
    """Something that breaks a rule: where it stands and what to say of it."""

    source: Source
    path: Path_
    message: str
    hint: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    at: Literal["value", "key", "first_key"] = "value"
    known: frozenset[str] = frozenset()
    """Of an unknown ``id`` among the facts: those there are; the nearest one is asked for instead of the hint."""

    def fault(self, code: str) -> Fault:
        hint, facts = self.hint, in_short(self.facts)
        if self.known and (near := _near(str(self.facts["id"]), self.known)):
            hint, facts = "did you mean {near}?", {**facts, "near": near}
        return Fault(self.place, code, self.source.path_text(self.path), self.message, hint, facts)

    def place_only(self, code: str) -> Fault:
        """Where it stands, and no more."""
        return Fault(self.place, code, "", self.message, "", in_short(self.facts))

    @property
    def place(self) -> Place:
        place: Place = getattr(self.source, f"at_{self.at}")(self.path)
        return place


Rule = Callable[[Draft], Iterator[Found]]
RULES: list[tuple[str, Rule]] = []


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a rule under its code; ``techprio check --explain CODE`` has its page in ``faults.yaml``."""

    def register(function: Rule) -> Rule:
        RULES.append((code, function))
        return function

    return register


def few(ids: Sequence[str]) -> str:
    """Ids as a list that is never long."""
    return ", ".join([*ids[:5], "…"] if len(ids) > 5 else ids)


@lru_cache(maxsize=4096)
def _near(word: str, known: frozenset[str]) -> str | None:
    """The nearest known word; of very many, only one that a single slip turns into ``word``."""
    if len(word) > 100:
        return None
    if len(known) <= 1000:
        return nearest(word, sorted(known))
    return next((near for near in _one_slip(word) if near in known), None)


def _one_slip(word: str) -> Iterator[str]:
    """Every word that is ``word`` with two letters exchanged, one left out, another or one more."""
    letters = "0123456789-_.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    yield from (word.upper(), word.lower())
    for i in range(len(word) + 1):
        a, b = word[:i], word[i:]
        yield f"{a}{b[1:2]}{b[:1]}{b[2:]}"
        yield f"{a}{b[1:]}"
        yield from (f"{a}{letter}{b[1:]}" for letter in letters)
        yield from (f"{a}{letter}{b}" for letter in letters)
