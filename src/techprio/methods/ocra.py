"""OCRA: operational competitiveness rating."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import columnwise, refuse_columns
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.scaling import tamed


class OcraParts(NamedTuple):
    """The two linear preference ratings, (m,) or (s, m) each."""

    inputs: Floats
    """Of the costs: I_i − min I."""
    outputs: Floats
    """Of the benefits: O_i − min O."""


def _terms(x: Floats, sense: Floats) -> Floats:
    """(max − x) / min for costs (step 1), (x − min) / min for benefits (step 3)."""
    refuse_columns(x <= 0, "ocra divides by the least figure and cannot take one up to 0 in column {j}")
    x = tamed(columnwise(x))
    low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
    with np.errstate(all="ignore"):  # told in the next line
        most = (high - low) / low
    refuse_columns(~np.isfinite(most), "ocra cannot divide the greatest figure by the least in column {j}")
    ratings: Floats = np.where(sense > 0, x - low, high - x) / low
    return ratings


def _above_least(ratings: Floats) -> Floats:
    """Step 5; rising in each rating, so it changes no rank."""
    above: Floats = ratings - ratings.min(axis=-1, keepdims=True)
    return above


def ocra_parts(x: Any, w: Any, sense: Any) -> OcraParts:
    """The linear preference ratings of ``ocra``, from the same arguments (steps 2 and 4)."""
    x, w, sense = checked(x, w, sense)
    terms = _terms(x, sense)
    inputs, outputs = weighted_sum(terms, w * (sense < 0)), weighted_sum(terms, w * (sense > 0))
    return OcraParts(_above_least(inputs), _above_least(outputs))


@method(
    "ocra",
    "OCRA (operational competitiveness rating)",
    "Parkan, C. & Wu, M.-L. (2000). Comparison of three modern multicriteria decision-making tools. International "
    "Journal of Systems Science 31(4), 497–517; steps as in Işık, A. T. & Adalı, E. A. (2016). International "
    "Journal of Advanced Operations Management 8(2), 140–151.",
    terms=_terms,
    link=_above_least,
    parts=ocra_parts,
)
def ocra(x: Any, w: Any, sense: Any) -> Floats:
    """P_i = R_i − min R: R_i = Σ_costs w_j (max_j − x_ij) / min_j + Σ_benefits w_j (x_ij − min_j) / min_j.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), from 0 of the last
    candidate upwards without limit, more is better. Costs and benefits are first lowered to a least of 0 each, and
    then their sum: only the last changes anything. A criterion weighs the more, the larger its greatest figure is
    beside its least one: a spread of 1 to 100 counts for 99 times one of 1 to 2. Figures up to 0, and so zero
    columns, are refused. A constant column adds 0. One candidate scores 0. Identical candidates tie; a change of
    unit, one criterion and a criterion of weight 0 are no special cases; huge and tiny figures are fine as long as
    the greatest beside the least is a number. Ranks can be reversed when a candidate leaves that has the least
    figure.

    Raises MethodError for NaN, infinities, figures up to 0, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    terms = _terms(x, sense)
    return over_draws(lambda w: _above_least(weighted_sum(terms, w)), x, w)
