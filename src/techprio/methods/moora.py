"""MOORA: the ratio system."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import sums_of_scaled
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.scaling import scaled


class MooraParts(NamedTuple):
    """What is added and what is taken off, (m,) or (s, m) each."""

    benefits: Floats
    """Σ w_j x*_ij over the benefits."""
    costs: Floats
    """Σ w_j x*_ij over the costs."""


SAFE = (1e-200, 1e200)
"""Sums of squares that have neither lost digits to underflow nor overflowed."""


def ratios(x: Floats) -> Floats:
    """x*_ij = x_ij / √Σ_i x_ij², benefits and costs alike; a zero column stays zero."""
    return scaled(x, np.ones(x.shape[-1]), "vector")


def _shrunk(x: Floats) -> tuple[Floats, Floats]:
    """A numerator and a denominator of x*_ij, (…, m, n) and (…, n): to divide weights is quicker than figures."""
    squares = np.einsum("...ij,...ij->...j", x, x)
    if squares.min() > SAFE[0] and squares.max() < SAFE[1]:
        return x, np.sqrt(squares)
    return ratios(x), np.ones(x.shape[-1])


def _terms(x: Floats, sense: Floats) -> Floats:
    return ratios(x) * sense


def moora_parts(x: Any, w: Any, sense: Any) -> MooraParts:
    """The benefit sum and the cost sum of ``moora``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    share = ratios(x)
    return MooraParts(weighted_sum(share, w * (sense > 0)), weighted_sum(share, w * (sense < 0)))


@method(
    "moora",
    "MOORA (ratio system)",
    "Brauers, W. K. M. & Zavadskas, E. K. (2006). The MOORA method and its application to privatization in a "
    "transition economy. Control and Cybernetics 35(2), 445–469.",
    score_unit="one",
    terms=_terms,
    parts=moora_parts,
)
def moora(x: Any, w: Any, sense: Any) -> Floats:
    """y_i = Σ_benefits w_j x*_ij − Σ_costs w_j x*_ij, where x*_ij = x_ij / √Σ_i x_ij².

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in −1 … 1, more is better.
    A constant column adds the same ±w_j/√m to all; a zero column nothing; zeros and negatives are figures like others.
    One candidate gets the sum of the signed weights. Identical candidates tie; a change of unit, one criterion and a
    criterion of weight 0 are no special cases; huge and tiny columns are brought to ordinary size before they are
    squared. Ranks are those of ``additive`` with ``scaling="vector"``, whose scores are larger by the weights of the
    costs; they can be reversed when a candidate leaves, for the length of a column is then another.

    Raises MethodError for NaN, infinities and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    figures, length = _shrunk(x)
    return sums_of_scaled(figures, sense / length, w)
