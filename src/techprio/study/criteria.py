"""The criteria file: how candidates are judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from techprio.study.base import (
    A_WEIGHT,
    A_WORD,
    ID_SCHEMA,
    NOT_A_CHOICE,
    NUMBER_KEYS,
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
    misspelt,
    told_by,
    wrong,
)
from techprio.study.classes import Classes
from techprio.study.portfolio import Portfolio, Share

Basis = Annotated[tuple[Words, ...], OrOne()]

# -- scales and value functions -------------------------------------------------------------------------------------


class NumberScale(Section):
    """A scale of numbers."""

    kind: Literal["number"]
    """`number`"""
    min: Number | None = None
    """The least figure that is possible: one below it is a fault."""
    max: Number | None = None
    """The largest figure that is possible: one above it is a fault."""

    @property
    def limits(self) -> tuple[float | None, float | None]:
        return self.min, self.max


class LevelScale(Section):
    """A scale of levels, each with a worded anchor."""

    kind: Literal["levels"]
    """`levels`"""
    levels: Annotated[dict[Number, Text], Field(min_length=2, json_schema_extra=NUMBER_KEYS)]
    """What each level means; a figure may also lie between two worded levels."""

    @property
    def limits(self) -> tuple[float | None, float | None]:
        return min(self.levels), max(self.levels)


Scale = Annotated[
    Annotated[NumberScale, Tag("<number>")] | Annotated[LevelScale, Tag("<levels>")],
    told_by("kind", "number", "levels"),
]


class Anchored(Section):
    """A value function between two anchors."""

    worst: Number | None = None
    """The figure of value 0; left out: the scale's limit."""
    best: Number | None = None
    """The figure of value 1; left out: the scale's limit."""


class LinearValue(Anchored):
    """Value rises evenly from the worst anchor to the best."""

    shape: Literal["linear"] = "linear"
    """`linear`"""


class ExponentialValue(Anchored):
    """(1 − e^(−ρt)) / (1 − e^(−ρ)), where t is the linear value."""

    shape: Literal["exponential"]
    """`exponential`"""
    rho: Annotated[Number, Field(ge=-50, le=50), WithJsonSchema({"type": "number", "minimum": -50, "maximum": 50})]
    """Above 0 the first steps count most, below 0 the last; 0 is linear."""


class Point(Section):
    """A figure and its value."""

    at: Number
    """The figure."""
    value: Share
    """Its value, from 0 to 1."""


class PiecewiseValue(Section):
    """Straight lines between points."""

    shape: Literal["piecewise"]
    """`piecewise`"""
    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    """From the lowest figure to the highest."""


class LevelsValue(Section):
    """A value for each level."""

    shape: Literal["levels"]
    """`levels`"""
    values: Annotated[dict[Number, Share], Field(min_length=2, json_schema_extra=NUMBER_KEYS)]
    """Level → value from 0 to 1; between levels it is interpolated."""


Value = Annotated[
    Annotated[LinearValue, Tag("<linear>")]
    | Annotated[ExponentialValue, Tag("<exponential>")]
    | Annotated[PiecewiseValue, Tag("<piecewise>")]
    | Annotated[LevelsValue, Tag("<levels>")],
    told_by("shape", "linear", "piecewise", "exponential", "levels", default="linear"),
]


class ThresholdParts(Section):
    """A threshold that may grow with the figure."""

    constant: Weight = 0.0
    """In the figure's unit."""
    share: Weight = 0.0
    """A share of the figure."""


Threshold = Annotated[ThresholdParts, Widened("constant", int, float, str, schema=A_WEIGHT)]


class Preference(Section):
    """From which difference on one candidate is preferred (read by outranking methods)."""

    type: Annotated[Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"], Choice()] = "linear"
    """The shape of the preference function."""
    indifference: Threshold | None = None
    """Up to here a difference does not count (q)."""
    preference: Threshold | None = None
    """From here on it counts in full (p)."""
    inflection: Threshold | None = None
    """Where the gaussian function turns (s)."""


# -- the tree -------------------------------------------------------------------------------------------------------


class Node(Section):
    """A node of the criteria tree."""

    id: Id
    """Its id."""
    name: Name
    """Its name."""
    weight: Annotated[Weight, StandIn(1)]
    """Its weight, relative to its siblings."""
    basis: Basis = ()
    """The legal or political texts that it rests on."""
    note: Text | None = None
    """What a reader should know of it."""


class Leaf(Node):
    """A criterion: a question that every candidate is asked."""

    question: Text | None = None
    """What the assessor is asked."""
    direction: Annotated[Literal["max", "min"], Choice()]
    """`max`: more is better. `min`: less is better."""
    unit: Words = ""
    """The unit of its figures."""
    scale: Scale
    """Which figures are possible."""
    value: Value | None = None
    """How a figure becomes a value from 0 to 1; left out: linear between the scale's limits."""
    preference: Preference | None = None
    """Thresholds of preference, read by outranking methods."""
    veto: Threshold | None = None
    """From this disadvantage on nothing makes up for it, in outranking methods."""
    missing: Annotated[Literal["interval", "neutral", "worst", "error"], Choice()] = "interval"
    """What a missing figure means: any value, the middle, the worst, or a fault."""

    @property
    def anchors(self) -> tuple[float | None, float | None]:
        """The figures of value 0 and of value 1: as stated, else the scale's limits by direction."""
        worst, best = self.scale.limits if self.direction == "max" else self.scale.limits[::-1]
        if isinstance(self.value, PiecewiseValue):
            ends = (self.value.points[0].at, self.value.points[-1].at)
            return ends if self.direction == "max" else ends[::-1]
        if isinstance(self.value, Anchored):
            worst = worst if self.value.worst is None else self.value.worst
            best = best if self.value.best is None else self.value.best
        return worst, best


class Branch(Node):
    """A group of criteria that are weighed together."""

    aggregate: Annotated[Literal["arithmetic", "geometric", "harmonic", "minimum", "owa"], Choice()] = "arithmetic"
    """How the values below it are put together."""
    orness: Share | None = None
    """With `owa`: from 0 (the worst value counts) over 0.5 (the plain sum) to 1 (the best counts)."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """The nodes below it."""


def _node(data: Any) -> str:
    """A node with criteria is a branch; so is one with a list under a key that is nearly that."""
    if not isinstance(data, Mapping):
        return "<branch>" if isinstance(data, Branch) else "<leaf>"
    near = None if "scale" in data else misspelt(data, "criteria", NODE_KEYS)
    return "<branch>" if "criteria" in data or (near and isinstance(data[near], list)) else "<leaf>"


Criterion = Annotated[Annotated[Leaf, Tag("<leaf>")] | Annotated[Branch, Tag("<branch>")], Discriminator(_node)]
Branch.model_rebuild()
NODE_KEYS = frozenset({*Leaf.model_fields, *Branch.model_fields})


# -- gates ----------------------------------------------------------------------------------------------------------


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


# -- weights --------------------------------------------------------------------------------------------------------


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
