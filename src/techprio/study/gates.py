"""Gates: what a candidate must pass before it is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from techprio.study.base import (
    A_WORD,
    ID_SCHEMA,
    NOT_A_CHOICE,
    Choice,
    Id,
    Name,
    Number,
    Section,
    Text,
    Whole,
    Widened,
    wrong,
)
from techprio.study.nodes import Basis


class Question(Section):
    """A question that a candidate passes or fails."""

    id: Id
    """Its id."""
    question: Text | None = None
    """What the assessor is asked."""
    basis: Basis = ()
    """The texts that it rests on."""


class Requirement(Section):
    """How many questions of a gate must be passed."""

    word: Annotated[Literal["all", "any"], Choice()] | None = None
    at_least: Annotated[Whole, Field(ge=1)] | None = None


class _WidenedRequirement(Widened):
    """A bare word is a requirement; a file says ``at_least`` in any other."""

    def widen(self, value: Any) -> Any:
        if isinstance(value, Mapping) and "word" in value:
            raise wrong(
                "E201", '"{key}" is not a key of this section', "did you mean {near}?", key="word", near="at_least"
            )
        if isinstance(value, Mapping) and not value:
            raise wrong("E202", '"{key}" is missing', key="at_least")
        if isinstance(value, int) and not isinstance(value, bool):
            raise wrong(
                "E206",
                NOT_A_CHOICE,
                "for a number write at_least: {found}, indented below",
                found=str(value),
                choices=("all", "any"),
            )
        return super().widen(value)


_REQUIREMENT_SCHEMA = {
    "anyOf": [
        {"enum": ["all", "any"]},
        {
            "type": "object",
            "properties": {
                "at_least": {"type": "integer", "minimum": 1, "description": "So many of the answers pass."}
            },
            "required": ["at_least"],
            "additionalProperties": False,
        },
    ],
}


class Rule(Section):
    """A condition on a figure."""

    criterion: Id
    """The criterion whose figure is judged."""
    at_most: Number | None = None
    """The figure may not be above."""
    at_least: Number | None = None
    """The figure may not be below."""


class Gate(Section):
    """A condition that a candidate meets, or is left out for before any scoring."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""
    require: Annotated[
        Requirement,
        _WidenedRequirement("word", str, bool, type(None), schema=A_WORD),
        WithJsonSchema(_REQUIREMENT_SCHEMA),
    ] = Requirement(word="all")
    """How many of its questions must be passed: `all`, `any`, or at least so many."""
    of: (
        Annotated[
            tuple[Annotated[Question, Widened("id", str, int, float, schema=ID_SCHEMA)], ...], Field(min_length=1)
        ]
        | None
    ) = None
    """Its questions; *not assessed* is never a pass."""
    rule: Rule | None = None
    """Or a condition on a figure; a missing figure is never a pass."""
    basis: Basis = ()
    """The texts that it rests on."""

    @property
    def needed(self) -> int:
        """How many of its questions must be passed."""
        if self.require.at_least is not None:
            return self.require.at_least
        return 1 if self.require.word == "any" else len(self.of or ())
