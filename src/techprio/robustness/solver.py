"""Linear programmes with their multipliers, and mixed-integer ones with real and whole numbers, by HiGHS."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.silence import quiet

TIGHT = 1e-10
"""By how much a linear programme may miss a bound."""


class Solved(NamedTuple):
    """The optimum of a linear programme."""

    value: float
    x: Floats
    multipliers: Floats
    """Of the inequalities, never below 0."""


def least(cost: Floats, a: Any, b: Any, equal: Any = None, to: Any = None, bounds: Any = (None, None)) -> Solved | None:
    """The least cost·x with a·x ≤ b, equal·x = to and x within ``bounds``; None if there is no such x."""
    from scipy.optimize import linprog

    options: Any = {"primal_feasibility_tolerance": TIGHT, "dual_feasibility_tolerance": TIGHT}
    with quiet():
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
    """The least cost·x with low ≤ a·x ≤ high, lower ≤ x ≤ upper, x whole where ``whole``; None if there is none.

    Costs are brought to about 1,000 first, for HiGHS stops at an absolute gap of 1e-6.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    unit = 1000 / max(float(np.abs(cost).max()), 1e-300)
    with quiet():
        found = milp(
            cost * unit,
            integrality=np.asarray(whole, int),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(a, low, high),
            options={"mip_rel_gap": 0.0, "time_limit": 60.0},
        )
    if found.status == 2:
        return None
    if found.status != 0:
        raise MethodError("a mixed-integer programme could not be solved: {reason}", reason=str(found.message))
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    return Chosen(float(cost @ found.x), np.asarray(found.x), float(bound) / unit)
