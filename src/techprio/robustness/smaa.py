"""Stochastic multicriteria acceptability analysis: how often who is listed, and at which rank, over the draws.

Lahdelma, R. & Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group decision making.
Operations Research 49(3), 444–454.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Floats, frozen
from techprio.ranking import listed, ordered
from techprio.robustness.draws import Chunk, FigureSpace, chunks
from techprio.robustness.sampling import Sampler

Ints = NDArray[np.int64]

Progress = Callable[[int, int], None]
"""Told how many of how many draws are done."""

BLOCK = 16_384
"""Scores that are ranked at once: what stays in the cache …"""
LEAST_ROWS = 8
"""… but at least so many draws, or calling costs more than computing."""
KEPT = 4_000_000
"""Scores that are kept, to compare candidates in pairs."""
DENSE = 2048
"""Up to so many candidates the ranks of each are counted; of more, every rank is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Scores that are sums of weighted terms, cell by cell: one matrix product, corrected where figures vary."""

    terms: Floats
    """(m, n) at the stated figures."""
    term: Callable[[Floats], Floats]
    """Values → terms."""
    link: Callable[[Floats], Floats] | None
    figures: FigureSpace

    def __call__(self, w: Floats, t: Floats | None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → scores (s, m)."""
        scores = w @ self.terms.T
        if t is not None:
            f = self.figures
            change = self.term(f.values(t))
            change -= self.terms[f.rows, f.columns]
            change *= w[:, f.columns]
            rows, starts = np.unique(f.rows, return_index=True)
            scores[:, rows] += np.add.reduceat(change, starts, axis=1)
        return self.link(scores) if self.link else scores


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Scores of any method: drawn figures are put among the others, and the method is called for many draws at once."""

    x: Floats
    """(m, n) what the method reads, at the stated figures."""
    function: Callable[..., Floats]
    """(x, w) → scores."""
    figures: FigureSpace
    as_values: bool
    """Whether the method reads values."""

    def __call__(self, w: Floats, t: Floats | None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → scores (s, m)."""
        if t is None:
            return self.function(self.x, w)
        x = np.broadcast_to(self.x, (len(w), *self.x.shape)).copy()
        f = self.figures
        x[:, f.rows, f.columns] = f.values(t) if self.as_values else f.figures(t)
        return self.function(x, w)


Scorer = Sum | Batch


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """Everything a chunk of draws needs, and nothing else: it travels to other processes."""

    scorer: Scorer
    sampler: Sampler
    score_unit: Literal["one", "largest"]
    cut: Cut | None
    m: int


@dataclass(slots=True, eq=False)
class Tally:
    """What some draws came to."""

    draws: int
    listed: Ints
    """(m,) how often each was on the list."""
    counts: Ints | None
    """(m, m) how often each had each rank, rank 1 first; None where ranks are kept instead."""
    ranks: list[NDArray[np.uint16 | np.uint32]]
    """[(s, m)] the ranks, where there is no table of them."""
    kept: list[Floats]
    """[(s, m)] scores of some of the draws."""

    def add(self, other: Tally) -> None:
        self.draws += other.draws
        self.listed += other.listed
        if self.counts is not None and other.counts is not None:
            self.counts += other.counts
        self.ranks += other.ranks
        self.kept += other.kept


def acceptability(
    experiment: Experiment, draws: int, seed: int, *, workers: int = 1, progress: Progress | None = None
) -> Acceptability:
    """Draw, score, rank and count, in this process or in ``workers`` others: the numbers are the same."""
    total: Tally | None = None
    for found in _tallies(experiment, list(chunks(draws, seed)), workers):
        if total is None:
            total = found
        else:
            total.add(found)
        if progress:
            progress(total.draws, draws)
    assert total is not None  # there is at least one draw
    return Acceptability.of(total, experiment.cut is not None)


