"""Weights whose ratios come closest to judged ratios: the least largest deviation, and every weight that attains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from techprio.hall import Floats


class Closest(NamedTuple):
    """The answer of ``closest``."""

    deviation: float
    """The least ξ with |w_i/w_j − a| ≤ ξ for every judged ratio."""
    low: Floats
    """(n,) the least each weight may be at that ξ; the weights add up to 1."""
    high: Floats
    """(n,) the most."""


def closest(n: int, ratios: Sequence[tuple[int, int, float]]) -> Closest:
    """The least ξ such that |w_i/w_j − a| ≤ ξ for every (i, j, a) of ``ratios``, and the range of each weight.

    For a given ξ these are bounds on differences of logarithms, so shortest paths answer them: they can be met if no
    circle is negative. ξ is found by bisection to the last digit. The shortest paths from (to) one node say how small
    (large) all others can be beside it, all at once, so the range of a weight is exact.
    """
    if not ratios:
        return Closest(0.0, np.zeros(n), np.ones(n)) if n > 1 else Closest(0.0, np.ones(1), np.ones(1))
    low, high = 0.0, max(a for _, _, a in ratios)  # at the largest ratio, equal weights will do
    best = _paths(n, ratios, high)
    if (exact := _paths(n, ratios, 0.0)) is not None:
        low, high, best = 0.0, 0.0, exact
    while high - low > 1e-15 * max(1.0, high):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        paths = _paths(n, ratios, middle)
        if paths is None:
            low = middle
        else:
            high, best = middle, paths
    assert best is not None
    return Closest(high, 1 / np.exp(best).sum(axis=0), 1 / np.exp(-best).sum(axis=1))


def _paths(n: int, ratios: Sequence[tuple[int, int, float]], deviation: float) -> Floats | None:
    """(n, n) the largest ln(w_i/w_j) that the bounds allow, or None if they contradict each other."""
    d = np.full((n, n), np.inf)
    np.fill_diagonal(d, 0.0)
    for i, j, a in ratios:
        d[i, j] = min(d[i, j], np.log(a + deviation))
        if a > deviation:
            d[j, i] = min(d[j, i], -np.log(a - deviation))
    for k in range(n):
        d = np.minimum(d, d[:, k, None] + d[k])
    return None if (np.diag(d) < -1e-14).any() else d
