"""Several weight spaces side by side: what they have in common, or the least that each must give way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.robustness.space import WeightSpace
from techprio.silence import quiet

NOTHING = 1e-7
"""A concession that a linear programme cannot tell from none."""


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Weights that come nearest to all spaces."""

    weights: Floats
    """(n,)"""
    nearest: Floats
    """(p, n) the nearest admissible weights of each space."""
    concessions: Floats
    """(p,) the share of weight that each must move from some criteria to others: ½ Σ |w − nearest|."""

    @property
    def common(self) -> bool:
        """Whether no one has to give way."""
        return bool(self.concessions.max() <= NOTHING)


def meeting(spaces: Sequence[WeightSpace]) -> Meeting:
    """The weights at which the largest concession is least, and of those the ones at which all together are least.

    Variables: w (n,); of each space λ (k,), whose weights are λ·basis; d (n,) ≥ |w − λ·basis|; and z, which no
    ½ Σ d exceeds. Two linear programmes: the least z; with that z, the least Σ d. Raises UsageError for an empty space.
    """
    n = spaces[0].n
    sizes = [len(space.basis) for space in spaces]
    total = n + sum(sizes) + n * len(spaces) + 1
    rows: list[Floats] = []
    bounds: list[Floats] = []
    equal: list[Floats] = [_row(total, 0, np.ones(n))]
    at, gap = n, n + sum(sizes)
    for space, k in zip(spaces, sizes, strict=True):
        a, b = space.inequalities()
        rows.append(_block(total, len(a), {at: a}))
        bounds.append(b)
        for sign in (1.0, -1.0):
            parts = {0: sign * np.eye(n), at: -sign * space.basis.T, gap: -np.eye(n)}
            rows.append(_block(total, n, parts))
            bounds.append(np.zeros(n))
        rows.append(_block(total, 1, {gap: np.full((1, n), 0.5), total - 1: -np.ones((1, 1))}))
        bounds.append(np.zeros(1))
        equal.append(_row(total, at, np.ones(k)))
        at, gap = at + k, gap + n
    a, b, e = np.concatenate(rows), np.concatenate(bounds), np.array(equal)
    worst = _row(total, total - 1, np.ones(1))
    least = _solved(worst, a, b, e)[-1]
    every = _row(total, n + sum(sizes), np.full(n * len(spaces), 0.5))
    x = _solved(every, np.concatenate([a, worst[None, :]]), np.append(b, least + 1e-9), e)
    w, at, nearest = np.maximum(x[:n], 0), n, []
    for space, k in zip(spaces, sizes, strict=True):
        nearest.append(np.maximum(x[at : at + k], 0) @ space.basis)
        at += k
    near = np.array(nearest)
    return Meeting(frozen(w), frozen(near), frozen(np.abs(w - near).sum(axis=1) / 2))


def shared_space(spaces: Sequence[WeightSpace]) -> tuple[list[tuple[float, float]], Floats]:
    """The least and the largest weight of each criterion in the common ground of spaces that have one, and its middle.

    The middle (n,) is the mean of the weights at which those ends are reached.
    """
    n = spaces[0].n
    total = n + sum(len(space.basis) for space in spaces if space.corners is not None)
    rows, bounds, equal, right, at = [], [], [_row(total, 0, np.ones(n))], [1.0], n
    for space in spaces:
        a, b = space.inequalities()
        if space.corners is None:
            rows.append(_block(total, len(a), {0: a}))
        else:
            k = len(space.basis)
            rows.append(_block(total, len(a), {at: a}))
            equal += [*_block(total, n, {0: np.eye(n), at: -space.basis.T}), _row(total, at, np.ones(k))]
            right += [*([0.0] * n), 1.0]
            at += k
        bounds.append(b)
    a, b, e = np.concatenate(rows), np.concatenate(bounds) + 1e-9, np.array(equal)
    units = np.eye(total)[:n]
    lowest = np.array([_solved(unit, a, b, e, right)[:n] for unit in units])
    highest = np.array([_solved(-unit, a, b, e, right)[:n] for unit in units])
    ends = list(zip(lowest.diagonal().tolist(), highest.diagonal().tolist(), strict=True))
    return ends, frozen(np.concatenate([lowest, highest]).mean(axis=0))


def _row(total: int, at: int, part: Floats) -> Floats:
    row = np.zeros(total)
    row[at : at + len(part)] = part
    return row


def _block(total: int, height: int, parts: dict[int, Floats]) -> Floats:
    block = np.zeros((height, total))
    for at, part in parts.items():
        block[:, at : at + part.shape[1]] += part
    return block


def _solved(cost: Floats, a: Floats, b: Floats, equal: Floats, right: Sequence[float] | None = None) -> Floats:
    from scipy.optimize import linprog

    to = np.ones(len(equal)) if right is None else np.asarray(right)
    with quiet():
        solved = linprog(cost, A_ub=a, b_ub=b, A_eq=equal, b_eq=to, bounds=(None, None))
    if solved.status != 0:
        raise UsageError("no weights are admissible")
    return np.asarray(solved.x)
