"""The classes section of a criteria file: ordered classes of priority, and how candidates are sorted into them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from techprio.study.base import Id, Name, Number, Section, Text, Words

Profile = dict[Id, Number]


class PriorityClass(Section):
    """One class."""

    id: Id
    """Its id."""
    name: Name
    """Its name."""
    score: Number | None = None
    """With `thresholds`: the least score of the class; the worst class has none."""
    profile: Profile | None = None
    """Criterion → figure: where the class begins (the worst class of `electre_tri` has none), or what is typical of it
    (`flowsort` with `kind: central`)."""
    note: Text | None = None
    """What a reader should know of it."""


class Classes(Section):
    """Ordered classes of priority."""

    method: Words
    """`electre_tri`, `flowsort` or `thresholds`."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """The method's variant, such as `cut` and `rule`."""
    order: Annotated[tuple[PriorityClass, ...], Field(min_length=2)]
    """The classes, from the worst to the best."""
    top: Profile | None = None
    """With `flowsort`: criterion → figure, the upper end of the best class."""
    note: Text | None = None
    """What a reader should know of it."""
