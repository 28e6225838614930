"""WASPAS: the weighted sum and the weighted product, joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import written_over_draws
from techprio.methods.given import refuse_columns
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class WaspasParts(NamedTuple):
    """The two scores that are joined, (m,) or (s, m) each."""

    q1: Floats
    """Q⁽¹⁾, the weighted sum."""
    q2: Floats
    """Q⁽²⁾, the weighted product."""


def weighted_logs(v: Floats) -> Callable[..., Floats]:
    """v ≥ 0 (m, n) or (s, m, n) → a function of weights, Σ_j w_j ln v_ij: −∞ where a zero has a weight above 0.

    A zero of weight 0 counts for nothing: 0⁰ = 1. The function puts the sums into a second argument if there is one.
    """
    zero = v == 0
    logs = np.log(np.where(zero, 1.0, v))
    ruined = zero.astype(float) if zero.any() else None

    def sums(w: Floats, out: Floats | None = None) -> Floats:
        found = weighted_sum(logs, w, out)
        if ruined is not None:
            np.copyto(found, -np.inf, where=weighted_sum(ruined, w) > 0)
        return found

    return sums


def waspas_parts(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "linear",
    lambda_: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> WaspasParts:
    """Q⁽¹⁾ and Q⁽²⁾ of ``waspas``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    v = _ratios(x, sense, scaling, bounds, target)
    return WaspasParts(weighted_sum(v, w), np.exp(weighted_logs(v)(w)))


def _ratios(x: Floats, sense: Floats, scaling: str, bounds: Any, target: Any) -> Floats:
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    refuse_columns(v < 0, "waspas has no power of what is negative once scaled, in column {j}")
    return v


@method(
    "waspas",
    "WASPAS (weighted sum and product)",
    "Zavadskas, E. K., Turskis, Z., Antucheviciene, J. & Zakarevicius, A. (2012). Optimization of weighted aggregated "
    "sum product assessment. Elektronika ir Elektrotechnika 122(6), 3–6.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=waspas_parts,
)
def waspas(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "linear",
    lambda_: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """Q_i = λ Σ_j w_j v_ij + (1 − λ) Π_j v_ij^w_j, where v are the ratios x / max for benefits and min / x for costs.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in 0 … 1, more is better.
    ``lambda_=1`` is the weighted sum of the ratios, ``lambda_=0`` their weighted product; the paper's optimal λ, which
    needs the variances of the figures, is not computed. One zero benefit makes the product 0; with weight 0 it counts
    for nothing (0⁰ = 1). Costs of zero and negatives are refused by the ratios. A constant column becomes 1; a zero
    benefit column makes all products 0. One candidate scores 1. Identical candidates tie; a change of unit, one
    criterion and a criterion of weight 0 are no special cases; huge and tiny figures are fine as long as their ratios
    are numbers. Ranks can be reversed when a candidate leaves that has the largest benefit or the least cost.

    Raises MethodError for NaN, infinities, negatives, costs of zero, a λ outside 0 … 1, and weights that are negative
    or all zero.
    """
    x, w, sense = checked(x, w, sense)
    if not 0 <= lambda_ <= 1:
        raise MethodError("lambda_ must lie in 0 … 1, and is {lambda_}", lambda_=lambda_)
    v = _ratios(x, sense, scaling, bounds, target)
    logs, of_sum = weighted_logs(v), lambda_ * v

    def write(w: Floats, joined: Floats, product: Floats) -> None:
        weighted_sum(of_sum, w, joined)
        logs(w, product)
        np.exp(product, out=product)
        np.multiply(product, 1 - lambda_, out=product)
        np.add(joined, product, out=joined)

    return written_over_draws(write, x, w, room=2)
