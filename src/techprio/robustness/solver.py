"""Linear and mixed-integer programmes by HiGHS (through scipy), with stdout kept clean."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats

TIGHT = 1e-10
"""By how much a linear programme may miss a bound."""


class Solved(NamedTuple):
    """The optimum of a linear programme."""

    value: float
    x: Floats
    multipliers: Floats
    """Of the inequalities, never below 0."""


@contextmanager
def _clean_stdout() -> Iterator[None]:
    """HiGHS now and then writes a line to file descriptor 1, into the data: meanwhile, 1 leads where 2 does."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:  # a program without these descriptors has no data to spoil
        yield
        return
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def least(cost: Floats, a: Any, b: Any, equal: Any = None, to: Any = None, bounds: Any = (None, None)) -> Solved | None:
    """The least cost·x with a·x ≤ b, equal·x = to and x within ``bounds``; None if there is no such x."""
    from scipy.optimize import linprog

    options: Any = {"primal_feasibility_tolerance": TIGHT, "dual_feasibility_tolerance": TIGHT}
    with _clean_stdout():
        found = linprog(cost, A_ub=a, b_ub=b, A_eq=equal, b_eq=to, bounds=bounds, method="highs", options=options)
        if found.status == 4:  # numerical trouble: the standard tolerances do
            found = linprog(cost, A_ub=a, b_ub=b, A_eq=equal, b_eq=to, bounds=bounds, method="highs")
    if found.status == 2:
        return None
    if found.status != 0:
        raise MethodError("a linear programme could not be solved: {reason}", reason=str(found.message))
    x = np.asarray(found.x)
    return Solved(float(cost @ x), x, np.maximum(-np.asarray(found.ineqlin.marginals), 0.0))


class Chosen(NamedTuple):
    """The optimum of a mixed-integer programme."""

    value: float
    x: Floats
    bound: float
    """What the least value cannot be below, as the solver proved."""


def least_mixed(cost: Floats, a: Any, low: Any, high: Any, whole: Any, lower: Any, upper: Any) -> Chosen | None:
    """The least cost·x with low ≤ a·x ≤ high, lower ≤ x ≤ upper, x whole where ``whole``; None if there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    with _clean_stdout():
        found = milp(
            cost,
            integrality=np.asarray(whole, int),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(a, low, high),
            options={"mip_rel_gap": 0.0, "time_limit": 60.0},
        )
    if found.status == 2:
        return None
    if found.x is None:
        raise MethodError("a mixed-integer programme could not be solved: {reason}", reason=str(found.message))
    return Chosen(float(cost @ found.x), np.asarray(found.x), float(found.mip_dual_bound or 0.0))
