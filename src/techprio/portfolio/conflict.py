"""Why no set keeps all constraints: a smallest number of constraints that cannot be kept together.

By implicit hitting sets (Ignatiev, Previti, Liffiton & Marques-Silva 2015, CP): a conflict shares a member with
whatever must be given up to make the rest possible. A smallest set that hits all such found so far is either a
conflict, and then a smallest one, or it can be kept, and what it leaves out gives one more to hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from techprio.errors import MethodError
from techprio.portfolio.model import Constraint, Model
from techprio.portfolio.solve import feasible, solve

ROUNDS = 400
"""After so many the set that deletion leaves is given: none of it can be spared, though another may be smaller."""


def conflict(model: Model) -> tuple[Constraint, ...]:
    """A smallest set of constraints that no choice keeps together; none if there is a choice that keeps all."""
    constraints = list(model.constraints)
    if feasible(model.m, constraints) is not None:
        return ()
    for size in (1, 2):  # most conflicts are small, and a pair is tried in a millisecond
        if len(constraints) > 60:
            break
        for some in combinations(_loners_apart(constraints), size):
            if feasible(model.m, list(some)) is None:
                return some
    to_hit: list[frozenset[int]] = []
    for _ in range(ROUNDS):
        hit = _smallest_hit(len(constraints), to_hit)
        there = feasible(model.m, [constraints[i] for i in sorted(hit)])
        if there is None:
            return tuple(constraints[i] for i in sorted(hit))
        to_hit.append(frozenset(range(len(constraints))) - _grown(model.m, constraints, set(hit)))
    return _by_deletion(model.m, constraints)


def _loners_apart(constraints: Sequence[Constraint]) -> list[Constraint]:
    """Without the needs, none of which conflicts with one other constraint alone but for must and must not."""
    return [c for c in constraints if c.kind != "needs"]


def _grown(m: int, constraints: Sequence[Constraint], kept: set[int]) -> frozenset[int]:
    """As many constraints as can be kept beside those of ``kept``, each tried once."""
    there = feasible(m, [constraints[i] for i in sorted(kept)])
    for i, constraint in enumerate(constraints):
        if i in kept:
            continue
        if there is not None and constraint.keeps(there):
            kept.add(i)
            continue
        tried = feasible(m, [constraints[k] for k in sorted({*kept, i})])
        if tried is not None:
            there = tried
            kept.add(i)
    return frozenset(kept)


def _smallest_hit(n: int, sets: Sequence[frozenset[int]]) -> frozenset[int]:
    """A smallest set of numbers that has one of each of ``sets``."""
    if not sets:
        return frozenset()
    rows = [Constraint("", "only", np.array([float(i in each) for i in range(n)]), low=1.0) for each in sets]
    found = solve(Model(tuple(map(str, range(n))), -np.ones(n), tuple(rows)))
    if found is None:
        raise MethodError("no conflict was found among the constraints")
    return frozenset(np.flatnonzero(found.x).tolist())


def _by_deletion(m: int, constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    kept = list(constraints)
    for constraint in reversed(constraints):
        rest = [c for c in kept if c is not constraint]
        if feasible(m, rest) is None:
            kept = rest
    return tuple(kept)
