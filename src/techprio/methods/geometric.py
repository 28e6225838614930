"""The weighted geometric mean."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import refuse_columns
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.scaling import scaled


def _terms(
    x: Floats, sense: Floats, *, scaling: str, floor: float = 0.0, bounds: Any = None, target: Any = None
) -> Floats | None:
    """Logarithms; None where a value is, or a drawn one could be, 0 and there is no floor: that has none."""
    v = scaled(x, sense, scaling, bounds=bounds, target=target)
    if v.min() < 0 or (floor == 0 and (scaling != "none" or v.min() == 0)):
        return None
    logs: Floats = np.log(np.maximum(v, floor))
    return logs * sense if scaling == "none" else logs


@method(
    "geometric",
    "Weighted product (geometric mean)",
    "Miller, D. W. & Starr, M. K. (1969). Executive Decisions and Operations Research. Prentice-Hall.",
    study_settings={"scaling": "value", "floor": 0.01},
    per_criterion=("bounds", "target"),
    terms=_terms,
    link=np.exp,
    cellwise=True,
    reverses_ranks=False,
)
def geometric(
    x: Any, w: Any, sense: Any, *, scaling: str = "none", floor: float = 0.0, bounds: Any = None, target: Any = None
) -> Floats:
    """Π_j max(v_ij, floor)^(w_j), where v are the scaled figures; unscaled costs have the exponent −w_j.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), never below 0. Without a
    ``floor`` one zero benefit makes the score 0 (with weight 0 it counts for nothing: 0⁰ = 1), and a cost of zero is
    refused, for nothing could outweigh it. Negatives are refused. A constant column and, unscaled, a change of unit
    change no rank. Identical candidates tie.

    Raises MethodError for NaN, infinities, negatives, zero costs, a floor outside 0 … 1, and weights that are negative
    or all zero.
    """
    x, w, sense = checked(x, w, sense)
    if not 0 <= floor < 1:
        raise MethodError("floor must lie in 0 … 1, and is {floor}", floor=floor)
    v = scaled(x, sense, scaling, bounds=bounds, target=target)
    refuse_columns(v < 0, "geometric has no product of negatives in column {j}")
    exponent = w * sense if scaling == "none" else w
    v = np.maximum(v, floor)
    low = v.min(axis=tuple(range(v.ndim - 1)))
    for j in np.flatnonzero((low == 0) & (exponent.reshape(-1, len(low)).min(axis=0) < 0)):
        raise MethodError("geometric needs figures above 0 in column {j}, or a floor", j=int(j))
    zero = v == 0
    logs = np.log(np.where(zero, 1.0, v))

    def score(exponent: Floats) -> Floats:
        powers = np.exp(weighted_sum(logs, exponent))
        return np.where(weighted_sum(zero.astype(float), exponent) > 0, 0.0, powers) if zero.any() else powers

    return over_draws(score, x, exponent)
