"""Thresholds of outranking methods: a number a criterion, or a constant and a share of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats

HAIR = 1e-12
"""What a difference may lose when decimals become binary numbers: 0.8 − 0.7 is no more than 0.1."""
TIE = 5e-11
"""Sums of weights are compared in the tenth decimal, as scores are: 0.1 + 0.2 is no more than 0.3."""


def thresholds(given: Any, n: int, name: str, *, missing: float | None = None) -> Floats:
    """One threshold for each of ``n`` criteria as (constant, share of the figure): (n, 2).

    ``given`` is one number for all, or a list of numbers and of pairs. None, for all or for one, becomes ``missing``;
    with no ``missing`` the threshold is required. Raises MethodError, naming the column.
    """
    each = list(given) if isinstance(given, Sequence | np.ndarray) else [given] * n
    if len(each) != n:
        message = "{name} needs one threshold a column, {n} in all, and there are {found}"
        raise MethodError(message, name=name, n=n, found=len(each))
    found = np.zeros((n, 2))
    for j, one in enumerate(each):
        if one is None and missing is None:
            raise MethodError("the threshold {name} of column {j} is missing", name=name, j=j)
        pair = np.atleast_1d(np.asarray(missing if one is None else one, float))
        constant, share = (*pair, 0.0)[:2] if pair.ndim == 1 and len(pair) in (1, 2) else (np.nan, np.nan)
        most = np.inf if missing == np.inf else np.finfo(float).max
        if not (0 <= constant <= most and 0 <= share < np.inf):
            message = "the threshold {name} of column {j} must be a number from 0 up, or a constant and a share"
            raise MethodError(message, name=name, j=j)
        found[j] = constant, share
    return found


def constants(given: Any, n: int, name: str) -> Floats:
    """Thresholds that must be constants: (n,). Raises MethodError, naming the column, for a share of the figure."""
    found = thresholds(given, n, name, missing=0.0)
    for j in np.flatnonzero(found[:, 1]):
        message = "PROMETHEE has constant thresholds, and {name} of column {j} is a share of the figure"
        raise MethodError(message, name=name, j=int(j))
    return found[:, 0]


def at_figures(threshold: Floats, x: Floats) -> Floats:
    """Thresholds (n, 2) at the figures ``x`` (…, n), shaped like them: constant + share · |figure|."""
    return threshold[:, 0] + threshold[:, 1] * np.abs(x)


def ordered(x: Floats, **levels: Floats) -> None:
    """Check that the thresholds, each (n, 2) and the smallest first, keep their order at every figure ``x`` (…, m, n).

    Raises MethodError, naming row and column.
    """
    (low_name, low), *others = levels.items()
    for high_name, high in others:
        wrong = at_figures(low, x) > at_figures(high, x)
        if wrong.any():
            *_, i, j = (int(k) for k in np.argwhere(wrong)[0])
            message = "the threshold {low} is above {high} at the figure in row {i}, column {j}"
            raise MethodError(message, low=low_name, high=high_name, i=i, j=j)
        low_name, low = high_name, high