def _tallies(experiment: Experiment, parts: list[Chunk], workers: int) -> Iterator[Tally]:
    kept = max(1, KEPT // experiment.m // len(parts))
    work = partial(tally, experiment, kept)
    if workers <= 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn")) as pool:
        yield from pool.map(work, parts)


def tally(experiment: Experiment, kept: int, chunk: Chunk) -> Tally:
    """Draw one chunk, score it, rank it, count it; keep the scores of its first ``kept`` draws."""
    m = experiment.m
    found = Tally(chunk.size, np.zeros(m, np.int64), np.zeros((m, m), np.int64) if m <= DENSE else None, [], [])
    for scores in _scores(experiment, chunk):
        if kept > 0:
            found.kept.append(scores[:kept].copy())
            kept -= len(scores)
        _count(found, scores, experiment)
    return found


def _scores(experiment: Experiment, chunk: Chunk) -> Iterator[Floats]:
    """The chunk's scores, a block at a time."""
    w = experiment.sampler.draw(np.random.default_rng(chunk.weights), chunk.size)
    figures, rng = experiment.scorer.figures, np.random.default_rng(chunk.figures)
    block = max(LEAST_ROWS, BLOCK // max(experiment.m, figures.k))
    for begin in range(0, chunk.size, block):
        rows = w[begin : begin + block]
        yield experiment.scorer(rows, figures.draw(rng, len(rows)) if figures.k else None)


def _count(found: Tally, scores: Floats, experiment: Experiment) -> None:
    m = experiment.m
    order, better = ordered(scores, experiment.score_unit)
    if found.counts is not None:
        found.counts += np.bincount((order * m + better).ravel(), minlength=m * m).reshape(m, m)
    else:
        ranks = np.empty(order.shape, np.uint16 if m < 65_536 else np.uint32)
        ranks[np.arange(len(order))[:, None], order] = better + 1
        found.ranks.append(ranks)
    if experiment.cut is not None:
        found.listed += np.bincount(order[listed(order, better, experiment.cut)], minlength=m)


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How the candidates fare over all draws."""

    draws: int
    p_cut: Floats | None
    """(m,) the share of draws in which each is listed; None without a cut."""
    rank_low: Ints
    """(m,) the 5 % quantile of the rank: the best of a 90 % range."""
    rank_high: Ints
    """(m,) the 95 % quantile."""
    counts: Ints | None
    """(m, m) how often each had each rank; None for very many candidates."""
    kept: Floats
    """(k, m) scores of the first draws of each chunk."""

    @classmethod
    def of(cls, found: Tally, has_cut: bool) -> Acceptability:
        low, high = _quantiles(found, (0.05, 0.95))
        p_cut = frozen(found.listed / found.draws) if has_cut else None
        return cls(found.draws, p_cut, low, high, found.counts, frozen(np.concatenate(found.kept)))

    def apart(self, a: int, b: int) -> float:
        """The share of draws in which ``a`` scores above ``b``, a tie counting half."""
        gap = self.kept[:, a] - self.kept[:, b]
        return float(((gap > 1e-10).mean() + (gap >= -1e-10).mean()) / 2)


def _quantiles(found: Tally, shares: tuple[float, ...]) -> tuple[Ints, ...]:
    """The least rank that at least such a share of the draws does not exceed (inverted distribution function)."""
    at = [int(np.ceil(share * found.draws - 1e-9)) for share in shares]
    if found.counts is not None:
        reached = found.counts.cumsum(axis=1)
        return tuple((reached >= n).argmax(axis=1) + 1 for n in at)
    m = len(found.listed)
    quantiles = np.empty((len(at), m), np.int64)
    for begin in range(0, m, 512):
        part = np.ascontiguousarray(np.concatenate([ranks[:, begin : begin + 512] for ranks in found.ranks]).T)
        part.partition([n - 1 for n in at], axis=1)
        quantiles[:, begin : begin + 512] = part[:, [n - 1 for n in at]].T
    return tuple(quantiles)


def groups(acceptability: Acceptability, order: Ints, confidence: float = 0.95) -> Ints:
    """Groups of ranks that the draws cannot tell apart: (m,) group numbers from 1.

    From the top down, a candidate opens a new group once the best of the present one is above it in at least
    ``confidence`` of the draws. ``order`` (m,) lists the candidates from best to worst.
    """
    group = np.empty(len(order), np.int64)
    first, number = order[0], 1
    for candidate in order:
        if acceptability.apart(first, candidate) >= confidence:
            first, number = candidate, number + 1
        group[candidate] = number
    return group
