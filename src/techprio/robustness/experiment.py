"""Scores of many draws at once: how a problem is scored, and everything that a chunk of draws needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Floats, frozen
from techprio.robustness.draws import CHUNK, Chunk, FigureSpace, chunks
from techprio.robustness.sampling import Sampler

BLOCK = 15_000
"""Numbers that are worked on at once: what stays in the cache, and less than 128 KiB, from which size on memory is
fetched from the system anew each time …"""
SCORES = 30_000
"""Scores that are ranked and counted at once: less work than drawing figures, so calling weighs more."""
LEAST_ROWS = 8
"""… but at least so many draws, or calling costs more than computing."""
DENSE = 2048
"""Up to so many candidates are counted in tables of candidates by ranks or by candidates."""
SMALL_CHUNK = 128
"""Draws that share a seed where there are more candidates: enough chunks to share out."""


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Scores that are sums of weighted terms: one matrix product for what is certain, and the rest cell by cell."""

    terms: Floats
    """(m, n) at the stated figures."""
    term: Callable[[Floats], Floats]
    """Values → terms."""
    link: Callable[[Floats], Floats] | None
    figures: FigureSpace
    certain: Floats = field(init=False)
    """(m, n) the terms, 0 where figures vary."""
    touched: NDArray[np.intp] | slice = field(init=False)
    """The candidates whose figures vary."""
    starts: NDArray[np.intp] = field(init=False)
    """Where their cells begin."""

    def __post_init__(self) -> None:
        certain = np.array(self.terms)
        certain[self.figures.rows, self.figures.columns] = 0
        touched, starts = np.unique(self.figures.rows, return_index=True)
        everybody = len(touched) == len(self.terms)
        object.__setattr__(self, "certain", frozen(certain))
        object.__setattr__(self, "touched", slice(None) if everybody else touched)
        object.__setattr__(self, "starts", starts)

    def __call__(self, w: Floats, t: Floats | None, room: Floats | None = None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → scores (s, m); ``room`` is (s, k)."""
        if t is None:
            scores = w @ self.terms.T
        else:
            scores = w @ self.certain.T
            scores[:, self.touched] += self._varying(w, self.term(self.figures.values(t, room)))
        return self.link(scores) if self.link else scores

    def _varying(self, w: Floats, terms: Floats) -> Floats:
        """Weights (s, n) and the terms of the cells (s, k) → what they add to the candidates touched."""
        f = self.figures
        if grid := f.grid:
            weights = w[:, f.columns[: grid[1]], None]
            added: Floats = np.matmul(terms.reshape(len(terms), *grid), weights)[..., 0]
            return added
        weighted = np.take(w, f.columns, axis=1, mode="clip")
        weighted *= terms
        return np.asarray(np.add.reduceat(weighted, self.starts, axis=1))


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

    def __call__(self, w: Floats, t: Floats | None, room: Floats | None = None) -> Floats:
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

    def chunks(self, draws: int, seed: int) -> list[Chunk]:
        """The chunks of so many draws; how large they are depends on the number of candidates alone."""
        return list(chunks(draws, seed, CHUNK if self.m <= DENSE else SMALL_CHUNK))

    def blocks(self, chunk: Chunk) -> Iterator[tuple[Floats, Floats]]:
        """Weights (b, n) and scores (b, m) of a chunk, a block at a time; the scores may be overwritten."""
        w = self.sampler.draw(np.random.default_rng(chunk.weights), chunk.size)
        if not self.scorer.figures.k:
            for rows in np.array_split(w, -(-chunk.size // _rows(self.m, SCORES))):
                yield rows, self.scorer(rows, None)
            return
        held: list[Floats] = []
        begin = end = 0
        for t, room in self.places(chunk):
            held.append(self.scorer(w[end : end + len(t)], t, room))
            end += len(t)
            if end - begin >= _rows(self.m, SCORES) or end == chunk.size:
                yield w[begin:end], np.concatenate(held)
                begin, held = end, []

    def places(self, chunk: Chunk) -> Iterator[tuple[Floats, Floats]]:
        """Where in their ranges the figures of a chunk are, a block at a time, and room to work in: both (b, k).

        There must be uncertain figures. Correlated ones are drawn for the chunk as a whole. All blocks are made in the
        same memory.
        """
        figures, rng = self.scorer.figures, np.random.default_rng(chunk.figures)
        whole = figures.draw(rng, chunk.size) if figures.linked else None
        size = min(_rows(figures.k, BLOCK), chunk.size)
        memory = np.empty(3 * size * figures.k)
        for begin in range(0, chunk.size, size):
            count = min(size, chunk.size - begin)
            room = memory[: 3 * count * figures.k].reshape(3, count, figures.k)
            t = figures.draw(rng, count, room) if whole is None else whole[begin : begin + count]
            yield t, room[2]


def _rows(across: int, block: int) -> int:
    """How many draws are worked on at once, of so many numbers each."""
    return max(LEAST_ROWS, block // across)
