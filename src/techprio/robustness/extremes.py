"""The best and the worst rank that any admissible weights (and figures) lead to.

Kadziński, M., Greco, S. & Słowiński, R. (2012). Extreme ranking analysis in robust ordinal regression. Omega 40(4),
488–501. Weights enter a score linearly, and a rival's figures stand best where the candidate's stand worst, so ranges
of figures only shift the differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techprio.hall import Floats, frozen
from techprio.robustness.pairs import NOISE
from techprio.robustness.solver import Chosen, least, least_mixed
from techprio.robustness.space import WeightSpace

LOOSE = 1e-6
"""By how much a mixed-integer programme may miss a bound …"""
CLEAR = 1e-5
"""… and a difference that it cannot miss."""


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
    return _extreme(leads, space, margin, worst=True)


def best_rank(leads: Floats, space: WeightSpace, margin: float) -> Extreme:
    """The best rank of a candidate; ``leads`` (m − 1, n) are the rivals' terms less its own."""
    return _extreme(leads, space, margin, worst=False)


def _extreme(leads: Floats, space: WeightSpace, margin: float, *, worst: bool) -> Extreme:
    """Of the programme that is a little too generous, what is proved; of its weights, or else of those of one that is
    a little too strict (it wants clear leads where scores could be level), what is reached."""
    may = space.largest(leads) > margin
    if not may.any():
        return Extreme(1, 1, _any_weights(space))
    rivals, sign = leads[may], 1 if worst else -1
    solved = _programme(rivals, space, 0.0 if worst else margin, worst)
    assert solved is not None  # any weights will do
    proved = 1 + (int(np.floor(LOOSE - solved.bound)) if worst else int(np.ceil(solved.bound - LOOSE)))
    best = _reached(leads, rivals, space, margin, proved, solved, sign)
    if best.rank != best.proved:
        strict = _programme(rivals, space, CLEAR if worst else -CLEAR, worst)
        if strict is not None:
            other = _reached(leads, rivals, space, margin, proved, strict, sign)
            best = max(best, other, key=lambda found: sign * found.rank)
    return best


def _programme(rivals: Floats, space: WeightSpace, clear: float, worst: bool) -> Chosen | None:
    """Most rivals with a lead of at least ``clear``; or (best rank) most with a lead of ``clear`` at the most."""
    k, q = len(space.basis), len(rivals)
    a, b = space.inequalities()
    slack = np.maximum(space.largest(-rivals if worst else rivals), 0) + LOOSE
    on_weights = rivals @ space.basis.T
    if worst:
        rows, low, high = np.column_stack([on_weights, -np.diag(slack + clear)]), -slack, np.full(q, np.inf)
    else:
        rows, low, high = np.column_stack([on_weights, -np.diag(slack - clear)]), np.full(q, -np.inf), np.full(q, clear)
    return least_mixed(
        np.append(np.zeros(k), np.full(q, -1.0 if worst else 1.0)),
        np.concatenate([np.append(np.ones(k), np.zeros(q))[None], np.column_stack([a, np.zeros((len(a), q))]), rows]),
        np.concatenate([[1.0], np.full(len(a), -np.inf), low]),
        np.concatenate([[1.0], b, high]),
        np.arange(k + q) >= k,
        np.append(np.full(k, -np.inf), np.zeros(q)),
        np.append(np.full(k, np.inf), np.ones(q)),
    )


def _reached(
    leads: Floats, rivals: Floats, space: WeightSpace, margin: float, proved: int, solved: Chosen, sign: int
) -> Extreme:
    """What the programme's weights lead to, or the clearest ones with the same rivals above."""
    k = len(space.basis)
    above = solved.x[k:] > 0.5
    chosen = rivals[above] if sign > 0 else rivals[~above]
    found = []
    for w in (_clearest(chosen, space, sign), frozen(tidy(solved.x[:k] @ space.basis, space))):
        rank = 1 + int((leads @ w > margin).sum())
        found.append(Extreme(rank, max(proved, rank) if sign > 0 else min(proved, rank), w))
    return max(found, key=lambda each: sign * each.rank)


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
