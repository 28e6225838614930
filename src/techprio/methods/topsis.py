"""TOPSIS: near to the best that could be, far from the worst."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import over_draws, written_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_columns, weighted_sum


class Separations(NamedTuple):
    """What TOPSIS computes on the way, (m,) or (s, m) each."""

    S_plus: Floats
    """The distance from the ideal (step 4)."""
    S_minus: Floats
    """The distance from the negative ideal (step 4)."""
    C: Floats
    """The relative closeness to the ideal, which is the score (step 5)."""


def separations(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "vector",
    p: float = 2.0,
    ideal: str = "observed",
    bounds: Any = None,
    target: Any = None,
) -> Separations:
    """Distances from the ideal and the negative ideal, and the closeness made of them; arguments as of ``topsis``."""
    x, w, sense = checked(x, w, sense)
    below, above = _gaps(oriented(x, sense, scaling, bounds=bounds, target=target), p, ideal)
    S_plus, S_minus = _length(below, w, p), _length(above, w, p)
    with np.errstate(invalid="ignore"):
        return Separations(S_plus, S_minus, _closeness(S_plus, S_minus))


def _gaps(v: Floats, p: float, ideal: str) -> tuple[Floats, Floats]:
    """How far each figure is below the ideal and above the negative ideal (step 3), both (…, m, n)."""
    if not p >= 1:
        raise MethodError("p must be at least 1 for a distance, and is {p}; weights cannot mend it", p=p)
    if ideal == "observed":
        return v.max(axis=-2, keepdims=True) - v, v - v.min(axis=-2, keepdims=True)
    if ideal != "scale":
        raise MethodError(
            "ideal must be observed or scale, and is {ideal}; it sets the best of each column", ideal=ideal
        )
    hair = 1e-9  # of arithmetic, by which a figure at its limit may lie outside
    if v.min() < -hair or v.max() > 1 + hair:
        *_, i, j = (int(k) for k in np.argwhere((v < -hair) | (v > 1 + hair))[0])
        raise MethodError("with ideal scale, the scaled figure in row {i}, column {j} must lie in 0 … 1", i=i, j=j)
    inside = np.clip(v, 0, 1)
    return 1 - inside, inside


def _length(gaps: Floats, w: Floats, p: float) -> Floats:
    """(Σ_j (w_j gap_ij)^p)^(1/p) (step 4): of figures already weighed, as in step 2."""
    if p == 1:
        return weighted_sum(gaps, w)
    if p == 2:
        return np.sqrt(weighted_sum(gaps * gaps, w * w))
    parts = list(weighted_columns(gaps, w))
    largest: Floats = np.maximum.reduce(parts)
    if np.isinf(p):
        return largest
    unit = np.where(largest > 0, largest, 1.0)  # so that no power overflows, and none that counts underflows
    length: Floats = largest * sum((part / unit) ** p for part in parts) ** (1 / p)
    return length


def _closeness(S_plus: Floats, S_minus: Floats) -> Floats:
    """Step 5; ½ where both distances are 0, for then all candidates are alike."""
    C = S_minus / (S_plus + S_minus)
    return _or_half(C)


def _write_closeness(below: Floats, above: Floats, w: Floats) -> Callable[..., object]:
    """Steps 4 and 5 of squares, for p = 2 and blocks of ``w``: with one root, and one division if none is extreme.

    S⁻ / (S⁺ + S⁻) is b / (b + √(a b)) of the squares a and b of S⁺ and S⁻; else 1 / (1 + √(a / b)).
    """
    alike = bool(np.any(below[..., :1, :] + above[..., :1, :] == 0))  # on some criterion all candidates are
    usual = _moderate(below, w, or_zero=True) and _moderate(above, w)

    def write(w: Floats, C: Floats, a: Floats) -> None:
        squares = w * w
        weighted_sum(above, squares, C)
        weighted_sum(below, squares, a)
        if usual:
            np.multiply(a, C, out=a)
            np.sqrt(a, out=a)
            np.add(a, C, out=a)
            np.divide(C, a, out=C)
            return
        np.divide(a, C, out=C)
        np.sqrt(C, out=C)
        np.add(C, 1, out=C)
        np.divide(1, C, out=C)
        if alike:
            np.copyto(C, 0.5, where=np.isnan(C))

    return write


def _moderate(squares: Floats, w: Floats, or_zero: bool = False) -> bool:
    """Whether no weighted sum of ``squares`` (…, m, n) is 0, but for rows of zeros if those are taken, nor extreme."""
    least, largest = w.min() ** 2 * squares.max(axis=-1), w.max() ** 2 * squares.sum(axis=-1)
    if or_zero:
        least = np.where(largest == 0, 1.0, least)
    return bool(least.min() > 1e-140 and largest.max() < 1e140)


def _or_half(C: Floats) -> Floats:
    return np.where(np.isnan(C), 0.5, C) if np.isnan(C.max()) else C


@method(
    "topsis",
    "TOPSIS",
    "Hwang, C.-L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer, section 3.2.3 (TOPSIS), steps 1–6.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=separations,
    lacks={"split": "weights are squared in the distance, so two halves of a criterion count for less than the whole"},
)
def topsis(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "vector",
    p: float = 2.0,
    ideal: str = "observed",
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """S⁻_i / (S⁺_i + S⁻_i) with S^±_i = (Σ_j (w_j |v_ij − v_j^±|)^p)^(1/p), v the scaled figures.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → closeness (m,) or (s, m), in 0 … 1. The ideal v⁺
    and the negative ideal v⁻ are the best and the worst scaled figures of the candidates (``ideal="observed"``, the
    book's), or 1 and 0 (``ideal="scale"``), the ends of scalings that stay in 0 … 1. ``p`` is 1 or more, 2 in the book,
    and may be infinite.

    A constant or zero column counts for nothing, and so does a criterion of weight 0. Negatives and zeros are figures
    like others, as far as the scaling takes them. One candidate, or nothing but identical ones: ½. Identical candidates
    tie. Under ``vector`` no magnitude overflows. When a candidate leaves, norms and ideals move and ranks may reverse;
    they cannot with ``ideal="scale"`` and scaling ``scale``, or with values.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, p below 1, an unknown ``ideal``, and
    figures beyond the ends of the scale.
    """
    x, w, sense = checked(x, w, sense)
    below, above = _gaps(oriented(x, sense, scaling, bounds=bounds, target=target), p, ideal)
    if p == 2:
        below, above = below * below, above * above
        return written_over_draws(_write_closeness(below, above, w), x, w, room=2)
    return over_draws(lambda w: _closeness(_length(below, w, p), _length(above, w, p)), x, w)
