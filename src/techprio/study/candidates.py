"""Candidate files: what is judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from techprio.study.base import (
    A_NUMBER,
    ID_SCHEMA,
    Choice,
    Day,
    Flag,
    Format,
    Id,
    Label,
    Name,
    Number,
    OrOne,
    Percent,
    Section,
    StandIn,
    Text,
    Weight,
    When,
    Widened,
    Words,
    wrong,
)
from techprio.study.sources import Grade


def _page(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Page = Annotated[Words, BeforeValidator(_page), WithJsonSchema({"type": ["string", "integer"]})]


class Citation(Section):
    """Where a figure comes from."""

    id: Id
    """The source's id."""
    page: Page | None = None
    """The page, table or article in it."""
    says: Text | None = None
    """What it says, where sources conflict."""


Citations = Annotated[tuple[Annotated[Citation, Widened("id", str, int, float, schema=ID_SCHEMA)], ...], OrOne()]


class Evidence(Section):
    """What a figure or an answer rests on."""

    source: Citations = ()
    """One source or several."""
    as_of: When | None = None
    """The day, month or year that it is true of."""
    note: Text | None = None
    """The reasoning."""
    illustrative: Flag = False
    """True while nobody has assessed it: every table and picture made from it will say so."""


class Figure(Evidence):
    """One number of one candidate on one criterion."""

    value: Number | None = None
    """The best estimate; left out: the middle of the range, or missing."""
    low: Number | None = None
    """The least it may be."""
    high: Number | None = None
    """The most it may be."""
    distribution: Annotated[Literal["triangular", "uniform", "pert", "normal"], Choice()] | None = None
    """How it is spread over its range; left out: `triangular`."""
    one_below: Percent | None = None
    """On a scale of levels, how likely it is one level lower, like 20%."""
    one_above: Percent | None = None
    """On a scale of levels, how likely it is one level higher."""
    grade: Grade | None = None
    """How good the evidence is, from A to D."""
    by: Text | None = None
    """Who assessed it."""

    @property
    def nominal(self) -> float | None:
        """The value, or the middle of the range, or None: missing."""
        if self.value is None and self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.value

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The least and the most it may be; of a certain figure, itself."""
        if self.value is not None and (self.one_below or self.one_above):
            return self.value - bool(self.one_below), self.value + bool(self.one_above)
        return (self.nominal if self.low is None else self.low), (self.nominal if self.high is None else self.high)


MISSING = Figure()


class _WidenedFigure(Widened):
    """A bare number is a figure with nothing else known; nothing is a missing one."""

    def widen(self, value: Any) -> Any:
        if value is None:
            return MISSING
        if not isinstance(value, Mapping):
            return {"value": value}
        if value and all(isinstance(key, int) and 1900 <= key < 2200 for key in value):
            raise wrong("E211", "figures by horizon cannot be read yet", "give one figure for now")
        return value


FIGURE = _WidenedFigure("value", schema={"anyOf": [A_NUMBER, {"type": "null"}]})


class Answer(Evidence):
    """Whether a candidate passes a question of a gate."""

    answer: Annotated[Literal["pass", "fail", "not assessed"], Choice()]
    """`pass`, `fail` or `not assessed`."""


ANSWERS = {"enum": ["pass", "fail", "not assessed"]}


class Link(Section):
    """How one candidate depends on another."""

    to: Id
    """The other candidate."""
    kind: Annotated[Literal["needs", "enables", "complements", "substitutes"], Choice()]
    """What it is to this one."""
    effect: Weight | None = None
    """The value that both bring together, or, as substitutes, lose; left out: as the portfolio section says."""


class Candidate(Section):
    """One technology."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""
    aliases: tuple[Words, ...] = ()
    """Other names."""
    tier: Label | None = None
    """Its tier."""
    group: Label | None = None
    """Its technology group."""
    region: Label | None = None
    """Where it is carried out."""
    lead_agency: Text | None = None
    """Who leads it."""
    description: Text | None = None
    """What it is."""
    supersedes: Annotated[tuple[Id, ...], OrOne()] = ()
    """Ids in an earlier list."""
    figures: dict[Id, Annotated[Figure, FIGURE]] = Field(default_factory=dict)
    """Criterion → figure."""
    gates: dict[Id, Annotated[Answer, Widened("answer", str, int, float, type(None), schema=ANSWERS)]] = Field(
        default_factory=dict
    )
    """Question of a gate → answer."""
    links: tuple[Link, ...] = ()
    """Dependencies on other candidates."""


class CandidateFile(Candidate):
    """A file with one candidate."""

    techprio: Format
    """The format version: 1."""


class CandidatesFile(Section):
    """A file with several candidates."""

    techprio: Format
    """The format version: 1."""
    candidates: Annotated[tuple[Candidate, ...], Field(min_length=1)]
    """The candidates."""


class ListFile(Section):
    """`list.yaml`: what list the folder holds."""

    techprio: Format
    """The format version: 1."""
    id: Annotated[Id, StandIn("-")]
    """The list's id."""
    title: Name
    """Its title."""
    decision: Text | None = None
    """The decision that issued it."""
    in_force_from: Day | None = None
    """The day it came into force."""
    superseded_by: Id | None = None
    """The list that replaced it."""
    note: Text | None = None
    """What a reader should know of it."""
