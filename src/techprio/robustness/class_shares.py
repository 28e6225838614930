"""How often each candidate is in each class, over the draws of weights and figures."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen
from techprio.robustness.draws import Chunk, FigureSpace, chunks
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import BLOCK, LEAST_ROWS, Progress, Scorer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Classes by limits on scores: how many of the rising ``limits`` (k,) a score reaches, in the tenth decimal."""

    scorer: Scorer
    limits: Floats
    unit: str
    """What ten decimals are counted in, as for ranks: ``one``, or the ``largest`` |score|."""
    figures: FigureSpace

    def __call__(self, w: Floats, t: Floats | None) -> Ints:
        scores = self.scorer(w, t)
        unit = 1.0 if self.unit == "one" else np.abs(scores).max(axis=-1, keepdims=True)
        return np.searchsorted(self.limits, scores + 1e-10 * unit, side="right")


@dataclass(frozen=True, slots=True, eq=False)
class Sorter:
    """Everything a chunk of draws needs, and nothing else: it travels to other processes."""

    sort: Scorer | Limits
    """Weights (s, n) and, if figures vary, places in their ranges (s, k) → classes (s, m), 0 the worst."""
    sampler: Sampler
    m: int
    classes: int


def class_shares(
    sorter: Sorter, draws: int, seed: int, *, workers: int = 1, progress: Progress | None = None
) -> Floats:
    """(m, classes) the share of draws in which each candidate is in each class, the same for any ``workers``.

    The draws are those of the ranking with the same seed.
    """
    total, done = np.zeros((sorter.m, sorter.classes), np.int64), 0
    for size, counts in _counts(sorter, list(chunks(draws, seed)), workers):
        total += counts
        done += size
        if progress:
            progress(done, draws)
    return frozen(total / draws)


def _counts(sorter: Sorter, parts: list[Chunk], workers: int) -> Iterator[tuple[int, Ints]]:
    work = partial(_count, sorter)
    if workers <= 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn")) as pool:
        yield from pool.map(work, parts)


def _count(sorter: Sorter, chunk: Chunk) -> tuple[int, Ints]:
    """Draw one chunk, sort, and count (m, classes)."""
    w = sorter.sampler.draw(np.random.default_rng(chunk.weights), chunk.size)
    figures, rng = sorter.sort.figures, np.random.default_rng(chunk.figures)
    counts = np.zeros(sorter.m * sorter.classes, np.int64)
    block = max(LEAST_ROWS, BLOCK // max(sorter.m, figures.k))
    for begin in range(0, chunk.size, block):
        rows = w[begin : begin + block]
        found = sorter.sort(rows, figures.draw(rng, len(rows)) if figures.k else None)
        cells = np.arange(sorter.m) * sorter.classes + found.astype(np.int64)
        counts += np.bincount(cells.ravel(), minlength=len(counts))
    return chunk.size, counts.reshape(sorter.m, sorter.classes)
