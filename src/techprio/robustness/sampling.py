"""Uniform draws from a weight space: independent where that is quick, by a walk through the space where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.memory import lent
from techprio.robustness.space import FEASIBLE, WeightSpace
from techprio.silence import quiet

LEAST_ACCEPTED = 0.01
"""Rejection is exact and used while more than this share of tries is accepted."""
PILOT = 20_000
"""Tries that tell which share is accepted."""
CHAINS = 128
"""Walks that go on side by side."""
BLOCK = 40_000
"""Numbers that are tried at once: what stays in the cache."""

Way = Literal["point", "simplex", "order", "mixture", "box", "walk"]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """What a walk through a polytope needs: hit-and-run in directions that fit its shape.

    Smith, R. L. (1984). Efficient Monte Carlo procedures for generating points uniformly distributed over bounded
    regions. Operations Research 32(6), 1296–1308.
    """

    start: Floats
    """(k,) λ well inside."""
    spread: Floats
    """(d, k) directions: normal draws (d,) times this."""
    a: Floats
    b: Floats
    """a·λ ≤ b."""
    r_hat: float
    """Of the pilot: 1 where the walks have forgotten where they began (Gelman & Rubin 1992); the worst weight's."""
    effective: float
    """Of the pilot: effective draws per draw, at the worst weight."""

    @property
    def burn_in(self) -> int:
        return 50 + 5 * len(self.spread)

    @property
    def thinning(self) -> int:
        return 5 + len(self.spread)

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """``size`` draws of λ (size, k)."""
        if not len(self.spread):  # the space is a point
            return np.tile(self.start, (size, 1))
        chains = min(CHAINS, size)
        at = np.tile(self.start, (chains, 1))
        slack = self.b - at @ self.a.T
        self._steps(rng, at, slack, self.burn_in)
        found = np.empty((-(-size // chains), chains, len(self.start)))
        for kept in found:
            self._steps(rng, at, slack, self.thinning)
            kept[:] = at
        return found.reshape(-1, len(self.start))[:size]

    def _steps(self, rng: np.random.Generator, at: Floats, slack: Floats, count: int) -> None:
        """Move every chain ``count`` times, each time to a uniform point of a random line through it."""
        for _ in range(count):
            direction = rng.standard_normal((len(at), len(self.spread))) @ self.spread
            rate = direction @ self.a.T
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = slack / rate
            forward = np.where(rate > 1e-14, reach, np.inf).min(axis=1)
            back = np.where(rate < -1e-14, reach, -np.inf).max(axis=1)
            step = (back + rng.random(len(at)) * (forward - back))[:, None]
            at += step * direction
            slack -= step * rate
            np.maximum(slack, 0, out=slack)


@dataclass(frozen=True, slots=True, eq=False)
class Sampler:
    """A weight space and the way to draw from it."""

    space: WeightSpace
    way: Way
    accepted: float
    """Of the pilot: the share of tries accepted."""
    order: tuple[int, ...] = ()
    """Leaves from the heaviest to the lightest, where the statements put all of them in order."""
    walk: Walk | None = None

    @classmethod
    def of(cls, space: WeightSpace) -> Sampler:
        """Find the way. Raises UsageError if the space is empty."""
        if space.corners is None and not len(space.bounds):
            spread = space.upper - space.lower
            if (spread > 0).sum() < 2:
                return cls(space, "point", 1.0)
            if space.is_simplex:
                return cls(space, "simplex", 1.0)
        if order := _full_order(space):
            return cls(space, "order", 1.0, order)
        way: Way = "box" if space.corners is None else "mixture"
        accepted = _accepted(space, way)
        if accepted >= LEAST_ACCEPTED:
            return cls(space, way, accepted)
        return cls(space, "walk", accepted, walk=_walk(space))

    @property
    def effective(self) -> float:
        """Independent draws that a draw is worth: a walk remembers where it was."""
        return 1.0 if self.walk is None else self.walk.effective

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """``size`` weight vectors (size, n), uniform on the space, never renormalised."""
        space = self.space
        if self.way == "point":
            only = space.lower + (1 - space.lower.sum()) * (space.upper > space.lower)
            return np.tile(only, (size, 1))
        if self.way == "simplex":
            return _simplex(rng, np.empty((size, space.n)))
        if self.way == "order":
            w = np.empty((size, space.n))
            w[:, self.order] = np.sort(_simplex(rng, np.empty((size, space.n))), axis=1)[:, ::-1]
            return w
        if self.walk is not None:
            return self.walk.draw(rng, size) @ space.basis
        return self._accept(rng, np.empty((size, space.n)))

    def blocks(self, rng: np.random.Generator, rows: int, memory: Floats) -> Iterator[Floats]:
        """``draw`` as many as ``memory`` (size, n) holds, ``rows`` in each block.

        They are made there, those of the bare simplex block upon block where they stay in the cache.
        """
        size = len(memory)
        if self.way == "simplex":
            for begin in range(0, size, rows):
                yield _simplex(rng, memory[: min(rows, size - begin)])
            return
        w = self._accept(rng, memory) if self.way in ("box", "mixture") else self.draw(rng, size)
        for begin in range(0, size, rows):
            yield w[begin : begin + rows]

    def _accept(self, rng: np.random.Generator, drawn: Floats) -> Floats:
        """Fill ``drawn`` (size, n) with tries that lie in the space, a block of tries at a time."""
        have, size = 0, len(drawn)
        while have < size:
            tries = int((size - have) / self.accepted * 1.05) + 8
            w = _tries(self.space, self.way, rng, min(tries, BLOCK // self.space.n))[: size - have]
            drawn[have : have + len(w)] = w
            have += len(w)
        return drawn


def _simplex(rng: np.random.Generator, w: Floats) -> Floats:
    """Fill ``w`` (size, n) uniformly on the simplex: normalised exponentials, that is Dirichlet(1, …, 1)."""
    rng.standard_exponential(out=w)
    w *= 1 / (w @ np.ones((w.shape[1], 1)))
    return w


def _tries(space: WeightSpace, way: Way, rng: np.random.Generator, tries: int) -> Floats:
    """Those of so many tries that lie in the space.

    In a box, all leaves but the widest are drawn from their ranges, and the widest closes the sum.
    """
    if way == "mixture":
        w = _simplex(rng, np.empty((tries, len(space.basis)))) @ space.basis
        return w[space.holds(w)]
    spread = space.upper - space.lower
    free = np.flatnonzero(spread > 0)
    if space.upper[free].min() >= 1 and space.lower.max() == 0 and len(free) == space.n:
        w = _simplex(rng, np.empty((tries, space.n)))
    else:
        widest = free[np.argmax(spread[free])]
        others = (np.arange(space.n) != widest).astype(float)
        with lent((tries, space.n)) as places:
            rng.random(out=places)
            last = 1 - space.lower @ others - places @ (spread * others)
            inside = np.flatnonzero((last >= space.lower[widest]) & (last <= space.upper[widest]))
            w = places.take(inside, axis=0)
        w *= spread * others
        w += space.lower * others
        w[:, widest] = last[inside]
    return w[(w @ space.rows.T <= space.bounds).all(axis=1)] if len(space.bounds) else w


def _accepted(space: WeightSpace, way: Way) -> float:
    """The share of tries that lie in the space."""
    return len(_tries(space, way, np.random.default_rng(0), PILOT)) / PILOT


def _full_order(space: WeightSpace) -> tuple[int, ...]:
    """Leaves from the heaviest to the lightest, if that is just what the statements say of the bare simplex."""
    n = space.n
    if space.corners is not None or (space.lower != 0).any() or (space.upper != 1).any() or len(space.bounds) != n - 1:
        return ()
    below: dict[int, int] = {}
    for row, bound in zip(space.rows, space.bounds, strict=True):
        lighter, heavier = np.flatnonzero(row == 1), np.flatnonzero(row == -1)
        if bound != 0 or len(lighter) != 1 or len(heavier) != 1 or np.count_nonzero(row) != 2:
            return ()
        below[int(heavier[0])] = int(lighter[0])
    tops = set(range(n)) - set(below.values())
    if len(below) != n - 1 or len(tops) != 1:
        return ()
    order = [tops.pop()]
    while order[-1] in below and len(order) <= n:
        order.append(below[order[-1]])
    return tuple(order) if len(order) == n else ()


# -- walks ----------------------------------------------------------------------------------------------------------


def _walk(space: WeightSpace) -> Walk:
    """A walk fitted to the space: its directions within it, stretched as a pilot finds it stretched.

    Raises UsageError if the space is empty.
    """
    a, b = space.inequalities()
    flat = _null_space(np.ones((1, a.shape[1])))
    start, radius = _inner_point(a, b, flat)
    if radius <= FEASIBLE:
        tight = _always_tight(a, b)
        flat = _null_space(np.concatenate([np.ones((1, a.shape[1])), a[tight]]))
        loose = ~tight
        a, b = a[loose], b[loose]
        if len(flat):
            start, _ = _inner_point(a, b, flat, start)
    walk = Walk(frozen(start), frozen(flat), frozen(a), frozen(b), 1.0, 1.0)
    for seed in range(3 if len(flat) else 0):
        pilot = walk.draw(np.random.default_rng(seed), 40 * CHAINS)
        centred = (pilot - pilot.mean(axis=0)) @ flat.T
        shape = np.linalg.cholesky(np.atleast_2d(centred.T @ centred) / len(centred) + 1e-16 * np.eye(len(flat)))
        walk = Walk(walk.start, frozen(shape.T @ flat), walk.a, walk.b, *diagnosis(pilot))
    return walk


def diagnosis(draws: Floats) -> tuple[float, float]:
    """(R-hat, effective draws per draw) of draws (s, k) standing CHAINS in a row; the worst column's."""
    chains = draws.reshape(-1, CHAINS, draws.shape[1])
    length = len(chains)
    within = chains.var(axis=0, ddof=1).mean(axis=0)
    between = chains.mean(axis=0).var(axis=0, ddof=1)
    moving = within > 1e-30
    pooled = (length - 1) / length * within + between
    r_hat = np.sqrt(pooled[moving] / within[moving])
    effective = pooled[moving] / (length * between[moving])
    return float(r_hat.max(initial=1.0)), float(np.minimum(effective, 1.0).min(initial=1.0))


def _inner_point(a: Floats, b: Floats, flat: Floats, fallback: Floats | None = None) -> tuple[Floats, float]:
    """The centre and radius of the largest ball in { a·λ ≤ b, Σλ = 1 } within the directions ``flat`` (d, k)."""
    from scipy.optimize import linprog

    k = a.shape[1]
    norms = np.linalg.norm(a @ flat.T, axis=1)
    equal, one = np.append(np.ones(k), 0.0)[None, :], [1.0]
    if fallback is not None:  # stay in the flat part: λ = fallback + directions within it
        off = _null_space(flat)
        equal, one = np.column_stack([off, np.zeros(len(off))]), list(off @ fallback)
    cost = np.append(np.zeros(k), -1.0)
    with quiet():
        solved = linprog(cost, A_ub=np.column_stack([a, norms]), b_ub=b, A_eq=equal, b_eq=one, bounds=(None, None))
    if solved.x is None or solved.x[-1] < -FEASIBLE:
        raise UsageError("no weights are admissible")
    return np.asarray(solved.x[:-1]), float(solved.x[-1])


def _always_tight(a: Floats, b: Floats) -> NDArray[np.bool_]:
    """Which of the inequalities a·λ ≤ b hold as equalities everywhere in the space."""
    from scipy.optimize import linprog

    tight = np.zeros(len(b), bool)
    for i in range(len(b)):
        with quiet():
            solved = linprog(a[i], A_ub=a, b_ub=b, A_eq=np.ones((1, a.shape[1])), b_eq=[1.0], bounds=(None, None))
        tight[i] = solved.fun is not None and b[i] - solved.fun < FEASIBLE
    return tight


def _null_space(rows: Floats) -> Floats:
    """An orthonormal basis (d, k) of what is orthogonal to all ``rows`` (r, k)."""
    _, sizes, right = np.linalg.svd(rows)
    rank = int((sizes > 1e-10 * max(sizes.max(initial=0), 1e-300)).sum())
    basis: Floats = right[rank:]
    return basis
