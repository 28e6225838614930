"""Scores → ranks under the stated tie rule, and the list that the cut makes of them.

Scores are rounded to ten decimals of the method's score unit; the rank is then 1 + the number of strictly better ones.
Of scores beyond 100 units fewer decimals mean anything: ten of a hundredth of the largest count. Ties share the better
rank, at the stated weights and in every draw.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats
from techprio.memory import lent

DECIMALS = 10
Ints = NDArray[np.int64]
Integers = NDArray[np.integer]
"""Of any width."""

# Added to a float of less than 2^51, this leaves the number rounded to an integer in the low bits of its mantissa.
_MAGIC = 1.5 * 2.0**52
_MAGIC_BITS = np.float64(_MAGIC).view(np.int64)
_NONE = np.zeros(0, np.int64)

MOST = 100.0
"""Units in which ten decimals of a score are still meant, and fit into an integer beside a candidate's number."""
SMALLEST = 1e-290
"""Of a unit that can be divided by."""

STEPS = 2.1e9
"""Steps of a unit in keys of 32 bits: scores of up to 1.02 units fit."""
FEW, MANY = 256, 16
"""Up to so many candidates, and from so many draws on, keys of 32 bits are tried before those of 64."""


def unit(scores: Floats) -> Floats:
    """The largest |score| of each draw, 1 if all are 0: what ten decimals are counted in where scores have no bound."""
    largest = np.abs(scores).max(axis=-1, keepdims=True)
    return np.where(largest > 0, largest, 1.0)


def ordered(
    scores: Floats, kind: Literal["one", "largest"] = "one", room: NDArray[np.int32] | None = None
) -> tuple[Integers, Integers]:
    """Candidates from best to worst, and how many are strictly better than each: both (s, m), from scores (s, m).

    The rounded score and the candidate's number share one integer, so one plain sort does it all; equal scores keep
    the candidates' order. Without ties the second array is a view of 0 … m − 1. With ``room`` (2, s, m) the first lies
    in it, or in the memory of the scores, which is used up.
    """
    s, m = scores.shape
    units = None if kind == "one" else unit(scores)
    spend = room is not None
    if not (1 < m <= FEW and s >= MANY):
        return _exactly(scores, units, spend)
    keys, gaps = np.empty((2, s, m), np.int32) if room is None else room
    _half_width(scores, units, keys)
    close = _too_close(keys, gaps.reshape(-1))
    if len(close) * 4 > s:
        return _exactly(scores, units, spend)
    order = np.bitwise_and(keys, _mask(m), out=keys)
    better = _untied(s, m)
    if len(close):
        order[close], among = _exactly(scores[close], None if units is None else units[close], spend=True)
        if among.strides[0]:
            better = better.copy()
            better[close] = among
    return order, better


def _exactly(scores: Floats, units: Floats | None, spend: bool) -> tuple[Integers, Integers]:
    """``ordered`` by integers of 64 bits, which hold every decimal that counts."""
    m = scores.shape[-1]
    bits, mask = _mask(m).bit_length(), _mask(m)
    if units is None and (scores.max() > MOST or scores.min() < -MOST):
        units = np.maximum(unit(scores) / MOST, 1.0)
    if units is not None and units.min() < SMALLEST:
        scores, units = scores / units, None
    scale = 10.0**DECIMALS if units is None else 10.0**DECIMALS / units
    rounded = np.multiply(scores, scale, out=scores if spend and scores.flags.c_contiguous else None)
    rounded += _MAGIC
    keys = rounded.view(np.int64)
    np.subtract(_MAGIC_BITS, keys, out=keys)
    np.left_shift(keys, bits, out=keys)
    np.bitwise_or(keys, np.arange(m), out=keys)
    keys.sort(axis=-1)
    better = _untied(len(keys), m)
    flat = keys.reshape(-1)
    # Two keys in a row that differ in the low bits alone may be a tie; or just the end and the beginning of two rows.
    if m > 1 and _least_difference(flat) <= mask:
        new = (keys[..., 1:] >> bits) != (keys[..., :-1] >> bits)
        starts = np.where(np.concatenate([np.ones_like(new[..., :1]), new], axis=-1), better, 0)
        better = np.maximum.accumulate(starts, axis=-1)
    keys &= mask
    return keys, better


