"""Who may be above whom, and who surely is, over a whole weight space: bounds that a calculator can check.

The largest w·d over the space is at most

    y·bounds + θ + Σ_j max((r_j − θ) lower_j, (r_j − θ) upper_j),   r = d − y·rows,

for any θ and any y ≥ 0, one number a statement (weak duality of linear programming). Of mixtures of weight sets the sum
is left out and θ is the largest corner·r. The best θ is a greedy sum; the best y, where statements cut the space, is
what a linear programme finds. Whatever found them, θ and y are the proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats
from techprio.robustness.sampling import Sampler
from techprio.robustness.solver import least
from techprio.robustness.space import WeightSpace

NOISE = 1e-13
"""Differences that arithmetic alone may make."""
WITNESSES = 400
"""Draws that show, without any programme, what is possible."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """What is proved of pairs: each of (t,) candidates ``tried`` against all (m,)."""

    tried: Ints
    may: Flags
    """(t, m) whether a candidate may be above the one tried."""
    must: Flags
    """(m, t) whether the one tried is surely above a candidate, by more than scores are rounded."""
    twins: Ints
    """(m,) candidates with the same number may tie at all weights."""
    apart: Floats
    """(n,) admissible weights at which all others differ."""
    multipliers: Mapping[tuple[int, int], Floats]
    """(upper, lower) → y (r,) of the bound of upper's lead, where a programme sharpened it."""


def compare_pairs(low: Floats, high: Floats, space: WeightSpace, tried: Ints, tolerance: float) -> Pairs:
    """Bound the lead of every candidate over each of ``tried``; terms lie between ``low`` and ``high`` (m, n)."""
    m = len(low)
    may, must = np.zeros((len(tried), m), bool), np.zeros((m, len(tried)), bool)
    multipliers: dict[tuple[int, int], Floats] = {}
    drawn = None
    for k, a in enumerate(tried):
        leads = high - low[a]
        bound = space.largest(leads)
        if len(space.bounds):
            drawn = _some_weights(space, WITNESSES) if drawn is None else drawn
            _sharpen(bound, leads, space, drawn, int(a), tolerance, multipliers)
        may[k], must[:, k] = bound > NOISE, bound < -tolerance
    may[np.arange(len(tried)), tried] = False
    must[tried, np.arange(len(tried))] = False
    drawn = _some_weights(space, 1) if drawn is None else drawn
    return Pairs(tried, may, must, _twins((low + high) / 2 @ drawn[0], tolerance), drawn[0], multipliers)


def _some_weights(space: WeightSpace, count: int) -> Floats:
    return Sampler.of(space).draw(np.random.default_rng(0), count)


def _twins(scores: Floats, tolerance: float) -> Ints:
    """Whoever ties at weights drawn at random: nobody else ties at all weights."""
    order = np.argsort(scores, kind="stable")
    number = np.empty(len(scores), np.int64)
    number[order] = np.concatenate([[0], np.cumsum(np.diff(scores[order]) > tolerance)])
    return number


def _sharpen(
    bound: Floats,
    leads: Floats,
    space: WeightSpace,
    drawn: Floats,
    a: int,
    tolerance: float,
    multipliers: dict[tuple[int, int], Floats],
) -> None:
    """Put statements into the bounds (m,) of the leads over ``a``, where drawn weights leave something to be proved."""
    seen = (leads @ drawn.T).max(axis=1)
    open_ = ((bound > NOISE) & (seen <= NOISE)) | ((bound >= -tolerance) & (seen < -tolerance))
    for b in np.flatnonzero(open_):
        if b != a:
            y = statement_multipliers(space, leads[b])
            if (sharper := upper_bound(space, leads[b], y)[0]) < bound[b]:
                bound[b], multipliers[int(b), a] = sharper, y


def statement_multipliers(space: WeightSpace, d: Floats) -> Floats:
    """The best y (r,) of the bound of w·d; 0 where the space is empty."""
    a, b = space.inequalities()
    solved = least(-space.basis @ d, a, b, np.ones((1, len(space.basis))), [1.0])
    first = 2 * space.n
    return np.zeros(len(space.bounds)) if solved is None else solved.multipliers[first : first + len(space.bounds)]


def upper_bound(space: WeightSpace, d: Floats, y: Floats | None = None) -> tuple[float, float]:
    """(bound, θ): what w·d (n,) is at most over the space, for multipliers ``y`` of its statements."""
    r, start = (d, 0.0) if y is None or not len(y) else (d - y @ space.rows, float(y @ space.bounds))
    if space.corners is not None:
        theta = float((space.corners @ r).max())
        return start + theta, theta
    order = np.argsort(-r, kind="stable")
    filled = np.cumsum((space.upper - space.lower)[order]) + space.lower.sum()
    theta = float(r[order[min(int(np.searchsorted(filled, 1.0)), len(r) - 1)]])
    gain = np.maximum((r - theta) * space.lower, (r - theta) * space.upper)
    return start + theta + float(gain.sum()), theta
