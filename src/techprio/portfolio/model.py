"""A choice among candidates as arrays: what each is worth, what each uses, which sets are allowed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from techprio.hall import Flags, Floats, Words, frozen

Kind = Literal["budget", "quota", "size", "must", "must not", "needs", "exclusive", "only"]

TOLERANCE = 1e-9
"""A sum counts as equal to a limit within this share of all that is added up: more than arithmetic can lose, less than
anybody can state."""


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """low ≤ row · x ≤ high, for the flags x (m,) of the candidates chosen."""

    id: str
    kind: Kind
    row: Floats
    """(m,) what each candidate adds."""
    low: float = -np.inf
    high: float = np.inf
    name: Words = field(default_factory=dict)
    unit: str = ""
    year: int | None = None
    source: str = ""
    amount: Amount | None = None
    """Where the row comes from, if it is made of figures."""

    def used(self, x: Flags) -> float:
        """The sum over those chosen."""
        return float(self.row[x].sum())

    def keeps(self, x: Flags) -> Flags:
        """Which sets (…, m) keep it."""
        used = x @ self.row
        room = TOLERANCE * (np.abs(self.row).sum() + 1.0)
        return np.asarray((used <= self.high + room) & (used >= self.low - room))

    @property
    def limit(self) -> float:
        """The end that is stated."""
        return self.low if np.isfinite(self.low) else self.high


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """Figures that are added up: shares (m,) of those of a criterion or resource."""

    share: Floats
    of: str
    stated: Floats
    """(m,)"""
    low: Floats
    """(m,) the ends of the figures' ranges."""
    high: Floats


@dataclass(frozen=True, slots=True)
class Pair:
    """Value that two candidates bring together, below 0: lose, if both are chosen."""

    first: int
    second: int
    kind: str
    effect: float


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Which set of candidates has the greatest value?"""

    candidates: tuple[str, ...]
    values: Floats
    """(m,) what each adds by itself."""
    constraints: tuple[Constraint, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def m(self) -> int:
        return len(self.candidates)

    def value(self, x: Flags) -> float:
        """What a set (m,) is worth."""
        together = sum(pair.effect for pair in self.pairs if x[pair.first] and x[pair.second])
        return float(self.values[x].sum() + together)

    def worth(self, x: Flags) -> Floats:
        """What each of many sets (s, m) is worth."""
        total: Floats = x @ self.values
        for pair in self.pairs:
            total = total + pair.effect * (x[:, pair.first] & x[:, pair.second])
        return total

    def broken(self, x: Flags) -> list[Constraint]:
        """The constraints that a set does not keep."""
        return [constraint for constraint in self.constraints if not constraint.keeps(x)]

    def without(self, constraint: Constraint) -> Model:
        return replace(self, constraints=tuple(c for c in self.constraints if c is not constraint))

    def also(self, *constraints: Constraint) -> Model:
        return replace(self, constraints=(*self.constraints, *constraints))

    def within(self, factor: float) -> Model:
        """The same with every budget ``factor`` times as large."""
        scaled = (replace(c, high=c.high * factor) if c.kind == "budget" else c for c in self.constraints)
        return replace(self, constraints=tuple(scaled))

    def deciding(self, i: int, chosen: bool) -> Model:
        """The same with one candidate in or out, whatever was said of it."""
        row = np.zeros(self.m)
        row[i] = 1.0
        kept = tuple(c for c in self.constraints if not (c.kind in ("must", "must not") and c.row[i]))
        bound = Constraint(self.candidates[i], "must", frozen(row), low=1.0)
        bound = bound if chosen else replace(bound, kind="must not", low=-np.inf, high=0.0)
        return replace(self, constraints=(*kept, bound))


def moves(candidates: tuple[str, ...], before: Flags, after: Flags) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who comes and who goes from one set to another."""
    came = tuple(candidates[i] for i in np.flatnonzero(after & ~before))
    return came, tuple(candidates[i] for i in np.flatnonzero(before & ~after))
