"""The weighted sum of values."""

from __future__ import annotations

from typing import Any

from techprio.hall import Floats
from techprio.methods.arrays import checked, weighted_sum
from techprio.methods.registry import method
from techprio.scaling import scaled


def _terms(x: Floats, sense: Floats, *, scaling: str, bounds: Any = None, target: Any = None) -> Floats:
    return scaled(x, sense, scaling, bounds=bounds, target=target)


@method(
    "additive",
    "Additive value (weighted sum)",
    "Keeney, R. L. & Raiffa, H. (1976). Decisions with Multiple Objectives. Wiley, ch. 3.",
    study_settings={"scaling": "value"},
    per_criterion=("bounds", "target"),
    score_unit="one",
    terms=_terms,
    cellwise=True,
    reverses_ranks=False,
)
def additive(x: Any, w: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    """Σ_j w_j v_ij, where v are the scaled figures.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in 0 … 1 under the
    scalings ``value`` and ``minmax``. What a constant or zero column, a zero or a negative does is the scaling's
    answer. Identical candidates tie; one candidate or one criterion is no special case; a criterion of weight 0 counts
    for nothing. With value functions the order of two candidates never depends on a third; ``minmax`` and the other
    scalings that look at all candidates can turn it.

    Raises MethodError for NaN, infinities and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    v = _terms(x, sense, scaling=scaling, bounds=bounds, target=target)
    return weighted_sum(v, w)
