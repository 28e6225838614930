"""PROBID: distances from a whole row of ideals, from the best to the worst, and from the average."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import BLOCK, checked, oriented, over_draws
from techprio.methods.blocks import by_blocks
from techprio.methods.registry import method


class ProbidParts(NamedTuple):
    """The three distances, (m,) or (s, m) each."""

    s_pos: Floats
    """S_i(pos-ideal), from the better half of the ideals."""
    s_neg: Floats
    """S_i(neg-ideal), from the worse half."""
    s_avg: Floats
    """S_i(avg), from the average."""


def _ideals(v: Floats) -> Floats:
    """A_(k): the k-th best value of every criterion (step 3); (m, n) or (s, m, n), like ``v``."""
    return -np.sort(-v, axis=-2)


def _shares(m: int) -> Floats:
    """How much the distance from the k-th ideal counts, (m, 2): in S(pos-ideal) and in S(neg-ideal) (step 5).

    1 / k over the better half, 1 / (m − k + 1) over the worse half. Of an odd number the middle one is in both.
    """
    k = np.arange(1, m + 1)
    better, worse = k <= (m + 1) // 2, k >= m // 2 + 1
    return np.stack([np.where(better, 1 / k, 0.0), np.where(worse, 1 / (m - k + 1), 0.0)], axis=1)


def _distances(v: Floats, w: Floats) -> tuple[Floats, Floats]:
    """S(pos-ideal) and S(neg-ideal), stacked, (…, m, 2), and S(avg), (…, m): step 4, weights and all."""
    average = v - v.mean(axis=-2, keepdims=True)
    s_avg = (
        np.sqrt(np.matmul(average**2, (w * w)[..., None])[..., 0]) if v.ndim == 3 else np.sqrt(w * w @ (average**2).T)
    )
    if v.ndim == 2 and w.ndim == 2:
        return _many_weights(v, w), s_avg
    found = _few_weights(
        v.reshape(-1, *v.shape[-2:]), np.broadcast_to(w, (*v.shape[:-2], w.shape[-1])).reshape(-1, w.shape[-1])
    )
    return found.reshape(*s_avg.shape, 2), s_avg


def _many_weights(v: Floats, w: Floats) -> Floats:
    """One table (m, n), many weight vectors (s, n): squared differences made once, weighted in one product."""
    m, n = v.shape
    ideals, shares, squares = _ideals(v), _shares(m), w * w
    found = np.empty((len(w), m, 2))
    for block, gaps in by_blocks(lambda rows: ((v[rows, None, :] - ideals) ** 2).reshape(-1, n), m, m * n)():
        rows = max(1, 4 * BLOCK // len(gaps))
        for begin in range(0, len(w), rows):
            part = squares[begin : begin + rows] @ gaps.T
            np.sqrt(part, out=part)
            found[begin : begin + rows, block] = part.reshape(len(part), -1, m) @ shares
    return found


def _few_weights(v: Floats, w: Floats) -> Floats:
    """A table (s, m, n) and a weight vector (s, n) for each draw: criterion by criterion, so that little is held."""
    s, m, n = v.shape
    weighted = np.ascontiguousarray((v * w[:, None, :]).transpose(2, 0, 1))
    ideals = np.ascontiguousarray((_ideals(v) * w[:, None, :]).transpose(2, 0, 1))
    shares = _shares(m)
    found = np.empty((s, m, 2))
    rows, draws = max(1, min(m, 2 * BLOCK // m)), max(1, 2 * BLOCK // (m * m))
    for first in range(0, s, draws):
        of = slice(first, first + draws)
        for begin in range(0, m, rows):
            some = weighted[:, of, begin : begin + rows, None]
            squared = np.zeros((some.shape[1], some.shape[2], m))
            gap = np.empty_like(squared)
            for j in range(n):
                np.subtract(some[j], ideals[j, of, None, :], out=gap)
                gap *= gap
                squared += gap
            np.sqrt(squared, out=squared)
            found[of, begin : begin + rows] = squared @ shares
    return found


def probid_parts(
    x: Any, w: Any, sense: Any, *, scaling: str = "vector", bounds: Any = None, target: Any = None
) -> ProbidParts:
    """The three distances of ``probid``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    halves, s_avg = _distances(oriented(x, sense, scaling, bounds=bounds, target=target), w)
    return ProbidParts(halves[..., 0], halves[..., 1], s_avg)


@method(
    "probid",
    "PROBID (ideal-average distance)",
    "Wang, Z., Rangaiah, G. P. & Wang, X. (2021). Preference ranking on the basis of ideal-average distance method for "
    "multi-criteria decision-making. Industrial & Engineering Chemistry Research 60(30), 11216–11230.",
    per_criterion=("bounds", "target"),
    parts=probid_parts,
    lacks={
        "dominance": "being far from the average adds to the score, on the wrong side of it too",
        "split": "the weights are squared: two halves count for less than their whole",
    },
)
def probid(x: Any, w: Any, sense: Any, *, scaling: str = "vector", bounds: Any = None, target: Any = None) -> Floats:
    """P_i = 1 / (1 + R_i²) + S_i(avg), R_i = S_i(pos-ideal) / S_i(neg-ideal): see ``probid_parts`` for the distances.

    The k-th ideal has the k-th best value of every criterion; S_i(k) is the Euclidean distance from it, weighted and
    normalised. S_i(pos-ideal) = Σ S_i(k) / k over the better half, S_i(neg-ideal) = Σ S_i(k) / (m − k + 1) over the
    worse half; of an odd number the middle one is in both.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), above 0 and, under
    ``vector``, below 2, more is better. Where all candidates are alike R is 1, and so it is for one candidate: it
    scores ½. A constant column, a zero one among them, counts for nothing. Zeros and negatives are figures like
    others; huge and tiny ones too. Identical candidates tie; a change of unit, one criterion and a criterion of
    weight 0 are no special cases. Work grows with m². A candidate may place below one that it dominates, and ranks
    can be reversed when a candidate leaves.

    Raises MethodError for NaN, infinities and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    if v.ndim == 2 and w.ndim == 2:
        return over_draws(lambda w: _scores(*_distances(v, w)), v, w)
    return _scores(*_distances(v, w))


def _scores(halves: Floats, s_avg: Floats) -> Floats:
    """Step 6, written so that no distance of 0 is divided by."""
    pos, neg = halves[..., 0] ** 2, halves[..., 1] ** 2
    both = pos + neg
    found: Floats = np.where(both > 0, neg / np.where(both > 0, both, 1.0), 0.5) + s_avg
    return found
