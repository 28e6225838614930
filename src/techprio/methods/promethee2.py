"""PROMETHEE II: how far each candidate is preferred to the others, less how far they are preferred to it."""

from __future__ import annotations

from typing import Any, NamedTuple

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import sums_over_draws
from techprio.methods.preference import shapes, unicriterion
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class Flows(NamedTuple):
    """What PROMETHEE names on the way to its net flow."""

    phi_plus: Floats
    """(m,) or (s, m) positive flow: how far it is preferred to the others."""
    phi_minus: Floats
    """(m,) or (s, m) negative flow: how far the others are preferred to it."""
    unicriterion: Floats
    """(m, n) or (s, m, n) net flow on each criterion alone."""


def _terms(x: Floats, sense: Floats, *, types: Any = None, q: Any = None, p: Any = None, s: Any = None) -> Floats:
    plus, minus = unicriterion(x, sense, shapes(x.shape[-1], types, q, p, s))
    return plus - minus


def flows(x: Any, w: Any, sense: Any, *, types: Any = None, q: Any = None, p: Any = None, s: Any = None) -> Flows:
    """φ⁺, φ⁻ and unicriterion net flows (Brans & Vincke 1985, eqs. (3)–(4); Brans & Mareschal 2005, eqs. (10)–(14))."""
    x, w, sense = checked(x, w, sense)
    plus, minus = unicriterion(x, sense, shapes(x.shape[-1], types, q, p, s))
    return Flows(weighted_sum(plus, w), weighted_sum(minus, w), plus - minus)


@method(
    "promethee2",
    "PROMETHEE II (net outranking flow)",
    "Brans, J.-P. & Vincke, Ph. (1985). A preference ranking organisation method. Management Science 31(6), 647–656; "
    "flows divided by m − 1 as in Brans, J.-P. & Mareschal, B. (2005). PROMETHEE methods. In: Multiple Criteria "
    "Decision Analysis: State of the Art Surveys. Springer, 163–186.",
    per_criterion=("types", "q", "p", "s"),
    score_unit="one",
    terms=_terms,
    needs={"thresholds": "optional"},
    parts=flows,
    lacks={"unit": "q, p and s are differences in the figure's unit and must change with it"},
)
def promethee2(x: Any, w: Any, sense: Any, *, types: Any = None, q: Any = None, p: Any = None, s: Any = None) -> Floats:
    """φ(a) = Σ_j w_j φ_j(a), where φ_j(a) = Σ_b [P_j(a, b) − P_j(b, a)] / (m − 1).

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in −1 … 1; their sum is 0.
    P_j is a function of the lead d of a over b on criterion j, by ``types``, one name for all or one a criterion:

    - ``usual``: 1 for d > 0. What all criteria are without ``types``: the flow is then a weighted Borda count.
    - ``u-shape``: 1 for d > q.
    - ``v-shape``: d / p up to p, then 1.
    - ``level``: ½ for q < d ≤ p, 1 for d > p.
    - ``linear``: (d − q) / (p − q) from q to p, then 1.
    - ``gaussian``: 1 − exp(−d² / 2s²) for d > 0.

    ``q``, ``p`` and ``s`` are numbers in the figure's unit, one for all or one a criterion. Where p = q, ``linear`` is
    ``u-shape``; so is ``v-shape`` with p = 0 ``usual``. Leads within 10⁻¹² of a step's threshold are at it.

    A constant or zero column adds 0 for everyone; zeros, negatives, huge and tiny figures are no special cases. One
    candidate has flow 0; one criterion is ranked by its sense. Identical candidates tie; a criterion of weight 0 counts
    for nothing. The order of two candidates can turn when a third leaves, where their flows differ by 2 / (m − 1) or
    less (Mareschal, De Smet & Nemery 2008).

    Net flows on each criterion take O(m log m) (Calders & Van Assche 2018), those of ``gaussian`` O(m²).

    Raises MethodError for NaN, infinities, weights that are negative or all zero, an unknown type, a threshold that its
    type lacks, thresholds without types, a share of the figure, q above p and s = 0.
    """
    x, w, sense = checked(x, w, sense)
    terms = _terms(x, sense, types=types, q=q, p=p, s=s)
    return sums_over_draws(terms, w)