def _least_difference(flat: Ints) -> int:
    """Of neighbours: the least integer that the bits make in which they differ."""
    with lent((len(flat) - 1,), np.int64) as bits:
        np.bitwise_xor(flat[1:], flat[:-1], out=bits)
        return int(bits.view(np.uint64).min())


def _half_width(scores: Floats, units: Floats | None, keys: NDArray[np.int32]) -> None:
    """Sorted ``keys`` (s, m) of 32 bits, best first: −score · STEPS / unit if it fits, and whose it is in the low bits.

    A sort of these takes half the time; what they cannot tell apart is for ``_too_close`` to find.
    """
    s, m = scores.shape
    with np.errstate(all="ignore"):  # what does not fit becomes the least or the largest integer
        np.multiply(scores, -STEPS if units is None else -STEPS / units, out=keys, casting="unsafe")
    keys &= ~_mask(m)
    keys |= numbers(s, m)
    keys.sort(axis=-1)


def numbers(s: int, m: int, step: int = 1) -> NDArray[np.int32]:
    """(s, m) of 0, step, 2 step …, s times over: to go through one array is faster than to begin a row s times."""
    return _tiled(1 << (s - 1).bit_length(), m, step)[:s]


@lru_cache(maxsize=8)
def _tiled(s: int, m: int, step: int) -> NDArray[np.int32]:
    found = np.tile(np.arange(0, m * step, step, dtype=np.int32), (s, 1))
    found.flags.writeable = False
    return found


def _too_close(keys: NDArray[np.int32], gaps: NDArray[np.int32]) -> Ints:
    """Rows of sorted keys in which two are so close that the tenth decimal may make them a tie, or turn them round.

    Keys that differ by two steps of what the low bits leave stand for scores more than a step apart: for 35
    candidates, 3 · 10^−8 units. Rows with scores beyond ±1.02 units do not fit and are too close as well.
    """
    m = keys.shape[1]
    near, flat = 2 * (_mask(m) + 1), keys.reshape(-1)
    between = np.subtract(flat[1:], flat[:-1], out=gaps[: len(flat) - 1]).view(np.uint32)
    found = _NONE
    if between.min() < near:
        found = (between < near).nonzero()[0] // m
        found = found[np.append(True, found[1:] != found[:-1])]
    fits = 2**31 - near
    if keys[:, 0].min() < -fits or keys[:, -1].max() > fits:
        found = np.union1d(found, np.flatnonzero((keys[:, 0] < -fits) | (keys[:, -1] > fits)))
    return found


@lru_cache(maxsize=8)
def _untied(s: int, m: int) -> NDArray[np.int64]:
    """(s, m) how many are better than each, in sorted order, where none tie; all rows are one."""
    return np.broadcast_to(np.arange(m), (s, m))


def _mask(m: int) -> int:
    """The low bits that hold a candidate's number."""
    return (1 << max(m - 1, 1).bit_length()) - 1


def ranks(scores: Floats, kind: Literal["one", "largest"] = "one") -> Ints:
    """Ranks (s, m) or (m,) of scores (s, m) or (m,): 1 is best."""
    order, better = ordered(np.atleast_2d(scores), kind)
    found = np.empty(order.shape, np.int64)
    np.put_along_axis(found, order, better + 1, axis=-1)
    return found.reshape(scores.shape)


def listed(order: Integers, better: Integers, cut: Cut) -> Flags:
    """Who is on the list, in the order given: both (s, m) as from ``ordered`` → flags (s, m).

    Each floor is filled with its best, then the rest of the list with the best of the rest; all that tie at the last
    place enter.
    """
    if not cut.floors:
        return better < cut.total
    by_floor = np.zeros(order.shape, bool)
    for floor in cut.floors:
        member = floor.members[order]
        by_floor |= member & (_better_among(member, better) < floor.count)
    rest = ~by_floor
    places = cut.total - by_floor.sum(axis=-1, keepdims=True)
    by_score: Flags = rest & (_better_among(rest, better) < places)
    return by_floor | by_score


def _better_among(among: Flags, better: Integers) -> Integers:
    """How many of those ``among`` are strictly better than each, in sorted order."""
    before = np.zeros((*among.shape[:-1], among.shape[-1] + 1), np.int64)
    np.cumsum(among, axis=-1, out=before[..., 1:])
    return np.take_along_axis(before, better, axis=-1)
