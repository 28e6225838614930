"""The best set for each of many draws of weights and figures: which candidates are in it however that falls out.

The draws are made in small chunks, each with a seed of its own, so the answer is the same however many processes share
the work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from techprio.hall import Flags, Floats
from techprio.portfolio.model import Amount, Constraint, Model
from techprio.portfolio.solve import Effort
from techprio.robustness.experiment import Scorer
from techprio.robustness.sampling import Sampler
from techprio.robustness.work import shared

CHUNK = 20
"""Draws that share a seed, and are one piece of work."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Valuation:
    """How weights and figures become what candidates add to a set."""

    scorer: Scorer
    counted: Floats
    """(n,) 1 for criteria that count, 0 for those left out because budgets count them."""
    worst: Floats
    """(k,) where in its range each figure is worth least."""
    appetite: float
    baseline: float

    def __call__(self, w: Floats, t: Floats | None) -> Floats:
        """Weights (s, n) and places in the ranges (s, k), or None for the stated figures → (s, m)."""
        w = w * self.counted
        w = w / w.sum(axis=1, keepdims=True)
        values = self.scorer(w, t)
        if self.appetite < 1:
            lowest = self.scorer(w, np.tile(self.worst, (len(w), 1)) if len(self.worst) else None)
            values = self.appetite * values + (1 - self.appetite) * lowest
        return values - self.baseline


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """Everything a chunk of draws needs: it travels to other processes."""

    model: Model
    valuation: Valuation
    sampler: Sampler
    cells: dict[str, list[tuple[int, int]]]
    """Criterion → (candidate, number of its cell among the figures that vary)."""
    at_high: bool
    """Whether budgets are kept at the high ends of costs, and not at the costs drawn."""
    chosen: Flags
    """(m,) the set whose budgets are put to the test."""
    effort: Effort


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """What the draws came to."""

    sets: Flags
    """(s, m) the best set of each draw that has one."""
    values: Floats
    """(s,)"""
    impossible: int
    """Draws in which no set keeps the constraints."""
    kept: Floats
    """(c,) the share of draws in which the chosen set keeps each constraint."""
    unproved: int
    """Draws whose set is not proved best."""

    @property
    def frequency(self) -> Floats:
        """(m,) the share of draws in whose best set each candidate is."""
        return np.asarray(self.sets.mean(axis=0)) if len(self.sets) else np.zeros(self.sets.shape[1])


def trials(experiment: Experiment, draws: int, seed: int, workers: int = 1, progress: Progress | None = None) -> Trials:
    """Solve ``draws`` programs, in this process or in ``workers`` others."""
    sizes = [CHUNK] * (draws // CHUNK) + ([draws % CHUNK] if draws % CHUNK else [])
    parts = list(zip(sizes, np.random.SeedSequence(seed).spawn(len(sizes)), strict=True))
    found: list[_Part] = []
    for each in shared(partial(_chunk, experiment), parts, workers=workers):
        found.append(each)
        if progress:
            progress(min(draws, len(found) * CHUNK), draws)
    return Trials(
        np.concatenate([part.sets for part in found]),
        np.concatenate([part.values for part in found]),
        sum(part.impossible for part in found),
        np.sum([part.kept for part in found], axis=0) / draws,
        sum(part.unproved for part in found),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    sets: Flags
    values: Floats
    impossible: int
    kept: Floats
    unproved: int


_Work = tuple[int, np.random.SeedSequence]


def _chunk(e: Experiment, part: _Work) -> _Part:
    size, seed = part
    of_weights, of_figures, of_resources = (np.random.default_rng(child) for child in seed.spawn(3))
    figures = e.valuation.scorer.figures
    w = e.sampler.draw(of_weights, size)
    t = figures.draw(of_figures, size) if figures.k else None
    values = e.valuation(w, t)
    drawn = figures.figures(t) if t is not None else None
    sets, worth, impossible, unproved = [], [], 0, 0
    kept = np.zeros(len(e.model.constraints))
    for s in range(size):
        constraints = _drawn(e, None if drawn is None else drawn[s], of_resources)
        kept += [c.keeps(e.chosen) for c in constraints]
        rows = e.model.constraints if e.at_high else constraints
        found = e.effort(replace(e.model, values=values[s], constraints=tuple(rows)))
        if found is None:
            impossible += 1
            continue
        sets.append(found.x)
        worth.append(found.value)
        unproved += found.gap > 0
    shape = np.array(sets, bool).reshape(-1, e.model.m)
    return _Part(shape, np.array(worth), impossible, kept, unproved)


def _drawn(e: Experiment, figures: Floats | None, rng: np.random.Generator) -> list[Constraint]:
    """The constraints with the figures of one draw: those of criteria as values read them, resources drawn here."""
    resources: dict[str, Floats] = {}
    found = []
    for constraint in e.model.constraints:
        amount = constraint.amount
        if amount is None:
            found.append(constraint)
            continue
        if amount.of in e.cells:
            row = amount.stated.copy()
            for candidate, cell in e.cells[amount.of] if figures is not None else ():
                row[candidate] = figures[cell]  # type: ignore[index]
        else:
            row = resources.setdefault(amount.of, _triangular(amount, rng))
        found.append(replace(constraint, row=row * amount.share))
    return found


def _triangular(amount: Amount, rng: np.random.Generator) -> Floats:
    """(m,) figures drawn between the ends of their ranges, the stated one the most likely."""
    u = rng.random(len(amount.stated))
    width = np.where(amount.high > amount.low, amount.high - amount.low, 1.0)
    c = np.clip((amount.stated - amount.low) / width, 0, 1)
    t = np.where(u < c, np.sqrt(u * c), 1 - np.sqrt((1 - u) * (1 - c)))
    return np.asarray(amount.low + t * (amount.high - amount.low))
