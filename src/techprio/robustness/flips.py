"""The least change of weights that puts one candidate above another, or on the list, or off it.

Distances are L1 (half of it is the weight that changes hands) or L∞ (the most that any one weight moves), by linear
programming for a pair and by mixed-integer programming for the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats, Floor, frozen
from techprio.robustness.extremes import tidy
from techprio.robustness.pairs import NOISE
from techprio.robustness.solver import least, least_mixed
from techprio.robustness.space import WeightSpace

Ints = NDArray[np.intp]
Norm = Literal["l1", "max"]
CLEAR = 1e-8
"""By how much a lead asked for is cleared, so that it outlasts rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Flip:
    """A least change of weights."""

    distance: float
    """L1: Σ|Δw|; L∞: max|Δw|."""
    weights: Floats
    """(n,) the weights that it leads to."""


def pair_flip(lead: Floats, now: Floats, space: WeightSpace, norm: Norm) -> Flip | None:
    """The least change from ``now`` (n,) within ``space`` that makes w·lead positive; None if none does."""
    k, n = len(space.basis), space.n
    a, b, cost = _distance(space, now, norm)
    rows = np.append(-space.basis @ lead, np.zeros(a.shape[1] - k))[None, :]
    equal = np.append(np.ones(k), np.zeros(a.shape[1] - k))[None, :]
    solved = least(cost, np.concatenate([a, rows]), np.append(b, -CLEAR), equal, [1.0])
    return None if solved is None else _flip(solved.x[:k] @ space.basis, now, space, norm, n)


def _distance(space: WeightSpace, now: Floats, norm: Norm) -> tuple[Floats, Floats, Floats]:
    """(a, b, cost) over λ (k,) and the moves (n,) or the largest move (1,): the space, and moves ≥ |w − now|."""
    a, b = space.inequalities()
    moves = space.n if norm == "l1" else 1
    size = np.eye(space.n) if norm == "l1" else np.ones((space.n, 1))
    w = space.basis.T
    rows = np.block([[a, np.zeros((len(a), moves))], [w, -size], [-w, -size]])
    return rows, np.concatenate([b, now, -now]), np.append(np.zeros(len(space.basis)), np.ones(moves))


def _flip(w: Floats, now: Floats, space: WeightSpace, norm: Norm, n: int) -> Flip:
    w = tidy(w, space)
    moved = np.abs(w - now)
    return Flip(float(moved.sum() if norm == "l1" else moved.max()), frozen(w))


def list_flip(
    terms: Floats, i: int, cut: Cut, now: Floats, space: WeightSpace, norm: Norm, *, enter: bool
) -> Flip | None:
    """The least change of weights from ``now`` that lists candidate ``i``, or (not ``enter``) takes it off the list.

    Exact where floors have no members in common; where they have, what it finds is so, but may not be the least.
    """
    able = space.largest(terms - terms[i]) > NOISE  # nobody else can ever be above
    others = np.flatnonzero(able & (np.arange(len(terms)) != i))
    leads = terms[others] - terms[i]
    own = [floor for floor in cut.floors if floor.members[i]]
    foreign = [floor for floor in cut.floors if not floor.members[i]]
    if enter:
        ways = [_few(others, floor.members, floor.count - 1) for floor in own]
        ways.append(_few_with_floors(others, foreign, cut.total - 1))
    else:
        ways = [
            _many(others, own, part, cut.total)
            for size in range(len(foreign) + 1)
            for part in combinations(foreign, size)
        ]
    found = [_list_flip(leads, way, now, space, norm, enter) for way in ways]
    return min((flip for flip in found if flip), key=lambda flip: flip.distance, default=None)


Rows = list[tuple[Floats, Floats, float]]
"""Conditions on who is above (q,) and how many floors bring in (e,): (of the first, of the second, at most)."""


def _few(others: Ints, members: Flags, most: int) -> tuple[Rows, int]:
    """At most so many of the members are above."""
    return [(members[others].astype(float), np.zeros(0), float(most))], 0


