"""Draws of weights and figures in fixed chunks, each with its own seed: the same bytes however many share the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio import scaling
from techprio.hall import Floats, Problem, ValueFunction, frozen

CHUNK = 4096
"""Draws that share a seed."""

NOMINAL_OF_MISSING = {"interval": 0.5, "neutral": 0.5, "worst": 0.0}
"""The value that stands for a missing figure, by the policy of its criterion."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some draws and the seeds of their weights and figures."""

    size: int
    weights: np.random.SeedSequence
    figures: np.random.SeedSequence


def chunks(draws: int, seed: int) -> Iterator[Chunk]:
    """The chunks that make up ``draws``. Figures have a seed of their own: whether they vary moves no weight."""
    for child in np.random.SeedSequence(seed).spawn(-(-draws // CHUNK)):
        weights, figures = child.spawn(2)
        yield Chunk(min(CHUNK, draws), weights, figures)
        draws -= CHUNK


def stated_values(problem: Problem) -> Floats:
    """(m, n) values of the stated figures; missing ones as their policy says."""
    v = scaling.values(problem.x, problem.value_functions)
    stand_in = np.array([NOMINAL_OF_MISSING[policy] for policy in problem.missing])
    return np.where(problem.gaps, stand_in, v)


def stated_figures(problem: Problem) -> Floats:
    """(m, n) the stated figures; missing ones are the figure of the value that stands for them."""
    x = problem.x.copy()
    for i, j in np.argwhere(problem.gaps):
        stand_in = np.array(NOMINAL_OF_MISSING[problem.missing[j]])
        x[i, j] = scaling.figures(stand_in, problem.value_functions[j])
    return x


@dataclass(frozen=True, slots=True, eq=False)
class FigureSpace:
    """The figures that are not certain, as ``k`` cells in row order.

    A cell is drawn as a place t in its range, from 0 to 1: triangular round the stated figure; uniform, and then a
    value itself, where the figure is missing.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    low: Floats
    """(k,) the figure at t = 0."""
    high: Floats
    """(k,) the figure at t = 1."""
    mode: Floats
    """(k,) t of the stated figure; NaN where it is missing."""
    value_low: Floats
    """(k,) the value at t = 0."""
    value_high: Floats
    """(k,) the value at t = 1."""
    curved: tuple[tuple[ValueFunction, NDArray[np.intp]], ...]
    """The cells, by criterion, between whose ends the value function is not a straight line."""
    blank: tuple[tuple[ValueFunction, NDArray[np.intp]], ...]
    """The cells, by criterion, whose figures are missing."""

    @classmethod
    def of(cls, problem: Problem) -> FigureSpace:
        free = np.array([policy == "interval" for policy in problem.missing])
        missing = problem.gaps & free
        rows, columns = np.nonzero(missing | (problem.high > problem.low))
        blank = missing[rows, columns]
        low = np.where(blank, 0.0, problem.low[rows, columns])
        high = np.where(blank, 1.0, problem.high[rows, columns])
        mode = (problem.x[rows, columns] - low) / (high - low)
        value_low, value_high = low.copy(), high.copy()
        curved, blanks = [], []
        for j, function in enumerate(problem.value_functions):
            cells = np.flatnonzero((columns == j) & ~blank)
            value_low[cells] = scaling.value(low[cells], function)
            value_high[cells] = scaling.value(high[cells], function)
            straight = scaling.straight_between(low[cells], high[cells], function)
            if not straight.all():
                curved.append((function, cells[~straight]))
            if (cells := np.flatnonzero((columns == j) & blank)).size:
                blanks.append((function, cells))
        return cls(
            rows,
            columns,
            frozen(low),
            frozen(high),
            frozen(mode),
            frozen(value_low),
            frozen(value_high),
            tuple(curved),
            tuple(blanks),
        )

    @property
    def k(self) -> int:
        return len(self.rows)

    def draw(self, rng: np.random.Generator, size: int) -> Floats:
        """(size, k) places in the ranges."""
        u = rng.random((size, self.k))
        blank = np.isnan(self.mode)
        c = np.where(blank, 0.0, self.mode)
        t = np.where(u < c, np.sqrt(u * c), 1 - np.sqrt((1 - u) * (1 - c)))
        return np.where(blank, u, t) if blank.any() else t

    def values(self, t: Floats) -> Floats:
        """Places in the ranges (…, k) → values."""
        found = self.value_low + t * (self.value_high - self.value_low)
        for function, cells in self.curved:
            x = self.low[cells] + t[..., cells] * (self.high[cells] - self.low[cells])
            found[..., cells] = scaling.value(x, function)
        return found

    def figures(self, t: Floats) -> Floats:
        """Places in the ranges (…, k) → figures."""
        found = self.low + t * (self.high - self.low)
        for function, cells in self.blank:
            found[..., cells] = scaling.figures(t[..., cells], function)
        return found
