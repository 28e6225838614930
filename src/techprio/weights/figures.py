"""The door of every objective weighting, and what several of them share."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.scaling import as_numbers, scaled

_LARGE = 1e100


def checked(x: Any, sense: Any) -> tuple[Floats, Floats]:
    """``x`` (m, n) and ``sense`` (n,) as finite floats.

    Raises MethodError, naming row and column, for NaN and infinite figures, a sense that is neither +1 nor −1, and
    shapes that do not fit.
    """
    x, sense = as_numbers(x), as_numbers(sense)
    if x.ndim != 2 or 0 in x.shape:
        raise MethodError("figures must be (m, n) and not empty, and are {shape}", shape=str(x.shape))
    n = x.shape[1]
    if sense.shape != (n,) or not (np.abs(sense) == 1).all():
        raise MethodError("the sense of each of {n} criteria must be +1 or -1", n=n)
    if not np.isfinite(x).all():
        i, j = (int(k) for k in np.argwhere(~np.isfinite(x))[0])
        raise MethodError("the figure in row {i}, column {j} is not a finite number", i=i, j=j)
    return x, sense


def varying(x: Floats) -> Flags:
    """(n,) which columns tell candidates apart. Raises MethodError if none does: then nothing can be weighed."""
    flags: Flags = x.max(axis=0) > x.min(axis=0)
    if not flags.any():
        raise MethodError("no column tells the candidates apart, so there is nothing to weigh")
    return flags


def rows(x: Floats) -> Floats:
    """(n, m) each column as a row of its own copy, which is read several times faster.

    Rows whose squares could overflow, or all vanish, are brought to a largest magnitude between ½ and 1 by a power of
    two, which is exact.
    """
    found: Floats = x.T.copy()
    largest = np.maximum(found.max(axis=1), -found.min(axis=1))
    if ((largest > _LARGE) | ((largest < 1 / _LARGE) & (largest > 0))).any():
        found = np.ldexp(found, -np.frexp(largest)[1][:, None])
    return found


def turned(x: Floats, sense: Floats, scaling: str, bounds: Any = None, target: Any = None) -> Floats:
    """(n, m) the columns by the scaling named, as ``scaled`` has them; ``minmax`` goes a shorter way."""
    if scaling != "minmax":
        return rows(scaled(x, sense, scaling, bounds=bounds, target=target))
    found = rows(x)
    low, high = found.min(axis=1, keepdims=True), found.max(axis=1, keepdims=True)
    cost = sense < 0
    found -= np.where(cost[:, None], high, low)
    found /= np.where(high > low, np.where(cost[:, None], low - high, high - low), 1.0)
    found[(high == low)[:, 0]] = 1.0
    return found


NEGATIVE = "{method} cannot take a negative in column {j}"
NOTHING = "{method} cannot take nothing but zeros in column {j}"


def refuse(bad: Flags, method: str, message: str) -> None:
    """Raise for the first column that has a bad figure; ``bad`` is (m, n)."""
    where = np.flatnonzero(bad.any(axis=0))
    if len(where):
        raise MethodError(message, method=method, j=int(where[0]))


def shares(importance: Floats, message: str) -> Floats:
    """Importances (n,) divided by their sum. Raises MethodError with the message if all are 0."""
    total = importance.sum()
    if not total > 0:
        raise MethodError(message)
    weights: Floats = importance / total
    return weights
