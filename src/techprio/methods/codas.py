"""CODAS: far from the worst, by Euclidean distance and, where that differs enough, also by taxicab distance."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum

HAIR = 1e-12
"""By so much a difference may fall short of τ: 0.03 − 0.01 is a little less than 0.02 in binary numbers."""


class Assessment(NamedTuple):
    """What CODAS computes, (m,) or (s, m) each."""

    E: Floats
    """Euclidean distance from the negative ideal (eq. 6)."""
    T: Floats
    """Taxicab distance from it (eq. 7)."""
    H: Floats
    """The assessment score (eq. 11)."""


def assessment(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "linear",
    tau: float = 0.02,
    bounds: Any = None,
    target: Any = None,
) -> Assessment:
    """The two distances and the score; arguments as of ``codas``."""
    x, w, sense = checked(x, w, sense)
    gaps = _gaps(x, sense, scaling, tau, bounds, target)
    E, T = _distances(gaps, gaps * gaps, w)
    return Assessment(E, T, _scores(E, T, tau))


def _gaps(x: Floats, sense: Floats, scaling: str, tau: float, bounds: Any, target: Any) -> Floats:
    """How far scaled figures (eq. 2) are above the negative ideal (eqs. 4–5), before weights."""
    if not tau >= 0:
        raise MethodError("tau must be at least 0, and is {tau}; 0.01 … 0.05 suits weights that sum to 1", tau=tau)
    n = oriented(x, sense, scaling, bounds=bounds, target=target)
    gaps: Floats = n - n.min(axis=-2, keepdims=True)
    return gaps


def _distances(gaps: Floats, squares: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Eqs. 6–7 of the weighted figures of eq. 3."""
    return np.sqrt(weighted_sum(squares, w * w)), weighted_sum(gaps, w)


def _scores(E: Floats, T: Floats, tau: float) -> Floats:
    """H_i = Σ_k (E_i − E_k) + ψ(E_i − E_k) (T_i − T_k), ψ(e) = 1 if |e| ≥ τ, else 0 (eqs. 8–11)."""
    scores = _of_draws(np.atleast_2d(E), np.atleast_2d(T), max(tau - HAIR, 0.0))
    return scores.reshape(E.shape)


def _of_draws(E: Floats, T: Floats, nearly: float) -> Floats:
    """The same of draws (s, m), in m log m steps each: those with ψ = 0 are neighbours once the E are sorted."""
    s, m = E.shape
    order = _order(E)
    e, t = E.take(order), T.take(order)
    begin = _behind(e, nearly)  # so many are farther behind each, which none is behind itself
    rows = np.arange(s)[:, None] * (m + 1)
    begin += rows
    end = np.bincount(begin.ravel(), minlength=s * (m + 1)).reshape(s, m + 1)[:, :m].cumsum(axis=1)
    end += rows  # and those from there on are farther ahead
    sums = np.zeros((s, m + 1))
    np.cumsum(t, axis=1, out=sums[:, 1:])
    near = sums.take(end)
    near -= sums.take(begin)
    near -= sums[:, -1:]
    end -= begin
    t *= np.subtract(m, end, out=end)
    near += t
    e *= m
    near += e
    near -= e.sum(axis=1, keepdims=True) / m
    H = np.empty((s, m))
    H.ravel()[order] = near
    return H


def _order(E: Floats) -> Any:
    """Places in E ≥ 0 (s, m), flat, row by row in the order of E.

    Numbers ≥ 0 are in the order of their bits, and the last bits can carry the place: to sort numbers is a third of the
    work of finding an order. Where two numbers differ in those bits only, in the wrong direction, the order is found.
    """
    s, m = E.shape
    mask = (1 << (m - 1).bit_length()) - 1
    order = E.view(np.int64) & ~mask
    order |= np.arange(m)
    order.sort(axis=1)
    order &= mask
    order += np.arange(s)[:, None] * m
    e = E.take(order)
    if (e[:, 1:] < e[:, :-1]).any():
        order = np.argsort(E, axis=1)
        order += np.arange(s)[:, None] * m
    return order


def _behind(e: Floats, nearly: float) -> Any:
    """How many are less than each by ``nearly`` or more, at most all before it: of sorted draws (s, m), (s, m).

    Both sorted rows, e + nearly and e, are merged, and the last bit says which of the two a number is of.
    """
    s, m = e.shape
    both = np.empty((s, 2, m))
    np.subtract(e, e[:, :1], out=both[:, 1])
    np.add(both[:, 1], nearly, out=both[:, 0])
    bits = both.view(np.int64).reshape(s, 2 * m)
    bits &= ~1
    bits[:, m:] |= 1
    bits.sort(axis=1, kind="stable")  # which merges what is sorted
    own = (bits.astype(np.uint8) & 1).view(bool)
    found = np.flatnonzero(own).reshape(s, m)
    found -= np.arange(s)[:, None] * (2 * m) + np.arange(m)
    return np.minimum(found, np.arange(m), out=found)


@method(
    "codas",
    "CODAS (combined distances from the worst)",
    "Keshavarz Ghorabaee, M., Zavadskas, E. K., Turskis, Z. & Antucheviciene, J. (2016). A new combinative "
    "distance-based assessment (CODAS) method for multi-criteria decision-making. Economic Computation and Economic "
    "Cybernetics Studies and Research 50(3), 25–44, eqs. (2)–(11).",
    per_criterion=("bounds", "target"),
    parts=assessment,
    lacks={
        "dominance": "the taxicab distance is counted in full or not at all as E differs by τ, so being a little "
        "farther in E can bring in a comparison of T that is lost",
        "split": "weights are squared in the Euclidean distance, so two halves of a criterion count for less than "
        "the whole",
    },
)
def codas(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "linear",
    tau: float = 0.02,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """Σ_k (E_i − E_k) + ψ(E_i − E_k) (T_i − T_k), E and T the Euclidean and taxicab distances from the worst.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → assessment scores (m,) or (s, m), which sum to 0.
    The distances are those of w_j v_ij, v the scaled figures, from the least of each criterion; ψ(e) is 1 if |e| ≥ τ
    and else 0 (a difference that equals τ but for rounding counts as τ).

    A constant or zero column, and a criterion of weight 0, count for nothing. The paper's scaling (``linear``) refuses
    negatives and costs of zero. One candidate, or nothing but identical ones, score 0. Identical candidates tie. No
    magnitude overflows, and a change of unit changes nothing. When a candidate leaves, the largest and least figures,
    the negative ideal and the sum over k change, and ranks may reverse. A candidate that is at least as good everywhere
    can be placed below, for ψ is a step.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, a negative τ, and figures that the
    scaling refuses.
    """
    x, w, sense = checked(x, w, sense)
    gaps = _gaps(x, sense, scaling, tau, bounds, target)
    squares = gaps * gaps
    return over_draws(lambda w: _scores(*_distances(gaps, squares, w), tau), x, w)
