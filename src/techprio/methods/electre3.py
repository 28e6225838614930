"""ELECTRE III: a ranking by how credible it is that one candidate is at least as good as another."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked
from techprio.methods.credibility import Comparison, PseudoCriteria
from techprio.methods.distillation import Ints, distilled, median
from techprio.methods.pairs import in_blocks
from techprio.methods.registry import method


class Preorders(NamedTuple):
    """What ELECTRE III names on the way to its ranking; places are classes, 1 the best."""

    credibility: Floats
    """(m, m) or (s, m, m) how credible it is that a, the row, is at least as good as b."""
    descending: Ints
    """(m,) or (s, m) places in the descending distillation, which finds the best first."""
    ascending: Ints
    """(m,) or (s, m) places in the ascending distillation, which finds the worst first."""
    outranks: Flags
    """(m, m) or (s, m, m) whether a is at least as well placed as b in both: the final partial preorder."""
    incomparable: Flags
    """(m, m) or (s, m, m) whether one distillation puts a above b and the other b above a."""


def credibility(x: Floats, w: Floats, sense: Floats, criteria: PseudoCriteria) -> Floats:
    """σ(a, b) of checked arrays: (m, m) or (s, m, m), 1 on the diagonal; thresholds are those of a, the worse one."""
    found = Comparison.between(x, x, sense, criteria, of_a=True).credibility(w)
    m = x.shape[-2]
    found[..., np.arange(m), np.arange(m)] = 1.0
    return found


def _criteria(x: Floats, sense: Floats, q: Any, p: Any, v: Any, alpha: float, beta: float) -> PseudoCriteria:
    if not (0 <= alpha <= 1 and -alpha <= beta <= 0):
        message = "s(λ) = alpha + beta·λ must fall from at most 1 to no less than 0: alpha={alpha}, beta={beta}"
        raise MethodError(message, alpha=alpha, beta=beta)
    criteria = PseudoCriteria.of(x.shape[-1], q, p, v)
    criteria.check(x, sense, most=np.inf)
    return criteria


def preorders(
    x: Any, w: Any, sense: Any, *, q: Any = None, p: Any = None, v: Any = None, alpha: float = 0.3, beta: float = -0.15
) -> Preorders:
    """Credibilities, both distillations, their intersection, and who is incomparable in it."""
    x, w, sense = checked(x, w, sense)
    sigma = credibility(x, w, sense, _criteria(x, sense, q, p, v, alpha, beta))
    many = sigma.reshape(-1, *sigma.shape[-2:])
    down, up = distilled(many, alpha, beta)
    outranks = (down[:, :, None] <= down[:, None, :]) & (up[:, :, None] <= up[:, None, :])
    incomparable = ~outranks & ~outranks.swapaxes(1, 2)
    down, up = (one.reshape(sigma.shape[:-1]) for one in (down, up))
    return Preorders(sigma, down, up, outranks.reshape(sigma.shape), incomparable.reshape(sigma.shape))


@method(
    "electre3",
    "ELECTRE III (median preorder of two distillations)",
    "Roy, B. (1978). ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en "
    "présence de critères multiples. Cahiers du CERO 20(1), 3–24; the median preorder as in Vallée, D. & Zielniewicz, "
    "P. (1994). ELECTRE III-IV, version 3.x. Document du LAMSADE 85, Université Paris-Dauphine.",
    per_criterion=("q", "p", "v"),
    needs={"thresholds": "required"},
    parts=preorders,
    lacks={
        "unit": "q, p and v are differences in the figure's unit and must change with it",
        "split": "a veto counts once for each criterion that opposes: both halves of a split criterion do",
        "zero_weight": "a criterion of weight 0 can still veto",
    },
)
def electre3(
    x: Any, w: Any, sense: Any, *, q: Any = None, p: Any = None, v: Any = None, alpha: float = 0.3, beta: float = -0.15
) -> Floats:
    """Minus the place in the median of the descending and the ascending distillation of σ(a, b).

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), −1 for the best class, −2
    for the next and so on. With t the lead of b over a on criterion j:

    - concordance c_j(a, b) is 1 for t ≤ q, 0 for t ≥ p, straight between; C(a, b) = Σ_j w_j c_j(a, b);
    - discordance D_j(a, b) is 0 for t ≤ p, 1 for t ≥ v, straight between; without a veto it is 0;
    - credibility σ(a, b) = C(a, b) · Π over the j with D_j > C of (1 − D_j) / (1 − C).

    The distillations cut σ at levels λ that fall, each by more than s(λ) = alpha + beta·λ (methods/distillation.py).

    ``q`` ≤ ``p`` ≤ ``v`` are one for all criteria or one for each: a number in the figure's unit, or (constant, share
    of the figure of a, who is the worse of the two). ``v`` may be left out, for all or (None) for one. Where p = q,
    concordance is a step, and a lead within 10⁻¹² of q is at it; credibilities are compared in the tenth decimal.

    Each distillation is a complete preorder. Their intersection is the result proper: a candidate that is above another
    in one and below it in the other is incomparable to it, which ``parts`` shows. The median preorder orders all: by
    the longest chain above in the intersection, then by the sum of the two places.

    A constant or zero column is in favour of everyone; zeros, negatives, huge and tiny figures are no special cases.
    One candidate has −1; one criterion ranks by its sense, those within q of each other alike or by chains of others.
    Identical candidates tie. A criterion of weight 0 counts for nothing unless it has a veto. The order of two
    candidates can turn when a third leaves (Wang & Triantaphyllou 2008).

    Raises MethodError for NaN, infinities, weights that are negative or all zero, missing q or p, thresholds that are
    negative or not in order at some figure, a share above 1 of figures that fall as they get better, and s(λ) that
    rises or is below 0.
    """
    x, w, sense = checked(x, w, sense)
    criteria = _criteria(x, sense, q, p, v, alpha, beta)

    def places(x: Floats, w: Floats) -> Floats:
        sigma = credibility(x, w, sense, criteria)
        many = sigma.reshape(-1, *sigma.shape[-2:])
        return -median(*distilled(many, alpha, beta)).reshape(sigma.shape[:-1]).astype(float)

    scores: Floats = in_blocks(places, x, w, x.shape[-2] ** 2)
    return scores
