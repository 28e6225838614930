"""The weight space: all admissible weight vectors, and uniform draws from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Floats, frozen

# A box is drawn from exactly, by rejection; below this share of acceptance that takes too long to be of use.
MIN_ACCEPTANCE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpace:
    """The polytope { w : Σw = 1, lower ≤ w ≤ upper } of global leaf weights."""

    lower: Floats
    upper: Floats

    @classmethod
    def around(cls, centre: Floats, within: float | None) -> WeightSpace:
        """Every weight within a share of its own size from ``centre`` (n,), Σ = 1; without ``within``, any weights."""
        if within is None:
            return cls(frozen(np.zeros_like(centre)), frozen(np.ones_like(centre)))
        return cls(frozen(centre * (1 - within)), frozen(np.minimum(centre * (1 + within), 1.0)))

    @property
    def n(self) -> int:
        return len(self.lower)

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """``size`` independent weight vectors (size, n), uniform on the space, never renormalised.

        All leaves but the widest are drawn from their ranges, the widest closes the sum, and what falls out of the
        space is rejected. On the bare simplex: normalised exponentials, that is Dirichlet(1, …, 1).
        """
        spread = self.upper - self.lower
        free = np.flatnonzero(spread > 0)
        if len(free) < 2:
            return np.tile(self._only_point(), (size, 1))
        if (self.lower == 0).all() and (self.upper == 1).all():
            w = rng.standard_exponential((size, self.n))
            on_simplex: Floats = w / w.sum(axis=1, keepdims=True)
            return on_simplex
        widest = free[np.argmax(spread[free])]
        others = free[free != widest]
        drawn = np.empty((size, self.n))
        drawn[:] = self.lower
        rest = 1.0 - (self.lower.sum() - self.lower[free].sum())
        have, tried = 0, 0
        while have < size:
            accepted = max(have, 1) / tried if tried else 0.7
            tries = min(int((size - have) / accepted * 1.1) + 8, 8 * size + 1000)
            w = self.lower[others] + rng.random((tries, len(others))) * spread[others]
            last = rest - w.sum(axis=1)
            inside = (last >= self.lower[widest]) & (last <= self.upper[widest])
            w, last = w[inside][: size - have], last[inside][: size - have]
            drawn[have : have + len(w), others] = w
            drawn[have : have + len(w), widest] = last
            have, tried = have + len(w), tried + tries
            if tried > 10_000 and have < MIN_ACCEPTANCE * tried:
                raise UsageError("the weight space is too narrow a slice of its box to draw from")
        return drawn

    def _only_point(self) -> Floats:
        point: Floats = self.lower + (1 - self.lower.sum()) * (self.upper > self.lower)
        return point

    def largest(self, d: Floats) -> Floats:
        """The largest w·d over the space, for each row of ``d`` (…, n): the greedy sum of a fractional knapsack.

        Everything starts at its lower bound; what is left of the sum goes to the best-paying leaves first.
        """
        order = np.argsort(-d, axis=-1)
        room = (self.upper - self.lower)[order]
        before = np.cumsum(room, axis=-1) - room
        given = np.clip(1 - self.lower.sum() - before, 0, room)
        found: Floats = d @ self.lower + (given * np.take_along_axis(d, order, axis=-1)).sum(axis=-1)
        return found
