"""A choice cut into parts that only sums tie together: candidates that links join are one part, with few possibilities.

Whatever adds up more than two candidates (budgets, floors, ceilings, the size) is a sum. All else is kept inside the
parts, so every choice of one possibility a part that keeps the sums is a set that keeps the constraints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats
from techprio.portfolio.model import TOLERANCE, Constraint, Model

Ints = NDArray[np.int64]

MOST_JOINED = 7
"""So many candidates are one part at the most (128 possibilities). What would join more is relaxed: a need becomes a
sum, a gain of a pair is credited half to each (more than it brings unless both are chosen), a loss is not seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Candidates that links join, and which of them may be chosen together."""

    sets: Flags
    """(p, m) the possibilities."""
    gains: Floats
    """(p, 1 + r) what each is worth, and how much of each sum it uses."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The greatest total of one possibility a part, with every sum at most its limit."""

    each: tuple[Part, ...]
    limits: Floats
    """(r,) in the unit of each sum: what a candidate uses of it on average."""

    def bound(self, prices: Floats) -> float:
        """No choice is worth more (Lagrange): sums are paid for at prices (r,) ≥ 0."""
        at = np.concatenate([[1.0], -prices])
        return float(prices @ self.limits + sum((part.gains @ at).max() for part in self.each))

    def possibilities(self, x: Flags) -> Ints:
        """(parts,) which possibility of each part a set (m,) has."""
        at = [np.flatnonzero((part.sets == (x & part.sets.any(axis=0))).all(axis=1)) for part in self.each]
        return np.array([int(found[0]) for found in at])

    def set_of(self, possibilities: Ints) -> Flags:
        """The set (m,) with these possibilities (parts,)."""
        found: Flags = np.any([part.sets[k] for part, k in zip(self.each, possibilities, strict=True)], axis=0)
        return found


def parts(model: Model) -> Parts | None:
    """The parts of a choice; None if some candidates that links join cannot be chosen and left out at all."""
    close, sums = _apart(model)
    groups = _groups(model.m, [*close, *((p.first, p.second) for p in model.pairs)])
    group_of = {i: k for k, group in enumerate(groups) for i in group}
    local: list[list[Constraint]] = [[] for _ in groups]
    for constraint in sums.copy():
        held = {group_of[i] for i in np.flatnonzero(constraint.row).tolist()}
        if len(held) <= 1 and np.count_nonzero(constraint.row) <= 2:
            sums.remove(constraint)
            local[min(held, default=0)].append(constraint)
    rows, limits = _rows(model.m, sums)
    found = tuple(_part(model, group, local[k], rows, group_of) for k, group in enumerate(groups))
    return Parts(found, limits) if all(len(part.sets) for part in found) else None


def _apart(model: Model) -> tuple[list[tuple[int, int]], list[Constraint]]:
    """Pairs of candidates that a constraint joins, and all constraints."""
    ends = [np.flatnonzero(c.row).tolist() for c in model.constraints]
    return [(some[0], some[1]) for some in ends if len(some) == 2], list(model.constraints)


def _groups(m: int, joined: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Candidates in groups that the pairs join, of ``MOST_JOINED`` at the most."""
    groups = {i: [i] for i in range(m)}
    head = list(range(m))
    for a, b in joined:
        one, other = groups[head[a]], groups[head[b]]
        if one is other or len(one) + len(other) > MOST_JOINED:
            continue
        del groups[other[0]]
        for i in other:
            head[i] = one[0]
        one += other
    return list(groups.values())


def _rows(m: int, sums: Sequence[Constraint]) -> tuple[Floats, Floats]:
    """What each candidate uses (m, r) and the limits (r,), floors turned round, with the tolerance of the model."""
    rows, limits = [], []
    for c in sums:
        room = TOLERANCE * (np.abs(c.row).sum() + 1.0)
        unit = max(float(np.abs(c.row).sum()) / max(1, int(np.count_nonzero(c.row))), 1e-300)
        if np.isfinite(c.high):
            rows.append(c.row / unit)
            limits.append((c.high + room) / unit)
        if np.isfinite(c.low):
            rows.append(-c.row / unit)
            limits.append((room - c.low) / unit)
    return np.array(rows).reshape(-1, m).T, np.array(limits)


def _part(
    model: Model, group: Sequence[int], local: Sequence[Constraint], rows: Floats, group_of: dict[int, int]
) -> Part:
    sets = np.zeros((2 ** len(group), model.m), bool)
    sets[:, group] = (np.arange(2 ** len(group))[:, None] >> np.arange(len(group))) & 1
    for constraint in local:
        sets = sets[constraint.keeps(sets)]
    worth = sets @ model.values
    for pair in model.pairs:
        ends = [i for i in (pair.first, pair.second) if i in group]
        if len(ends) == 2:
            worth = worth + pair.effect * (sets[:, ends[0]] & sets[:, ends[1]])
        elif ends and pair.effect > 0 and group_of[pair.first] != group_of[pair.second]:
            worth = worth + pair.effect / 2 * sets[:, ends[0]]
    return Part(sets, np.column_stack([worth, sets @ rows]))
