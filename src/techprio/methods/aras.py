"""ARAS: the share of what an optimal candidate would score."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented, refuse_negative
from techprio.methods.draws import sums_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class Utility(NamedTuple):
    """What ARAS computes."""

    S0: Floats
    """() or (s,) the optimality function of the optimal candidate."""
    S: Floats
    """(m,) or (s, m) the optimality function of each candidate (eq. 9)."""
    K: Floats
    """(m,) or (s, m) the degree of utility, which is the score (eq. 10)."""


def utility(x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None) -> Utility:
    """The optimality function and the degree of utility; arguments as of ``aras``."""
    x, w, sense = checked(x, w, sense)
    S0, S, K = _utility(_shares(x, sense, scaling, bounds, target), w)
    return Utility(S0[..., 0], S, K)


def _shares(x: Floats, sense: Floats, scaling: str, bounds: Any, target: Any) -> Floats:
    """The normalised figures of the candidates; those of the optimal one (eq. 2) are the largest of each column.

    In the paper (``sum``) each figure, or its inverse if it is a cost, is divided by the sum over the candidates and
    the optimal one (eqs. 4–5). With v the shares of the candidates alone, the optimal one adds max v to a sum of 1.
    """
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    refuse_negative(v, "aras")
    return v / (1 + v.max(axis=-2, keepdims=True)) if scaling == "sum" else v


def _score(shares: Floats, w: Floats) -> Floats:
    """K alone: to divide the weights by S_0 is quicker than the sums."""
    S0 = weighted_sum(shares.max(axis=-2, keepdims=True), w)
    return sums_over_draws(shares, w / S0) if S0.min() > 0 else _utility(shares, w)[2]


def _utility(shares: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    S = weighted_sum(shares, w)  # eqs. 8–9
    S0 = weighted_sum(shares.max(axis=-2, keepdims=True), w)
    return S0, S, np.where(S0 > 0, S / np.where(S0 > 0, S0, 1.0), 1.0)  # eq. 10


@method(
    "aras",
    "ARAS (additive ratio assessment)",
    "Zavadskas, E. K. & Turskis, Z. (2010). A new additive ratio assessment (ARAS) method in multicriteria "
    "decision-making. Technological and Economic Development of Economy 16(2), 159–172, eqs. (2)–(10).",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=utility,
)
def aras(x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None) -> Floats:
    """Σ_j w_j x̄_ij / Σ_j w_j x̄_0j, x̄ the normalised figures and x̄_0j the best of each criterion.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → degrees of utility (m,) or (s, m), in 0 … 1. In
    the paper (``sum``) figures become shares of a sum in which the optimal candidate is counted too, costs by their
    inverse; under another scaling the optimal candidate has the best scaled figure of each criterion.

    A constant column counts for all alike; a zero one and a criterion of weight 0 count for nothing. Negatives and
    costs of zero are refused; a zero benefit is the worst there is. One candidate, or nothing but identical ones, score
    1. Identical candidates tie. No magnitude overflows, and a change of unit changes nothing. When a candidate leaves,
    the sums change, each criterion's by another factor, and ranks may reverse.

    Raises MethodError for NaN, infinities, negatives, costs of zero, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    return _score(_shares(x, sense, scaling, bounds, target), w)
