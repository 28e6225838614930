"""The register of outranking relations."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from techprio.errors import speaking_of

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Relation:
    """One outranking relation."""

    id: str
    function: Callable[..., Any]
    title: str
    citation: str
    per_criterion: tuple[str, ...]
    """Settings that hold one value a criterion."""
    valued: bool
    """Whether it says how credible it is that a outranks b, 0 … 1, rather than whether a does."""
    needs: Mapping[str, str]
    """What a study gives it, and whether that is ``required`` or ``optional``, as for a ranking method."""
    parts: Callable[..., Any] | None
    """(x, w, sense, **settings) → the paper's intermediate quantities as a named tuple; None if it names none."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Every setting with its default."""
        parameters = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


_relations: dict[str, Relation] = {}
RELATIONS: Mapping[str, Relation] = MappingProxyType(_relations)


def relation(
    id: str,
    title: str,
    citation: str,
    *,
    per_criterion: tuple[str, ...] = (),
    valued: bool = False,
    needs: Mapping[str, str] | None = None,
    parts: Callable[..., Any] | None = None,
) -> Callable[[Function], Function]:
    """Register a function as the outranking relation ``id``."""

    def register(function: Function) -> Function:
        if id in _relations:
            raise ValueError(f"the relation {id} is registered twice")
        needed = MappingProxyType(dict(needs or {}))
        named = speaking_of(id)(function)
        _relations[id] = Relation(id, named, title, citation, per_criterion, valued, needed, parts)
        return named

    return register
