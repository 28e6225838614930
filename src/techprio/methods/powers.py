"""Sums of powers under many weight vectors: a matrix product in place of an exponential for every figure and vector."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma, log

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import PRODUCT, weighted_columns

NOTHING = -1.7e308
"""Stands for log 0: so low that 0^w is 0 for any weight that counts, and 0⁰ is 1."""

MOST_TERMS = 64
"""Of a series; where more are needed the powers are computed one by one."""

ROUNDING = 1e-17
SMALL = 0.01
"""Sums below are computed power by power: the error of the series is about 1e-15, whatever the sum."""

ROWS = 40
"""Rows of a product at a time: few enough for BLAS to do it without threads."""


def sum_of_powers(r: Floats, w: Floats) -> Callable[[Floats], Floats]:
    """Figures r ≥ 0 (m, n) or (s, m, n) → a function of weights, Σ_j r_ij^(w_j), (m,) or (s, m); 0⁰ is 1.

    ``w`` (n,) or (s, n) are all the weights that it will be given, in whatever blocks.
    """
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log2(r), NOTHING)
    series = _Series.of(r, w) if r.ndim == w.ndim == 2 else None

    def sums(w: Floats) -> Floats:
        if series is not None:
            found = series.sums(w)
            if found.min() > SMALL:
                return found
        return _one_by_one(logs, w)

    return sums


def _one_by_one(logs: Floats, w: Floats) -> Floats:
    columns = weighted_columns(logs, w)
    first = next(columns)
    found = np.exp2(first, out=first)
    for column in columns:
        np.add(found, np.exp2(column, out=column), out=found)
    return found


class _Series:
    """Chebyshev series in the weight: r^w = Σ_k c_k(r) T_k(2w/W − 1) for w in 0 … W, the largest weight of a criterion.

    The coefficients are e^(L W/2) I_k(L W/2), L = ln r, times 2 but for the first; they are found from values at the
    zeros of T_K. As r ≤ 1 they are at most 2, and fall faster than geometrically once k is beyond |L| W/2.
    """

    def __init__(self, logs: Floats, largest: Floats, terms: int) -> None:
        m, n = logs.shape
        angles = (np.arange(terms) + 0.5) * np.pi / terms
        values = np.exp((logs * largest / 2)[:, :, None] * (1 + np.cos(angles)))
        waves = np.cos(np.outer(angles, np.arange(terms))) * (2 / terms)
        waves[:, 0] /= 2
        self.coefficients = np.ascontiguousarray((values @ waves).transpose(0, 2, 1).reshape(m, terms * n))
        self.zero = np.isneginf(logs).astype(float)
        self.per_weight = 2 / largest
        self.terms = terms

    @classmethod
    def of(cls, r: Floats, w: Floats) -> _Series | None:
        """None where it would take too many terms, or more work than it saves."""
        if r.max() > 1:
            return None
        with np.errstate(divide="ignore"):
            logs = np.log(r)
        largest = np.maximum(w.max(axis=0), np.finfo(float).tiny)
        steepest = -(np.where(np.isneginf(logs), 0.0, logs) * largest).min() / 2
        terms = _terms(float(steepest))
        return cls(logs, largest, terms) if terms <= min(MOST_TERMS, len(w) // 4) else None

    def sums(self, w: Floats) -> Floats:
        """(b, m), one candidate after the other in memory."""
        t = np.ascontiguousarray(w.T) * self.per_weight[:, None] - 1
        waves = np.empty((self.terms, *t.shape))
        waves[0], waves[1] = 1, t
        t *= 2
        for k in range(2, self.terms):
            np.multiply(t, waves[k - 1], out=waves[k])
            waves[k] -= waves[k - 2]
        found = _product(self.coefficients, waves.reshape(-1, len(w)))
        if self.zero.any() and (w == 0).any():
            found += self.zero @ (w == 0).T  # 0⁰
        return found.T


def _terms(z: float) -> int:
    """How many terms a series needs, z = max |L| W/2: e^(−z) I_k(z) ≤ (z/2)^k / k! · e^(z²/4(k + 1) − z)."""
    k = 2
    while z > 0 and k <= MOST_TERMS and k * log(z / 2) - lgamma(k + 1) + z * z / (4 * (k + 1)) - z > log(ROUNDING):
        k += 1
    return k


def _product(a: Floats, b: Floats) -> Floats:
    found = np.empty((len(a), b.shape[1]))
    size = max(16, PRODUCT // (ROWS * len(b)))
    for column in range(0, b.shape[1], size):
        for row in range(0, len(a), ROWS):
            here = slice(row, row + ROWS), slice(column, column + size)
            np.matmul(a[here[0]], b[:, here[1]], out=found[here])
    return found
