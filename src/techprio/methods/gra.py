"""GRA: grey relational analysis."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import sums_over_draws
from techprio.methods.registry import method


class GraParts(NamedTuple):
    """The grey relational coefficients."""

    gamma: Floats
    """(m, n) or (s, m, n) γ_ij."""


def _terms(
    x: Floats,
    sense: Floats,
    *,
    scaling: str = "minmax",
    zeta: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """γ_ij = (Δmin + ζ Δmax) / (Δ_ij + ζ Δmax), where Δmin is 0: some candidate is the reference on each criterion."""
    if not 0 < zeta <= 1:
        raise MethodError("zeta must lie above 0 and up to 1, and is {zeta}", zeta=zeta)
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    distance: Floats = v.max(axis=-2, keepdims=True) - v
    largest = zeta * distance.max(axis=(-2, -1), keepdims=True)
    # Where all candidates are alike nothing is far from the reference: 0/0 is 1.
    gamma = np.where(largest > 0, largest, 1.0)
    distance += gamma
    np.divide(gamma, distance, out=distance)
    return distance


def gra_parts(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    zeta: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> GraParts:
    """The grey relational coefficients of ``gra``, from the same arguments."""
    x, _, sense = checked(x, w, sense)
    return GraParts(_terms(x, sense, scaling=scaling, zeta=zeta, bounds=bounds, target=target))


@method(
    "gra",
    "GRA (grey relational analysis)",
    "Deng, J. L. (1989). Introduction to grey system theory. The Journal of Grey System 1(1), 1–24; for ranking: "
    "Kuo, Y., Yang, T. & Huang, G.-W. (2008). The use of grey relational analysis in solving multiple attribute "
    "decision-making problems. Computers & Industrial Engineering 55(1), 80–93.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    terms=_terms,
    parts=gra_parts,
)
def gra(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    zeta: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """Γ_i = Σ_j w_j γ_ij: γ_ij = (Δmin + ζ Δmax) / (Δ_ij + ζ Δmax), Δ_ij the distance of v_ij from the best.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in ζ / (1 + ζ) … 1, more
    is better; Δmin and Δmax are over all candidates and criteria, 0 and 1 under ``minmax``. The distinguishing
    coefficient ``zeta`` says how much being nearly best counts. A constant column, a zero one among them, gives all
    1; if there is no other column, and for one candidate, the score is 1. Zeros and negatives are figures like
    others; huge and tiny ones too. Identical candidates tie; a change of unit and, under ``minmax``, a criterion of
    weight 0 are no special cases. Ranks can be reversed when a candidate leaves that has the largest or the least
    figure.

    Raises MethodError for NaN, infinities, a ζ that is not in 0 … 1 or is 0, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    terms = _terms(x, sense, scaling=scaling, zeta=zeta, bounds=bounds, target=target)
    return sums_over_draws(terms, w)
