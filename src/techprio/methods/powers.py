"""Sums of powers under many weight vectors: a matrix product in place of an exponential for every figure and vector."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma, log

import numpy as np

from techprio.hall import Floats
from techprio.methods.sums import weighted_columns, write_product

NOTHING = -1.7e308
"""Stands for log 0: so low that 0^w is 0 for any weight that counts, and 0⁰ is 1."""

MOST_TERMS = 64
"""Of a series; where more are needed the powers are computed one by one."""

ROUNDING = 1e-16
SMALL = 0.01
"""Sums below are computed power by power: the error of the series is about 1e-15, whatever the sum."""


def cube_root(x: Floats, root: Floats, a: Floats, b: Floats) -> None:
    """Of x ≥ 0, to 1e-14, into ``root``; ``a`` and ``b`` are used up. A third of the time that NumPy takes.

    A third of the bits, read as a number, is right to a thirtieth: the bits of a number are nearly its logarithm.
    Halley's step, root (root³ + 2x) / (2 root³ + x), makes ⅔ e³ of a relative error e.
    """
    if not (x.min() > 1e-280 and x.max() < 1e280):
        np.cbrt(x, out=root)
        return
    guess = root.view(np.int64)
    np.floor_divide(x.view(np.int64), 3, out=guess)
    guess += 0x2A9F_7893_782D_A1CE
    for _ in range(2):
        np.multiply(root, root, out=a)
        np.multiply(a, root, out=a)
        np.add(a, x, out=b)
        np.add(a, b, out=a)
        np.add(b, x, out=b)
        np.divide(b, a, out=b)
        np.multiply(root, b, out=root)


def sum_of_powers(r: Floats, w: Floats) -> Callable[..., Floats]:
    """Figures r ≥ 0 (m, n) or (s, m, n) → a function of weights, Σ_j r_ij^(w_j), (m,) or (s, m); 0⁰ is 1.

    ``w`` (n,) or (s, n) are all the weights that it will be given, in whatever blocks. It puts the sums into a second
    argument if there is one.
    """
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log2(r), NOTHING)
    series = _Series.of(r, w) if r.ndim == w.ndim == 2 else None

    def sums(w: Floats, out: Floats | None = None) -> Floats:
        if out is None:
            out = np.empty((*(w.shape[:-1] or r.shape[:-2]), r.shape[-2]))
        if series is None or not series.write(w, out) > SMALL:
            out[...] = _one_by_one(logs, w)
        return out

    return sums


def _one_by_one(logs: Floats, w: Floats) -> Floats:
    columns = weighted_columns(logs, w)
    first = next(columns)
    found = np.exp2(first, out=first)
    for column in columns:
        np.add(found, np.exp2(column, out=column), out=found)
    return found


class _Series:
    """Chebyshev series in the weight: r^w = e^(cw) Σ_k c_k T_k(2w/W − 1), w in 0 … W, the largest of a criterion's.

    c is half the least L = ln r of the criterion's, so that the series is of e^((L − c) w), which is the less steep by
    half. With z = (L − c) W/2 the c_k are e^z I_k(z), times 2 but for the first, and are found from values at the zeros
    of T_K; they fall faster than geometrically once k is beyond |z|. Each criterion has as many as it needs: the
    criteria are taken in the order of that number, so that those that have a k-th term are always the first.
    """

    def __init__(self, logs: Floats, half: Floats, largest: Floats, terms: list[int]) -> None:
        order = np.argsort(terms, kind="stable")[::-1]
        most = max(terms)
        self.counts = [sum(k < one for one in terms) for k in range(most)]
        self.order, self.half, self.per_weight = order, half[order], 2 / largest[order]
        angles = (np.arange(most) + 0.5) * np.pi / most
        values = np.exp(((logs - half) * largest / 2)[:, order, None] * (1 + np.cos(angles)))
        waves = np.cos(np.outer(angles, np.arange(most))) * (2 / most)
        waves[:, 0] /= 2
        found = values @ waves  # (m, n, K)
        self.coefficients = np.concatenate([found[:, :count, k] for k, count in enumerate(self.counts)], axis=1)
        self.zero = np.isneginf(logs).astype(float)

    @classmethod
    def of(cls, r: Floats, w: Floats) -> _Series | None:
        """None where it would take too many terms, or more work than it saves."""
        if r.max() > 1:
            return None
        with np.errstate(divide="ignore"):
            logs = np.log(r)
        largest = np.maximum(w.max(axis=0), np.finfo(float).tiny)
        half = np.where(np.isneginf(logs), 0.0, logs).min(axis=0) / 2
        terms = [_terms(float(z)) for z in -half * largest / 2]
        return cls(logs, half, largest, terms) if max(terms) <= min(MOST_TERMS, len(w) // 4) else None

    def write(self, w: Floats, out: Floats) -> float:
        """The sums, (b, m), and the least of them."""
        given = np.ascontiguousarray(w.T[self.order])
        t = given * self.per_weight[:, None] - 1
        waves = np.empty((sum(self.counts), len(w)))
        before, last = waves[: len(t)], waves[len(t) : 2 * len(t)]
        np.exp(np.multiply(given, self.half[:, None], out=given), out=before)
        np.multiply(before, t, out=last)
        t *= 2
        begin = 2 * len(t)
        for count in self.counts[2:]:
            wave = waves[begin : begin + count]
            np.multiply(t[:count], last[:count], out=wave)
            wave -= before[:count]
            before, last, begin = last, wave, begin + count
        write_product(self.coefficients, waves, out.T)
        if self.zero.any() and (w == 0).any():
            out += (w == 0).astype(float) @ self.zero.T  # 0⁰
        return float(out.min())


def _terms(z: float) -> int:
    """How many terms a series needs: e^z I_k(z) ≤ (z/2)^k / k! · e^(z²/4(k + 1) + z)."""
    k = 2
    while z > 0 and k <= MOST_TERMS and k * log(z / 2) - lgamma(k + 1) + z * z / (4 * (k + 1)) + z > log(ROUNDING):
        k += 1
    return k
