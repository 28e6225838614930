"""What is given besides figures and weights: scalings, intervals and other settings, checked once for all methods."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats


def columnwise(x: Floats) -> Floats:
    """The same figures (…, m, n), kept in memory one column after the other.

    What is done with one number a column, or along columns, is then several times faster.
    """
    same: Floats = np.swapaxes(np.swapaxes(x, -1, -2).copy(), -1, -2)
    return same


def refuse_columns(bad: Flags, message: str) -> None:
    """Raise MethodError, naming the first column where ``bad`` (…, m, n) is true anywhere; the message has {j}."""
    if bad.any():
        raise MethodError(message, j=int(np.flatnonzero(bad.any(axis=tuple(range(bad.ndim - 1))))[0]))


def numbers(given: Any, shape: tuple[int, ...], method: str, what: str) -> Floats:
    """A setting that is an array of ``shape``. Raises MethodError if it is anything else, or not all finite."""
    try:
        found = np.asarray(given, float)
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.shape != shape or not np.isfinite(found).all():
        raise MethodError("{method} needs {what} as {shape} numbers", method=method, what=what, shape=_by(shape))
    return found


def _by(shape: tuple[int, ...]) -> str:
    return " × ".join(str(length) for length in shape)


def intervals(given: Any, n: int, method: str, what: str, *, proper: bool = True) -> tuple[Floats, Floats]:
    """One interval a criterion, given as (n, 2) → the lower and the upper ends, (n,) each.

    Raises MethodError for another shape, and, naming the column, for ends that are not in order; equal ends are in
    order only if the intervals need not be ``proper``.
    """
    low, high = numbers(given, (n, 2), method, what).T
    for j in np.flatnonzero((low >= high) if proper else (low > high)):
        raise MethodError("{method} needs {what} in order in column {j}", method=method, what=what, j=int(j))
    return low, high


def refuse_outside(x: Floats, low: Floats, high: Floats, method: str) -> None:
    """Raise MethodError, naming row and column, for the first figure that is not in its column's interval."""
    if (x.min(axis=-2) < low).any() or (x.max(axis=-2) > high).any():
        outside = (x < low) | (x > high)
        *_, i, j = (int(k) for k in np.argwhere(outside)[0])
        what = "{method} cannot take the figure in row {i}, column {j}: it lies outside {low} … {high}"
        raise MethodError(what, method=method, i=i, j=j, low=float(low[j]), high=float(high[j]))
