"""Figures on different scales → numbers that can be weighed together: value functions and normalisations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats, ValueFunction


def values(x: Floats, functions: Sequence[ValueFunction]) -> Floats:
    """Figures ``x`` (…, n) → values (…, n) in 0 … 1 by one value function a criterion; NaN stays NaN."""
    v = np.empty_like(x)
    for j, function in enumerate(functions):
        v[..., j] = value(x[..., j], function)
    return v


def value(x: Floats, function: ValueFunction) -> Floats:
    """Figures on one criterion → values."""
    t: Floats = np.interp(x, function.at, function.value)
    return bent(t, function.rho)


def bent(t: Floats, rho: float) -> Floats:
    """(1 − e^(−ρt)) / (1 − e^(−ρ)); ρ = 0 leaves t as it is."""
    return t if rho == 0 else np.expm1(-rho * t) / np.expm1(-rho)


def straight_between(low: Floats, high: Floats, function: ValueFunction) -> Flags:
    """Whether the value function is a straight line from ``low`` (k,) to ``high`` (k,)."""
    first = np.searchsorted(function.at, low, side="right")
    last = np.searchsorted(function.at, high, side="left")
    straight: Flags = (first == last) & (function.rho == 0)
    return straight


def figures(v: Floats, function: ValueFunction) -> Floats:
    """The figures that have the values ``v`` on one criterion; of several, the first."""
    t = v if function.rho == 0 else np.log1p(v * np.expm1(-function.rho)) / -function.rho
    order = slice(None) if function.value[-1] >= function.value[0] else slice(None, None, -1)
    found: Floats = np.interp(t, function.value[order], function.at[order])
    return found


def scaled(x: Floats, sense: Floats, scaling: str) -> Floats:
    """Figures ``x`` (…, m, n) by the scaling named; every column is then more-is-better, but for ``none``.

    ``none``: as they are. ``minmax``: (x − min) / (max − min), turned for costs; a constant column becomes 1.

    Raises MethodError for an unknown scaling.
    """
    if scaling == "none":
        return x
    if scaling == "minmax":
        low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
        spread = np.where(high > low, high - low, 1.0)
        return np.where(high > low, np.where(sense > 0, x - low, high - x) / spread, 1.0)
    raise MethodError("there is no scaling {scaling}", scaling=scaling)
