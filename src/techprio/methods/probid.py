"""PROBID: distances from a whole row of ideals, from the best to the worst, and from the average."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.blocks import by_blocks
from techprio.methods.draws import over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum, write_product

PIECE = 327_680
"""Distances that are computed at once."""


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


def _places(m: int) -> tuple[Any, Floats]:
    """The numbers k − 1 of the better half of the ideals, then of the worse half, (2, h), and how much each distance
    counts (step 5): 1 / k and 1 / (m − k + 1). Of an odd number the middle one is in both.
    """
    half = (m + 1) // 2
    better = np.arange(half)
    return np.stack([better, m - 1 - better]), 1 / (better + 1.0)


def _distances(v: Floats, w: Floats) -> Callable[[Floats], tuple[Floats, Floats]]:
    """A function of blocks of ``w``: S(pos-ideal) and S(neg-ideal), stacked, (…, m, 2), and S(avg), (…, m) (step 4)."""
    average = (v - v.mean(axis=-2, keepdims=True)) ** 2
    ideals = _ideals(v)
    many = _of_many_weights(v, ideals) if v.ndim == w.ndim == 2 else None

    def halves(w: Floats) -> Floats:
        if many is not None:
            return many(w)
        each = w[:, None, :] if w.ndim == 2 else w
        return _of_tables(v * each, ideals * each) if v.ndim == 3 else _of_one_table(v * each, ideals * each)

    return lambda w: (halves(w), np.sqrt(weighted_sum(average, w * w)))


def _of_many_weights(v: Floats, ideals: Floats) -> Callable[[Floats], Floats]:
    """One table (m, n), weight vectors (s, n): squared differences made once, weighted in one product.

    Each is first multiplied by the square of what the distance counts, so that distances need only be added.
    """
    m, n = v.shape
    places, counts = _places(m)
    h = len(counts)
    theirs = ideals[places.ravel()].T[:, None, :]
    factor = np.tile(counts * counts, 2)

    def make(rows: slice) -> Floats:
        gaps: Floats = (v.T[:, rows, None] - theirs) ** 2
        return gaps * factor

    blocks = by_blocks(make, m, 2 * h * n)

    def halves(w: Floats) -> Floats:
        squares, found, some = w * w, np.empty((len(w), m, 2)), max(1, PIECE // (2 * h * len(w)))
        for block, gaps in blocks():
            for begin in range(0, gaps.shape[1], some):
                piece = gaps[:, begin : begin + some].reshape(n, -1)
                distances = np.empty((len(w), piece.shape[1]))
                write_product(squares, piece, distances)
                np.sqrt(distances, out=distances)
                found[:, block][:, begin : begin + some] = np.einsum("sich->sic", distances.reshape(len(w), -1, 2, h))
        return found

    return halves


def _of_one_table(u: Floats, ideals: Floats) -> Floats:
    """One table (m, n), weighted: |a − b|² = |a|² − 2ab + |b|² is one product for some ideals that are neighbours.

    Seen from their middle no ideal is farther away than ``reach``, so a distance that is no less is right to 1e-13.
    Those that are less are computed again from the differences.
    """
    m = len(u)
    places, counts = _places(m)
    shares = np.zeros((m, 2))
    shares[places[0], 0] = shares[places[1], 1] = counts
    found, ones = np.zeros((m, 2)), np.ones((m, 1))
    step = max(64, m // 40)
    for begin in range(0, m, step):
        some = slice(begin, begin + step)
        middle = ideals[some].mean(axis=0)
        a, b = u - middle, ideals[some] - middle
        lengths = (b * b).sum(axis=1, keepdims=True)
        left = np.concatenate([a, (a * a).sum(axis=1, keepdims=True), ones], axis=1)
        right = np.concatenate([-2 * b, ones[: len(b)], lengths], axis=1).T
        reach = lengths.max()
        rows = max(1, PIECE // step)
        for first in range(0, m, rows):
            here = slice(first, first + rows)
            squared: Floats = left[here] @ right
            if squared.min() < reach:
                i, k = np.nonzero(squared < reach)
                squared[i, k] = ((a[here][i] - b[k]) ** 2).sum(axis=1)
            found[here] += np.sqrt(squared, out=squared) @ shares[some]
    return found


def _of_tables(u: Floats, ideals: Floats) -> Floats:
    """A weighted table for each draw, (s, m, n): criterion by criterion, some draws and candidates at a time."""
    s, m, n = u.shape
    places, counts = _places(m)
    mine, theirs = (np.ascontiguousarray(one.transpose(2, 0, 1)) for one in (u, ideals[:, places.ravel()]))
    found = np.empty((s, m, 2))
    rows, draws = max(1, min(m, PIECE // m)), max(1, PIECE // (m * m))
    for first in range(0, s, draws):
        of = slice(first, first + draws)
        for begin in range(0, m, rows):
            some = slice(begin, begin + rows)
            squared = np.zeros((*mine[0, of, some].shape, 2 * len(counts)))
            gap = np.empty_like(squared)
            for j in range(n):
                np.subtract(mine[j, of, some, None], theirs[j, of, None, :], out=gap)
                gap *= gap
                squared += gap
            np.sqrt(squared, out=squared)
            found[of, some] = (squared.reshape(-1, len(counts)) @ counts).reshape(*squared.shape[:2], 2)
    return found


def probid_parts(
    x: Any, w: Any, sense: Any, *, scaling: str = "vector", bounds: Any = None, target: Any = None
) -> ProbidParts:
    """The three distances of ``probid``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    halves, s_avg = _distances(oriented(x, sense, scaling, bounds=bounds, target=target), w)(w)
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
    distances = _distances(oriented(x, sense, scaling, bounds=bounds, target=target), w)
    return over_draws(lambda w: _scores(*distances(w)), x, w, per_score=max(1, 800 // x.shape[-2]))


def _scores(halves: Floats, s_avg: Floats) -> Floats:
    """Step 6, written so that no distance of 0 is divided by."""
    pos, neg = halves[..., 0] ** 2, halves[..., 1] ** 2
    both = pos + neg
    found: Floats = np.where(both > 0, neg / np.where(both > 0, both, 1.0), 0.5) + s_avg
    return found
