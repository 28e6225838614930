"""The door of every method: arrays as they come from anywhere → arrays that a formula can trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats

BLOCK = 16_384
"""Scores that are computed at once: what stays in the cache."""


def checked(x: Any, w: Any, sense: Any) -> tuple[Floats, Floats, Floats]:
    """``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n) divided by its sum, ``sense`` (n,); all finite floats.

    Raises MethodError, naming row and column, for NaN and infinite figures, negative or all-zero weights, a sense that
    is neither +1 nor −1, and shapes that do not fit.
    """
    x, w, sense = np.asarray(x, float), np.asarray(w, float), np.asarray(sense, float)
    if x.ndim not in (2, 3) or 0 in x.shape:
        raise MethodError("figures must be (m, n) or (s, m, n) and not empty, and are {shape}", shape=str(x.shape))
    n = x.shape[-1]
    if w.ndim not in (1, 2) or w.shape[-1] != n:
        raise MethodError("{n} weights are needed, (n,) or (s, n), and they are {shape}", n=n, shape=str(w.shape))
    if sense.shape != (n,) or not (np.abs(sense) == 1).all():
        raise MethodError("the sense of each of {n} criteria must be +1 or -1", n=n)
    if x.ndim == 3 and w.ndim == 2 and x.shape[0] != w.shape[0]:
        raise MethodError("there are {a} draws of figures and {b} of weights", a=x.shape[0], b=w.shape[0])
    if not np.isfinite(x).all():
        *_, i, j = (int(k) for k in np.argwhere(~np.isfinite(x))[0])
        raise MethodError("the figure in row {i}, column {j} is not a finite number", i=i, j=j)
    return x, normalised(w), sense


def normalised(w: Floats) -> Floats:
    """Weights (n,) or (s, n) divided by their sum. Raises MethodError for negative, infinite or all-zero ones."""
    largest = w.max(axis=-1, keepdims=True)
    if not np.isfinite(w).all() or (w < 0).any() or not (largest > 0).all():
        raise MethodError("weights must be finite, not negative and not all zero")
    w = w / largest  # so that no sum overflows
    share: Floats = w / w.sum(axis=-1, keepdims=True)
    return share


def weighted_sum(terms: Floats, w: Floats) -> Floats:
    """Σ_j w_j t_ij: terms (m, n) or (s, m, n), weights (n,) or (s, n) → (m,) or (s, m)."""
    if terms.ndim == 2:
        return w @ terms.T
    return np.matmul(terms, w[..., None])[..., 0] if w.ndim == 2 else terms @ w


def weighted_logs(v: Floats) -> Callable[[Floats], Floats]:
    """v ≥ 0 (m, n) or (s, m, n) → a function of weights, Σ_j w_j ln v_ij: −∞ where a zero has a weight above 0.

    A zero of weight 0 counts for nothing: 0⁰ = 1.
    """
    zero = v == 0
    logs = np.log(np.where(zero, 1.0, v))
    if not zero.any():
        return lambda w: weighted_sum(logs, w)
    ruined = zero.astype(float)
    return lambda w: np.where(weighted_sum(ruined, w) > 0, -np.inf, weighted_sum(logs, w))


def refuse_columns(bad: Flags, what: str) -> None:
    """Raise MethodError, naming the first column where ``bad`` (…, m, n) is true anywhere; ``what`` has {j} in it."""
    where = np.flatnonzero(bad.any(axis=tuple(range(bad.ndim - 1))))
    if len(where):
        raise MethodError(what, j=int(where[0]))


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
    outside = (x < low) | (x > high)
    if outside.any():
        *_, i, j = (int(k) for k in np.argwhere(outside)[0])
        what = "{method} cannot take the figure in row {i}, column {j}: it lies outside {low} … {high}"
        raise MethodError(what, method=method, i=i, j=j, low=float(low[j]), high=float(high[j]))


def over_draws(score: Callable[[Floats], Floats], x: Floats, w: Floats, per_score: int = 1) -> Floats:
    """``score`` of many weight vectors ``w`` (s, n), a block of them at a time: what it makes stays in the cache.

    ``per_score`` is how many numbers ``score`` holds at once for each score. Figures that vary (s, m, n) and a single
    weight vector (n,) are passed on as they are.
    """
    if w.ndim == 1 or x.ndim == 3:
        return score(w)
    rows = max(1, BLOCK // (x.shape[0] * per_score))
    if len(w) <= rows:
        return score(w)
    found = np.empty((len(w), x.shape[0]))
    for begin in range(0, len(w), rows):
        found[begin : begin + rows] = score(w[begin : begin + rows])
    return found


KEPT = 4_000_000
"""Numbers that are kept rather than made anew for every block of draws."""


def by_blocks(
    make: Callable[[slice], Floats], m: int, per_candidate: int
) -> Callable[[], Iterable[tuple[slice, Floats]]]:
    """What ``make`` makes of some of the ``m`` candidates at a time; all of it is kept if that is not too much.

    ``per_candidate`` is how many numbers it makes for each.
    """
    rows = max(1, KEPT // 8 // per_candidate)
    blocks = [slice(begin, min(begin + rows, m)) for begin in range(0, m, rows)]
    if m * per_candidate > KEPT:
        return lambda: ((block, make(block)) for block in blocks)
    kept = [(block, make(block)) for block in blocks]
    return lambda: kept
