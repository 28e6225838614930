"""The register of outranking relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from techprio.errors import speaking_of
from techprio.register import Entry, Register, fixed

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Entry):
    """One outranking relation."""

    per_criterion: tuple[str, ...]
    """Settings that hold one value a criterion."""
    valued: bool
    """Whether it says how credible it is that a outranks b, 0 … 1, rather than whether a does."""
    needs: Mapping[str, str]
    """What a study gives it, and whether that is ``required`` or ``optional``, as for a ranking method."""


RELATIONS = Register[Relation]()


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
        named = speaking_of(id)(function)
        RELATIONS.add(
            Relation(
                id=id,
                function=named,
                title=title,
                citation=citation,
                per_criterion=per_criterion,
                valued=valued,
                needs=fixed(needs),
                parts=parts,
            )
        )
        return named

    return register