def _few_with_floors(others: Ints, floors: list[Floor], most: int) -> tuple[Rows, int]:
    """Those above and those that floors bring in are at most so many."""
    e = len(floors)
    rows: Rows = [(np.ones(len(others)), np.ones(e), float(most))]
    for number, floor in enumerate(floors):
        members = floor.members[others].astype(float)
        count = min(floor.count, int(floor.members.sum()))
        rows.append((-members, -np.eye(e)[number], -float(count)))
    return rows, e


def _many(others: Ints, own: list[Floor], part: Sequence[Floor], total: int) -> tuple[Rows, int]:
    """Those above fill every floor of the candidate, and with the floors in ``part`` the list."""
    rows: Rows = [(-floor.members[others].astype(float), np.zeros(0), -float(floor.count)) for floor in own]
    outside = ~np.any([floor.members[others] for floor in part], axis=0) if part else np.ones(len(others), bool)
    filled = sum(min(floor.count, int(floor.members.sum())) for floor in part)
    rows.append((-outside.astype(float), np.zeros(0), float(filled - total)))
    return rows, 0


def _list_flip(
    leads: Floats, way: tuple[Rows, int], now: Floats, space: WeightSpace, norm: Norm, enter: bool
) -> Flip | None:
    conditions, e = way
    k, q = len(space.basis), len(leads)
    a, b, cost = _distance(space, now, norm)
    moves = a.shape[1] - k
    on_weights = np.column_stack([leads @ space.basis.T, np.zeros((q, moves))])
    if enter:  # whoever is not counted as above is not above
        far = np.maximum(space.largest(leads), 0) + CLEAR
        above, at_most = np.column_stack([on_weights, -np.diag(far), np.zeros((q, e))]), np.full(q, -CLEAR)
    else:  # whoever is counted as above is above
        short = np.maximum(space.largest(-leads), 0) + CLEAR
        above, at_most = np.column_stack([-on_weights, np.diag(short), np.zeros((q, e))]), short - CLEAR
    whole_rows = np.array([np.concatenate([np.zeros(k + moves), z, np.resize(f, e)]) for z, f, _ in conditions])
    rows = np.concatenate([np.column_stack([a, np.zeros((len(a), q + e))]), above, whole_rows])
    high = np.concatenate([b, at_most, [most for _, _, most in conditions]])
    one = np.concatenate([np.ones(k), np.zeros(moves + q + e)])[None, :]
    whole = np.concatenate([np.zeros(k + moves), np.ones(q), np.zeros(e)])
    lower = np.concatenate([np.full(k, -np.inf), np.zeros(moves + q + e)])
    upper = np.concatenate([np.full(k + moves, np.inf), np.ones(q), np.full(e, np.inf)])
    rows, low = np.concatenate([rows, one]), np.append(np.full(len(rows), -np.inf), 1.0)
    solved = least_mixed(np.append(cost, np.zeros(q + e)), rows, low, np.append(high, 1.0), whole, lower, upper)
    if solved is None:
        return None
    return _polished(leads, solved.x[k + moves : k + moves + q] > 0.5, now, space, norm, enter)


def _polished(leads: Floats, above: Flags, now: Floats, space: WeightSpace, norm: Norm, enter: bool) -> Flip | None:
    """The least change once it is settled who is above: a linear programme, whose bounds are kept more strictly."""
    k = len(space.basis)
    a, b, cost = _distance(space, now, norm)
    wanted = leads[~above] if enter else -leads[above]
    rows = np.column_stack([wanted @ space.basis.T, np.zeros((len(wanted), a.shape[1] - k))])
    equal = np.append(np.ones(k), np.zeros(a.shape[1] - k))[None, :]
    high = np.append(b, np.full(len(wanted), -CLEAR))
    solved = least(cost, np.concatenate([a, rows]), high, equal, [1.0])
    return None if solved is None else _flip(solved.x[:k] @ space.basis, now, space, norm, space.n)
