"""COPRAS: benefits added up, costs in inverse proportion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, compared_sum, over_draws, refuse_negative
from techprio.methods.registry import method
from techprio.scaling import scaled, tamed


class Significance(NamedTuple):
    """What COPRAS computes, (m,) or (s, m) each."""

    S_plus: Floats
    """The sum of weighted benefits (stage 2)."""
    S_minus: Floats
    """The sum of weighted costs (stage 2)."""
    Q: Floats
    """The relative significance (stage 3)."""
    N: Floats
    """The degree of utility, Q as a share of the largest, which is the score (stage 5)."""


def significance(
    x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None
) -> Significance:
    """The sums, the significance and the degree of utility; arguments as of ``copras``."""
    x, w, sense = checked(x, w, sense)
    v, whole = _parts(x, scaling, bounds, target)
    S_plus, S_minus = _sums(v, sense)(w / whole)
    Q = _relative(S_plus, S_minus)
    return Significance(S_plus, S_minus, Q, _of_largest(Q))


def _parts(x: Floats, scaling: str, bounds: Any, target: Any) -> tuple[Floats, Floats]:
    """Scaled figures v (…, m, n), and whole (…, n) that they are to be divided by (stage 1, but for the weights).

    Costs are scaled like benefits, and stay costs. Figures are not divided by their sum here, but weights are: it is
    the same, and there are fewer of them.
    """
    v = tamed(x) if scaling == "sum" else scaled(x, np.ones(x.shape[-1]), scaling, bounds=bounds, target=target)
    refuse_negative(v, "copras")
    if scaling != "sum":
        return v, np.ones(x.shape[-1])
    whole = np.ones(x.shape[-2]) @ v
    return v, np.where(whole > 0, whole, 1.0)


def _sums(v: Floats, sense: Floats) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Weights → S⁺ and S⁻ (stage 2)."""
    sides = [(np.ascontiguousarray(v[..., some]), some) for some in (sense > 0, sense < 0)]

    def sums(w: Floats) -> tuple[Floats, Floats]:
        S_plus, S_minus = (compared_sum(part, w[..., some]) for part, some in sides)
        return S_plus, S_minus

    return sums


def _relative(S_plus: Floats, S_minus: Floats) -> Floats:
    """Stage 3: Q = S⁺ + S⁻_min ΣS⁻ / (S⁻ Σ(S⁻_min / S⁻)), that is, ΣS⁻ shared out in proportion to 1 / S⁻.

    As an S⁻ goes to 0 its share goes to 1: whoever has no costs at all shares ΣS⁻ with the others that have none.
    """
    least = S_minus.min(axis=-1, keepdims=True)
    if least.min() > 0:
        inverse: Floats = least / S_minus
    else:
        inverse = np.where(S_minus > 0, least / np.where(S_minus > 0, S_minus, 1.0), 1.0)
    inverse *= S_minus.sum(axis=-1, keepdims=True) / inverse.sum(axis=-1, keepdims=True)
    inverse += S_plus
    return inverse


def _of_largest(Q: Floats) -> Floats:
    """Q as a share of the largest (stages 4–5); where all are 0 the share is 1."""
    largest = Q.max(axis=-1, keepdims=True)
    if largest.min() > 0:
        share: Floats = Q / largest
        return share
    return np.where(largest > 0, Q / np.where(largest > 0, largest, 1.0), 1.0)


@method(
    "copras",
    "COPRAS (complex proportional assessment)",
    "Zavadskas, E. K., Kaklauskas, A. & Šarka, V. (1994). The new method of multicriteria complex proportional "
    "assessment of projects. Technological and Economic Development of Economy 1(3), 131–139, stages 1–5.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=significance,
)
def copras(x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None) -> Floats:
    """Q_i / max Q, Q_i = S⁺_i + ΣS⁻ · (1/S⁻_i) / Σ(1/S⁻), S^± the weighted sums of scaled benefits and of scaled costs.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → degrees of utility (m,) or (s, m), in 0 … 1 (the
    paper prints percentages), 1 for the best. In the paper (``sum``) figures become shares of their column's sum, costs
    too; a scaling here is always that of benefits, and costs stay costs.

    A constant column counts for all alike; a zero one and a criterion of weight 0 count for nothing. Negatives are
    refused. Zeros are taken: where some have no costs at all, they share ΣS⁻ and the others get nothing of it, the
    limit of the formula; without costs Q is S⁺. One candidate, or nothing but identical ones, score 1. Identical
    candidates tie. No magnitude overflows, and a change of unit changes nothing. When a candidate leaves, all sums
    change and ranks may reverse.

    Raises MethodError for NaN, infinities, negatives, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    v, whole = _parts(x, scaling, bounds, target)
    sums = _sums(v, sense)
    return over_draws(lambda w: _of_largest(_relative(*sums(w))), x, w / whole)
