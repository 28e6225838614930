"""What drives the uncertainty of the ranking?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, Problem
from techprio.questions.answer import Answer, Case
from techprio.ranking import ranks
from techprio.robustness.draws import FigureSpace
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Progress
from techprio.robustness.sobol import Blocks, Indices, sobol
from techprio.robustness.space import WeightSpace
from techprio.tables import Column, percent
from techprio.wording import Language

BLOCK = 400_000
"""Figures that are drawn at once."""
MOST = 1024
"""Draws of each matrix, at the most."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One thing that varies."""

    kind: str
    """``weights``, ``figures`` or ``method``."""
    id: str
    """A branch; empty: all of them."""


@dataclass(frozen=True, eq=False, repr=False)
class Drivers(Answer):
    """Sobol indices of the average shift in rank, as Saisana, Saltelli & Tarantola (2005) measure it."""

    question = "drivers"
    heading = "what drives the uncertainty of the ranking?"

    factors: tuple[Factor, ...]
    indices: Indices
    methods: tuple[str, ...]
    draws: int

    def rows(self) -> list[dict[str, Any]]:
        """One row a factor, the largest total index first."""
        found = self.indices
        return [
            {
                "factor": self.factors[k].kind,
                "of": self.factors[k].id or None,
                "first": float(found.first[k]),
                "first_low": float(found.first_range[k, 0]),
                "first_high": float(found.first_range[k, 1]),
                "total": float(found.total[k]),
                "total_low": float(found.total_range[k, 0]),
                "total_high": float(found.total_range[k, 1]),
            }
            for k in np.argsort(-found.total, kind="stable")
        ]

    def details(self) -> dict[str, Any]:
        """The shift itself."""
        return {
            "mean_shift": self.indices.mean,
            "variance": self.indices.variance,
            "methods": list(self.methods),
            "draws": self.draws,
        }

    def columns(self) -> list[Column]:
        return [
            Column("what", "what varies"),
            Column("total", "total", "right", percent),
            Column("total_range", "95 %", "right"),
            Column("first", "alone", "right", percent),
            Column("first_range", "95 %", "right", rank=1),
        ]

    def shown(self, row: Any, words: Language) -> Any:
        """A row as the table shows it."""
        ends = {
            f"{name}_range": f"{words.percent(row[f'{name}_low'])} … {words.percent(row[f'{name}_high'])}"
            for name in ("total", "first")
        }
        return {**row, **ends, "what": _in_words(row["factor"], row["of"], words)}

    def sentence(self, words: Language) -> str:
        """What drives it most."""
        if self.indices.variance == 0:
            return words.say("The ranking never moves, whatever varies.")
        top = self.rows()[0]
        return words.say(
            "What moves ranks most: {what}, with {share} of the variance of the average shift, interactions included.",
            what=_in_words(top["factor"], top["of"], words),
            share=words.percent(top["total"]),
        )

    def how(self, words: Language) -> str:
        """Sampled, with bootstrap intervals; how weights are drawn."""
        f = len(self.factors)
        return words.say(
            "Sampled: {n} rankings (seed {seed}), bootstrap intervals; a rank is {shift} places off on "
            "average. Weights between branches, weights within each, figures by branch and the method "
            "({methods}) vary independently.",
            n=self.draws * (f + 2),
            seed=str(self.case.seed),
            shift=words.number(self.indices.mean, 2),
            methods=", ".join(self.methods),
        )


def _in_words(kind: str, id: str | None, words: Language) -> str:
    if kind == "method":
        return words.say("the method")
    if kind == "figures":
        return words.say("figures of {id}", id=id) if id else words.say("all figures")
    return words.say("weights within {id}", id=id) if id else words.say("weights between branches")


