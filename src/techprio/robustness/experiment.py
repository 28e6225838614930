"""Scores of many draws at once: how a problem is scored, and everything that a chunk of draws needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Floats, frozen
from techprio.memory import lent
from techprio.methods.sums import weighted_sum
from techprio.robustness.draws import CHUNK, Chunk, FigureSpace, chunks
from techprio.robustness.sampling import Sampler

BLOCK = 15_000
"""Numbers that are worked on at once: what stays in the cache, and less than 128 KiB, from which size on memory is
fetched from the system anew each time …"""
SCORES = 60_000
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

    def __call__(self, w: Floats, t: Floats | None, room: Floats | None = None, out: Floats | None = None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → scores (s, m).

        Values are made in ``room`` (s, k), and scores in ``out`` (s, m), if there is any.
        """
        scores = weighted_sum(self.terms if t is None else self.certain, w, out)
        if t is not None:
            scores[:, self.touched] += self._varying(w, self.term(self.figures.values(t, room)))
        return put(self.link(scores), out) if self.link else scores

    def _varying(self, w: Floats, terms: Floats) -> Floats:
        """Weights (s, n) and the terms of the cells (s, k) → what they add to the candidates touched."""
        f = self.figures
        if grid := f.grid:
            weights = w.take(f.columns[: grid[1]], axis=1)[..., None]
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

    def __call__(self, w: Floats, t: Floats | None, room: Floats | None = None, out: Floats | None = None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → scores (s, m), in ``out`` if there is
        any."""
        if t is None:
            return put(self.function(self.x, w), out)
        x = np.broadcast_to(self.x, (len(w), *self.x.shape)).copy()
        f = self.figures
        x[:, f.rows, f.columns] = f.values(t) if self.as_values else f.figures(t)
        return put(self.function(x, w), out)


def put(scores: NDArray[Any], out: Floats | None) -> Floats:
    """``scores``, in ``out`` if there is any."""
    if out is None:
        return scores
    out[...] = scores
    return out


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

    def blocks(self, chunks: Sequence[Chunk]) -> Iterator[tuple[int, Floats, Floats]]:
        """Of chunk after chunk, a block at a time: its first draw's place in the chunk, weights (b, n), scores (b, m).

        The scores may be overwritten. All blocks are made in the same memory: to fetch it from the system anew for each
        costs more than a product.
        """
        k, across = self.scorer.figures.k, self.sampler.space.n
        rows = _rows(self.m, SCORES)
        if k:  # whole blocks of figures
            rows = -(-rows // _rows(k, BLOCK)) * _rows(k, BLOCK)
        most = max((chunk.size for chunk in chunks), default=0)
        places = self.places(chunks)
        with lent((min(rows, most), self.m)) as memory, lent((most, across)) as weights:
            for chunk in chunks:
                drawn = self.sampler.blocks(np.random.default_rng(chunk.weights), rows, weights[: chunk.size])
                for begin, w in zip(range(0, chunk.size, rows), drawn, strict=True):
                    scores = memory[: len(w)]
                    self._score(w, scores, places if k else None)
                    yield begin, w, scores

    def _score(self, w: Floats, scores: Floats, places: Iterator[tuple[Floats, Floats]] | None) -> None:
        """Make the scores (b, m) of weights (b, n) and, if figures vary, of the next ``places``."""
        if places is None:
            self.scorer(w, None, out=scores)
            return
        done = 0
        while done < len(w):
            t, room = next(places)
            part = slice(done, done + len(t))
            self.scorer(w[part], t, room, scores[part])
            done += len(t)

    def places(self, chunks: Sequence[Chunk]) -> Iterator[tuple[Floats, Floats]]:
        """Where in their ranges the figures of chunks are, a block at a time, and room to work in: both (b, k).

        There must be uncertain figures. Correlated ones are drawn for a chunk as a whole. All blocks are made in the
        same memory.
        """
        figures = self.scorer.figures
        size = min(_rows(figures.k, BLOCK), max((chunk.size for chunk in chunks), default=0))
        with lent((3 * size * figures.k,)) as memory:
            for chunk in chunks:
                rng = np.random.default_rng(chunk.figures)
                whole = figures.draw(rng, chunk.size) if figures.linked else None
                for begin in range(0, chunk.size, size):
                    count = min(size, chunk.size - begin)
                    room = memory[: 3 * count * figures.k].reshape(3, count, figures.k)
                    t = figures.draw(rng, count, room) if whole is None else whole[begin : begin + count]
                    yield t, room[2]


def _rows(across: int, block: int) -> int:
    """How many draws are worked on at once, of so many numbers each."""
    return max(LEAST_ROWS, block // across)
