"""The criteria file: how candidates are judged."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from techprio.study.base import (
    A_WORD,
    Choice,
    Day,
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
    Whole,
    Widened,
    Words,
)
from techprio.study.classes import Classes
from techprio.study.gates import Gate
from techprio.study.nodes import Criterion
from techprio.study.portfolio import Portfolio


class WeightSpace(Section):
    """Which weights are admissible."""

    around: Id = "chosen"
    """`chosen`: the weight set in use; a set's id; `sets`: mixtures of all sets."""
    within: Percent | None = None
    """How far each leaf weight may lie from the centre, as a share of itself, like 50%."""
    statements: tuple[Words, ...] = ()
    """Conditions on weights, like `autonomy >= capability` or `market + spill_over >= 5%`."""


class Group(Section):
    """Several judges, and how their judgements become one set of weights."""

    by: Annotated[Literal["aij", "aip"], Choice()]
    """`aij`: one set of pairwise judgements, the geometric mean of theirs. `aip`: the mean of their weights."""
    mean: Annotated[Literal["geometric", "arithmetic"], Choice()] | None = None
    """With `aip`: `geometric` (as when left out: a judge's 0 stays 0) or `arithmetic`."""
    importance: dict[Id, Weight] = Field(default_factory=dict)
    """Judge → how much their word counts; left out: all alike."""


class WeightSet(Section):
    """Somebody's weights."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""
    by: Text | None = None
    """Whose judgement it is."""
    method: Words = "direct"
    """How the weights are found: `direct` (stated under weights), from judgements or from the figures."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """The method's variant."""
    weights: dict[Id, Weight] = Field(default_factory=dict)
    """Node → weight relative to its siblings; a node left out keeps its base weight."""
    judgements: Any = None
    """What is weighed (`criteria`: the top of the tree, a branch, or `leaves`) → what the method takes."""
    group: Annotated[Group, Widened("by", str, schema={"enum": ["aij", "aip"]})] | None = None
    """There are several judges: below what is weighed stands judge → judgements."""
    over: Annotated[tuple[Id, ...], Field(min_length=1), OrOne()] | None = None
    """Of a method without judgements: what is weighed, `leaves` (as when left out), `criteria` or branches."""
    weight_space: WeightSpace | None = None
    """Its own weight space, instead of the study's."""
    note: Text | None = None
    """What a reader should know of it."""


# -- the list and the analysis --------------------------------------------------------------------------------------


class Floor(Section):
    """So many of a tier or group must be on the list."""

    tier: Label | None = None
    """The tier."""
    group: Label | None = None
    """Or the group."""
    count: Annotated[Whole, Field(ge=1)]
    """How many, at least."""


class Cut(Section):
    """How many candidates make the list."""

    total: Annotated[Whole, Field(ge=1)]
    """The size of the list."""
    at_least: tuple[Floor, ...] = ()
    """Floors by tier or group."""


class Labels(Section):
    """The legal tiers and groups, with names."""

    tier: dict[Label, Text] | None = None
    """Tiers, in order."""
    group: dict[Label, Text] | None = None
    """Groups, in order."""


class World(Section):
    """One way of ranking, for the multiverse."""

    method: Words
    """A method's id."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Its variant."""


Correlated = Annotated[Number, Field(ge=-1, le=1), WithJsonSchema({"type": "number", "minimum": -1, "maximum": 1})]


class Correlation(Section):
    """Two criteria on which a candidate's uncertain figures tend to be high or low together."""

    between: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)]
    """The two criteria."""
    rank: Correlated
    """Spearman's rank correlation of their figures, from -1 to 1."""
    note: Text | None = None
    """What it rests on."""


class Analysis(Section):
    """What is computed unless the command line says otherwise."""

    method: Words = "additive"
    """The ranking method's id."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Its variant."""
    multiverse: tuple[World, ...] = ()
    """Other ways of ranking, to compare."""
    draws: Annotated[Whole, Field(ge=1, le=100_000_000)] = 20_000
    """How many weights and figures are drawn."""
    seed: Annotated[Whole, Field(ge=0)] = 2026
    """What makes the draws repeatable."""


class PlansAt(Section):
    """Where the plans are."""

    folder: Words
    """The folder of the plans."""
    as_of: Day | None = None
    """The day up to which they are monitored; left out: the study's date. No report may be of a later month."""


class CriteriaFile(Section):
    """How candidates are judged."""

    techprio: Format
    """The format version: 1."""
    id: Annotated[Id, StandIn("-")]
    """The study's id."""
    title: Name
    """The study's title."""
    purpose: Text | None = None
    """What the ranking is for."""
    notice: Text | None = None
    """What every result must say of itself."""
    as_of: Day | None = None
    """The study's date, from which ages are counted."""
    candidates: Annotated[tuple[Words, ...], Field(min_length=1, max_length=100), OrOne()] | None = None
    """The candidates folder; of several, later ones are laid over earlier ones."""
    cut: Annotated[Cut, Widened("total", int, float, str, schema={"type": "integer", "minimum": 1})] | None = None
    """How many candidates make the list."""
    max_age: Annotated[Whole, Field(ge=0)] | None = None
    """After how many months a source is stale."""
    labels: Labels = Labels()
    """The legal tiers and groups."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """The tree of criteria."""
    gates: tuple[Gate, ...] = ()
    """Conditions before any scoring."""
    weight_sets: tuple[WeightSet, ...] = ()
    """Named alternatives to the tree's own weights, which are the set `base`."""
    weight_space: WeightSpace = WeightSpace(within="50%")
    """Which weights are admissible."""
    classes: Classes | None = None
    """Ordered classes of priority that candidates are sorted into."""
    references: tuple[Words, ...] = ()
    """Comparisons of candidates that every model must agree with, like `P06 > P01`, `P09 >= P22`, `P14 = P04`."""
    correlations: tuple[Correlation, ...] = ()
    """Which uncertain figures of a candidate go together."""
    analysis: Analysis = Analysis()
    """What is computed."""
    portfolio: Portfolio | None = None
    """Which sets of candidates may be chosen, for `techprio select`."""
    plans: Annotated[PlansAt, Widened("folder", str, schema=A_WORD)] | None = None
    """The folder of the implementation plans."""
