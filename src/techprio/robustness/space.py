"""The weight space: all admissible weight vectors as a polytope, and what can be asked of it exactly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.silence import quiet

FEASIBLE = 1e-9
"""By how much a linear programme may miss a bound."""


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpace:
    """The polytope { w = λ·corners : Σλ = 1, λ ≥ 0, lower ≤ w ≤ upper, rows·w ≤ bounds } of global leaf weights.

    Without ``corners`` λ is w itself: a box cut by Σw = 1. With them, the mixtures of some weight sets. The rows are
    statements on weights.
    """

    lower: Floats
    """(n,)"""
    upper: Floats
    """(n,)"""
    rows: Floats = field(default_factory=lambda: frozen(np.zeros((0, 0))))
    """(r, n)"""
    bounds: Floats = field(default_factory=lambda: frozen(np.zeros(0)))
    """(r,)"""
    texts: tuple[str, ...] = ()
    """(r) the statements in words."""
    corners: Floats | None = None
    """(k, n) weight sets."""

    # -- making one -------------------------------------------------------------------------------------------------

    @classmethod
    def around(cls, centre: Floats, within: float | None) -> WeightSpace:
        """Every weight within a share of its own size from ``centre`` (n,), Σ = 1; without ``within``, any weights."""
        n = len(centre)
        none = frozen(np.zeros((0, n)))
        if within is None:
            return cls(frozen(np.zeros(n)), frozen(np.ones(n)), none)
        return cls(frozen(centre * (1 - within)), frozen(np.minimum(centre * (1 + within), 1.0)), none)

    @classmethod
    def mixtures(cls, sets: Floats) -> WeightSpace:
        """Every mixture of some weight sets (k, n)."""
        n = sets.shape[1]
        return cls(frozen(np.zeros(n)), frozen(np.ones(n)), frozen(np.zeros((0, n))), corners=frozen(sets))

    def where(self, rows: Any, bounds: Any, texts: tuple[str, ...]) -> WeightSpace:
        """The part of it where also ``rows`` (r, n) · w ≤ ``bounds`` (r,)."""
        return replace(
            self,
            rows=frozen(np.concatenate([self.rows, np.reshape(rows, (-1, self.n))])),
            bounds=frozen(np.concatenate([self.bounds, bounds])),
            texts=self.texts + texts,
        )

    @property
    def n(self) -> int:
        return len(self.lower)

    @property
    def is_box(self) -> bool:
        """Whether it is no more than a box cut by Σw = 1."""
        return self.corners is None and not len(self.bounds)

    @property
    def is_simplex(self) -> bool:
        return self.is_box and bool((self.lower == 0).all() and (self.upper == 1).all())

    def holds(self, w: Floats, tolerance: float = FEASIBLE) -> NDArray[np.bool_]:
        """Which weight vectors (s, n) keep the box and the statements (of mixtures: if they are mixtures)."""
        inside = ((w >= self.lower - tolerance) & (w <= self.upper + tolerance)).all(axis=-1)
        return np.asarray(inside & (w @ self.rows.T <= self.bounds + tolerance).all(axis=-1))

    # -- exact answers ----------------------------------------------------------------------------------------------

    def largest(self, d: Floats) -> Floats:
        """An upper bound of w·d over the space, for each row of ``d`` (…, n); without statements it is the largest.

        Of a box it is the greedy sum of a fractional knapsack: everything starts at its lower bound, and what is left
        of the sum goes to the best-paying leaves first. Of mixtures it is the best corner.
        """
        if self.corners is not None:
            best: Floats = (d @ self.corners.T).max(axis=-1)
            return best
        order = np.argsort(-d, axis=-1)
        room = (self.upper - self.lower)[order]
        before = np.cumsum(room, axis=-1) - room
        given = np.clip(1 - self.lower.sum() - before, 0, room)
        found: Floats = d @ self.lower + (given * np.take_along_axis(d, order, axis=-1)).sum(axis=-1)
        return found

    def optimum(self, d: Floats) -> tuple[float, Floats]:
        """The largest w·d over the space for one ``d`` (n,), by linear programming, and a w that reaches it.

        Raises UsageError if the space is empty.
        """
        a, b = self.inequalities()
        solved = _solve(-self.basis @ d, a, b)
        if solved is None:
            raise UsageError("no weights are admissible")
        return -float(solved.fun), np.asarray(solved.x) @ self.basis

    def conflict(self) -> tuple[str, ...]:
        """A smallest set of statements that no weights of the box keep together; none if there are weights that do.

        Found by deletion: a statement without which the rest still conflict is not needed. No one of those left can be
        taken away, so the set is minimal. The last statement is tried first.
        """
        kept = list(range(len(self.bounds)))
        if self._possible(kept):
            return ()
        for i in reversed(range(len(self.bounds))):
            rest = [k for k in kept if k != i]
            if not self._possible(rest):
                kept = rest
        return tuple(self.texts[k] for k in kept)

    def _possible(self, kept: list[int]) -> bool:
        """Whether some weights keep the box and the statements ``kept``."""
        return _solve(np.zeros(len(self.basis)), *self.inequalities(kept)) is not None

    # -- in terms of λ ----------------------------------------------------------------------------------------------

    @property
    def basis(self) -> Floats:
        """(k, n): w = λ·basis."""
        return np.eye(self.n) if self.corners is None else self.corners

    def inequalities(self, kept: list[int] | None = None) -> tuple[Floats, Floats]:
        """The box, the statements (or those ``kept``) and λ ≥ 0 as a·λ ≤ b: (q, k) and (q,)."""
        chosen = slice(None) if kept is None else kept
        a = np.concatenate([np.eye(self.n), -np.eye(self.n), self.rows[chosen]]) @ self.basis.T
        b = np.concatenate([self.upper, -self.lower, self.bounds[chosen]])
        if self.corners is None:
            return a, b
        return np.concatenate([a, -np.eye(len(self.basis))]), np.concatenate([b, np.zeros(len(self.basis))])


def _solve(cost: Floats, a: Floats, b: Floats) -> Any:
    """The least cost·λ with a·λ ≤ b and Σλ = 1, or None if there is no such λ."""
    from scipy.optimize import linprog

    with quiet():
        solved = linprog(cost, A_ub=a, b_ub=b, A_eq=np.ones((1, len(cost))), b_eq=[1.0], bounds=(None, None))
    return solved if solved.status == 0 else None
