"""Good sets and bounds where a solver's branching takes too long.

A good set is made better by exchanges (``exchange``), and bounds are proved slice by slice (``slices``): sets are built
part by part under many prices. At prices λ ≥ 0 for the sums, no way to finish a set that is begun brings it above what
it is worth so far, less what it uses at these prices, plus what each part to come could bring at best, plus the limits
at these prices (Lagrange's relaxation: Geoffrion 1974). Every price gives such a bound, and all are asked: those at the
best prices of the sums as they are, those for a little more or less of them, and some scattered round the best. What is
above an aim under every price is followed.

If all of that is followed to the end, no set is worth more than the aim, but for those found: a proof. The aim is
lowered step by step (as in iterative deepening: Korf 1985), for a step costs a multiple of the one before. If only the
best so many are followed, good sets come out (a beam). Work is counted in sets begun and not in seconds, so the same is
found on any machine; a deadline may end it sooner.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from techprio.hall import Flags
from techprio.portfolio.exchange import Exchange
from techprio.portfolio.model import Model
from techprio.portfolio.slices import MOST, Chase, Slice, by_size
from techprio.portfolio.ways import ORDERS, Begun, Ways

NARROW = 1_000
"""Sets followed by a beam, the first time that a slice is looked at."""
TRIAL = 60_000
"""Work up to which both orders of the parts are tried."""
TURN = 200_000
"""Work of exchanges before anything is proved, and of one turn of proving."""


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
    whole = Slice.of(model)
    return known if whole is None else _Search(model, whole, known, gap, work, deadline).run()


@dataclass(slots=True, eq=False)
class _Search:
    model: Model
    whole: Slice
    known: Found
    gap: float
    work: float
    deadline: float
    done: float = 0.0
    """Work done, "sought" by exchanges and the rest for proofs."""
    sought: float = 0.0
    slices: list[Slice] = field(default_factory=list)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def run(self) -> Found:
        self.slices = [self.whole]
        self._bounded()
        exchange = Exchange(self.whole, self.rng)
        while not self._over() and self.sought < min(TURN, self.work / 8):
            self._seek(exchange)
        self._cut()
        while not self._over():
            if 2 * self.sought < self.done:
                self._seek(exchange)
            else:
                self._prove(max(self.slices, key=lambda slice: slice.bound))
        return self.known

    def _cut(self) -> None:
        """Cut the whole by size, if that gives few slices."""
        slices: list[Slice] = []
        for slice in by_size(self.model, int(self.known.x.sum()), self._enough):
            slices.append(slice)
            if len(slices) > MOST:
                return
        self.slices = slices or self.slices
        self._bounded()

    @property
    def _enough(self) -> float:
        """A bound that leaves no more than the gap."""
        return self.known.value + self.gap * abs(self.known.value)

    def _seek(self, exchange: Exchange) -> None:
        before = exchange.done
        self._keep(exchange.better(self.known.x, self.whole.bound - self.known.value))
        spent = exchange.done - before
        self.sought, self.done = self.sought + spent, self.done + spent

    def _keep(self, x: Flags | None) -> None:
        if x is None:
            return
        value = self.model.value(x)
        if value > self.known.value and not self.model.broken(x):
            self.known = Found(x, value, max(value, self.known.bound))

    def _prove(self, slice: Slice) -> None:
        """A turn of lowering the bound of a slice, with the order of parts that was the cheaper one so far."""
        if not slice.is_priced:
            slice.find_prices()
            for order in ORDERS:
                self._follow(Chase.of(slice, self.known.value, order, NARROW), np.inf)
        chase = slice.chase or Chase.of(slice, slice.aim(self.known.value), slice.cheaper)
        slice.chase = None if self._follow(chase, TURN) else chase
        if slice.chase is None:
            if chase.cost < TRIAL:
                other = Chase.of(slice, chase.aim, slice.dearer)
                self._follow(other, chase.cost + TRIAL)
                slice.cost[other.order] = other.cost
            slice.proved(chase)
        self._bounded()

    def _bounded(self) -> None:
        known = self.known
        bound = max(slice.bound for slice in self.slices)
        self.known = Found(known.x, known.value, max(known.value, min(bound, known.bound)))

    def _over(self) -> bool:
        return self._spent() or self.known.gap <= self.gap

    def _spent(self) -> bool:
        return self.done >= self.work if self.deadline == np.inf else time.monotonic() > self.deadline

    def _follow(self, chase: Chase, work: float) -> bool:
        """Follow the sets that may be worth more than the aim, or the best so many; whether to the end."""
        until = self.done + work
        while chase.stack:
            if self._over() or self.done >= until:
                return False
            begun = chase.stack.pop()
            if begun.level == len(chase.ways.sets):
                self._finish(begun, chase.ways)
                continue
            self.done += begun.count
            chase.cost += begun.count
            following = chase.ways.follow(begun, max(chase.aim, self.known.value), chase.width)
            chase.stack += [following] if chase.width else following.pieces()
        return True

    def _finish(self, begun: Begun, ways: Ways) -> None:
        """Keep the best of some finished sets that keeps every constraint, if it is better than what is known."""
        worth = begun.totals[0]
        for s in np.argsort(-worth, kind="stable").tolist():
            if worth[s] <= self.known.value:
                return
            self._keep(ways.set_of(begun, s))
