"""The six preference functions of PROMETHEE, and how often each candidate is preferred on one criterion.

Brans, J.-P. & Vincke, Ph. (1985). A preference ranking organisation method. Management Science 31(6), 647–656, § 3.
Calders, T. & Van Assche, D. (2018). PROMETHEE is not quadratic: an O(qn log(n)) algorithm. Omega 76, 63–69.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.thresholds import HAIR, constants
from techprio.wording import nearest

TYPES = {
    "usual": (),
    "u-shape": ("q",),
    "v-shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
"""Preference function → the thresholds that it reads."""

PAIRS = 1 << 16
"""Pairs of candidates that are compared at once: what stays in the cache."""
FEW = 128
"""Up to so many candidates comparing all pairs is faster than sorting."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A preference function of the lead d of one candidate over another, rising from 0 to 1.

    All but the gaussian one are sums of ramps (share, low, high): 0 up to ``low``, ``share`` from ``high`` on, straight
    between; where low = high a step, which is taken when d is above it.
    """

    ramps: tuple[tuple[float, float, float], ...]
    s: float = 0.0
    """Where the gaussian function turns; 0 for the others."""


def shapes(n: int, types: Any, q: Any, p: Any, s: Any) -> list[Shape]:
    """One preference function for each of ``n`` criteria. Without ``types`` all are ``usual``.

    Raises MethodError, naming the column, for an unknown type, a threshold that its type lacks, one that is a share of
    the figure, q above p, and s = 0.
    """
    given = {"q": q, "p": p, "s": s}
    if types is None and any(one is not None for one in given.values()):
        raise MethodError("thresholds mean nothing without types: name the preference function of each column")
    names = ["usual"] * n if types is None else [types] * n if isinstance(types, str) else list(types)
    if len(names) != n:
        raise MethodError("{n} types are needed, one for each column, and there are {found}", n=n, found=len(names))
    numbers = {key: constants(one, n, key) for key, one in given.items()}
    found = []
    for j, name in enumerate(names):
        if name not in TYPES:
            message = "there is no preference function {name} for column {j}"
            raise MethodError(message, name=name, j=j, near=nearest(str(name), TYPES))
        for key in TYPES[name]:
            if given[key] is None or (key == "s" and numbers[key][j] == 0):
                raise MethodError("the type {name} of column {j} needs {key}", name=name, j=j, key=key)
        found.append(_shape(name, j, *(float(numbers[key][j]) for key in "qps")))
    return found


def _shape(name: str, j: int, q: float, p: float, s: float) -> Shape:
    if name in ("level", "linear") and q > p:
        raise MethodError("the threshold q of column {j} is above p", j=j)
    ramps = {
        "usual": ((1.0, 0.0, 0.0),),  # type I
        "u-shape": ((1.0, q, q),),  # type II
        "v-shape": ((1.0, 0.0, p),),  # type III
        "level": ((0.5, q, q), (0.5, p, p)),  # type IV
        "linear": ((1.0, q, p),),  # type V
        "gaussian": (),  # type VI
    }
    return Shape(ramps[name], s if name == "gaussian" else 0.0)


# -- pair by pair ---------------------------------------------------------------------------------------------------


def preferred(a: Floats, b: Floats, shape: Shape) -> Floats:
    """P(a, b) on one criterion, more being better: (…, A) and (…, B) → (…, A, B)."""
    a, b = a[..., :, None], b[..., None, :]
    if shape.s > 0:
        d = np.maximum(a - b, 0.0)
        d /= shape.s
        return 1 - np.exp(-0.5 * d * d)
    found, *others = (_ramp(a, b, *ramp) for ramp in shape.ramps)
    for part in others:
        found += part
    return found


def _ramp(a: Floats, b: Floats, share: float, low: float, high: float) -> Floats:
    if low == high:
        return np.where(b < _edge(a, low), share, 0.0)
    part = a - b
    part -= low
    part /= high - low
    np.maximum(part, 0.0, out=part)
    np.minimum(part, 1.0, out=part)
    return share * part if share != 1 else part


def _edge(a: Floats, step: float) -> Floats:
    """Below which figure another candidate is beaten by more than ``step``."""
    return a if step == 0 else a - step - HAIR * (np.abs(a) + step)


# -- how often preferred --------------------------------------------------------------------------------------------


def unicriterion(x: Floats, sense: Floats, functions: Sequence[Shape]) -> tuple[Floats, Floats]:
    """Σ_b P_j(a, b) / (m − 1) and Σ_b P_j(b, a) / (m − 1), each shaped like ``x`` (m, n) or (s, m, n); 0 if m = 1."""
    m, n = x.shape[-2:]
    y = (x * sense).reshape(-1, m, n)
    plus, minus = np.zeros(y.shape), np.zeros(y.shape)
    with np.errstate(all="ignore"):  # an overflow is a lead that counts in full
        for j, shape in enumerate(functions):
            if m <= FEW:
                plus[..., j], minus[..., j] = _by_pairs(y[..., j], shape)
            else:
                by = _bells if shape.s > 0 else _by_sorting
                for draw in range(len(y)):
                    plus[draw, :, j], minus[draw, :, j] = by(y[draw, :, j], shape)
    return plus.reshape(x.shape) / max(m - 1, 1), minus.reshape(x.shape) / max(m - 1, 1)


def _by_pairs(y: Floats, shape: Shape) -> tuple[Floats, Floats]:
    """How much each of ``y`` (s, m) beats and is beaten, blocks of draws and of candidates at a time."""
    plus, minus = np.zeros(y.shape), np.zeros(y.shape)
    m = y.shape[1]
    for draws in _blocks(len(y), m * m):
        for rows in _blocks(m, m):
            beats = preferred(y[draws, rows], y[draws], shape)
            plus[draws, rows] = beats.sum(axis=-1)
            minus[draws] += beats.sum(axis=-2)
    return plus, minus


def _blocks(length: int, each: int) -> Iterator[slice]:
    size = max(1, PAIRS // each)
    return (slice(begin, begin + size) for begin in range(0, length, size))


def _bells(y: Floats, shape: Shape) -> tuple[Floats, Floats]:
    """The same for ``y`` (m,) and the gaussian function, which has no short cut: each pair once, in sorted order."""
    order = np.argsort(y)
    z = y[order]
    m = len(z)
    won, lost = np.zeros(m), np.zeros(m)
    size = max(1, PAIRS // m)
    for begin in range(0, m, size):
        beaten = z[: begin + size]
        part = np.subtract.outer(z[begin : begin + size], beaten)
        np.maximum(part, 0.0, out=part)
        part /= shape.s
        np.multiply(part, part, out=part)
        part *= -0.5
        np.exp(part, out=part)
        np.subtract(1.0, part, out=part)
        won[begin : begin + size] = part.sum(axis=1)
        lost[: len(beaten)] += part.sum(axis=0)
    plus, minus = np.empty(m), np.empty(m)
    plus[order], minus[order] = won, lost
    return plus, minus


def _by_sorting(y: Floats, shape: Shape) -> tuple[Floats, Floats]:
    """The same for ``y`` (m,) and ramps, in O(m log m): who is beaten in full, and by a part, are stretches of the
    sorted figures, and what the parts come to is a difference of two cumulated sums (Calders & Van Assche 2018).
    """
    order = np.argsort(y)
    z = y[order]
    won, lost = np.zeros(len(y)), np.zeros(len(y))
    for share, low, high in shape.ramps:
        straight = _Straight.of(z, low, high) if low < high else None
        up, down = straight.sums() if straight else _steps(z, low)
        won += share * up
        lost += share * down
    plus, minus = np.empty(len(y)), np.empty(len(y))
    plus[order], minus[order] = won, lost
    return plus, minus


def _steps(z: Floats, step: float) -> tuple[Floats, Floats]:
    """How many of the sorted ``z`` (m,) each beats by more than ``step``, and by how many it is beaten so."""
    beats = np.searchsorted(z, _edge(z, step), "left")
    by_at_most = np.bincount(beats, minlength=len(z) + 1).cumsum()[:-1]
    return beats.astype(float), (len(z) - by_at_most).astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class _Straight:
    """Sorted figures from 0 up with a ramp, in a unit in which the largest is about 1.

    The figures are cut in two, ``coarse`` + ``fine``: sums of the coarse parts are exact, so that cumulated sums of
    very many figures lose nothing.
    """

    z: Floats
    low: float
    high: float
    coarse: Floats
    fine: Floats

    @classmethod
    def of(cls, z: Floats, low: float, high: float) -> _Straight | None:
        """None if the ramp is too steep for the figures, so that it is a step."""
        _, exponent = np.frexp(np.abs(z).max())
        z, low, high = (np.ldexp(one, -exponent) for one in (z, low, high))
        if not low < high:
            return None
        z = z - z[0]
        coarse = np.round(z * 2.0**25)
        return cls(z, float(low), float(high), coarse, z - np.ldexp(coarse, -25))

    def sums(self) -> tuple[Floats, Floats]:
        """How much each beats the others and is beaten by them."""
        z, low, high = self.z, self.low, self.high
        some = np.searchsorted(z, z - low, "left")
        full = np.minimum(np.searchsorted(z, z - high, "right"), some)
        won = full - self._leads(full, some, -low) / (high - low)
        some = np.searchsorted(z, z + low, "right")
        full = np.maximum(np.searchsorted(z, z + high, "left"), some)
        lost = len(z) - full + self._leads(some, full, low) / (high - low)
        return won, lost

    def _leads(self, begin: Any, end: Any, shift: float) -> Floats:
        """Σ of z_b − z_a − ``shift`` over the b from ``begin`` up to ``end``, for each a."""
        coarse, fine = (np.concatenate([[0.0], part.cumsum()]) for part in (self.coarse, self.fine))
        count = end - begin
        exact = np.ldexp(coarse[end] - coarse[begin] - count * self.coarse, -25)
        rest: Floats = exact + (fine[end] - fine[begin] - count * (self.fine + shift))
        return rest
