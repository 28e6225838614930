"""Draws of weights and figures in fixed chunks, each with its own seed: the same bytes however many share the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from techprio import scaling
from techprio.hall import SHAPES, Flags, Floats, Problem, ValueFunction, frozen
from techprio.robustness import shapes

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


def chunks(draws: int, seed: int, size: int = CHUNK) -> Iterator[Chunk]:
    """The chunks of ``size`` that make up ``draws``. Figures have a seed of their own: whether they vary moves no
    weight."""
    for child in np.random.SeedSequence(seed).spawn(-(-draws // size)):
        weights, figures = child.spawn(2)
        yield Chunk(min(size, draws), weights, figures)
        draws -= size


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
class Linked:
    """Cells of one candidate whose figures are correlated."""

    cells: NDArray[np.intp]
    factor: Floats
    """(c, c) times its transpose: the correlations of the normal numbers that order the draws."""
    sign: Floats
    """(c,) −1 where a larger place in the range is a smaller figure."""


@dataclass(frozen=True, slots=True, eq=False)
class FigureSpace:
    """The figures that are not certain, as ``k`` cells in row order.

    A cell is drawn as a place t in its range, from 0 to 1, in its own shape; uniform, and a value itself, where the
    figure is missing.
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
    shaped: tuple[tuple[str, NDArray[np.intp]], ...] = ()
    """(shape, cells) of those that are not drawn from a triangle."""
    odds: Floats = field(default_factory=lambda: frozen(np.zeros((0, 2))))
    """(k, 2) of the shape ``levels``: the probabilities of t = 0 and t = 1."""
    linked: tuple[Linked, ...] = ()
    grid: tuple[int, int] | None = field(init=False)
    """(candidates, criteria) if every candidate with an uncertain figure is uncertain on the same criteria."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "grid", _grid(self.rows, self.columns))

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
            _shaped(problem, rows, columns, blank),
            frozen(problem.odds[rows, columns] if problem.odds.size else np.zeros((len(rows), 2))),
            tuple(_linked(problem, rows, columns, blank)),
        )

    @property
    def k(self) -> int:
        return len(self.rows)

    def draw(self, rng: np.random.Generator, size: int, room: Floats | None = None) -> Floats:
        """(size, k) places in the ranges, made in ``room`` (3, size, k) if there is one.

        Where figures are correlated, so they are among these draws as a whole.
        """
        room = np.empty((3, size, self.k)) if room is None else room
        others = sum(len(cells) for _, cells in self.shaped)
        mode = np.nan_to_num(self.mode) if others else self.mode
        t = shapes.triangular(rng, mode, room) if others < self.k else room[0]
        for shape, cells in self.shaped:
            if shape == "uniform":
                t[:, cells] = rng.random((size, len(cells)))
            elif shape == "levels":
                t[:, cells] = shapes.levels(rng, size, self.mode[cells], self.odds[cells])
            else:
                t[:, cells] = {"pert": shapes.pert, "normal": shapes.normal}[shape](rng, size, self.mode[cells])
        for linked in self.linked:
            shapes.reordered(t, rng, linked.cells, linked.factor, linked.sign)
        return t

    def values(self, t: Floats, room: Floats | None = None) -> Floats:
        """Places in the ranges (…, k) → values, made in ``room`` if there is one."""
        found: Floats = np.multiply(t, self.value_high - self.value_low, out=room)
        found += self.value_low
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


def _grid(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> tuple[int, int] | None:
    across = int(np.count_nonzero(rows == rows[0])) if len(rows) else 1
    if not len(rows) or len(rows) % across:
        return None
    rows, columns = rows.reshape(-1, across), columns.reshape(-1, across)
    return (len(rows), across) if (columns == columns[0]).all() and (rows == rows[:, :1]).all() else None


def _shaped(
    problem: Problem, rows: NDArray[np.intp], columns: NDArray[np.intp], blank: Flags
) -> tuple[tuple[str, NDArray[np.intp]], ...]:
    """(shape, cells) but for the triangular ones; missing figures are uniform."""
    stated = problem.shapes[rows, columns] if problem.shapes.size else np.zeros(len(rows), np.int8)
    of_cell = np.where(blank, SHAPES.index("uniform"), stated)
    groups = ((shape, np.flatnonzero(of_cell == i)) for i, shape in enumerate(SHAPES))
    return tuple((shape, cells) for shape, cells in groups if shape != "triangular" and len(cells))


def _linked(problem: Problem, rows: NDArray[np.intp], columns: NDArray[np.intp], blank: Flags) -> Iterator[Linked]:
    """The cells of each candidate that hang together: a missing figure is drawn as a value, which may fall with it."""
    if not problem.correlations.size:
        return
    falling = np.array([f.value[-1] < f.value[0] for f in problem.value_functions])
    apart = problem.correlations * (1 - np.eye(problem.n))
    for i in np.unique(rows):
        cells = np.flatnonzero(rows == i)
        cells = cells[(apart[np.ix_(columns[cells], columns[cells])] != 0).any(axis=1)]
        if len(cells):
            normal = shapes.pearson(problem.correlations[np.ix_(columns[cells], columns[cells])])
            factor = np.linalg.cholesky(normal + 1e-10 * np.eye(len(cells)))
            sign = np.where(blank[cells] & falling[columns[cells]], -1.0, 1.0)
            yield Linked(cells, frozen(factor), frozen(sign))
