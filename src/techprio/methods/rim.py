"""RIM: closeness to an ideal that is an interval anywhere on the scale."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import columnwise, intervals, refuse_columns, refuse_outside
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class RimParts(NamedTuple):
    """The normalised figures and the variations."""

    y: Floats
    """(m, n) or (s, m, n) y_ij: 1 in the reference ideal, 0 at the end of the range."""
    i_plus: Floats
    """(m,) or (s, m) I⁺, the variation from the reference ideal."""
    i_minus: Floats
    """(m,) or (s, m) I⁻, the variation from zero."""


def _normalised(x: Floats, bounds: Any, reference_ideal: Any) -> Floats:
    """f(x): 1 in [C, D], else 1 − the distance from it as a share of the room between it and the bound (step 3)."""
    n = x.shape[-1]
    for given, what in ((bounds, "bounds"), (reference_ideal, "reference_ideal")):
        if given is None:
            raise MethodError("rim needs {what} as two numbers a criterion", what=what)
    a, b = intervals(bounds, n, "rim", "bounds")
    c, d = intervals(reference_ideal, n, "rim", "reference_ideal", proper=False)
    refuse_columns(((c < a) | (d > b))[None], "rim needs the reference_ideal within the bounds in column {j}")
    x = columnwise(x)
    refuse_outside(x, a, b, "rim")
    y = np.ones(x.shape, order="F")
    for inner, outer, way in ((c, a, -1), (d, b, 1)):
        room = way * (outer / 2 - inner / 2)  # halved: no difference overflows
        beyond = x / 2
        beyond -= inner / 2
        # Where the ideal reaches the bound nothing lies beyond it: the share is 0, not 0/0.
        beyond *= way / np.where(room > 0, room, 1.0)
        y -= np.maximum(beyond, 0.0, out=beyond)
    return y


def _variations(y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """I⁺ = √Σ (w_j y_ij − w_j)² and I⁻ = √Σ (w_j y_ij)² (steps 4 and 5)."""
    return np.sqrt(weighted_sum((1 - y) ** 2, w * w)), np.sqrt(weighted_sum(y**2, w * w))


def rim_parts(x: Any, w: Any, sense: Any, *, bounds: Any = None, reference_ideal: Any = None) -> RimParts:
    """The normalised figures and the variations of ``rim``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    y = _normalised(x, bounds, reference_ideal)
    return RimParts(y, *_variations(y, w))


@method(
    "rim",
    "RIM (reference ideal method)",
    "Cables, E., Lamata, M. T. & Verdegay, J. L. (2016). RIM – reference ideal method in multicriteria decision "
    "making. Information Sciences 337–338, 1–10.",
    per_criterion=("bounds", "reference_ideal"),
    score_unit="one",
    needs={"bounds": "required", "reference_ideal": "stated"},
    parts=rim_parts,
    lacks={
        "dominance": "the reference ideal says what is best, not the sense: more may be too much",
        "unit": "the bounds and the reference ideal are figures too: they must change their unit with the candidates'",
        "split": "the weights are squared: two halves count for less than their whole",
    },
    reverses_ranks=False,
)
def rim(x: Any, w: Any, sense: Any, *, bounds: Any = None, reference_ideal: Any = None) -> Floats:
    """R_i = I⁻ / (I⁺ + I⁻), I⁺ = √Σ_j (w_j (1 − y_ij))², I⁻ = √Σ_j (w_j y_ij)², y the closeness to the ideal.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``bounds`` (n, 2) the range [A, B] of each criterion,
    ``reference_ideal`` (n, 2) the interval [C, D] within it that is best → scores (m,) or (s, m), in 0 … 1, more is
    better. y falls in a straight line from 1 at C or D to 0 at A or B; the ``sense`` counts for nothing. The
    reference ideal has no default and no place in a study. No candidate's score depends on another's: no rank is ever
    reversed, and one candidate, a constant and a zero column are no special cases. Zeros, negatives, huge and tiny
    figures are figures like others within the bounds. Identical candidates tie; a criterion of weight 0 counts for
    nothing. Of one criterion the score is y.

    Raises MethodError for NaN, infinities, figures outside the bounds, a reference ideal that is missing, not in
    order or not within the bounds, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    y = _normalised(x, bounds, reference_ideal)
    far, near = (1 - y) ** 2, y**2

    def score(w: Floats) -> Floats:
        squares = w * w
        plus, minus = np.sqrt(weighted_sum(far, squares)), np.sqrt(weighted_sum(near, squares))
        closeness: Floats = minus / (plus + minus)
        return closeness

    return over_draws(score, x, w)
