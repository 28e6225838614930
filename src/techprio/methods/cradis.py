"""CRADIS: deviations from the one ideal and the one anti-ideal value, against those of an optimal candidate."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked, oriented, refuse_negative
from techprio.methods.draws import over_draws
from techprio.methods.registry import method
from techprio.methods.sums import compared_sum, weighted_sum

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


class _Optimal(NamedTuple):
    """What all candidates are compared with, (1,) or (s, 1) each; deviations of all criteria together."""

    ideal: Floats
    """n times the ideal value, the largest weighted figure of the whole table (step 3)."""
    anti_ideal: Floats
    """n times the anti-ideal value, the least (step 4)."""
    S_plus: Floats
    """The optimal candidate's sums of deviations (steps 5–6)."""
    S_minus: Floats
    spread: Flags
    """Whether its S⁻ is more than what rounding leaves."""


def _optimal(best: Floats, worst: Floats, w: Floats) -> _Optimal:
    criteria = best.shape[-1]
    ideal = criteria * (w * best[..., 0, :]).max(axis=-1, keepdims=True)
    anti_ideal = criteria * (w * worst[..., 0, :]).min(axis=-1, keepdims=True)
    sums = weighted_sum(best, w)
    S_minus = sums - anti_ideal
    return _Optimal(ideal, anti_ideal, np.maximum(ideal - sums, 0), S_minus, S_minus > HAIR * sums)


def _ends(n: Floats) -> tuple[Floats, Floats]:
    return n.max(axis=-2, keepdims=True), n.min(axis=-2, keepdims=True)


def _deviations(n: Floats, w: Floats) -> Deviations:
    optimal, sums = _optimal(*_ends(n), w), compared_sum(n, w)
    S_plus, S_minus = optimal.ideal - sums, sums - optimal.anti_ideal
    there = S_plus <= HAIR * optimal.ideal
    K_plus = np.where(there, 1.0, optimal.S_plus / np.where(there, 1.0, S_plus))
    K_minus = np.where(optimal.spread, S_minus / np.where(optimal.spread, optimal.S_minus, 1.0), 1.0)
    return Deviations(S_plus, S_minus, K_plus, K_minus, (K_plus + K_minus) / 2)


def _score(n: Floats, best: Floats, worst: Floats, w: Floats) -> Floats:
    """Q alone, in place where nobody is there at the ideal and the optimal candidate is off the anti-ideal."""
    optimal, sums = _optimal(best, worst, w), compared_sum(n, w)
    K_plus = optimal.ideal - sums
    if not optimal.spread.all() or (K_plus.min(axis=-1, keepdims=True) <= HAIR * optimal.ideal).any():
        return _deviations(n, w).Q
    np.divide(optimal.S_plus / 2, K_plus, out=K_plus)
    sums -= optimal.anti_ideal
    sums /= 2 * optimal.S_minus
    sums += K_plus
    return sums


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
    n = _normalised(x, sense, scaling, bounds, target)
    best, worst = _ends(n)
    return over_draws(lambda w: _score(n, best, worst, w), x, w)
