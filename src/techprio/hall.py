"""The hall, where the reading wing and the computing wing meet: a study as frozen arrays and labels.

Letters, here and everywhere: ``s`` draws, ``m`` candidates, ``n`` criteria.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import Place, UsageError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Missing = Literal["interval", "neutral", "worst"]
Words = Mapping[str, str]


def frozen(values: Any, dtype: Any = np.float64) -> NDArray[Any]:
    """A read-only copy as an array."""
    array = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


SHAPES = ("triangular", "uniform", "pert", "normal", "levels")
"""How a figure may be spread over its range."""


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


@dataclass(frozen=True, slots=True)
class Branching:
    """A branch of the criteria tree: how the values below it are put together, and what is below it."""

    id: str
    children: tuple[Branching | int, ...]
    """Branches, and columns of criteria."""
    aggregate: str = "arithmetic"
    orness: float = 0.5

    def bent(self) -> dict[str, str]:
        """Branch → how it is put together, for those that are no plain sum."""
        own = {} if self.aggregate == "arithmetic" else {self.id: self.aggregate}
        for child in self.children:
            if isinstance(child, Branching):
                own.update(child.bent())
        return own


PerColumn = Mapping[Any, Any] | Sequence[Any] | None
"""Something for each column of a table, by name or in order."""


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
    shapes: NDArray[np.int8] = field(default_factory=lambda: frozen(np.zeros((0, 0)), np.int8))
    """(m, n) how each figure is spread over its range, as a position in ``SHAPES``; empty: all triangular."""
    odds: Floats = field(default_factory=lambda: frozen(np.zeros((0, 0, 2))))
    """(m, n, 2) of the shape ``levels``: the probabilities that a figure is at ``low`` and at ``high``."""
    correlations: Floats = field(default_factory=lambda: frozen(np.zeros((0, 0))))
    """(n, n) Spearman's rank correlation between the figures of one candidate; empty: none."""
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
    level_scales: tuple[bool, ...] = ()
    """(n,) whether figures on a criterion are levels; empty: none are."""
    branches: tuple[str, ...] = ()
    """The nodes at the top of the criteria tree."""
    branch_names: tuple[Words, ...] = ()
    branch_of: tuple[int, ...] = ()
    """(n) which of ``branches`` each criterion belongs to."""
    tree: Branching | None = None
    """The criteria tree, from its root."""
    tiers: tuple[str | None, ...] = ()
    groups: tuple[str | None, ...] = ()
    cut: Cut | None = None
    origin: Callable[[int, int], Place | None] = lambda i, j: None
    """(row, column) → the place in a file where the figure stands."""
    criterion_place: Callable[[int], Place | None] = lambda j: None
    """Column → the place in the criteria file where the criterion stands."""

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        weights: PerColumn = None,
        sense: PerColumn = None,
        cut: int | None = None,
    ) -> Problem:
        """A table of figures as a problem: candidates down its index, criteria across its columns, no files.

        ``weights`` and ``sense`` are given a column, by name or in order. Weights are divided by their sum; left out,
        all are equal. A sense is ``max`` or +1 (more is better, as when left out) or ``min`` or −1. NaN is a missing
        figure: it is drawn from between the column's worst and best. Raises UsageError, naming row and column, for
        what is no number, for ids that stand twice, and for columns that are not there.
        """
        rows = [[frame.iat[i, j] for j in range(frame.shape[1])] for i in range(frame.shape[0])]
        return cls.from_rows(list(frame.index), list(frame.columns), rows, weights=weights, sense=sense, cut=cut)

    @classmethod
    def from_rows(
        cls,
        candidates: Sequence[Any],
        criteria: Sequence[Any],
        rows: Sequence[Sequence[Any]],
        *,
        weights: PerColumn = None,
        sense: PerColumn = None,
        cut: int | None = None,
    ) -> Problem:
        """The same from lists: one row of figures a candidate."""
        names = _distinct(candidates, "the table has no candidate", "the candidate {id} stands twice in the table")
        columns = _distinct(criteria, "the table has no criterion", "the criterion {id} stands twice in the table")
        x = np.array(
            [[_figure(f, i, j) for j, f in zip(columns, r, strict=True)] for i, r in zip(names, rows, strict=True)]
        )
        senses, w = _senses(sense, columns), _weights(weights, columns)
        m, n = x.shape
        column_names = tuple({"": id} for id in columns)
        return cls(
            candidates=tuple(names),
            criteria=tuple(columns),
            x=frozen(x),
            sense=frozen(senses),
            weights=frozen(w),
            low=frozen(x),
            high=frozen(x),
            missing=("interval",) * n,
            value_functions=tuple(_over_the_column(x[:, j], s, columns[j]) for j, s in enumerate(senses)),
            limits=frozen(np.full((n, 2), np.nan)),
            preferences=(None,) * n,
            vetoes=(None,) * n,
            illustrative=frozen(np.zeros((m, n)), bool),
            names=tuple({"": id} for id in names),
            criterion_names=column_names,
            units=("",) * n,
            branches=tuple(columns),
            branch_names=column_names,
            branch_of=tuple(range(n)),
            tree=Branching("", tuple(range(n))),
            tiers=(None,) * m,
            groups=(None,) * m,
            cut=None if cut is None else Cut(cut),
        )

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


