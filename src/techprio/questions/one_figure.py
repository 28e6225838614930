"""The least change of one figure that brings something about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from techprio import scaling
from techprio.hall import Flags, Floats, frozen
from techprio.questions.answer import Case
from techprio.robustness.draws import stated_figures
from techprio.robustness.smaa import Batch, Sum
from techprio.scoring import scoring

Goal = Callable[[Floats], Flags]
"""Scores (s, m) → whether it is reached (s,)."""
PLACES, ROUNDS = 33, 8
"""A range is looked over at so many places, and again between two of them, so many times."""


@dataclass(frozen=True, slots=True, eq=False)
class FigureChange:
    """A least change of one figure."""

    candidate: int
    criterion: int
    was: float
    to: float
    """A whole level on a level scale."""
    value_change: float
    """How far the value moves, of 0 … 1: what changes on different criteria are compared by."""
    possible: bool
    """Whether ``to`` lies in the stated range of the figure."""


def least_change(case: Case, i: int, j: int, goal: Goal) -> FigureChange | None:
    """The least change of the figure of candidate ``i`` on criterion ``j`` that reaches ``goal``; None if none does."""
    now = float(stated_figures(case.problem)[i, j])
    found = [_towards(case, i, j, now, end, goal) for end in _ends(case, j) if end != now]
    changes = [_change(case, i, j, now, to) for to in found if to is not None]
    return min(changes, key=lambda change: change.value_change, default=None)


def least_changes(case: Case, i: int, goal: Goal) -> list[FigureChange]:
    """The least change on each criterion that can reach ``goal`` by itself, the smallest change of value first."""
    weighs = [j for j in range(case.problem.n) if case.problem.weights[j] > 0]
    found = [change for j in weighs if (change := least_change(case, i, j, goal)) is not None]
    return sorted(found, key=lambda change: (change.value_change, change.criterion))


def scores_with(case: Case, i: int, j: int, figures: Floats) -> Floats:
    """The scores (s, m) if candidate ``i`` had each of ``figures`` (s,) on criterion ``j``, at the stated weights."""
    p, scorer = case.problem, case.way.scorer
    as_values = case.verdict.settings.get("scaling") == "value"
    if isinstance(scorer, Sum) and as_values and case.method.cellwise:
        values = scaling.value(figures, p.value_functions[j])
        sums = np.tile(scorer.terms @ p.weights, (len(figures), 1))
        sums[:, i] += p.weights[j] * (scorer.term(values[:, None])[:, 0] - scorer.terms[i, j])
        return scorer.link(sums) if scorer.link else sums
    if isinstance(scorer, Batch):
        x = np.broadcast_to(scorer.x, (len(figures), *scorer.x.shape)).copy()
        x[:, i, j] = scaling.value(figures, p.value_functions[j]) if as_values else figures
        return scorer.function(x, np.broadcast_to(p.weights, (len(figures), p.n)))
    return np.stack([_rescored(case, i, j, float(figure)) for figure in figures])


def _rescored(case: Case, i: int, j: int, figure: float) -> Floats:
    """The scores (m,) of the problem with one figure changed, where a figure touches more than its own term."""
    p = case.problem
    x = p.x.copy()
    x[i, j] = figure
    changed = replace(p, x=frozen(x), low=frozen(x), high=frozen(x))
    return scoring(changed, case.method, case.verdict.settings).scorer(p.weights, None)


def _ends(case: Case, j: int) -> tuple[float, float]:
    """How far a figure may move: the limits of its scale, or else where its value moves no more."""
    low, high = case.problem.limits[j]
    at = case.problem.value_functions[j].at
    return float(at[0] if np.isnan(low) else low), float(at[-1] if np.isnan(high) else high)


def _towards(case: Case, i: int, j: int, now: float, end: float, goal: Goal) -> float | None:
    """The first figure on the way to ``end`` at which the goal is reached."""
    if case.problem.level_scales and case.problem.level_scales[j]:
        steps = np.arange(np.floor(now) + 1, end + 1) if end > now else np.arange(np.ceil(now) - 1, end - 1, -1)
        hits = np.flatnonzero(goal(scores_with(case, i, j, steps.astype(float)))) if len(steps) else steps
        return float(steps[int(hits[0])]) if len(hits) else None
    same, other = now, end
    for _ in range(ROUNDS):
        places = np.linspace(same, other, PLACES)
        reached = np.flatnonzero(goal(scores_with(case, i, j, places)))
        if not len(reached):
            return None
        same, other = float(places[max(int(reached[0]) - 1, 0)]), float(places[reached[0]])
    return other


def _change(case: Case, i: int, j: int, was: float, to: float) -> FigureChange:
    p = case.problem
    before, after = scaling.value(np.array([was, to]), p.value_functions[j])
    possible = p.missing[j] == "interval" if p.gaps[i, j] else bool(p.low[i, j] <= to <= p.high[i, j])
    return FigureChange(i, j, was, to, float(abs(after - before)), possible)
