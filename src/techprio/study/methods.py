"""What the rules of a study know of methods. They lie below the study, so it is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from techprio.errors import Fault
from techprio.study.criteria import WeightSet
from techprio.yaml_source import Path_


class Doubt(NamedTuple):
    """Judgements that can be used and should be looked at again: where, below what is weighed, and why."""

    path: Path_
    message: str
    hint: str
    facts: Mapping[str, Any]


class Weighed(NamedTuple):
    """What judgements come to."""

    weights: Mapping[str, float]
    doubts: Sequence[Doubt]


@dataclass(frozen=True, slots=True)
class Weighting:
    """What the rules know of a way of finding weights."""

    settings: frozenset[str]
    judges: bool
    """Whether it takes judgements."""
    reads_figures: bool
    weigh: Callable[[WeightSet, Any, Sequence[str]], Weighed]
    """(weight set, judgements, nodes) → weights. Raises UsageError; a JudgementError leads to the judgement."""


@dataclass(frozen=True, slots=True)
class Methods:
    """What there is to rank, weigh and sort by."""

    ranking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ranking method → the names of its settings."""
    weighting: Mapping[str, Weighting] = field(default_factory=dict)
    sorting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Sorting method → the names of its settings that a study may state."""
    afterwards: Callable[[Any], Iterable[Fault]] = lambda study: ()
    """Sound study → faults that show only when weights are found from its figures."""
