"""TODIM: how far each candidate dominates the others, where a loss weighs more than a gain of the same size."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.methods.thresholds import HAIR
from techprio.scaling import scaled

PAIRS = 1 << 17
"""Pairs of candidates that are compared at once: what stays in the cache."""


class Dominance(NamedTuple):
    """What TODIM sums up before it rescales."""

    gains: Floats
    """(m,) or (s, m) Σ of the positive φ_c(i, j) over all criteria c and others j."""
    losses: Floats
    """(m,) or (s, m) Σ of the negative φ_c(i, j)."""
    total: Floats
    """(m,) or (s, m) Σ_j δ(i, j), their sum."""


def _sums(p: Floats) -> tuple[Floats, Floats]:
    """Σ_j √(P_ic − P_jc)⁺ and Σ_j √(P_jc − P_ic)⁺ of the scaled figures ``p`` (…, m, n), shaped like them."""
    m, n = p.shape[-2:]
    columns = p.reshape(-1, m, n)
    gains, losses = np.zeros(columns.shape), np.zeros(columns.shape)
    if m * m <= PAIRS:
        size = PAIRS // (m * m)
        for begin in range(0, len(columns), size):
            draws = slice(begin, begin + size)
            for j in range(n):
                z = columns[draws, :, j]
                lead = _roots(z[:, :, None] - z[:, None, :])
                gains[draws, :, j], losses[draws, :, j] = lead.sum(axis=2), lead.sum(axis=1)
    else:
        for draw, j in np.ndindex(len(columns), n):
            gains[draw, :, j], losses[draw, :, j] = _sorted_sums(columns[draw, :, j])
    return gains.reshape(p.shape), losses.reshape(p.shape)


def _sorted_sums(figures: Floats) -> tuple[Floats, Floats]:
    """The same for one column (m,) of many candidates, each pair compared once: what one gains the other loses."""
    order = np.argsort(figures)
    z = figures[order]
    m = len(z)
    won, lost = np.zeros(m), np.zeros(m)
    size = max(1, PAIRS // m)
    for begin in range(0, m, size):
        beaten = z[: begin + size]
        lead = _roots(np.subtract.outer(z[begin : begin + size], beaten))
        won[begin : begin + size] = lead.sum(axis=1)
        lost[: len(beaten)] += lead.sum(axis=0)
    gains, losses = np.empty(m), np.empty(m)
    gains[order], losses[order] = won, lost
    return gains, losses


def _roots(lead: Floats) -> Floats:
    np.maximum(lead, 0.0, out=lead)
    return np.sqrt(lead, out=lead)


def _shares(w: Floats, theta: float) -> tuple[Floats, Floats]:
    """√w_c and 1/(θ √w_c); a criterion of weight 0 is left out of both."""
    root = np.sqrt(w)
    return root, np.divide(1.0, theta * root, out=np.zeros_like(root), where=root > 0)


def _scaled(x: Floats, sense: Floats, scaling: str, theta: float, bounds: Any, target: Any) -> Floats:
    if not (np.isfinite(theta) and theta > 0):
        raise MethodError("theta, by how much losses are played down, must be above 0 and is {theta}", theta=theta)
    return scaled(x, sense, scaling, bounds=bounds, target=target)


def dominance(
    x: Any, w: Any, sense: Any, *, theta: float = 1.0, scaling: str = "sum", bounds: Any = None, target: Any = None
) -> Dominance:
    """Gains, losses and Σ_j δ(i, j) of Gomes & Rangel (2009)."""
    x, w, sense = checked(x, w, sense)
    up, down = _sums(_scaled(x, sense, scaling, theta, bounds, target))
    gain, loss = _shares(w, theta)
    gains, losses = weighted_sum(up, gain), -weighted_sum(down, loss)
    return Dominance(gains, losses, gains + losses)


@method(
    "todim",
    "TODIM (interactive and multicriteria decision making)",
    "Gomes, L. F. A. M. & Lima, M. M. P. P. (1992). TODIM: basics and application to multicriteria ranking of projects "
    "with environmental impacts. Foundations of Computing and Decision Sciences 16(4), 113–127; the formula as in "
    "Gomes, L. F. A. M. & Rangel, L. A. D. (2009). An application of the TODIM method to the multicriteria rental "
    "evaluation of residential properties. European Journal of Operational Research 193(1), 204–211, eqs. (1)–(4).",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=dominance,
    lacks={
        "split": "a loss weighs 1/√w, so that two halves of a criterion make it count 2.8 times, and gains 1.4 times",
    },
)
def todim(
    x: Any, w: Any, sense: Any, *, theta: float = 1.0, scaling: str = "sum", bounds: Any = None, target: Any = None
) -> Floats:
    """ξ_i = (T_i − min T) / (max T − min T), where T_i = Σ_j δ(i, j) and δ(i, j) = Σ_c φ_c(i, j).

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), 0 for the worst and 1 for
    the best. P are the scaled figures: by default, as in the papers, shares in the column's sum, of 1/x for costs.

    - a gain, P_ic > P_jc: φ_c(i, j) = √(w_c (P_ic − P_jc));
    - a loss, P_ic < P_jc: φ_c(i, j) = −√((P_jc − P_ic) / w_c) / θ.

    w_c is the weight divided by the sum of the weights; the paper's relative weights w_rc, to a reference criterion,
    come to the same. θ = 1 as in the papers; above 1 losses are played down. As φ is a product of a figure of the
    weight and one of the pair, T = √w · G − 1/(θ√w) · L: the pairs are compared once for all weight vectors.

    A lighter criterion makes losses on it count *more*, without bound (the paradox of Llamazares 2018): of a weight of
    exactly 0 the criterion is left out. A constant column adds nothing; zeros, negatives and a zero column are the
    scaling's answer. Where all totals are equal but for rounding all scores are 0, so one candidate has 0. One
    criterion is ranked by its sense; identical candidates tie. The order of two candidates can turn when a third
    leaves.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, theta of 0 or less, and figures that
    the scaling does not take (negatives and, for costs, zeros under ``sum``).
    """
    x, w, sense = checked(x, w, sense)
    up, down = _sums(_scaled(x, sense, scaling, theta, bounds, target))

    def score(w: Floats) -> Floats:
        gain, loss = _shares(w, theta)
        gains, losses = weighted_sum(up, gain), weighted_sum(down, loss)
        size = np.maximum(gains.max(axis=-1, keepdims=True), losses.max(axis=-1, keepdims=True))
        gains -= losses
        gains -= gains.min(axis=-1, keepdims=True)
        span = gains.max(axis=-1, keepdims=True)
        found: Floats = np.divide(gains, span, out=np.zeros_like(gains), where=span > HAIR * size)
        return found

    return over_draws(score, x, w)
