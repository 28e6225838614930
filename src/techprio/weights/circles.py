"""Judgements that go in a circle: a before b, b before c, and c before a."""

from __future__ import annotations

import numpy as np

from techprio.hall import Floats


def circle(comparisons: Floats) -> tuple[int, ...]:
    """A shortest circle of strict judgements, as nodes in order; empty if there is none.

    ``comparisons`` (n, n) say how many times as important the row is as the column, NaN unjudged. No weights whatever
    agree with a circle, not even in who is more important than whom.
    """
    more = np.nan_to_num(comparisons, nan=1.0) > 1 + 1e-9
    found = [way for start in range(len(more)) if (way := _way_back(more, start))]
    return min(found, key=len, default=())


def _way_back(more: np.ndarray, start: int) -> tuple[int, ...]:
    """The shortest way from ``start`` over ever less important nodes that leads back to it."""
    ways: list[tuple[int, ...]] = [(start,)]
    reached: set[int] = set()
    while ways:
        way, *ways = ways
        for j in map(int, np.flatnonzero(more[way[-1]])):
            if j == start:
                return way
            if j not in reached:
                reached.add(j)
                ways.append((*way, j))
    return ()
