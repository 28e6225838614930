"""RAM: the root assessment method."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import refuse_columns
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.scaling import scaled


class RamParts(NamedTuple):
    """The two sums, (m,) or (s, m) each."""

    s_plus: Floats
    """S₊, the weighted shares of the benefits."""
    s_minus: Floats
    """S₋, the weighted shares of the costs."""


def _shares(x: Floats) -> Floats:
    """r_ij = x_ij / Σ_i x_ij, benefits and costs alike; a zero column stays zero."""
    refuse_columns(x < 0, "ram has no shares of negatives in column {j}")
    return scaled(x, np.ones(x.shape[-1]), "sum")


def ram_parts(x: Any, w: Any, sense: Any) -> RamParts:
    """The sums S₊ and S₋ of ``ram``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    shares = _shares(x)
    return RamParts(weighted_sum(shares, w * (sense > 0)), weighted_sum(shares, w * (sense < 0)))


@method(
    "ram",
    "RAM (root assessment method)",
    "Sotoudeh-Anvari, A. (2023). Root Assessment Method (RAM): a novel multi-criteria decision making method and its "
    "applications in sustainability challenges. Journal of Cleaner Production 423, 138695.",
    parts=ram_parts,
)
def ram(x: Any, w: Any, sense: Any) -> Floats:
    """RI_i = (2 + S₊)^(1 / (2 + S₋)): S₊ and S₋ are Σ_j w_j r_ij over benefits and costs, r_ij = x_ij / Σ_i x_ij.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in 2^⅓ … √3 = 1.26 …
    1.73, more is better; among many candidates all lie close to √2. A constant column gives all 1/m, a zero column 0
    to all; zeros are figures like others, costs of zero too. One candidate has the whole of each share. Negatives are
    refused. Identical candidates tie; a change of unit, one criterion and a criterion of weight 0 are no special
    cases; columns are brought to ordinary size before they are added up, so huge and tiny figures are fine. Ranks can
    be reversed when a candidate leaves, for the sums of the columns are then others.

    Raises MethodError for NaN, infinities, negatives, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    shares = _shares(x)
    (benefit, ups), (cost, downs) = ((np.ascontiguousarray(shares[..., some]), some) for some in (sense > 0, sense < 0))

    def score(w: Floats) -> Floats:
        plus, minus = weighted_sum(benefit, w[..., ups]), weighted_sum(cost, w[..., downs])
        plus += 2
        minus += 2
        np.log(plus, out=plus)
        plus /= minus
        return np.exp(plus, out=plus)

    return over_draws(score, x, w)
