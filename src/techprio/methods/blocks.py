"""Tables that are too large to hold at once, made some candidates at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from techprio.hall import Floats

KEPT = 4_000_000
"""Numbers that are kept rather than made anew for every block of draws."""


def by_blocks(
    make: Callable[[slice], Floats], m: int, per_candidate: int
) -> Callable[[], Iterable[tuple[slice, Floats]]]:
    """What ``make`` makes of some of the ``m`` candidates at a time; all of it is kept if that is not too much.

    ``per_candidate`` is how many numbers it makes for each.
    """
    rows = max(1, KEPT // 8 // per_candidate)
    blocks = [slice(begin, min(begin + rows, m)) for begin in range(0, m, rows)]
    if m * per_candidate > KEPT:
        return lambda: ((block, make(block)) for block in blocks)
    kept = [(block, make(block)) for block in blocks]
    return lambda: kept
