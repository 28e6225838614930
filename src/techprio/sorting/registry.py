"""The register of sorting methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from techprio.errors import speaking_of
from techprio.methods.distillation import Ints

Classes = Callable[..., Ints]


@dataclass(frozen=True, slots=True)
class Sorting:
    """One way of sorting candidates into ordered classes."""

    id: str
    function: Classes
    title: str
    citation: str
    per_criterion: tuple[str, ...]
    """Settings that hold one value a criterion."""
    needs: Mapping[str, str]
    """What a study gives it, and whether that is ``required`` or ``optional``, as for a ranking method."""
    parts: Callable[..., Any] | None
    """(x, w, sense, **settings) → the paper's intermediate quantities as a named tuple; None if it names none."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Every setting with its default."""
        parameters = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


_sortings: dict[str, Sorting] = {}
SORTINGS: Mapping[str, Sorting] = MappingProxyType(_sortings)


def sorting(
    id: str,
    title: str,
    citation: str,
    *,
    per_criterion: tuple[str, ...] = (),
    needs: Mapping[str, str] | None = None,
    parts: Callable[..., Any] | None = None,
) -> Callable[[Classes], Classes]:
    """Register a function as the sorting method ``id``."""

    def register(function: Classes) -> Classes:
        if id in _sortings:
            raise ValueError(f"the sorting method {id} is registered twice")
        needed = MappingProxyType(dict(needs or {}))
        named = speaking_of(id)(function)
        _sortings[id] = Sorting(id, named, title, citation, per_criterion, needed, parts)
        return named

    return register
