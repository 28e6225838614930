"""MAIRCA: the gap between what a candidate could be worth and what it is."""

from __future__ import annotations

from typing import Any, NamedTuple

from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import sums_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class MaircaParts(NamedTuple):
    """The theoretical ponders and the gaps."""

    t_p: Floats
    """(n,) or (s, n) the theoretical ponders P_Ai w_j, the same for every candidate."""
    q: Floats
    """(m,) or (s, m) the total gaps Q_i: less is better."""


def _terms(x: Floats, sense: Floats, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    """−g_ij / w_j: steps 3 to 5 give the gap g_ij = P_Ai w_j − P_Ai w_j n_ij."""
    share = oriented(x, sense, scaling, bounds=bounds, target=target)
    gaps: Floats = (share - 1) / x.shape[-2]
    return gaps


def mairca_parts(
    x: Any, w: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None
) -> MaircaParts:
    """The theoretical ponders and the total gaps of ``mairca``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    gaps = -_terms(x, sense, scaling=scaling, bounds=bounds, target=target)
    return MaircaParts(w / x.shape[-2], weighted_sum(gaps, w))


@method(
    "mairca",
    "MAIRCA (ideal against real)",
    "Gigović, L., Pamučar, D., Bajić, Z. & Milićević, M. (2016). The combination of expert judgment and GIS-MAIRCA "
    "analysis for the selection of sites for ammunition depots. Sustainability 8(4), 372.",
    per_criterion=("bounds", "target"),
    terms=_terms,
    parts=mairca_parts,
)
def mairca(x: Any, w: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    """−Q_i, the total gap Q_i = Σ_j (t_pij − t_rij): t_pij = w_j / m (step 3), t_rij = t_pij n_ij (step 4).

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in −1/m … 0, more is
    better. Every candidate is preferred alike beforehand (P_Ai = 1/m, step 2), so the ranks are those of ``additive``
    with ``scaling="minmax"``. A constant column, a zero one among them, leaves no gap, and so does one candidate.
    Zeros and negatives are figures like others; huge and tiny ones too. Identical candidates tie; a change of unit
    and a criterion of weight 0 are no special cases. Ranks can be reversed when a candidate leaves that has the
    largest or the least figure.

    Raises MethodError for NaN, infinities and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    terms = _terms(x, sense, scaling=scaling, bounds=bounds, target=target)
    return sums_over_draws(terms, w)
