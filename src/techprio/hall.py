"""The hall, where the reading wing and the computing wing meet: a study as frozen arrays and labels.

Letters, here and everywhere: ``s`` draws, ``m`` candidates, ``n`` criteria.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import Place

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Missing = Literal["interval", "neutral", "worst"]
Words = Mapping[str, str]


def frozen(values: Any, dtype: Any = np.float64) -> NDArray[Any]:
    """A read-only copy as an array."""
    array = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, slots=True, eq=False)
class ValueFunction:
    """How figures become values: straight lines between points, then bent by ``rho``.

    ``at`` (k,) rises strictly; ``value`` (k,) in 0 … 1 rises or falls. Beyond the ends the value stays as it is.
    With ``rho`` ≠ 0 the value t becomes (1 − e^(−ρt)) / (1 − e^(−ρ)).
    """

    at: Floats
    value: Floats
    rho: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """At least ``count`` of the candidates ``members`` (m,) make the list."""

    kind: str
    label: str
    count: int
    members: Flags


@dataclass(frozen=True, slots=True)
class Cut:
    """How many make the list."""

    total: int
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A difference between two figures: a constant, plus a share of the figure."""

    constant: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Preference:
    """From which difference on one candidate is preferred on a criterion (outranking methods)."""

    type: str
    indifference: Threshold | None
    preference: Threshold | None
    inflection: Threshold | None


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What a method needs, and what people need to read its result."""

    candidates: tuple[str, ...]
    criteria: tuple[str, ...]
    x: Floats
    """(m, n) figures as stated; the middle where there is only a range, NaN where they are missing."""
    sense: Floats
    """(n,) +1 more is better, −1 less is better."""
    weights: Floats
    """(n,) global weights of the criteria; their sum is 1."""
    low: Floats
    """(m, n) the least each figure may be; equal to ``x`` where no range is stated."""
    high: Floats
    """(m, n) the most."""
    missing: tuple[Missing, ...]
    """(n) what a missing figure means."""
    value_functions: tuple[ValueFunction, ...] = ()
    """(n), or none where the problem did not come from a study."""
    limits: Floats = field(default_factory=lambda: frozen(np.zeros((0, 2))))
    """(n, 2) the least and the largest figure that is possible; NaN where there is no limit."""
    preferences: tuple[Preference | None, ...] = ()
    vetoes: tuple[Threshold | None, ...] = ()
    illustrative: Flags = field(default_factory=lambda: frozen(np.zeros((0, 0)), bool))
    """(m, n) figures that nobody has assessed."""
    names: tuple[Words, ...] = ()
    criterion_names: tuple[Words, ...] = ()
    units: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    """The nodes at the top of the criteria tree."""
    branch_names: tuple[Words, ...] = ()
    branch_of: tuple[int, ...] = ()
    """(n) which of ``branches`` each criterion belongs to."""
    tiers: tuple[str | None, ...] = ()
    groups: tuple[str | None, ...] = ()
    cut: Cut | None = None
    origin: Callable[[int, int], Place | None] = lambda i, j: None
    """(row, column) → the place in a file where the figure stands."""
    criterion_place: Callable[[int], Place | None] = lambda j: None
    """Column → the place in the criteria file where the criterion stands."""

    @property
    def m(self) -> int:
        return len(self.candidates)

    @property
    def n(self) -> int:
        return len(self.criteria)

    @property
    def gaps(self) -> Flags:
        """(m, n) missing figures."""
        return np.isnan(self.x)

    def row(self, candidate: str) -> int:
        return self.candidates.index(candidate)

    def column(self, criterion: str) -> int:
        return self.criteria.index(criterion)
