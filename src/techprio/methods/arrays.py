"""The door of every method: arrays as they come from anywhere → arrays that a formula can trust."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats

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
