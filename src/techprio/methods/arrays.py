"""The door of every method: arrays as they come from anywhere → arrays that a formula can trust."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.scaling import as_numbers, scaled


def checked(x: Any, w: Any, sense: Any) -> tuple[Floats, Floats, Floats]:
    """``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n) divided by its sum, ``sense`` (n,); all finite floats.

    Raises MethodError, naming row and column, for NaN and infinite figures, negative or all-zero weights, a sense that
    is neither +1 nor −1, and shapes that do not fit.
    """
    x, w, sense = (as_numbers(one) for one in (x, w, sense))
    if x.ndim not in (2, 3) or 0 in x.shape:
        raise MethodError("figures must be (m, n) or (s, m, n) and not empty, and are {shape}", shape=str(x.shape))
    n = x.shape[-1]
    if w.ndim not in (1, 2) or w.shape[-1] != n or not w.size:
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
    """Weights (n,) or (s, n) divided by their sum. Raises MethodError, naming the column, for what is no weight.

    Many weight vectors whose sums are all 1 but for the rounding of a sum are given back as they are.
    """
    with np.errstate(all="ignore"):
        total = np.einsum("...j->...", w)  # of short rows ten times faster than other sums
    low, high = total.min(), total.max()
    if w.min() >= 0 and low > 1e-200 and high < 1e200:  # the usual case, several times faster
        hair = w.shape[-1] * np.finfo(float).eps
        usual: Floats = w if w.ndim == 2 and low > 1 - hair and high < 1 + hair else w / total[..., None]
        return usual
    if (bad := ~np.isfinite(w)).any():
        raise MethodError("the weight of column {j} is not a finite number", j=int(np.argwhere(bad)[0][-1]))
    if (bad := w < 0).any():
        raise MethodError("the weight of column {j} is negative", j=int(np.argwhere(bad)[0][-1]))
    largest = w.max(axis=-1, keepdims=True)
    if not (largest > 0).all():
        raise MethodError("the weights are all zero")
    w = w / largest  # so that no sum overflows
    share: Floats = w / w.sum(axis=-1, keepdims=True)
    return share


def oriented(x: Floats, sense: Floats, scaling: str, *, bounds: Any = None, target: Any = None) -> Floats:
    """Figures by the scaling named, every column more-is-better: under ``none``, costs change their sign."""
    v = scaled(x, sense, scaling, bounds=bounds, target=target)
    return v * sense if scaling == "none" else v


def refuse_negative(v: Floats, method: str) -> None:
    """Raise MethodError, naming the column, for scaled figures (…, m, n) below 0."""
    if v.min() < 0:
        j = int(np.argwhere(v < 0)[0][-1])
        raise MethodError(
            "{method} needs figures that are at least 0 once scaled, and not column {j}", method=method, j=j
        )
