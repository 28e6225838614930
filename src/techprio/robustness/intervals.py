"""How far one weight may move before the winner, the list or the order changes.

Where a score is linear in the weights, the order of two candidates changes at one weight only, which is solved for:
Mareschal, B. (1988). Weight stability intervals in multicriteria decision aid. European Journal of Operational Research
33(1), 54–64; Triantaphyllou, E. & Sánchez, A. (1997). A sensitivity analysis approach for some deterministic
multi-criteria decision making methods. Decision Sciences 28(1), 151–194, theorem 2. Otherwise the weight is tried at
many places, and the first change is closed in on by bisection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Branching, Cut, Floats, Problem
from techprio.ranking import listed, ordered, ranks

Ints = NDArray[np.int64]
Aim = Literal["winner", "list", "order"]
GRID = 200
"""Places at which a weight is tried on each side, where nothing is solved for."""
HALVINGS = 40
SAME = 1e-12
"""Two weights are taken for one if they differ by no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """All weight vectors that one node's weight leads to: ``start`` + t · ``step``, both (n,), t from 0 to 1."""

    node: str
    start: Floats
    step: Floats
    now: float
    """t of the stated weights: the node's share among its siblings."""
    above: float
    """The share of its branch in the whole; times t it is the node's own."""

    def at(self, t: Floats) -> Floats:
        """Weights (s, n) at places t (s,)."""
        w: Floats = self.start + t[:, None] * self.step
        return np.maximum(w, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """Between which weights of a node something stays as it is, as shares of the whole."""

    node: str
    aim: Aim
    now: float
    low: float
    high: float
    before: tuple[tuple[int, ...], tuple[int, ...]] | None
    """Below ``low``: candidates that come up, candidates that go down; None if nothing ever changes."""
    after: tuple[tuple[int, ...], tuple[int, ...]] | None
    most: float
    """What the node can weigh at the most: all that its branch has."""


def node_lines(problem: Problem) -> list[Line]:
    """A line for each node of the tree whose siblings share what it leaves, in their own proportions, top down."""
    return list(_lines_below(problem.tree, problem.weights)) if problem.tree else leaf_lines(problem)


def _lines_below(branch: Branching, w: Floats) -> Iterator[Line]:
    columns = [_columns(child) for child in branch.children]
    shares = [float(w[part].sum()) for part in columns]
    above = sum(shares)
    for child, part, share in zip(branch.children, columns, shares, strict=True):
        inner = w[part] / share if share > 0 else (np.ones(1) if len(part) == 1 else None)
        if inner is not None and above - share > SAME:
            start, step = w.copy(), np.zeros(len(w))
            inside = np.concatenate(columns)
            rest = np.setdiff1d(inside, part)
            start[part] = 0.0
            start[rest] = w[rest] * above / (above - share)
            step[part], step[rest] = above * inner, -start[rest]
            yield Line(_name(child), start, step, share / above, above)
        if isinstance(child, Branching):
            yield from _lines_below(child, w)


def leaf_lines(problem: Problem) -> list[Line]:
    """A line for each criterion, all others keeping their proportions."""
    found = []
    for j, id in enumerate(problem.criteria):
        share = float(problem.weights[j])
        if 1 - share > SAME:
            start = problem.weights / (1 - share)
            start[j] = 0.0
            step = -start
            step[j] = 1.0
            found.append(Line(id, start, step, share, 1.0))
    return found


def named_lines(lines: list[Line], problem: Problem) -> list[Line]:
    """The lines with columns' numbers written as criteria."""
    names = {f"#{j}": id for j, id in enumerate(problem.criteria)}
    return [Line(names.get(each.node, each.node), each.start, each.step, each.now, each.above) for each in lines]


def _columns(child: Branching | int) -> NDArray[np.intp]:
    if isinstance(child, int):
        return np.array([child])
    return np.concatenate([_columns(c) for c in child.children])


def _name(child: Branching | int) -> str:
    return child.id if isinstance(child, Branching) else f"#{child}"


# -- intervals ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """What is compared along a line."""

    scores: Callable[[Floats], Floats]
    """Weights (s, n) → scores (s, m)."""
    unit: Literal["one", "largest"]
    cut: Cut | None

    def states(self, w: Floats, aim: Aim) -> Floats:
        """What ``aim`` means at weights (s, n), as numbers (s, m): ranks, or who wins or is listed."""
        scores = self.scores(w)
        if aim == "order":
            return ranks(scores, self.unit).astype(float)
        order, better = ordered(scores, self.unit)
        flags = listed(order, better, Cut(1) if aim == "winner" or self.cut is None else self.cut)
        found = np.zeros(order.shape)
        np.put_along_axis(found, order, flags.astype(float), axis=1)
        return found


def interval(line: Line, judge: Judge, aim: Aim, terms: Floats | None) -> Interval:
    """How far the line's node may move: exact where weighted ``terms`` (m, n) order the candidates; None: tried."""
    now = judge.states(line.at(np.array([line.now])), aim)[0]
    ends, changes = [], []
    for side in (-1, 1):
        found = (
            _solved(line, judge, aim, terms, now, side) if terms is not None else _tried(line, judge, aim, now, side)
        )
        ends.append((0.0 if side < 0 else 1.0) if found is None else found[0])
        changes.append(None if found is None else _moved(now, found[1], aim))
    low, high = ends
    return Interval(
        line.node, aim, line.now * line.above, low * line.above, high * line.above, changes[0], changes[1], line.above
    )


def _solved(line: Line, judge: Judge, aim: Aim, terms: Floats, now: Floats, side: int) -> tuple[float, Floats] | None:
    """The nearest crossing on one side beyond which ``aim`` differs, and what it is there."""
    at = crossings(terms @ line.start, terms @ line.step)
    at = at[(at > line.now + SAME) & (at < 1)] if side > 0 else at[(at < line.now - SAME) & (at > 0)][::-1]
    stops = np.concatenate([[line.now], at, [1.0 if side > 0 else 0.0]])
    for begin in range(0, len(stops) - 1, 64):
        some = stops[begin : begin + 65]
        states = judge.states(line.at((some[:-1] + some[1:]) / 2), aim)
        changed = np.flatnonzero((states != now).any(axis=1) & (np.abs(np.diff(some)) > 0))
        if len(changed):
            return float(some[changed[0]]), states[changed[0]]
    last = judge.states(line.at(stops[-1:]), aim)[0]  # a weight of 0, or all the weight, may make a tie
    return None if (last == now).all() else (float(stops[-1]), last)


def crossings(level: Floats, slope: Floats) -> Floats:
    """Where any two of the straight lines ``level`` + t · ``slope`` (m,) meet, in rising order."""
    one, other = np.triu_indices(len(level), 1)
    gap, drift = level[one] - level[other], slope[other] - slope[one]
    moving = np.abs(drift) > 1e-15
    at = np.unique(gap[moving] / drift[moving])
    return at[np.concatenate([[True], np.diff(at) > SAME])] if len(at) else at


def _tried(line: Line, judge: Judge, aim: Aim, now: Floats, side: int) -> tuple[float, Floats] | None:
    """The first change on one side among many places, closed in on by bisection."""
    end = 1.0 if side > 0 else 0.0
    places = np.linspace(line.now, end, GRID + 1)
    states = judge.states(line.at(places), aim)
    changed = np.flatnonzero((states != now).any(axis=1))
    if not len(changed):
        return None
    k = int(changed[0])
    same, other, found = places[max(k - 1, 0)], places[k], states[k]
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        state = judge.states(line.at(np.array([middle])), aim)[0]
        if (state == now).all():
            same = middle
        else:
            other, found = middle, state
    return float(other), found


def _moved(now: Floats, then: Floats, aim: Aim) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who comes up and who goes down between two states."""
    gain = now - then if aim == "order" else then - now
    return tuple(map(int, np.flatnonzero(gain > 0))), tuple(map(int, np.flatnonzero(gain < 0)))
