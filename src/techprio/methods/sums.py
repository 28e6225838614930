"""Weighted sums of a table's columns: what nearly every method begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from techprio.hall import Floats

ALONE = (1 << 19) - 1
"""Multiplications of a matrix product: of many more, BLAS shares them out among threads that wait for each other."""

LINES = 40
"""Lines of a product at a time, where they are long."""


def weighted_sum(terms: Floats, w: Floats, out: Floats | None = None) -> Floats:
    """Σ_j w_j t_ij: terms (m, n) or (s, m, n), weights (n,) or (s, n) → (m,) or (s, m), in ``out`` if it is given."""
    found: Floats
    if terms.ndim == w.ndim == 2:
        found = np.empty((len(w), len(terms))) if out is None else out
        write_product(w, terms.T, found)
    elif terms.ndim == 2:
        found = np.matmul(w, terms.T, out=out)
    elif w.ndim == 1:
        found = np.matmul(terms, w, out=out)
    else:
        found = np.matmul(terms, w[..., None], out=None if out is None else out[..., None])[..., 0]
    return found


def compared_sum(terms: Floats, w: Floats) -> Floats:
    """The same, kept in memory one candidate after the other, which is better where candidates are then compared.

    The largest of each draw, say, is found for all draws at once; going along rows of m would be several times slower.
    """
    return weighted_sum(terms, w, np.empty((len(terms), len(w))).T if terms.ndim == w.ndim == 2 else None)


def weighted_columns(terms: Floats, w: Floats) -> Iterator[Floats]:
    """w_j t_ij of one criterion after the other, each (m,) or (s, m): never all of them, (s, m, n), at once."""
    weights = np.ascontiguousarray(w.T)
    for j, weight in enumerate(weights):
        column = terms[..., j]
        if weight.ndim == 1 and column.ndim == 1:
            yield (column[:, None] * weight).T  # in memory as in compared_sum
        else:
            yield weight[..., None] * column


def write_product(a: Floats, b: Floats, out: Floats) -> None:
    """The product of a (r, k) and b (k, c), into ``out`` (r, c), in pieces that BLAS multiplies without threads.

    NumPy goes along the pieces by itself: a loop here would have threads wait for their turn after each.
    """
    (r, k), c = a.shape, b.shape[1]
    wide = min(c, max(16, ALONE // (LINES * max(1, k))))
    for rows, down, high in _pieces(r, max(1, ALONE // max(1, k * wide))):
        for columns, across, width in _pieces(c, wide):
            left = a[rows].reshape(down, 1, high, k)
            right = b[:, columns].reshape(k, across, width).transpose(1, 0, 2)
            np.matmul(left, right, out=out[rows, columns].reshape(down, high, across, width).transpose(0, 2, 1, 3))


def _pieces(length: int, size: int) -> Iterator[tuple[slice, int, int]]:
    """What can be cut into pieces of that size, into how many, and their size; then what is left, in one."""
    count = length // size
    if count:
        yield slice(0, count * size), count, size
    if length > count * size:
        yield slice(count * size, length), 1, length - count * size


@contextmanager
def one_factor_at_a_time(length: int) -> Iterator[None]:
    """For products of ``length`` numbers with one: NumPy would first repeat the one, to have longer products to do."""
    usual = np.setbufsize(max(16, length // 16 * 16))
    try:
        yield
    finally:
        np.setbufsize(usual)
