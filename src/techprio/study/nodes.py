"""The tree of criteria: branches and leaves, and how the figures of a leaf are turned into values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from techprio.study.base import (
    A_WEIGHT,
    NUMBER_KEYS,
    Choice,
    Id,
    Name,
    Number,
    OrOne,
    Section,
    StandIn,
    Text,
    Weight,
    Widened,
    Words,
    misspelt,
    told_by,
)
from techprio.study.portfolio import Share

Basis = Annotated[tuple[Words, ...], OrOne()]


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