_SENSES = {1: 1.0, -1: -1.0, "max": 1.0, "min": -1.0, "+": 1.0, "-": -1.0, "+1": 1.0, "-1": -1.0}


def _distinct(ids: Sequence[Any], one: str, many: str) -> list[str]:
    """The ids as text; ``one``: what is said where there is not one, ``many``: where two are the same."""
    names = [str(id) for id in ids]
    if not names:
        raise UsageError(one)
    if doubled := [id for id in names if names.count(id) > 1]:
        raise UsageError(many, id=doubled[0])
    return names


def _senses(given: PerColumn, criteria: Sequence[str]) -> list[float]:
    stated = _by_column(given, criteria, 1, "{given} senses are given for {n} columns")
    for id, each in zip(criteria, stated, strict=True):
        if each not in _SENSES:
            raise UsageError("the sense of {id} must be max or min", id=id)
    return [_SENSES[each] for each in stated]


def _weights(given: PerColumn, criteria: Sequence[str]) -> Floats:
    """They come to 1."""
    stated = _by_column(given, criteria, 1.0, "{given} weights are given for {n} columns")
    if isinstance(given, Mapping) and (lacking := [id for id in criteria if id not in map(str, given)]):
        raise UsageError("no weight is given for {id}", id=lacking[0])
    w = np.array(stated, float)
    if not (np.isfinite(w).all() and (w >= 0).all() and w.sum() > 0):
        raise UsageError("weights must be finite, not negative and not all zero")
    return np.asarray(w / w.sum())


def _figure(value: Any, candidate: str, criterion: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("inf")
    if np.isinf(number) or isinstance(value, bool):
        what = "{value} is no figure: candidate {candidate}, criterion {criterion}"
        raise UsageError(what, value=repr(value), candidate=candidate, criterion=criterion)
    return number


def _by_column(given: Any, criteria: Sequence[str], default: Any, message: str) -> list[Any]:
    """What is given for each column, by name or in order; ``message``: said of a list too long or too short."""
    if given is None:
        return [default] * len(criteria)
    if isinstance(given, Mapping):
        named = {str(key): value for key, value in given.items()}
        if unknown := [key for key in named if key not in criteria]:
            raise UsageError("the table has no column {id}", id=unknown[0])
        return [named.get(id, default) for id in criteria]
    if len(given) != len(criteria):
        raise UsageError(message, given=len(given), n=len(criteria))
    return list(given)


def _over_the_column(x: Floats, sense: float | None, criterion: str) -> ValueFunction:
    """The value function of a bare column: from its worst figure to its best."""
    there = x[~np.isnan(x)]
    if not len(there):
        raise UsageError("the column {id} has no figure", id=criterion)
    low, high = float(there.min()), float(there.max())
    high = high if high > low else low + 1
    return ValueFunction(frozen([low, high]), frozen([0.0, 1.0] if sense == 1 else [1.0, 0.0]))
