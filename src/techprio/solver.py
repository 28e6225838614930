"""Linear and mixed-integer programs by HiGHS, with standard output kept clean."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.silence import quiet


def lp(
    cost: Floats,
    *,
    upper: tuple[Any, Floats] | None = None,
    equal: tuple[Any, Floats] | None = None,
    bounds: Any = (0, None),
) -> Floats | None:
    """The x that makes cost · x least, or None if no x is feasible.

    ``upper`` (A, b): A x ≤ b; ``equal`` (A, b): A x = b; ``bounds`` as for ``scipy.optimize.linprog``. Raises
    MethodError if the program is unbounded or HiGHS gives up.
    """
    from scipy.optimize import linprog

    a_ub, b_ub = upper or (None, None)
    a_eq, b_eq = equal or (None, None)
    with quiet():
        found = linprog(cost, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq, bounds=bounds, method="highs")
    if found.status == 2:
        return None
    if found.status != 0:
        raise MethodError("the linear program was not solved: {why}", why=str(found.message))
    return np.asarray(found.x, float)


class Solved(NamedTuple):
    """The answer of ``milp``."""

    x: Floats | None
    """The best found; None if there was no time to find any."""
    bound: float
    """No x costs less."""
    optimal: bool
    """Whether the best found is proved to be the best."""


def milp(cost: Floats, rows: Any, low: float, high: float, seconds: float | None) -> Solved:
    """The x of zeros and ones that makes cost · x least, with low ≤ rows @ x ≤ high (a sparse array).

    Costs are brought to about 1,000 first, for HiGHS stops at an absolute gap of 1e-6. Raises MethodError if no x is
    feasible.
    """
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.optimize import milp as solve

    unit = 1000 / max(float(np.abs(cost).max()), 1e-300)
    options: dict[str, Any] = {"mip_rel_gap": 0.0}
    if seconds is not None:
        options["time_limit"] = seconds
    with quiet():
        found = solve(
            cost * unit,
            integrality=np.ones(len(cost), np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, low, high),
            options=options,  # type: ignore[arg-type]
        )
    if found.status not in (0, 1):
        raise MethodError("the integer program was not solved: {why}", why=str(found.message))
    x = None if found.x is None else np.round(found.x)
    bound = found.mip_dual_bound
    worst = float(np.minimum(cost, 0).sum())
    return Solved(x, worst if bound is None or not np.isfinite(bound) else float(bound) / unit, found.status == 0)
