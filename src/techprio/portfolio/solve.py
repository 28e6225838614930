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
from techprio.portfolio.search import Found, searched
from techprio.silence import quiet

SCALE = 1000.0
"""The largest coefficient of each row and of the objective: HiGHS misses bounds by up to 1e-6."""


SMALL = 60
"""Up to so many candidates the solver goes on until it has the proof; beyond, search and solver take turns."""
SHARE = 0.15
"""The solver's share of the time, where there is a limit."""
NODES, WORK = 200, 4e6
"""Nodes of the solver and work of the search in the first turn, where there is none."""
MORE_NODES, MORE_WORK = 2, 5
"""How many times as much in each next one."""
RATE = 2e6
"""About what the search does in a second: how it divides its time, and nothing more."""


def solve(model: Model, seconds: float | None = None, gap: float = 0.0, turns: float = np.inf) -> Found | None:
    """The set of the greatest value, or None if no set keeps the constraints.

    ``seconds``: the best found until then, with the gap left; ``gap``: good enough; ``turns``: how many the search
    may have where there are many candidates, 0 for the solver's first alone. Without a limit of time the same set is
    found on any machine. Raises MethodError if the time was too short to find any set.
    """
    end = np.inf if seconds is None else time.monotonic() + seconds
    if model.m <= SMALL:
        return _branched(model, end, gap)
    if seconds is not None:
        known = _branched(model, time.monotonic() + SHARE * seconds, gap, hurried=False) or _branched(model, end, gap)
        return known if known is None or known.gap <= gap else searched(model, known, RATE * seconds, gap, end)
    nodes, work = NODES, WORK
    while True:
        known = _branched(model, end, gap, nodes)
        if known is None or known.gap <= gap or turns < 1:
            return known
        known = searched(model, known, work, gap)
        if known.gap <= gap or turns <= 1:
            return known
        nodes, work, turns = nodes * MORE_NODES, work * MORE_WORK, turns - 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done to find the best set of a model: what ``solve`` takes."""

    seconds: float | None = None
    gap: float = 0.0
    turns: float = np.inf

    def __call__(self, model: Model) -> Found | None:
        return solve(model, self.seconds, self.gap, self.turns)


def _branched(model: Model, end: float, gap: float, nodes: int | None = None, *, hurried: bool = True) -> Found | None:
    """The best set that HiGHS finds until then, or within so many nodes; None if there is no set.

    If no set was found in time: MethodError, or None if it is not ``hurried``.
    """
    cuts: list[Constraint] = []
    while True:
        options: dict[str, Any] = {"mip_rel_gap": gap}
        if np.isfinite(end):
            options["time_limit"] = max(0.05, end - time.monotonic())
        if nodes is not None:
            options["node_limit"] = nodes
        found = _run(model.also(*cuts), options)
        if found.status == 2:
            return None
        if found.x is None and nodes is not None and not np.isfinite(end):
            nodes *= MORE_NODES
            continue
        if found.x is None:
            if not hurried:
                return None
            raise MethodError("no set was found in the time allowed; allow more with --seconds")
        x = np.round(found.x[: model.m]).astype(bool)
        if not model.broken(x):
            break
        cuts.append(_not_this(model, x))  # within the solver's tolerance and not within ours
    bound = float("inf") if found.mip_dual_bound is None else -float(found.mip_dual_bound) / _unit(model)
    value = model.value(x)
    return Found(frozen(x, bool), value, max(bound, value))


def feasible(m: int, constraints: list[Constraint]) -> Flags | None:
    """A set that keeps some constraints, or None."""
    found = solve(Model(tuple(map(str, range(m))), np.zeros(m), tuple(constraints)))
    return None if found is None else found.x


def _unit(model: Model) -> float:
    largest = max([*np.abs(model.values), *(abs(pair.effect) for pair in model.pairs)], default=0.0)
    return SCALE / largest if largest > 0 else 1.0


def _run(model: Model, options: dict[str, Any]) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    m, k = model.m, len(model.pairs)
    rows, low, high = _rows(model)
    cost = -_unit(model) * np.array([*model.values, *(pair.effect for pair in model.pairs)])
    whole = np.array([1] * m + [0] * k)
    limits = LinearConstraint(csr_array(rows), low, high) if len(rows) else None
    with quiet():
        found = milp(cost, integrality=whole, bounds=Bounds(0, 1), constraints=limits, options={**options})  # type: ignore[arg-type]
    if found.status not in (0, 1, 2) and "node_limit" not in options:  # SciPy has no status of its own for that limit
        raise MethodError("the integer program was not solved: {why}", why=str(found.message))
    return found


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
