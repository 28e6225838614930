"""The door of every method: arrays as they come from anywhere → arrays that a formula can trust."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.scaling import as_numbers, scaled

BLOCK = 40_960
"""Scores that are computed at once: what stays in the cache."""

SHORT = 100
"""Rows of fewer scores take as long to begin as to go along."""

PRODUCT = (1 << 19) - 1
"""Multiplications of a matrix product: of many more, BLAS shares them out among threads that wait for each other."""

MANY = 1 << 19
"""From so many scores on they are shared out among processors: starting threads takes as long as some 100,000."""

FIGURES = 8 * BLOCK
"""Figures that are scaled and scored at once, where they vary."""


def checked(x: Any, w: Any, sense: Any) -> tuple[Floats, Floats, Floats]:
    """``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n) divided by its sum, ``sense`` (n,); all finite floats.

    Raises MethodError, naming row and column, for NaN and infinite figures, negative or all-zero weights, a sense that
    is neither +1 nor −1, and shapes that do not fit.
    """
    x, w, sense = (as_numbers(one) for one in (x, w, sense))
    if x.ndim not in (2, 3) or 0 in x.shape:
        raise MethodError("figures must be (m, n) or (s, m, n) and not empty, and are {shape}", shape=str(x.shape))
    n = x.shape[-1]
    if w.ndim not in (1, 2) or w.shape[-1] != n or not w.size:
        raise MethodError("{n} weights are needed, (n,) or (s, n), and they are {shape}", n=n, shape=str(w.shape))
    if sense.shape != (n,) or not (np.abs(sense) == 1).all():
        raise MethodError("the sense of each of {n} criteria must be +1 or -1", n=n)
    if x.ndim == 3 and w.ndim == 2 and x.shape[0] != w.shape[0]:
        raise MethodError("there are {a} draws of figures and {b} of weights", a=x.shape[0], b=w.shape[0])
    if not np.isfinite(x).all():
        *_, i, j = (int(k) for k in np.argwhere(~np.isfinite(x))[0])
        raise MethodError("the figure in row {i}, column {j} is not a finite number", i=i, j=j)
    return x, normalised(w), sense


def normalised(w: Floats) -> Floats:
    """Weights (n,) or (s, n) divided by their sum. Raises MethodError, naming the column, for what is no weight.

    Many weight vectors whose sums are all 1 but for the rounding of a sum are given back as they are.
    """
    with np.errstate(all="ignore"):
        total = np.einsum("...j->...", w)  # of short rows ten times faster than other sums
    low, high = total.min(), total.max()
    if w.min() >= 0 and low > 1e-200 and high < 1e200:  # the usual case, several times faster
        hair = w.shape[-1] * np.finfo(float).eps
        usual: Floats = w if w.ndim == 2 and low > 1 - hair and high < 1 + hair else w / total[..., None]
        return usual
    if (bad := ~np.isfinite(w)).any():
        raise MethodError("the weight of column {j} is not a finite number", j=int(np.argwhere(bad)[0][-1]))
    if (bad := w < 0).any():
        raise MethodError("the weight of column {j} is negative", j=int(np.argwhere(bad)[0][-1]))
    largest = w.max(axis=-1, keepdims=True)
    if not (largest > 0).all():
        raise MethodError("the weights are all zero")
    w = w / largest  # so that no sum overflows
    share: Floats = w / w.sum(axis=-1, keepdims=True)
    return share


def oriented(x: Floats, sense: Floats, scaling: str, *, bounds: Any = None, target: Any = None) -> Floats:
    """Figures by the scaling named, every column more-is-better: under ``none``, costs change their sign."""
    v = scaled(x, sense, scaling, bounds=bounds, target=target)
    return v * sense if scaling == "none" else v


def refuse_negative(v: Floats, method: str) -> None:
    """Raise MethodError, naming the column, for scaled figures (…, m, n) below 0."""
    if v.min() < 0:
        j = int(np.argwhere(v < 0)[0][-1])
        raise MethodError(
            "{method} needs figures that are at least 0 once scaled, and not column {j}", method=method, j=j
        )


def weighted_sum(terms: Floats, w: Floats, out: Floats | None = None) -> Floats:
    """Σ_j w_j t_ij: terms (m, n) or (s, m, n), weights (n,) or (s, n) → (m,) or (s, m), in ``out`` if it is given."""
    found: Floats
    if terms.ndim == 2:
        found = np.matmul(w, terms.T, out=out)
    elif w.ndim == 1:
        found = np.matmul(terms, w, out=out)
    else:
        found = np.matmul(terms, w[..., None], out=None if out is None else out[..., None])[..., 0]
    return found


def compared_sum(terms: Floats, w: Floats) -> Floats:
    """The same, kept in memory one candidate after the other, which is better where candidates are then compared.

    The largest of each draw, say, is found for all draws at once; going along rows of m would be several times slower.
    """
    return (terms @ w.T).T if terms.ndim == w.ndim == 2 else weighted_sum(terms, w)


def weighted_columns(terms: Floats, w: Floats) -> Iterator[Floats]:
    """w_j t_ij of one criterion after the other, each (m,) or (s, m): never all of them, (s, m, n), at once."""
    weights = np.ascontiguousarray(w.T)
    for j, weight in enumerate(weights):
        column = terms[..., j]
        if weight.ndim == 1 and column.ndim == 1:
            yield (column[:, None] * weight).T  # in memory as in compared_sum
        else:
            yield weight[..., None] * column


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

    _by_parts(lambda: fill, len(w), _rows(x, per_score), found.size)
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

    _by_parts(filler, len(w), rows, found.size)
    return found


@contextmanager
def one_factor_at_a_time(length: int) -> Iterator[None]:
    """For products of ``length`` numbers with one: NumPy would first repeat the one, to have longer products to do."""
    usual = np.setbufsize(max(16, length // 16 * 16))
    try:
        yield
    finally:
        np.setbufsize(usual)


def over_figures(score: Callable[[Any, Any], Floats], x: Any, w: Any) -> Floats:
    """``score`` of figures that vary (s, m, n), a block of draws at a time; of all others, in one go."""
    x = as_numbers(x)
    rows = max(1, FIGURES // max(1, x[:1].size))
    if x.ndim != 3 or len(x) <= rows or (np.ndim(w) == 2 and len(w) != len(x)):
        return score(x, w)
    w = as_numbers(w)
    found = np.empty(x.shape[:2])

    def fill(part: slice) -> None:
        found[part] = score(x[part], w[part] if w.ndim == 2 else w)

    _by_parts(lambda: fill, len(x), rows, x.size)
    return found


def _rows(x: Floats, per_score: int = 1) -> int:
    """How many weight vectors a block has, of figures (m, n)."""
    return max(1, min(BLOCK // (len(x) * per_score), PRODUCT // x.size))


def _by_parts(filler: Callable[[], Callable[[slice], None]], draws: int, rows: int, size: int) -> None:
    """Fill every part of up to ``rows`` draws; of many numbers, ``size`` in all, on all processors at once.

    ``filler`` makes what fills a part, once for each thread.
    """
    parts = [slice(begin, min(begin + rows, draws)) for begin in range(0, draws, rows)]
    threads = min(_processors(), len(parts), size // MANY + 1)

    def share(first: int) -> None:
        fill = filler()
        for part in parts[first::threads]:
            fill(part)

    if threads == 1:
        return share(0)

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:  # NumPy lets others work while it computes
        for done in [pool.submit(copy_context().run, share, first) for first in range(threads)]:
            done.result()
    return None


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
