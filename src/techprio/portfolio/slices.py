"""Sets of one size at a time: sizes cut the choice into slices with lower bounds than the whole has.

Where all candidates are worth about the same, the programme without whole numbers takes a part of one candidate more
than any set can, and bounds all sets by it; asked for one size, it cannot (Vimont, Boussier & Vasquez 2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats, frozen
from techprio.portfolio.model import Constraint, Model
from techprio.portfolio.parts import Parts, parts
from techprio.portfolio.ways import ORDERS, Begun, Order, Ways
from techprio.solver import lp

NEIGHBOURS, SCATTERED = 20, 20
"""Prices found for other limits, and prices scattered round the best."""
AWAY, SCATTER = (0.5, 1.5, 4.0, 8.0), (0.05, 0.15)
"""How far away the other limits are, in average uses; how far prices are scattered: the deviation of the logarithm."""
CAP = 10.0
"""How many times the highest of the best prices another may be: without end if other limits cannot be kept."""
FIRST = 3e-4
"""The first aim is this share below the bound."""
STEP = 1.25
"""Each next one lies so much deeper."""
MOST = 8
"""With more slices than that sizes do not matter, and the whole is not cut."""


@dataclass(slots=True, eq=False)
class Slice:
    """Some of the sets, and what none of them is worth more than."""

    cut: Parts
    best: Floats
    """The prices (r,) at which the bound is least."""
    bound: float
    share: float = FIRST
    """How far below the first bound the next aim lies."""
    cost: dict[Order, float] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0.0))
    """What the last aim cost, with each order of the parts."""
    chase: Chase | None = None
    """What is not yet followed to the end."""
    near: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    """(k, r) prices near the best, once they are looked for."""
    top: float = np.inf
    """The first bound at all these prices."""

    @classmethod
    def of(cls, model: Model, low: float = -np.inf, high: float = np.inf) -> Slice | None:
        """The sets of ``low`` to ``high`` candidates; None if there are none."""
        if np.isfinite([low, high]).any():
            model = model.also(Constraint("", "size", frozen(np.ones(model.m)), low, high))
        cut = parts(model)
        best = None if cut is None or not len(cut.limits) else best_prices(cut, cut.limits)
        return None if cut is None or best is None else cls(cut, best, cut.bound(best))

    @property
    def is_priced(self) -> bool:
        return len(self.near) > 0

    def find_prices(self) -> None:
        """Look for prices near the best, and with them for the bound that the aims start from."""
        self.near = _near(self.cut, self.best)
        self.top = self.bound = min(self.bound, *(self.cut.bound(price) for price in self.near))

    def aim(self, known: float) -> float:
        """What to prove next, if so much is known to be possible."""
        return max(self.top - self.share * abs(self.top), known)

    @property
    def cheaper(self) -> Order:
        return min(ORDERS, key=lambda order: self.cost[order])

    @property
    def dearer(self) -> Order:
        return max(reversed(ORDERS), key=lambda order: self.cost[order])

    def proved(self, chase: Chase) -> None:
        """Nothing is worth more than the aim of a chase."""
        self.cost[chase.order] = chase.cost
        self.bound = min(self.bound, chase.aim)
        self.share *= STEP


@dataclass(slots=True, eq=False)
class Chase:
    """Sets begun that may be worth more than an aim, to be followed to the end."""

    aim: float
    order: Order
    width: int | None
    """Only the best so many are followed."""
    ways: Ways
    stack: list[Begun]
    cost: float = 0.0
    """Work done."""

    @classmethod
    def of(cls, slice: Slice, aim: float, order: Order, width: int | None = None) -> Chase:
        ways = Ways.of(slice.cut, slice.near, aim, order)
        return cls(aim, order, width, ways, [ways.start])


def by_size(model: Model, size: int, aim: float) -> Iterator[Slice]:
    """Slices that together are the whole: one for each size where the bound is above the aim, and both ends."""
    for step in (1, -1):
        k = size if step == 1 else size - 1
        while (end := Slice.of(model, *((k, np.inf) if step == 1 else (-np.inf, k)))) is not None:
            if end.bound <= aim:
                yield end
                break
            if (one := Slice.of(model, k, k)) is not None:
                yield one
            k += step


def best_prices(cut: Parts, limits: Floats, most: float | None = None) -> Floats | None:
    """The prices (r,) at which the bound is least: limits · λ + Σ u_c, where u_c + λ · use ≥ worth in every part c.

    None if no share of the possibilities keeps the limits, unless prices are capped (``most``).
    """
    from scipy.sparse import csr_array, hstack

    gains = np.concatenate([part.gains for part in cut.each])
    counts = [len(part.gains) for part in cut.each]
    r, n = len(limits), len(counts)
    own = csr_array((np.ones(len(gains)), (np.arange(len(gains)), np.repeat(np.arange(n), counts))))
    rows = -hstack([csr_array(gains[:, 1:]), own])
    bounds = [(0, most)] * r + [(None, None)] * n
    try:
        found = lp(np.concatenate([limits, np.ones(n)]), upper=(rows, -gains[:, 0]), bounds=bounds)
    except MethodError:  # without end
        return None
    return None if found is None else np.maximum(found[:r], 0.0)


def _near(cut: Parts, best: Floats) -> Floats:
    """Prices (k, r) near the best, each of which may be the best once some parts are decided."""
    rng = np.random.default_rng(0)
    found, most = [best], CAP * max(float(best.max()), 1e-9)
    for k in range(NEIGHBOURS):
        away = rng.standard_normal(len(best))
        limits = cut.limits + away * AWAY[k % len(AWAY)] / np.linalg.norm(away)
        other = best_prices(cut, limits, most)
        found += [] if other is None else [other]
    found += [best * np.exp(rng.normal(0, SCATTER[k % len(SCATTER)], len(best))) for k in range(SCATTERED)]
    return np.unique(np.array(found).round(12), axis=0)
