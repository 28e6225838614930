"""Good sets and bounds where a solver's branching takes too long: sets are built part by part under many prices.

At prices λ ≥ 0 for the sums, no way to finish a set that is begun brings it above what it is worth so far, less what it
uses at these prices, plus what each part to come could bring at best, plus the limits at these prices (Lagrange's
relaxation: Geoffrion 1974). Every price gives such a bound, and all are asked: those at the best prices of the sums as
they are, those for a little more or less of them, and some scattered round the best. What is above an aim under every
price is followed.

If all of that is followed to the end, no set is worth more than the aim, but for those found: a proof. The aim is
lowered step by step (as in iterative deepening: Korf 1985), for a step costs a multiple of the one before. If only the
best so many are followed, good sets come out (a beam). Work is counted in sets begun and not in seconds, so the same is
found on any machine; a deadline may end it sooner.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.portfolio.model import Model
from techprio.portfolio.parts import Parts, parts
from techprio.portfolio.ways import ORDERS, Begun, Order, Ways
from techprio.solver import lp

NEIGHBOURS, SCATTERED = 20, 20
"""Prices found for other limits, and prices scattered round the best."""
AWAY, SCATTER = (0.5, 1.5, 4.0, 8.0), (0.05, 0.15)
"""How far away the other limits are, in average uses; how far prices are scattered: the deviation of the logarithm."""
NARROW, WIDE = (1_000, 10_000), 40_000
"""Sets followed by the beams."""
BLOCK, PIECE = 16_384, 4_096
"""Sets begun that are worked on at once, and how many are taken first where there are more."""
FIRST, STEP = 3e-4, 1.25
"""The first aim is this share below the bound; each next one lies so much deeper."""
TRIAL = 60_000
"""Work up to which both orders of the parts are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best set known, and what no set is worth more than."""

    x: Flags
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """By which share of its value a better set might still be better; 0 is a proof that there is none."""
        missing = self.bound - self.value
        return 0.0 if missing <= 1e-8 * max(1.0, abs(self.value)) else missing / max(abs(self.value), 1e-300)


def searched(model: Model, known: Found, work: float, gap: float, deadline: float = np.inf) -> Found:
    """The best set and bound once the gap is that small, or so much work is done; with a deadline, not until then."""
    cut = parts(model)
    best = None if cut is None or not len(cut.limits) else _best_prices(cut, cut.limits)
    if cut is None or best is None:
        return known
    prices = _prices(cut, best)
    top = min(cut.bound(price) for price in prices)
    return _Search(model, cut, prices, top, known, gap, work, deadline).run()


def _best_prices(cut: Parts, limits: Floats) -> Floats | None:
    """The prices (r,) at which the bound is least: limits · λ + Σ u_c, where u_c + λ · use ≥ worth in every part c."""
    from scipy.sparse import csr_array, hstack

    gains = np.concatenate([part.gains for part in cut.each])
    counts = [len(part.gains) for part in cut.each]
    r, n = len(limits), len(counts)
    own = csr_array((np.ones(len(gains)), (np.arange(len(gains)), np.repeat(np.arange(n), counts))))
    rows = -hstack([csr_array(gains[:, 1:]), own])
    bounds = [(0, None)] * r + [(None, None)] * n
    try:
        found = lp(np.concatenate([limits, np.ones(n)]), upper=(rows, -gains[:, 0]), bounds=bounds)
    except MethodError:  # without end: no share of the possibilities keeps these limits
        return None
    return None if found is None else np.maximum(found[:r], 0.0)


def _prices(cut: Parts, best: Floats) -> Floats:
    """Prices (k, r) near the best, each of which may be the best once some parts are decided."""
    rng = np.random.default_rng(0)
    found = [best]
    for k in range(NEIGHBOURS):
        away = rng.standard_normal(len(best))
        other = _best_prices(cut, cut.limits + away * AWAY[k % len(AWAY)] / np.linalg.norm(away))
        found += [] if other is None else [other]
    found += [best * np.exp(rng.normal(0, SCATTER[k % len(SCATTER)], len(best))) for k in range(SCATTERED)]
    return np.unique(np.array(found).round(12), axis=0)


@dataclass(slots=True, eq=False)
class _Search:
    model: Model
    cut: Parts
    prices: Floats
    top: float
    """The least bound that a price gives."""
    known: Found
    gap: float
    work: float
    deadline: float
    done: float = 0.0
    """Work done."""

    def run(self) -> Found:
        self._prove(self.top)
        for width in NARROW:
            self._beams(width)
        self._deepen(0.25 * self.work)
        self._beams(WIDE)
        self._deepen(np.inf)
        return self.known

    def _beams(self, width: int) -> None:
        for order in ORDERS:
            self._follow(self.known.value, order, width=width)

    def _deepen(self, work: float) -> None:
        """Prove ever more, with the order of parts that was the cheaper one while it cost little to try both."""
        share, until, cost = FIRST, self.done + work, dict.fromkeys(ORDERS, 0.0)
        while not self._over() and self.done < until:
            aim = max(self.top - share * abs(self.top), self.known.value)
            share *= STEP
            cheaper = min(ORDERS, key=lambda order: cost[order])
            for order in [order for order in ORDERS if order == cheaper or cost[order] < TRIAL]:
                before = self.done
                if aim < self.known.bound and self._follow(aim, order, until=until):
                    self._prove(aim)
                cost[order] = self.done - before

    def _over(self) -> bool:
        return self._spent() or self.known.gap <= self.gap

    def _spent(self) -> bool:
        return self.done >= self.work if self.deadline == np.inf else time.monotonic() > self.deadline

    def _prove(self, bound: float) -> None:
        known = self.known
        self.known = Found(known.x, known.value, max(known.value, min(bound, known.bound)))

    def _follow(self, aim: float, order: Order, *, width: int | None = None, until: float = np.inf) -> bool:
        """Follow the sets that may be worth more than the aim, or the best so many; whether all were, to the end."""
        ways = Ways.of(self.cut, self.prices, aim, order)
        stack = [ways.start]
        while stack:
            if self._over() or self.done > until:
                return False
            begun = stack.pop()
            if begun.level == len(ways.sets):
                self._finish(begun, ways)
                continue
            self.done += begun.count
            following = ways.follow(begun, max(aim, self.known.value), width)
            stack += [following] if width else _pieces(following)
        return width is None

    def _finish(self, begun: Begun, ways: Ways) -> None:
        """Keep the best of some finished sets that keeps every constraint, if it is better than what is known."""
        worth = begun.totals[0]
        for s in np.argsort(-worth, kind="stable").tolist():
            if worth[s] <= self.known.value:
                return
            x = ways.set_of(begun, s)
            value = self.model.value(x)
            if value > self.known.value and not self.model.broken(x):
                self.known = Found(x, value, max(value, self.known.bound))


def _pieces(begun: Begun) -> Iterator[Begun]:
    """Little enough to be in hand at once; what comes last is worked on first."""
    size = begun.count if begun.count <= BLOCK else PIECE
    for first in range(0, begun.count, max(size, 1)):
        yield begun.part(slice(first, first + size))
