"""Figures on different scales → numbers that can be weighed together: value functions and normalisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats, ValueFunction
from techprio.wording import nearest

# -- value functions ------------------------------------------------------------------------------------------------


def values(x: Floats, functions: Sequence[ValueFunction]) -> Floats:
    """Figures ``x`` (…, n) → values (…, n) in 0 … 1 by one value function a criterion; NaN stays NaN."""
    v = np.empty_like(x)
    for j, function in enumerate(functions):
        v[..., j] = value(x[..., j], function)
    return v


def value(x: Floats, function: ValueFunction) -> Floats:
    """Figures on one criterion → values."""
    t: Floats = np.interp(*_near_one(x, function.at), function.value)
    return bent(t, function.rho)


def _near_one(x: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Both times a power of two, which is exact, where a slope between figures so large or so small would overflow."""
    if 1e-200 < at[-1] / 2 - at[0] / 2 < 1e200:
        return x, at
    exponent = -np.frexp(max(abs(at[0]), abs(at[-1])))[1]
    return np.ldexp(x, exponent), np.ldexp(at, exponent)


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


# -- normalisations -------------------------------------------------------------------------------------------------

Formula = Callable[..., Floats]

AT_ONCE = 16_384
"""Figures that are scaled at once: what stays in the cache."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """One normalisation. Its function takes columns that are all benefit or all cost: (…, m, k) → (…, m, k)."""

    id: str
    formula: str
    """For benefits and for costs."""
    function: Formula
    needs: str = ""
    """``bounds`` (n, 2) or ``target`` (n,), where the formula has them."""


_scalings: dict[str, Scaling] = {}
SCALINGS: Mapping[str, Scaling] = MappingProxyType(_scalings)


def _scaling(id: str, formula: str, needs: str = "") -> Callable[[Formula], Formula]:
    def register(function: Formula) -> Formula:
        _scalings[id] = Scaling(id, formula, function, needs)
        return function

    return register


def as_numbers(given: Any) -> Floats:
    """Whatever stands for an array → an array of floats. Raises MethodError for words, complex numbers and rows of
    different lengths."""
    try:
        found = np.asarray(given)
        if found.dtype.kind != "c":
            return found.astype(float, copy=False)
    except (TypeError, ValueError):
        pass
    raise MethodError("figures, weights and senses must be arrays of real numbers")


def scaled(x: Floats, sense: Floats, scaling: str, *, bounds: Any = None, target: Any = None) -> Floats:
    """Figures ``x`` (…, m, n) by the scaling named: every column is then more-is-better, but for ``none``.

    ``sense`` (n,) of +1 and −1; ``bounds`` (n, 2) for ``scale``; ``target`` (n,) for ``target``. Raises MethodError,
    naming the column, for figures that the scaling cannot take: negatives under ``sum``, ``linear`` and ``max``, costs
    of zero under ``sum`` and ``linear``, anything up to 1 under ``log``.
    """
    if scaling == "none":
        return x
    if scaling not in SCALINGS:
        raise MethodError("there is no scaling {scaling}", scaling=scaling, near=nearest(scaling, SCALINGS))
    entry = SCALINGS[scaling]
    extra = {"bounds": bounds, "target": target}.get(entry.needs)
    if entry.needs and extra is None:
        raise MethodError("the scaling {scaling} needs {needs}", scaling=scaling, needs=entry.needs)
    by_criterion = np.swapaxes(x, -1, -2)
    found = np.empty(by_criterion.shape)
    for columns in _alike(sense, max(1, AT_ONCE * len(sense) // x.size)):
        more = () if extra is None else (np.asarray(extra, float)[columns],)
        some = np.swapaxes(by_criterion[..., columns, :], -1, -2)
        found[..., columns, :] = np.swapaxes(entry.function(some, sense[columns[0]] > 0, columns, *more), -1, -2)
    return np.swapaxes(found, -1, -2)


def _alike(sense: Floats, most: int) -> Iterator[Any]:
    """The numbers of the columns, up to ``most`` at a time, all benefits or all costs."""
    for wanted in (1.0, -1.0):
        columns = np.flatnonzero(sense == wanted)
        for begin in range(0, len(columns), most):
            yield columns[begin : begin + most]


def _ordinary(least: Any, largest: Any) -> bool:
    return bool(least > 2.0**-255 and largest < 2.0**255)


def tamed(x: Floats) -> Floats:
    """Columns brought to a largest magnitude between ½ and 1 by powers of two, which is exact: no square overflows.

    Where all are far from overflow, they are left alone: it would change no ratio.
    """
    if _ordinary(x.min(), x.max()):  # several times faster
        return x
    _, exponent = np.frexp(np.maximum(x.max(axis=-2, keepdims=True), -x.min(axis=-2, keepdims=True)))
    if np.abs(exponent).max() < 256:
        return x
    small: Floats = np.ldexp(x, -exponent)
    return small


_NEGATIVE = "the scaling {scaling} cannot take a negative in column {j}; choose another scaling, or other figures"
_FREE = "the scaling {scaling} cannot take a cost of zero in column {j}; choose another scaling, or other figures"
_SMALL = "the scaling {scaling} cannot take a figure up to 1 in column {j}; choose another scaling, or other figures"


def _refuse(bad: Flags, columns: Any, scaling: str, message: str) -> None:
    """Raise for the first column that has a bad figure; ``bad`` is (…, m, k)."""
    if bad.any():
        j = int(columns[np.flatnonzero(bad.any(axis=tuple(range(bad.ndim - 1))))[0]])
        raise MethodError(message, scaling=scaling, j=j)


def _by(part: Floats, whole: Floats, otherwise: float) -> Floats:
    """part / whole, and ``otherwise`` where the whole is 0."""
    there = whole != 0
    if there.all():
        ratio: Floats = part / whole
        return ratio
    return np.where(there, part / np.where(there, whole, 1.0), otherwise)


@_scaling("minmax", "(x − min) / (max − min) · (max − x) / (max − min)")
def _minmax(x: Floats, benefit: bool, columns: Any) -> Floats:
    """From 0 to 1 over the candidates. A constant column, a zero one among them, becomes 1; so does one candidate."""
    low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
    if not _ordinary(low.min(), high.max()):
        x = tamed(x)
        low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
    return _by(x - low if benefit else high - x, high - low, 1.0)


@_scaling("scale", "(x − low) / (high − low) · (high − x) / (high − low), on the criterion's limits", "bounds")
def _scale(x: Floats, benefit: bool, columns: Any, bounds: Floats) -> Floats:
    """From 0 to 1 over the limits, whoever the candidates are; a constant column is no special case."""
    low, high = bounds[:, 0], bounds[:, 1]
    if not (np.isfinite(bounds).all() and (low < high).all()):
        j = int(columns[np.flatnonzero(~(low < high) | ~np.isfinite(bounds).all(axis=1))[0]])
        raise MethodError("the scaling scale needs two limits in order for column {j}", j=j)
    part = x / 2 - low / 2 if benefit else high / 2 - x / 2
    ratio: Floats = part / (high / 2 - low / 2)
    return ratio


@_scaling("linear", "x / max · min / x")
def _linear(x: Floats, benefit: bool, columns: Any) -> Floats:
    """At most 1. A constant column becomes 1, a zero benefit column 0; negatives and costs of zero are refused."""
    _refuse(x < 0, columns, "linear", _NEGATIVE)
    if benefit:
        x = tamed(x)
        return _by(x, x.max(axis=-2, keepdims=True), 0.0)
    _refuse(x == 0, columns, "linear", _FREE)
    ratio: Floats = x.min(axis=-2, keepdims=True) / x
    return ratio


@_scaling("max", "x / max · 1 − x / max")
def _max(x: Floats, benefit: bool, columns: Any) -> Floats:
    """From 0 to 1. A constant column becomes 1 (cost: 0), a zero one 0 (cost: 1); negatives are refused."""
    _refuse(x < 0, columns, "max", _NEGATIVE)
    x = tamed(x)
    share = _by(x, x.max(axis=-2, keepdims=True), 0.0)
    return share if benefit else 1 - share


@_scaling("sum", "x / Σx · (1/x) / Σ(1/x)")
def _sum(x: Floats, benefit: bool, columns: Any) -> Floats:
    """Shares of 1. A constant column becomes 1/m, a zero benefit column 0; negatives and costs of zero are refused."""
    _refuse(x < 0, columns, "sum", _NEGATIVE)
    if benefit:
        x = tamed(x)
        return _by(x, x.sum(axis=-2, keepdims=True), 0.0)
    _refuse(x == 0, columns, "sum", _FREE)
    inverse = x.min(axis=-2, keepdims=True) / x
    share: Floats = inverse / inverse.sum(axis=-2, keepdims=True)
    return share


@_scaling("vector", "x / ‖x‖ · 1 − x / ‖x‖")
def _vector(x: Floats, benefit: bool, columns: Any) -> Floats:
    """Columns of length 1. A constant column becomes 1/√m (cost: 1 − 1/√m), a zero one 0 (cost: 1)."""
    x = tamed(x)
    share = _by(x, np.sqrt((x * x).sum(axis=-2, keepdims=True)), 0.0)
    return share if benefit else 1 - share


@_scaling("zscore", "(x − μ) / σ · (μ − x) / σ, σ of the population")
def _zscore(x: Floats, benefit: bool, columns: Any) -> Floats:
    """Mean 0, standard deviation 1. A constant column, a zero one among them, becomes 0."""
    x = tamed(x)
    constant = x.max(axis=-2, keepdims=True) == x.min(axis=-2, keepdims=True)
    spread = np.where(constant, 0.0, x.std(axis=-2, keepdims=True))
    gap = x - x.mean(axis=-2, keepdims=True)
    return _by(gap if benefit else -gap, spread, 0.0)


@_scaling("rank", "(number worse + ½ number tied) / (m − 1)")
def _rank(x: Floats, benefit: bool, columns: Any) -> Floats:
    """From 0 to 1 in even steps. A constant column and a single candidate become ½."""
    m = x.shape[-2]
    x = x if benefit else -x
    ordered = np.sort(x, axis=-2)
    flat, sorted_flat = x.reshape(-1, m, x.shape[-1]), ordered.reshape(-1, m, x.shape[-1])
    found = np.empty_like(flat)
    for draw in range(len(flat)):
        for j in range(flat.shape[-1]):
            below = np.searchsorted(sorted_flat[draw, :, j], flat[draw, :, j], "left")
            up_to = np.searchsorted(sorted_flat[draw, :, j], flat[draw, :, j], "right")
            found[draw, :, j] = below + (up_to - below - 1) / 2
    return found.reshape(x.shape) / (m - 1) if m > 1 else np.full(x.shape, 0.5)


@_scaling("target", "1 − |x − t| / max|x − t|", "target")
def _target(x: Floats, benefit: bool, columns: Any, target: Floats) -> Floats:
    """1 at the target, 0 farthest from it, whatever the sense. Where all candidates are at the target: 1."""
    gap = np.abs(x / 2 - target / 2)
    return 1 - _by(gap, gap.max(axis=-2, keepdims=True), 0.0)


@_scaling("log", "ln x / Σ ln x · (1 − ln x / Σ ln x) / (m − 1), all x > 1; depends on the unit")
def _log(x: Floats, benefit: bool, columns: Any) -> Floats:
    """Shares of 1. A constant column becomes 1/m; figures up to 1 are refused; a single candidate becomes 1."""
    _refuse(x <= 1, columns, "log", _SMALL)
    m = x.shape[-2]
    logs = np.log(x)
    share: Floats = logs / logs.sum(axis=-2, keepdims=True)
    if benefit:
        return share
    return (1 - share) / (m - 1) if m > 1 else np.ones_like(share)
