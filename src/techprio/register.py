"""What the registers of methods, relations, sortings and weightings have in common."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One method of a register."""

    id: str
    function: Callable[..., Any]
    title: str
    citation: str
    parts: Callable[..., Any] | None
    """(x, w, sense, **settings), or without w → the paper's intermediate quantities as a named tuple; None if it names
    none."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Every setting with its default for plain arrays; ``inspect.Parameter.empty`` where one must be given."""
        parameters = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


E = TypeVar("E", bound=Entry)


class Register(Mapping[str, E], Generic[E]):
    """Entries by their ids, in the order in which they came."""

    def __init__(self) -> None:
        self._entries: dict[str, E] = {}

    def add(self, entry: E) -> None:
        """Raises ValueError for an id that is taken."""
        there = self._entries.setdefault(entry.id, entry)
        if there is not entry:
            first, second = (one.function.__module__ for one in (there, entry))
            raise ValueError(f"{entry.id} is registered by {first} and again by {second}")

    def __getitem__(self, id: str) -> E:
        return self._entries[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def fixed(facts: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A copy that nobody can change; nothing is an empty one."""
    return MappingProxyType(dict(facts or {}))
