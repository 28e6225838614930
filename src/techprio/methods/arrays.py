"""The door of every method: arrays as they come from anywhere → arrays that a formula can trust."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats


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
    if sense.shape != (n,) or not np.isin(sense, (-1.0, 1.0)).all():
        raise MethodError("the sense of each of {n} criteria must be +1 or -1", n=n)
    if x.ndim == 3 and w.ndim == 2 and x.shape[0] != w.shape[0]:
        raise MethodError("there are {a} draws of figures and {b} of weights", a=x.shape[0], b=w.shape[0])
    if not np.isfinite(x).all():
        *_, i, j = (int(k) for k in np.argwhere(~np.isfinite(x))[0])
        raise MethodError("the figure in row {i}, column {j} is not a finite number", i=i, j=j)
    total = w.sum(axis=-1, keepdims=True)
    if not np.isfinite(w).all() or (w < 0).any() or not (total > 0).all():
        raise MethodError("weights must be finite, not negative and not all zero")
    return x, w / total, sense


def weighted_sum(terms: Floats, w: Floats) -> Floats:
    """Σ_j w_j t_ij: terms (m, n) or (s, m, n), weights (n,) or (s, n) → (m,) or (s, m)."""
    if terms.ndim == 2:
        return w @ terms.T
    return np.matmul(terms, w[..., None])[..., 0] if w.ndim == 2 else terms @ w
