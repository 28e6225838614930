"""EDAS: how far above and below the average candidate."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.registry import method
from techprio.methods.sums import compared_sum
from techprio.scaling import scaled, tamed


class Appraisal(NamedTuple):
    """What EDAS computes, (m,) or (s, m) each."""

    SP: Floats
    """The weighted sum of positive distances from average (eq. 10)."""
    SN: Floats
    """The weighted sum of negative distances (eq. 11)."""
    NSP: Floats
    """SP as a share of the largest (eq. 12)."""
    NSN: Floats
    """1 less SN as a share of the largest (eq. 13)."""
    AS: Floats
    """The appraisal score (eq. 14)."""


def appraisal(
    x: Any, w: Any, sense: Any, *, scaling: str = "none", bounds: Any = None, target: Any = None
) -> Appraisal:
    """The sums of distances, normalised, and the score; arguments as of ``edas``."""
    x, w, sense = checked(x, w, sense)
    return _appraisal(*_distances(x, sense, scaling, bounds, target), w)


def _distances(x: Floats, sense: Floats, scaling: str, bounds: Any, target: Any) -> tuple[Floats, Floats]:
    """Positive and negative distances from average, PDA and NDA (eqs. 4–9), both (…, m, n)."""
    # A copy that has one criterion after the other in memory: averages down a column are ten times as fast.
    v = np.array(np.swapaxes(scaled(x, sense, scaling, bounds=bounds, target=target), -1, -2), order="C")
    v = tamed(np.swapaxes(v, -1, -2))
    average = v.mean(axis=-2, keepdims=True)  # eqs. 2–3
    constant = v.max(axis=-2, keepdims=True) == v.min(axis=-2, keepdims=True)
    bad = np.argwhere(~constant & ~(average > 0))
    if len(bad):
        j = int(bad[0][-1])
        raise MethodError("edas divides by the average, which must be above 0, and is not in column {j}", j=j)
    better = sense if scaling == "none" else 1.0
    # A constant column has no distances, whatever its mean is rounded to.
    v -= average
    v /= np.where(constant, np.inf, better * average)
    pda = np.maximum(v, 0)
    return pda, np.subtract(pda, v, out=v)


def _appraisal(pda: Floats, nda: Floats, w: Floats) -> Appraisal:
    SP, SN = compared_sum(pda, w), compared_sum(nda, w)
    NSP, NSN = SP / _largest(SP), 1 - SN / _largest(SN)
    return Appraisal(SP, SN, NSP, NSN, (NSP + NSN) / 2)


def _score(pda: Floats, nda: Floats, w: Floats) -> Floats:
    """AS alone, in place."""
    SP, SN = compared_sum(pda, w), compared_sum(nda, w)
    SP /= _largest(SP)
    SN /= _largest(SN)
    SP -= SN
    SP += 1
    SP /= 2
    return SP


def _largest(sums: Floats) -> Floats:
    """(…, 1) what sums are shares of; 1 if all are 0."""
    largest: Floats = sums.max(axis=-1, keepdims=True)
    return np.where(largest > 0, largest, 1.0)


@method(
    "edas",
    "EDAS (distance from average)",
    "Keshavarz Ghorabaee, M., Zavadskas, E. K., Olfat, L. & Turskis, Z. (2015). Multi-criteria inventory "
    "classification using a new method of evaluation based on distance from average solution (EDAS). Informatica "
    "26(3), 435–451, eqs. (2)–(14).",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=appraisal,
)
def edas(x: Any, w: Any, sense: Any, *, scaling: str = "none", bounds: Any = None, target: Any = None) -> Floats:
    """½ (SP_i / max SP + 1 − SN_i / max SN), SP and SN the weighted distances above and below average.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → appraisal scores (m,) or (s, m), in 0 … 1. The
    paper takes the figures as they are (``none``); under another scaling the scaled ones are compared with their
    average.

    A constant column, a zero one among them, has no distances and counts for nothing; so does a criterion of weight 0.
    Distances are shares of the average: zeros and negatives are taken while the average is above 0, and refused
    otherwise. One candidate, or nothing but identical ones: ½. Identical candidates tie. No magnitude overflows, and a
    change of unit changes nothing. When a candidate leaves, the averages and largest sums move and ranks may reverse.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, and an average that is not above 0.
    """
    x, w, sense = checked(x, w, sense)
    pda, nda = _distances(x, sense, scaling, bounds, target)
    return over_draws(lambda w: _score(pda, nda, w), x, w)
