"""All non-dominated portfolios of a small choice (Liesiö, Mild & Salo 2007, EJOR 181; 2008, EJOR 190).

A portfolio dominates another if it is worth at least as much for all admissible weights and all figures within their
ranges, and more for some. Those that both contain cancel out, so only the difference counts: its least value is the
least over the weights of w · (low values of those only here − high values of those only there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techprio.hall import Flags, Floats
from techprio.portfolio.model import Model
from techprio.robustness.space import WeightSpace

MOST_FREE = 15
"""Up to so many candidates all sets are tried."""
MOST_SETS = 4000
"""More non-dominated sets than this are not listed."""
NOISE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What values are made of: value_i(w) = (w · v_i) / (w · counted) − baseline, mixed with the lowest by appetite."""

    low: Floats
    """(m, n) the least value of each figure over its range, 0 on criteria that do not count."""
    high: Floats
    """(m, n)"""
    counted: Floats
    """(n,) 1 for criteria that count."""
    baseline: float


def all_sets(model: Model) -> Flags | None:
    """(s, m) every set that keeps the constraints; None where there are too many to try."""
    if model.m > MOST_FREE:
        return None
    x = ((np.arange(2**model.m)[:, None] >> np.arange(model.m)) & 1).astype(bool)
    for constraint in model.constraints:
        x = x[constraint.keeps(x)]
    return x


def non_dominated(model: Model, terms: Terms, space: WeightSpace, samples: Floats) -> Flags | None:
    """(k, m) the sets that no other dominates; None where there are too many to try or to keep.

    ``samples`` (s, n) admissible weights, the first of them the middle: a set that is worth less at any of them
    dominates nobody there, which spares most exact comparisons. Sets are taken in the order of their worth in the
    middle of everything, so that whatever dominates a set comes before it; dominance is transitive, so comparing with
    the sets kept is enough.
    """
    x = all_sets(model)
    if x is None or (space.corners is None and len(space.bounds)):
        return None  # with statements the bound of WeightSpace.largest is no longer the least value itself
    middle = (terms.low + terms.high) / 2
    order = np.argsort(-_worth(model, x, middle, samples[:1], terms)[:, 0], kind="stable")
    x = x[order]
    best, least = (_worth(model, x, part, samples, terms) for part in (terms.high, terms.low))
    kept: list[int] = []
    for i in range(len(x)):
        rivals = np.array(kept, int)
        # a rival dominates only if nowhere in the samples its least is below what i adds to it at best: a cheap screen
        rivals = rivals[(best[rivals] >= best[i] - NOISE).all(axis=1) & (least[rivals] >= least[i] - NOISE).all(axis=1)]
        if len(rivals) and _dominated(model, x[i], x[rivals], terms, space):
            continue
        kept.append(i)
        if len(kept) > MOST_SETS:
            return None
    found = x[kept]  # of two that are worth the same in the middle, the one that dominates may have come second
    spared = [not _dominated(model, each, np.delete(found, i, axis=0), terms, space) for i, each in enumerate(found)]
    return np.asarray(found[np.array(spared, bool)])


def _worth(model: Model, x: Flags, values: Floats, w: Floats, terms: Terms) -> Floats:
    """(s, k) what sets are worth at weights (k, n)."""
    each = (values @ w.T) / (w @ terms.counted) - terms.baseline
    total: Floats = x @ each
    for pair in model.pairs:
        total = total + (pair.effect * (x[:, pair.first] & x[:, pair.second]))[:, None]
    return total


def _dominated(model: Model, x: Flags, rivals: Flags, terms: Terms, space: WeightSpace) -> bool:
    """Whether one of the rivals (r, m) dominates ``x`` (m,)."""
    only_there, only_here = (rivals & ~x).astype(float), (x & ~rivals).astype(float)
    fixed = np.zeros(len(rivals))
    for pair in model.pairs:
        fixed += pair.effect * (
            (rivals[:, pair.first] & rivals[:, pair.second]) * 1.0 - (x[pair.first] & x[pair.second])
        )
    fixed -= terms.baseline * (only_there.sum(axis=1) - only_here.sum(axis=1))
    # times w · counted, which is positive: linear in w
    lead_low = only_there @ terms.low - only_here @ terms.high + fixed[:, None] * terms.counted
    lead_high = only_there @ terms.high - only_here @ terms.low + fixed[:, None] * terms.counted
    least, most = -space.largest(-lead_low), space.largest(lead_high)
    return bool(((least >= -NOISE) & (most > NOISE)).any())
