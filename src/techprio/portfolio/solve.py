"""The best set, by HiGHS; its feasibility and value are worked out again in numpy, and what is not proved is the gap.

Where one binary x_i says that a candidate is chosen, the value of a pair is effect · y with y ≤ x_i, y ≤ x_j and
y ≥ x_i + x_j − 1 (Fortet 1960): y need not be declared binary.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats, frozen
from techprio.portfolio.model import Constraint, Model
from techprio.portfolio.polish import polished
from techprio.solver import quiet

SCALE = 1000.0
"""The largest coefficient of each row and of the objective: HiGHS misses bounds by up to 1e-6."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The best set found."""

    x: Flags
    """(m,) which candidates are chosen."""
    value: float
    bound: float
    """No set that keeps the constraints is worth more."""

    @property
    def gap(self) -> float:
        """By which share of its value a better set might still be better; 0 is a proof that there is none."""
        missing = self.bound - self.value
        return 0.0 if missing <= 1e-8 * max(1.0, abs(self.value)) else missing / max(abs(self.value), 1e-300)


def solve(model: Model, seconds: float | None = None, gap: float = 0.0) -> Solution | None:
    """The set of the greatest value, or None if no set keeps the constraints.

    ``seconds``: the best found until then, with the gap left; ``gap``: good enough. Raises MethodError if the time
    was too short to find any set.
    """
    begun = time.monotonic()
    cuts: list[Constraint] = []
    while True:
        left = None if seconds is None else max(0.05, seconds - (time.monotonic() - begun))
        share = 0.3 if left is not None and model.m > _SMALL else 1.0
        found = _run(model.also(*cuts), None if left is None else share * left, gap)
        if found.status == 2:
            return None
        if found.x is None:
            raise MethodError("no set was found in the time allowed; allow more with --seconds")
        x = np.round(found.x[: model.m]).astype(bool)
        if not model.broken(x):
            break
        cuts.append(_not_this(model, x))  # within the solver's tolerance and not within ours
    bound = float("inf") if found.mip_dual_bound is None else -float(found.mip_dual_bound) / _unit(model)
    if found.status != 0 and seconds is not None and share < 1:
        x = polished(model, x, shadow_prices(model), max(0.0, seconds - (time.monotonic() - begun)), bound)
    value = model.value(x)
    return Solution(frozen(x, bool), value, max(bound, value))


_SMALL = 60
"""Up to so many candidates no time is set aside for improving a set that is not proved best."""


def feasible(m: int, constraints: list[Constraint]) -> Flags | None:
    """A set that keeps some constraints, or None."""
    found = solve(Model(tuple(map(str, range(m))), np.zeros(m), tuple(constraints)))
    return None if found is None else found.x


def _unit(model: Model) -> float:
    largest = max([*np.abs(model.values), *(abs(pair.effect) for pair in model.pairs)], default=0.0)
    return SCALE / largest if largest > 0 else 1.0


def _run(model: Model, seconds: float | None, gap: float) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    m, k = model.m, len(model.pairs)
    rows, low, high = _rows(model)
    cost = -_unit(model) * np.array([*model.values, *(pair.effect for pair in model.pairs)])
    options: dict[str, Any] = {"mip_rel_gap": gap}
    if seconds is not None:
        options["time_limit"] = seconds
    whole = np.array([1] * m + [0] * k)
    limits = LinearConstraint(csr_array(rows), low, high) if len(rows) else None
    with quiet():
        found = milp(cost, integrality=whole, bounds=Bounds(0, 1), constraints=limits, options=options)  # type: ignore[arg-type]
    if found.status not in (0, 1, 2):
        raise MethodError("the integer program was not solved: {why}", why=str(found.message))
    return found


def shadow_prices(model: Model) -> Floats:
    """What one more unit of each constraint is worth where candidates may be chosen in part (c,)."""
    from scipy.optimize import linprog

    rows, low, high = _rows(model)
    cost = -np.array([*model.values, *(pair.effect for pair in model.pairs)])
    up, down = np.isfinite(high), np.isfinite(low)
    a, b = np.concatenate([rows[up], -rows[down]]), np.concatenate([high[up], -low[down]])
    with quiet():
        found = linprog(cost, A_ub=a, b_ub=b, bounds=(0, 1), method="highs")
    prices = np.zeros(len(rows))
    if found.status == 0:
        dual = -found.ineqlin.marginals
        prices[up] += dual[: up.sum()]
        prices[down] -= dual[up.sum() :]
    factors = [_factor(c) for c in model.constraints]
    return np.asarray(prices[: len(factors)] * factors)


def _factor(c: Constraint) -> float:
    """What a row is multiplied with for the solver."""
    return SCALE / max(float(np.abs(c.row).max(initial=0.0)), 1e-300) if c.amount else 1.0


def _rows(model: Model) -> tuple[Floats, Floats, Floats]:
    """All constraints and what ties pairs to their candidates: rows (r, m + k), low (r,), high (r,)."""
    m, k = model.m, len(model.pairs)
    rows, low, high = [], [], []
    for c in model.constraints:
        factor = _factor(c)
        rows.append(np.concatenate([c.row * factor, np.zeros(k)]))
        low.append(c.low * factor)
        high.append(c.high * factor)
    for p, pair in enumerate(model.pairs):
        both = np.zeros(m + k)
        both[[pair.first, pair.second]] = 1.0
        both[m + p] = -1.0
        if pair.effect < 0:
            rows, low, high = [*rows, both], [*low, -np.inf], [*high, 1.0]
            continue
        for i in (pair.first, pair.second):
            one = np.zeros(m + k)
            one[[i, m + p]] = 1.0, -1.0
            rows, low, high = [*rows, one], [*low, 0.0], [*high, np.inf]
    return np.array(rows).reshape(-1, m + k), np.array(low), np.array(high)


def _not_this(model: Model, x: Flags) -> Constraint:
    """Every set but one."""
    return Constraint("", "only", np.where(x, 1.0, -1.0), high=float(x.sum()) - 1.0)
