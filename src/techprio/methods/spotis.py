"""SPOTIS: the distance from the ideal point, on scales that no candidate moves."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import sums_of_scaled
from techprio.methods.given import columnwise, intervals, numbers, refuse_columns, refuse_outside
from techprio.methods.registry import method


class SpotisParts(NamedTuple):
    """The ideal point and the distances from it."""

    ideal: Floats
    """(n,) S*_j, the ideal solution point."""
    d: Floats
    """(m, n) or (s, m, n) the normalised distances d_ij."""


LARGE = 2.0**1000
"""Bounds beyond which a difference of two may be no number."""


class _Gaps(NamedTuple):
    ideal: Floats
    gaps: Floats
    """(…, m, n) |x_ij − S*_j|, or half of it."""
    width: Floats
    """(n,) S_j^max − S_j^min, or half of it: dividing the weights is quicker than the gaps."""


def _gaps(x: Floats, sense: Floats, bounds: Any, target: Any) -> _Gaps:
    if bounds is None:
        raise MethodError("spotis needs bounds: the least and the largest figure possible on each criterion")
    x = columnwise(x)
    low, high = intervals(bounds, x.shape[-1], "spotis", "bounds")
    refuse_outside(x, low, high, "spotis")
    ideal = np.where(sense > 0, high, low)
    if target is not None:
        ideal = numbers(target, low.shape, "spotis", "target")
        refuse_columns(((ideal < low) | (ideal > high))[None], "spotis needs a target within the bounds in column {j}")
    half = 0.5 if np.abs((low, high)).max() > LARGE else 1.0  # so that no difference overflows
    x *= half  # the copy, in place: new memory would cost more than the arithmetic
    x -= ideal * half
    np.abs(x, out=x)
    return _Gaps(ideal, x, high * half - low * half)


def _terms(x: Floats, sense: Floats, *, bounds: Any = None, target: Any = None) -> Floats:
    _, gaps, width = _gaps(x, sense, bounds, target)
    return -gaps / width


def spotis_parts(x: Any, w: Any, sense: Any, *, bounds: Any = None, target: Any = None) -> SpotisParts:
    """The ideal solution point and the normalised distances of ``spotis``, from the same arguments."""
    x, _, sense = checked(x, w, sense)
    ideal, gaps, width = _gaps(x, sense, bounds, target)
    return SpotisParts(ideal, gaps / width)


@method(
    "spotis",
    "SPOTIS (distance from the ideal on fixed bounds)",
    "Dezert, J., Tchamova, A., Han, D. & Tacnet, J.-M. (2020). The SPOTIS rank reversal free method for multi-criteria "
    "decision-making support. 23rd International Conference on Information Fusion, 1–8.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    terms=_terms,
    needs={"bounds": "required"},
    parts=spotis_parts,
    lacks={"unit": "the bounds are figures too: they must change their unit with the candidates'"},
    reverses_ranks=False,
)
def spotis(x: Any, w: Any, sense: Any, *, bounds: Any = None, target: Any = None) -> Floats:
    """−d_i, the distance d_i = Σ_j w_j |x_ij − S*_j| / (S_j^max − S_j^min) from the ideal solution point S*.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,), ``bounds`` (n, 2) → scores (m,) or (s, m), in −1
    … 0, more is better. S* is the better bound of each criterion, or ``target`` (n,), the decision maker's expected
    solution point: the sense then counts for nothing. No candidate's score depends on another's, so no rank is ever
    reversed, one candidate is no special case, and a constant or zero column only takes the same off all. Zeros,
    negatives, huge and tiny figures are figures like others within the bounds. Identical candidates tie; one
    criterion and a criterion of weight 0 are no special cases.

    Raises MethodError for NaN, infinities, figures or targets outside the bounds, bounds that are missing or not in
    order, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    _, gaps, width = _gaps(x, sense, bounds, target)
    return sums_of_scaled(gaps, -1 / width, w)
