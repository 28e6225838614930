"""CRADIS: deviations from the one ideal and the one anti-ideal value, against those of an optimal candidate."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import (
    checked,
    compared_sum,
    oriented,
    over_draws,
    over_figures,
    refuse_negative,
    weighted_sum,
)
from techprio.methods.registry import method

HAIR = 1e-12
"""Of the sums compared: what is left of a difference that is 0 but for rounding."""


class Deviations(NamedTuple):
    """What CRADIS computes, (m,) or (s, m) each."""

    S_plus: Floats
    """The sum of deviations from the ideal value (steps 5–6)."""
    S_minus: Floats
    """The sum of deviations from the anti-ideal value (steps 5–6)."""
    K_plus: Floats
    """The optimal candidate's S⁺ against the candidate's (step 7)."""
    K_minus: Floats
    """The candidate's S⁻ against the optimal one's (step 7)."""
    Q: Floats
    """The average of both, which is the score (step 8)."""


def deviations(
    x: Any, w: Any, sense: Any, *, scaling: str = "linear", bounds: Any = None, target: Any = None
) -> Deviations:
    """The deviations, the utilities and the score; arguments as of ``cradis``."""
    x, w, sense = checked(x, w, sense)
    return _deviations(_normalised(x, sense, scaling, bounds, target), w)


def _normalised(x: Floats, sense: Floats, scaling: str, bounds: Any, target: Any) -> Floats:
    n = oriented(x, sense, scaling, bounds=bounds, target=target)  # step 2
    refuse_negative(n, "cradis")
    return n


def _deviations(n: Floats, w: Floats) -> Deviations:
    best, worst = n.max(axis=-2, keepdims=True), n.min(axis=-2, keepdims=True)
    # Steps 3–4: the ideal is the largest weighted figure of the whole table, the anti-ideal the least. Summed over the
    # criteria, they stand here for all deviations together.
    criteria = n.shape[-1]
    ideal = criteria * (w * best[..., 0, :]).max(axis=-1, keepdims=True)
    anti_ideal = criteria * (w * worst[..., 0, :]).min(axis=-1, keepdims=True)
    sums, optimal = compared_sum(n, w), weighted_sum(best, w)
    S_plus, S_minus = ideal - sums, sums - anti_ideal
    optimal_plus, optimal_minus = np.maximum(ideal - optimal, 0), optimal - anti_ideal
    there = S_plus <= HAIR * ideal
    K_plus = np.where(there, 1.0, optimal_plus / np.where(there, 1.0, S_plus))
    spread = optimal_minus > HAIR * optimal
    K_minus = np.where(spread, S_minus / np.where(spread, optimal_minus, 1.0), 1.0)
    return Deviations(S_plus, S_minus, K_plus, K_minus, (K_plus + K_minus) / 2)


@method(
    "cradis",
    "CRADIS (distance from ideal and anti-ideal)",
    "Puška, A., Stević, Ž. & Pamučar, D. (2022). Evaluation and selection of healthcare waste incinerators using "
    "extended sustainability criteria and multi-criteria analysis methods. Environment, Development and Sustainability "
    "24, 11195–11225, section 3, steps 1–9.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=deviations,
)
def cradis(x: Any, w: Any, sense: Any, *, scaling: str = "linear", bounds: Any = None, target: Any = None) -> Floats:
    """½ (S⁺_0 / S⁺_i + S⁻_i / S⁻_0), S⁺_i = Σ_j (t − w_j n_ij) and S⁻_i = Σ_j (w_j n_ij − t'), 0 an optimal candidate.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → utilities (m,) or (s, m), in 0 … 1. n are the
    scaled figures (``linear`` in the paper), t and t' the largest and the least weighted figure of the whole table, the
    optimal candidate has the best of each criterion. At stated weights the order is that of the weighted sum; under
    equal weights S⁺_0 is 0, and only a candidate that is best in everything has anything of the first part.

    A constant column counts for all alike; so does a zero one. 0 / 0 is 1: S⁺ of a candidate that is best in
    everything, S⁻_0 where all figures weigh the same. Negatives and costs of zero are refused. One candidate, or
    nothing but identical ones, score 1. Identical candidates tie. No magnitude overflows, and a change of unit changes
    nothing. When the best of a criterion leaves, ranks may reverse.

    Raises MethodError for NaN, infinities, negatives, costs of zero, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)

    def block(x: Floats, w: Floats) -> Floats:
        n = _normalised(x, sense, scaling, bounds, target)
        return over_draws(lambda w: _deviations(n, w).Q, x, w)

    return over_figures(block, x, w)
