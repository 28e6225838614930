"""The register of sorting methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from techprio.errors import speaking_of
from techprio.methods.distillation import Ints
from techprio.register import Entry, Register, fixed

Classes = Callable[..., Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting(Entry):
    """One way of sorting candidates into ordered classes."""

    per_criterion: tuple[str, ...]
    """Settings that hold one value a criterion."""
    needs: Mapping[str, str]
    """What a study gives it, and whether that is ``required`` or ``optional``, as for a ranking method."""


SORTINGS = Register[Sorting]()


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
        named = speaking_of(id)(function)
        SORTINGS.add(
            Sorting(
                id=id,
                function=named,
                title=title,
                citation=citation,
                per_criterion=per_criterion,
                needs=fixed(needs),
                parts=parts,
            )
        )
        return named

    return register
