"""Weights and value functions from a ranking of some candidates: UTASTAR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import JudgementError, MethodError
from techprio.hall import Floats, frozen
from techprio.solver import lp
from techprio.weights.figures import checked
from techprio.weights.reading import column, ids_of, keys, mapping, number, places
from techprio.weights.registry import judgement
from techprio.weights.result import Judged

MOST_PIECES = 1_000
"""Of one value function: more than there can be figures to tell them apart."""

_ROUNDING = 1e-10
"""An increment this small is what the solver leaves of 0."""

FORM = "ranking: [best, [second, as good], third] and pieces: {node: number}"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Utastar(Judged):
    """Weights and value functions that explain a ranking."""

    functions: Mapping[str, tuple[Floats, Floats]]
    """Node → (figures, values) from worst to best: straight lines between; the last value is the weight."""
    low: Floats
    """(n,) the least each weight may be in an optimal solution."""
    high: Floats
    """(n,) the most."""
    error: float
    """F*, the least sum of errors; 0 if some value functions explain the ranking in full."""
    reference: tuple[str, ...]
    """The ranked candidates, best first."""
    values: Floats
    """Their values by the functions."""
    errors: Floats
    """By how much each would have to be worth more (less) in the solution of least error."""

    def rows(self) -> list[dict[str, Any]]:
        more = zip(Judged.rows(self), self.low.tolist(), self.high.tolist(), strict=True)
        return [{**row, "low": low, "high": high} for row, low, high in more]


class _Model(NamedTuple):
    """The values of reference candidates as sums of the increments w: u = coefficients @ w."""

    at: list[Floats]
    """Breakpoints of each node, worst first."""
    of: list[slice]
    """The increments of each node."""
    coefficients: Floats
    """(m, increments)"""


@judgement(
    "utastar",
    "UTASTAR (from a ranking of reference candidates)",
    "Siskos, Y. & Yannacopoulos, D. (1985). UTASTAR: an ordinal regression method for building additive value "
    "functions. Investigação Operacional 5(1), 39–53.",
    says={
        "functions": "the value functions",
        "error": "the least sum of errors F*",
        "errors": "the error of each reference candidate",
        "low": "the least each weight may be in an optimal solution",
        "high": "the most each weight may be in an optimal solution",
    },
)
def utastar(
    judgements: Any,
    nodes: Sequence[str],
    *,
    candidates: Sequence[str],
    x: Any,
    sense: Any,
    bounds: Any = None,
    delta: float = 0.05,
    epsilon: float = 0.0,
) -> Utastar:
    """Piecewise linear value functions that reproduce a ranking of some candidates with the least errors.

    .. code-block:: yaml

        judgements:
          ranking: [P06, [P01, P12], P09]      # best first; those as good as each other in a list
          pieces: {price: 2, quality: 3}       # straight pieces of each value function; 2 where not said

    ``x`` (m, n) are the figures of ``candidates``, ``sense`` (n,) as usual; ``bounds`` (n, 2) are the limits of the
    value functions, otherwise the least and the largest figure of those ranked. Increments w ≥ 0 add up to 1; a
    candidate ranked above the next is worth at least ``delta`` more, one as good the same, but for errors σ⁺, σ⁻ ≥ 0
    whose sum F is made least. Many functions may do that: among those with F ≤ F* + ``epsilon``, each weight in turn is
    made as large as possible, and the mean of these n solutions is the answer. Where one of them is still not unique,
    the other weights are made as large as possible in turn too, in the order of the nodes, then the increments from the
    last on, so that the answer does not hang on the solver. ``low`` and ``high`` are the exact range of each weight.

    Raises JudgementError for a candidate that is unknown or stands twice, fewer than two places in the ranking, and
    pieces that are no whole number from 1; MethodError for bounds out of order and figures outside them, a node on
    which all those ranked are the same and no bounds are given, a ``delta`` that is not above 0 and an ``epsilon``
    below 0. A ``delta`` too large for so many places is no error: it shows in F*.
    """
    ids, names = ids_of(nodes), ids_of(candidates)
    given = mapping(judgements, (), FORM)
    keys(given, (), ("ranking", "pieces"), ("ranking",))
    x, sense = checked(x, sense)
    if x.shape != (len(names), len(ids)):
        what = "{m} candidates and {n} nodes do not fit figures of shape {shape}"
        raise MethodError(what, m=len(names), n=len(ids), shape=str(x.shape))
    if not delta > 0 or not epsilon >= 0:
        raise MethodError("delta is above 0 and epsilon not below, and they are {delta}, {e}", delta=delta, e=epsilon)
    order = places(given["ranking"], names, ("ranking",), "candidate")
    if len(order) < 2:
        raise JudgementError("a ranking has two places or more", ("ranking",))
    rows = [i for tied in order for i in tied]
    model = _model(x[rows], sense, ids, _pieces(given.get("pieces") or {}, ids), bounds)
    program, m = _program(model, [len(tied) for tied in order], delta), len(rows)
    k = model.coefficients.shape[1]
    found = lp(np.append(np.zeros(k), np.ones(2 * m)), upper=program.upper, equal=program.equal)
    assert found is not None  # large enough errors always do
    error = max(float(found[k:].sum()), 0.0)
    extremes = _Extremes(program, model, error + epsilon)
    w = np.mean([extremes.most(j) for j in range(len(ids))], axis=0)
    w = np.where(w < _ROUNDING, 0.0, w)
    w /= w.sum()
    functions = {ids[j]: (frozen(model.at[j]), frozen(np.append(0, np.cumsum(w[of])))) for j, of in enumerate(model.of)}
    return Utastar(
        nodes=ids,
        weights=frozen([w[of].sum() for of in model.of]),
        functions=functions,
        low=frozen([extremes.end(j, 1.0) for j in range(len(ids))]),
        high=frozen([extremes.end(j, -1.0) for j in range(len(ids))]),
        error=error if error > 1e-9 else 0.0,
        reference=tuple(names[i] for i in rows),
        values=frozen(model.coefficients @ w),
        errors=frozen(found[k : k + m] - found[k + m :]),
    )


# -- the linear programs --------------------------------------------------------------------------------------------


class _Program(NamedTuple):
    """Over (w, σ⁺, σ⁻): A x ≤ b and A x = b."""

    upper: tuple[Floats, Floats]
    equal: tuple[Floats, Floats]


def _model(x: Floats, sense: Floats, ids: tuple[str, ...], pieces: Sequence[int], bounds: Any) -> _Model:
    at, of, parts, first = [], [], [], 0
    limits = np.column_stack([x.min(axis=0), x.max(axis=0)]) if bounds is None else np.asarray(bounds, float)
    if limits.shape != (len(ids), 2):
        raise MethodError("bounds must be ({n}, 2), and are {shape}", n=len(ids), shape=str(limits.shape))
    for j, id in enumerate(ids):
        worst, best = limits[j] if sense[j] > 0 else limits[j][::-1]
        if best == worst and bounds is None:
            raise MethodError("all those ranked are the same on {node}; give bounds", node=id)
        if not limits[j][0] < limits[j][1]:
            raise MethodError("the bounds of {node} are not two limits in order", node=id)
        t = (x[:, j] - worst) / (best - worst) * pieces[j]
        if (t < -1e-9).any() or (t > pieces[j] + 1e-9).any():
            raise MethodError("a figure on {node} lies outside the bounds", node=id)
        parts.append(
            np.clip(t[:, None] - np.arange(pieces[j]), 0.0, 1.0)
        )  # the share of each increment that is reached
        at.append(np.linspace(worst, best, pieces[j] + 1))
        of.append(slice(first, first + pieces[j]))
        first += pieces[j]
    return _Model(at, of, np.hstack(parts))


def _program(model: _Model, sizes: Sequence[int], delta: float) -> _Program:
    """Each ranked candidate against the next: Δ ≥ delta to the next place, Δ = 0 within a place."""
    m, k = model.coefficients.shape
    value = np.hstack([model.coefficients, np.eye(m), -np.eye(m)])  # u + σ⁺ − σ⁻
    step = value[:-1] - value[1:]
    new = np.cumsum(sizes)[:-1] - 1  # where a place ends
    tied = np.setdiff1d(np.arange(m - 1), new)
    whole = np.append(np.ones(k), np.zeros(2 * m))
    equal = np.vstack([whole, step[tied]])
    return _Program((-step[new], np.full(len(new), -delta)), (equal, np.append(1.0, np.zeros(len(tied)))))


class _Extremes:
    """The value functions of (nearly) least error, and their ends in each direction."""

    def __init__(self, program: _Program, model: _Model, error: float) -> None:
        k, width = model.coefficients.shape[1], program.equal[0].shape[1]
        errors = np.append(np.zeros(k), np.ones(width - k))
        upper, bound = program.upper
        self.upper = (np.vstack([upper, errors]), np.append(bound, error + 1e-12))
        self.equal, self.width, self.k = program.equal, width, k
        self.weight = [self._row(of) for of in model.of]

    def _row(self, of: slice) -> Floats:
        row = np.zeros(self.width)
        row[of] = 1.0
        return row

    def _best(self, cost: Floats, equal: tuple[Floats, Floats]) -> Floats:
        found = lp(cost, upper=self.upper, equal=equal)
        if found is None:
            raise MethodError("the linear program of utastar lost its own solution to rounding; try a larger epsilon")
        return found

    def end(self, j: int, sign: float) -> float:
        """The least (+1) or largest (−1) weight of node j."""
        return float(self.weight[j] @ self._best(sign * self.weight[j], self.equal))

    def most(self, j: int) -> Floats:
        """The increments where the weight of node j is largest; then the other weights, then the last increments."""
        n = len(self.weight)
        goals = [self.weight[j], *(self.weight[i] for i in range(n) if i != j)]
        goals += [self._row(slice(i, i + 1)) for i in reversed(range(self.k))]
        rows, ends = self.equal
        for goal in goals:
            found = self._best(-goal, (rows, ends))
            rows, ends = np.vstack([rows, goal]), np.append(ends, goal @ found)
        return found[: self.k]


# -- reading --------------------------------------------------------------------------------------------------------


def _pieces(data: Any, ids: tuple[str, ...]) -> list[int]:
    pieces = [2] * len(ids)
    for id, value in mapping(data, ("pieces",), "node: number").items():
        count = number(value, ("pieces", id), 1, MOST_PIECES)
        if count != int(count):
            raise JudgementError("{value} is not a number of pieces", ("pieces", id), value=value)
        pieces[column(id, ids, ("pieces", id))] = int(count)
    return pieces
