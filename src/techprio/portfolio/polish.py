"""Better sets near a good one: exchanges that fill what all budgets together have left.

Where values follow costs, a solver's first sets leave a little of every budget unused while its bound is close already.
What is missing is an exchange whose use of every budget is just what is left, and such are rare. So very many half
exchanges are drawn, those that are good at the budgets' shadow prices are kept, and for each the other half is looked
up that fits best (meet in the middle, Horowitz & Sahni 1974, in as many dimensions as there are sums). The numbers
drawn do not depend on the clock; how many rounds there are does.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from techprio.hall import Flags, Floats
from techprio.portfolio.model import Constraint, Model

DRAWN, KEPT = 20_000, 5_000
"""Half exchanges drawn a round, and kept for their gain at shadow prices."""
NEAREST = 4
"""Other halves looked at for each."""
TRIED = 30
"""Exchanges that fit by their sums, best first, of which the links are looked at too."""
ENOUGH = 1e-4
"""A set within this share of the bound is left as it is."""


def polished(model: Model, x: Flags, prices: Floats, seconds: float, bound: float) -> Flags:
    """The best set (m,) found in the time: ``x`` or one that is worth more and keeps all constraints.

    ``prices`` has the shadow price of each constraint.
    """
    end, rng = time.monotonic() + seconds, np.random.default_rng(0)
    summed = [c for c, price in zip(model.constraints, prices, strict=True) if c.amount and price > 0]
    net = model.values - prices @ np.array([c.row for c in model.constraints])
    best, value = x.copy(), model.value(x)
    while summed and time.monotonic() < end and bound - value > ENOUGH * abs(value):
        better = _exchange(model, best, net, summed, rng)
        if better is not None:
            best, value = better, model.value(better)
    return best


def _exchange(
    model: Model, x: Flags, net: Floats, summed: Sequence[Constraint], rng: np.random.Generator
) -> Flags | None:
    """An exchange that is worth more and keeps all constraints, or None."""
    from scipy.spatial import cKDTree

    sign = np.where(x, -1.0, 1.0)
    who = rng.integers(0, model.m, (DRAWN, int(rng.integers(1, 4))), dtype=np.int32)
    at_prices = (net * sign)[who].sum(axis=1)
    who = who[np.argsort(-at_prices, kind="stable")[:KEPT]]
    unit = np.array([np.abs(c.row).mean() + 1e-300 for c in summed])
    moved = np.stack([(c.row * sign)[who].sum(axis=1) for c in summed], axis=1) / unit
    left = np.array([c.high - c.used(x) for c in summed]) / unit
    gain = (model.values * sign)[who].sum(axis=1)
    reach = rng.random() * 0.3  # how far below the limits is aimed
    _, other = cKDTree(moved).query(left - reach * np.minimum(left + 0.05, 0.3) - moved, k=NEAREST)
    first = np.repeat(np.arange(len(who)), NEAREST)
    other = other.ravel()
    together = gain[first] + gain[other]
    slightly = 0.5 * sum(abs(pair.effect) for pair in model.pairs)
    fits = (moved[first] + moved[other] <= left + 1e-12).all(axis=1) & (together > -slightly)
    found = np.flatnonzero(fits)
    value = model.value(x)
    for i in found[np.argsort(-together[found], kind="stable")[:TRIED]]:
        after = x.copy()
        both = np.unique(np.concatenate([who[first[i]], who[other[i]]]))
        after[both] = ~after[both]
        if model.value(after) > value and not model.broken(after):
            return after
    return None
