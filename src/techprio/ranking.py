"""Scores → ranks under the stated tie rule, and the list that the cut makes of them.

Scores are rounded to ten decimals of the method's score unit; the rank is then 1 + the number of strictly better ones.
Ties share the better rank, at the stated weights and in every draw.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats

DECIMALS = 10
Ints = NDArray[np.int64]

# Added to a float of less than 2^51, this leaves the number rounded to an integer in the low bits of its mantissa.
_MAGIC = 1.5 * 2.0**52
_MAGIC_BITS = np.float64(_MAGIC).view(np.int64)


def unit(scores: Floats) -> Floats:
    """The largest |score| of each draw, 1 if all are 0: what ten decimals are counted in where scores have no bound."""
    largest = np.abs(scores).max(axis=-1, keepdims=True)
    return np.where(largest > 0, largest, 1.0)


def ordered(scores: Floats, kind: Literal["one", "largest"] = "one", *, spend: bool = False) -> tuple[Ints, Ints]:
    """Candidates from best to worst, and how many are strictly better than each: both (s, m), from scores (s, m).

    The rounded score and the candidate's number share one integer, so one plain sort does it all; equal scores keep
    the candidates' order. Without ties the second array is a view of 0 … m − 1. With ``spend`` the memory of the scores
    is used up for the first.
    """
    m = scores.shape[-1]
    bits = max(m - 1, 1).bit_length()
    mask = (1 << bits) - 1
    scale = 10.0**DECIMALS if kind == "one" else 10.0**DECIMALS / unit(scores)
    rounded = np.multiply(scores, scale, out=scores if spend and scores.flags.c_contiguous else None)
    rounded += _MAGIC
    keys = rounded.view(np.int64)
    np.subtract(_MAGIC_BITS, keys, out=keys)
    np.left_shift(keys, bits, out=keys)
    np.bitwise_or(keys, np.arange(m), out=keys)
    keys.sort(axis=-1)
    better = np.broadcast_to(np.arange(m), keys.shape)
    flat = keys.reshape(-1)
    # Two keys in a row that differ in the low bits alone may be a tie; or just the end and the beginning of two rows.
    if m > 1 and (flat[1:] ^ flat[:-1]).view(np.uint64).min() <= mask:
        new = (keys[..., 1:] >> bits) != (keys[..., :-1] >> bits)
        starts = np.where(np.concatenate([np.ones_like(new[..., :1]), new], axis=-1), better, 0)
        better = np.maximum.accumulate(starts, axis=-1)
    keys &= mask
    return keys, better


def ranks(scores: Floats, kind: Literal["one", "largest"] = "one") -> Ints:
    """Ranks (s, m) or (m,) of scores (s, m) or (m,): 1 is best."""
    order, better = ordered(np.atleast_2d(scores), kind)
    found = np.empty(order.shape, np.int64)
    np.put_along_axis(found, order, better + 1, axis=-1)
    return found.reshape(scores.shape)


def listed(order: Ints, better: Ints, cut: Cut) -> Flags:
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


def _better_among(among: Flags, better: Ints) -> Ints:
    """How many of those ``among`` are strictly better than each, in sorted order."""
    before = np.zeros((*among.shape[:-1], among.shape[-1] + 1), np.int64)
    np.cumsum(among, axis=-1, out=before[..., 1:])
    return np.take_along_axis(before, better, axis=-1)
