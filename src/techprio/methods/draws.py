"""Many draws: a block of them at a time, on all processors, and no score that is not finite."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import copy_context
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.memory import keep_what_is_freed
from techprio.methods.sums import weighted_sum
from techprio.scaling import as_numbers

BLOCK = 327_680
"""Scores that are computed at once: few enough for the third cache, and enough for a step to take longer than a thread
waits for its turn after it."""

SHORT = 100
"""Rows of fewer scores take as long to begin as to go along."""

MANY = 1 << 19
"""From so many numbers on they are shared out among processors: starting threads takes as long as some 100,000."""

FIGURES = 327_680
"""Figures that are scaled and scored at once, where they vary."""

_seen: WeakValueDictionary[int, Floats] = WeakValueDictionary()
"""Scores of which every block was found finite while it was in the cache, by the identity of the array."""


def sums_over_draws(terms: Floats, w: Floats) -> Floats:
    """``weighted_sum``, of many weight vectors block by block into its place: nothing but the product is left to do."""
    return written_over_draws(lambda w, out: weighted_sum(terms, w, out), terms, w, room=1)


def sums_of_scaled(terms: Floats, factor: Floats, w: Floats) -> Floats:
    """Σ_j w_j f_j t_ij with ``factor`` f (n,) or (s, n): of one weight vector it is quicker to multiply the weights."""
    if terms.ndim == w.ndim == 2:
        return sums_over_draws(terms * factor, w)
    return weighted_sum(terms, w * factor)


def over_draws(score: Callable[[Floats], Floats], x: Floats, w: Floats, per_score: int = 1) -> Floats:
    """``score`` of many weight vectors ``w`` (s, n), a block of them at a time: what it makes stays in the cache.

    ``per_score`` is how many numbers ``score`` holds at once for each score. Figures that vary (s, m, n) and a single
    weight vector (n,) are passed on as they are.
    """
    if w.ndim == 1 or x.ndim == 3:
        return score(w)
    found = np.empty((len(w), len(x)))

    def fill(part: slice) -> None:
        found[part] = score(w[part])

    _by_parts(lambda: fill, found, _rows(x, per_score), found.size)
    return found


def written_over_draws(
    write: Callable[..., object], x: Floats, w: Floats, *, room: int, compared: bool = False
) -> Floats:
    """The same without new memory for each step: ``write(w, *room)`` gets as many arrays (m,) or (s, m) as it asks for,
    and leaves the scores in the first.

    ``compared``: they are kept in memory one candidate after the other, as by ``compared_sum``.
    """
    m = x.shape[-2]
    if w.ndim == 1 or x.ndim == 3:
        arrays = [np.empty((*x.shape[:-2], m)) for _ in range(room)]
        write(w, *arrays)
        return arrays[0]
    found, rows = np.empty((len(w), m)), min(len(w), _rows(x))

    def filler() -> Callable[[slice], None]:
        shape, order = (m, rows) if compared else (rows, m), -1 if compared else 1
        spare = [np.empty(shape).transpose(range(2)[::order]) for _ in range(room - 1 + compared)]

        def fill(part: slice) -> None:
            here = [one[: part.stop - part.start] for one in spare]
            if compared:
                write(w[part], *here)
                found[part] = here[0]
            else:
                write(w[part], found[part], *here)

        return fill

    _by_parts(filler, found, rows, found.size)
    return found


def over_figures(score: Callable[[Any, Any], Floats], x: Any, w: Any) -> Floats:
    """``score`` of figures that vary (s, m, n), a block of draws at a time; of all others, in one go.

    Raises MethodError for a score that is not finite.
    """
    keep_what_is_freed()
    x = as_numbers(x)
    rows = max(1, FIGURES // max(1, x[:1].size))
    if x.ndim != 3 or len(x) <= rows or (np.ndim(w) == 2 and len(w) != len(x)):
        found = score(x, w)
        if _seen.get(id(found)) is not found:
            _refuse_infinite(found)
        return found
    w = as_numbers(w)
    found = np.empty(x.shape[:2])

    def fill(part: slice) -> None:
        found[part] = score(x[part], w[part] if w.ndim == 2 else w)

    _by_parts(lambda: fill, found, rows, x.size)
    return found


def _rows(x: Floats, per_score: int = 1) -> int:
    """How many weight vectors a block has, of figures (m, n)."""
    return max(1, BLOCK // (len(x) * per_score))


def _by_parts(filler: Callable[[], Callable[[slice], None]], found: Floats, rows: int, size: int) -> None:
    """Fill every part of up to ``rows`` draws; of many numbers, ``size`` in all, on all processors at once, each
    its own stretch.

    ``filler`` makes what fills a part, once for each thread.
    """
    parts = [slice(begin, min(begin + rows, len(found))) for begin in range(0, len(found), rows)]
    threads = min(_processors(), len(parts), size // MANY + 1)

    def share(one: int) -> None:
        fill = filler()
        for part in parts[one * len(parts) // threads : (one + 1) * len(parts) // threads]:
            fill(part)
            _refuse_infinite(found[part])

    if threads == 1:
        share(0)
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(threads) as pool:  # NumPy lets others work while it computes
            for done in [pool.submit(copy_context().run, share, one) for one in range(threads)]:
                done.result()
    _seen[id(found)] = found


def _refuse_infinite(scores: Floats) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        total = scores.sum()
    if not np.isfinite(total) and not (finite := np.isfinite(scores)).all():
        *_, i = (int(k) for k in np.argwhere(~finite)[0])
        raise MethodError("there is no finite score for the candidate in row {i}", i=i)


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