def drivers(case: Case, worlds: Sequence[Case], progress: Progress | None = None) -> Drivers:
    """Sobol indices of the average shift in rank over weight blocks, figures by branch and the methods of ``worlds``.

    ``worlds`` hold the same problem under each method; the ranking of ``case`` is what ranks are compared with.
    """
    blocks, figures = _weight_blocks(case), FigureSpace.of(case.problem)
    branch_of = np.array(case.problem.branch_of)[figures.columns] if figures.k else np.zeros(0, int)
    if figures.linked:  # figures that go together across branches cannot vary apart
        branch_of = np.zeros(figures.k, int)
    parts = [np.flatnonzero(branch_of == b) for b in np.unique(branch_of)]
    names = case.problem.branches
    factors = [factor for factor, _ in blocks]
    factors += [Factor("figures", "" if figures.linked else names[branch_of[part[0]]]) for part in parts]
    if len(worlds) > 1:
        factors.append(Factor("method", ""))
    size = int(min(MOST, max(64, case.draws // 8)))
    total, done = size * (len(factors) + 2), 0

    def draw(rng: np.random.Generator, n: int) -> Blocks:
        drawn: list[NDArray[Any]] = [block.draw(rng, n) for _, block in blocks]
        t = figures.draw(rng, n)
        drawn += [t[:, part] for part in parts]
        return [*drawn, rng.integers(0, len(worlds), n)] if len(worlds) > 1 else drawn

    def shift(found: Blocks) -> Floats:
        nonlocal done
        w = _put_together(case.problem, factors, found)
        t = np.zeros((len(w), figures.k))
        for part, each in zip(parts, found[len(blocks) :], strict=False):
            t[:, part] = each
        method = found[-1] if len(worlds) > 1 else np.zeros(len(w), int)
        shifts = _shifts(case, worlds, w, t if figures.k else None, method)
        done += len(w)
        if progress:
            progress(done, total)
        return shifts

    indices = sobol(shift, draw, size, np.random.default_rng(case.seed))
    return Drivers(case, tuple(factors), indices, tuple(world.method.id for world in worlds), size)


def _weight_blocks(case: Case) -> list[tuple[Factor, Sampler]]:
    """Weights that vary independently: between branches, and within each; all at once where statements tie them."""
    p, within = case.problem, case.trial.within
    w, of = p.weights, np.array(p.branch_of)
    if not case.space.is_box or within is None or case.trial.around != case.verdict.weight_set:
        return [(Factor("weights", ""), Sampler.of(case.space))]
    between = np.array([w[of == b].sum() for b in range(len(p.branches))])
    found = [(Factor("weights", ""), Sampler.of(WeightSpace.around(between, within)))]
    for b, id in enumerate(p.branches):
        inside = w[of == b]
        if (inside > 0).sum() > 1:
            found.append((Factor("weights", id), Sampler.of(WeightSpace.around(inside / inside.sum(), within))))
    return found


def _put_together(p: Problem, factors: Sequence[Factor], found: Blocks) -> Floats:
    """Global weights (s, n) from the blocks."""
    first = np.asarray(found[0])
    if first.shape[1] == p.n and len(p.branches) != p.n:
        return first
    of = np.array(p.branch_of)
    w = np.empty((len(first), p.n))
    for b, id in enumerate(p.branches):
        inside = p.weights[of == b]
        own = [
            block for factor, block in zip(factors, found, strict=True) if (factor.kind, factor.id) == ("weights", id)
        ]
        shares = own[0] if own else inside / inside.sum() if inside.sum() > 0 else np.zeros(len(inside))
        w[:, of == b] = first[:, b, None] * shares
    return w


def _shifts(case: Case, worlds: Sequence[Case], w: Floats, t: Floats | None, method: NDArray[np.int64]) -> Floats:
    """The average shift in rank (s,) from the stated ranking."""
    p, found = case.problem, np.empty(len(w))
    step = max(8, BLOCK // (p.m * p.n))
    for number, world in enumerate(worlds):
        rows = np.flatnonzero(method == number)
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            scores = world.way.scorer(w[some], None if t is None else t[some])
            found[some] = np.abs(ranks(scores, world.method.score_unit) - case.verdict.ranks).mean(axis=1)
    return found
