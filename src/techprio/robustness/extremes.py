"""The best and the worst rank that any admissible weights (and figures) lead to.

Kadziński, M., Greco, S. & Słowiński, R. (2012). Extreme ranking analysis in robust ordinal regression. Omega 40(4),
488–501. Weights enter a score linearly, and a rival's figures stand best where the candidate's stand worst, so ranges
of figures only shift the differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techprio.hall import Flags, Floats, frozen
from techprio.robustness.pairs import NOISE
from techprio.robustness.solver import Chosen, least, least_mixed
from techprio.robustness.space import WeightSpace

LOOSE = 1e-6
"""By how much a mixed-integer programme may miss a bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Extreme:
    """An extreme rank of a candidate."""

    rank: int
    """What the weights below lead to."""
    proved: int
    """Beyond what no weights can lead; it is ``rank`` unless scores come within a millionth of each other."""
    weights: Floats
    """(n,)"""


def worst_rank(leads: Floats, space: WeightSpace, margin: float) -> Extreme:
    """The worst rank of a candidate; ``leads`` (m − 1, n) are the rivals' terms less its own.

    A rival is above it where its lead exceeds ``margin``, which is what scores are rounded by.
    """
    may = space.largest(leads) > margin
    if not may.any():
        return Extreme(1, 1, _any_weights(space))
    rivals = leads[may]
    k, q = len(space.basis), len(rivals)
    a, b = space.inequalities()
    short = space.largest(-rivals)
    rows = np.block(
        [
            [np.ones((1, k)), np.zeros((1, q))],
            [a, np.zeros((len(a), q))],
            [rivals @ space.basis.T, -np.diag(np.maximum(short, 0) + LOOSE)],
        ]
    )
    low = np.concatenate([[1.0], np.full(len(a), -np.inf), -np.maximum(short, 0) - LOOSE])
    high = np.concatenate([[1.0], b, np.full(q, np.inf)])
    cost = np.append(np.zeros(k), -np.ones(q))
    solved = _mixed(cost, rows, low, high, k, q)
    proved = 1 + int(np.floor(-solved.bound + LOOSE))
    above = solved.x[k:] > 0.5
    w = _clearest(rivals[above], space, 1.0)
    best = Extreme(0, proved, w)
    for each in (w, solved.x[:k] @ space.basis):
        rank = 1 + int((leads @ each > margin).sum())
        if rank > best.rank:
            best = Extreme(rank, max(proved, rank), each)
    return best


def best_rank(leads: Floats, space: WeightSpace, margin: float) -> Extreme:
    """The best rank of a candidate; ``leads`` (m − 1, n) are the rivals' terms less its own."""
    may = space.largest(leads) > margin
    if not may.any():
        return Extreme(1, 1, _any_weights(space))
    rivals = leads[may]
    k, q = len(space.basis), len(rivals)
    a, b = space.inequalities()
    far = space.largest(rivals)
    rows = np.block(
        [
            [np.ones((1, k)), np.zeros((1, q))],
            [a, np.zeros((len(a), q))],
            [rivals @ space.basis.T, -np.diag(far)],
        ]
    )
    low = np.concatenate([[1.0], np.full(len(a) + q, -np.inf)])
    high = np.concatenate([[1.0], b, np.full(q, margin)])
    solved = _mixed(np.append(np.zeros(k), np.ones(q)), rows, low, high, k, q)
    proved = 1 + int(np.ceil(solved.bound - LOOSE))
    below = solved.x[k:] <= 0.5
    w = _clearest(rivals[below], space, -1.0)
    best = Extreme(len(leads) + 2, proved, w)
    for each in (w, solved.x[:k] @ space.basis):
        rank = 1 + int((leads @ each > margin).sum())
        if rank < best.rank:
            best = Extreme(rank, min(proved, rank), each)
    return best


def _mixed(cost: Floats, rows: Floats, low: Floats, high: Floats, k: int, q: int) -> Chosen:
    """Weights (k,) are free, whether a rival is above (q,) is 0 or 1."""
    whole: Flags = np.arange(k + q) >= k
    lower = np.append(np.full(k, -np.inf), np.zeros(q))
    solved = least_mixed(cost, rows, low, high, whole, lower, np.append(np.full(k, np.inf), np.ones(q)))
    assert solved is not None  # the space is not empty, and any weights will do
    return solved


def _clearest(leads: Floats, space: WeightSpace, sign: float) -> Floats:
    """The weights at which the smallest of the leads (times ``sign``) is largest."""
    a, b = space.inequalities()
    k = len(space.basis)
    solved = least(
        np.append(np.zeros(k), -1.0),
        np.concatenate(
            [
                np.column_stack([a, np.zeros(len(a))]),
                np.column_stack([-sign * leads @ space.basis.T, np.ones(len(leads))]),
                np.append(np.zeros(k), 1.0)[None, :],
            ]
        ),
        np.concatenate([b, np.zeros(len(leads)), [1.0]]),
        np.append(np.ones(k), 0.0)[None, :],
        [1.0],
    )
    assert solved is not None  # the space is not empty
    return frozen(tidy(solved.x[:k] @ space.basis, space))


def tidy(w: Floats, space: WeightSpace) -> Floats:
    """Weights without what a programme misses its bounds by; their sum is 1."""
    if space.corners is not None:
        w = np.maximum(w, 0.0)
        whole: Floats = w / w.sum()
        return whole
    w = np.clip(w, space.lower, space.upper)
    for _ in range(3):
        gap = 1 - w.sum()
        room = space.upper - w if gap > 0 else w - space.lower
        if abs(gap) < NOISE / 100 or room.sum() <= 0:
            break
        w = np.clip(w + gap * room / room.sum(), space.lower, space.upper)
    return w


def _any_weights(space: WeightSpace) -> Floats:
    return frozen(tidy(space.optimum(np.zeros(space.n))[1], space))
