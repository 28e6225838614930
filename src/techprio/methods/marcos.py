"""MARCOS: between the ideal and the anti-ideal candidate."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented, refuse_negative
from techprio.methods.draws import sums_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class Utility(NamedTuple):
    """What MARCOS computes; () or (s,) of the ideal and the anti-ideal, (m,) or (s, m) of the candidates."""

    S_ai: Floats
    S_aai: Floats
    S: Floats
    """The weighted sums of the ideal, the anti-ideal and the candidates (eq. 10)."""
    K_minus: Floats
    """The degree of utility against the anti-ideal (eq. 8); infinite or not a number where that has nothing."""
    K_plus: Floats
    """The degree of utility against the ideal (eq. 9)."""
    f: Floats
    """The utility function, which is the score (eq. 11)."""


def utility(x: Any, w: Any, sense: Any, *, scaling: str = "linear", bounds: Any = None, target: Any = None) -> Utility:
    """The sums, the degrees of utility and the utility function; arguments as of ``marcos``."""
    x, w, sense = checked(x, w, sense)
    S, S_ai, S_aai = _sums(_normalised(x, sense, scaling, bounds, target), w)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Utility(S_ai[..., 0], S_aai[..., 0], S, S / S_aai, S / S_ai, S * _per_sum(S_ai, S_aai))


def _normalised(x: Floats, sense: Floats, scaling: str, bounds: Any, target: Any) -> Floats:
    """Figures relative to the ideal (eqs. 5–6)."""
    n = oriented(x, sense, scaling, bounds=bounds, target=target)
    refuse_negative(n, "marcos")
    return n


def _sums(n: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    """S of the candidates, of the ideal and of the anti-ideal (eqs. 2–4, 7, 10)."""
    return weighted_sum(n, w), *_ends(n, w)


def _ends(n: Floats, w: Floats) -> tuple[Floats, Floats]:
    """S of the ideal and of the anti-ideal."""
    ideal, anti_ideal = n.max(axis=-2, keepdims=True), n.min(axis=-2, keepdims=True)
    return weighted_sum(ideal, w), weighted_sum(anti_ideal, w)


def _per_sum(a: Floats, b: Floats) -> Floats:
    """Eqs. 11–13 in one: what S is multiplied by, a and b the sums of the ideal and the anti-ideal.

    K⁺ = S/a and K⁻ = S/b, so f(K⁺) = a/(a + b) and f(K⁻) = b/(a + b) are the same for all candidates, and
    (K⁺ + K⁻) / (1 + (1 − f(K⁺))/f(K⁺) + (1 − f(K⁻))/f(K⁻)) = S (a + b) / (a² + ab + b²), which b = 0 does not break.
    """
    return np.where(a > 0, (a + b) / np.where(a > 0, a * a + a * b + b * b, 1.0), 0.0)


@method(
    "marcos",
    "MARCOS (compromise of ideal and anti-ideal)",
    "Stević, Ž., Pamučar, D., Puška, A. & Chatterjee, P. (2020). Sustainable supplier selection in healthcare "
    "industries using a new MCDM method: Measurement of alternatives and ranking according to COmpromise solution "
    "(MARCOS). Computers & Industrial Engineering 140, 106231, eqs. (2)–(13).",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=utility,
)
def marcos(x: Any, w: Any, sense: Any, *, scaling: str = "linear", bounds: Any = None, target: Any = None) -> Floats:
    """(K⁺ + K⁻) / (1 + (1 − f(K⁺))/f(K⁺) + (1 − f(K⁻))/f(K⁻)), K^± the weighted sum over those of ideal and anti-ideal.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → utilities (m,) or (s, m), in 0 … 1. Ideal and
    anti-ideal are the best and the worst scaled figures; in the paper (``linear``) figures are divided by the best,
    costs divide it. At stated weights the order is that of the weighted sum of those figures.

    A constant column counts for all alike; a zero one and a criterion of weight 0 count for nothing; all zero: 0.
    Negatives and costs of zero are refused; with a zero among the benefits the anti-ideal may have nothing, and the
    formula keeps its limit. One candidate, or nothing but identical ones, score ⅔. Identical candidates tie. No
    magnitude overflows, and a change of unit changes nothing. When the best or the worst of a criterion leaves, ranks
    may reverse.

    Raises MethodError for NaN, infinities, negatives, costs of zero, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    n = _normalised(x, sense, scaling, bounds, target)
    return sums_over_draws(n, w * _per_sum(*_ends(n, w)))  # to multiply the weights is quicker
