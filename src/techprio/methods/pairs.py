"""Sums over criteria of something that is said of every pair of candidates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from techprio.hall import Floats

HELD = 1 << 20
"""Numbers that are held for pairs at once, over all draws of a block."""


def weighted_pairs(pairs: Callable[[int], Floats], w: Floats) -> Floats:
    """Σ_j w_j pairs(j): pairs(j) (A, B) or (s, A, B), weights (n,) or (s, n) → (A, B) or (s, A, B).

    With at least as many weight vectors as criteria one matrix product does it; otherwise one criterion is held at a
    time.
    """
    n = w.shape[-1]
    if w.ndim == 1:
        found: Floats = w[0] * pairs(0)
        for j in range(1, n):
            found += w[j] * pairs(j)
        return found
    first = pairs(0)
    if first.ndim == 2 and len(w) >= n:
        stack = np.stack([first, *(pairs(j) for j in range(1, n))]).reshape(n, -1)
        return (w @ stack).reshape(len(w), *first.shape)
    found = w[:, 0, None, None] * first
    for j in range(1, n):
        found += w[:, j, None, None] * pairs(j)
    return found


def in_blocks(function: Callable[[Floats, Floats], Any], x: Floats, w: Floats, each: int) -> Any:
    """``function(x, w)`` of many draws, a block at a time; ``each`` is how many numbers one draw holds."""
    draws = max(len(w) if w.ndim == 2 else 1, len(x) if x.ndim == 3 else 1)
    size = max(1, HELD // each)
    if draws <= size:
        return function(x, w)
    parts = []
    for begin in range(0, draws, size):
        rows = slice(begin, begin + size)
        parts.append(function(x[rows] if x.ndim == 3 else x, w[rows] if w.ndim == 2 else w))
    return np.concatenate(parts)
