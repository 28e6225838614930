"""Each candidate in two dimensions: how attractive and how feasible it is, the risk shown and not averaged away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.build import known
from techprio.errors import UsageError
from techprio.hall import Flags, Floats, Problem, Words, frozen
from techprio.robustness.draws import FigureSpace, chunks, stated_values
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Effort
from techprio.robustness.space import WeightSpace
from techprio.run import Choices, prepare, rank
from techprio.study.folder import Study
from techprio.tables import rounded
from techprio.verdict import Verdict
from techprio.wording import language

USUAL = (
    "feasibility",
    "capability",
    "capacity",
    "delivery",
    "readiness",
    "resources",
    "cost",
    "costs",
    "risk",
    "risks",
)
"""Branches that are taken for feasibility where nobody says which they are."""
BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TradeOff:
    """Two sums of values, each from 0 to 1, and where the draws put them."""

    verdict: Verdict
    feasibility: tuple[str, ...]
    """The branches that make up the one; the others make up the other."""
    attractiveness: tuple[str, ...]
    x: Floats
    """(m,) feasibility at the stated weights and figures."""
    y: Floats
    """(m,) attractiveness."""
    x_range: Floats
    """(2, m) its 5 % and 95 % quantiles over the draws."""
    y_range: Floats
    """(2, m)"""
    front: Flags
    """(m,) no other candidate is at least as good in both and better in one."""
    risk: str | None
    """The criterion that says how risky a candidate is."""
    risk_values: Floats | None
    """(m,) its value: 1 is the least risk."""

    def names(self, branches: Sequence[str]) -> list[Words]:
        """The names of some branches."""
        p = self.verdict.problem
        return [p.branch_names[p.branches.index(id)] for id in branches]

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate in rank order."""
        p = self.verdict.problem
        return [
            {
                "id": p.candidates[i],
                "name": language("en").text(p.names[i]),
                "rank": int(self.verdict.ranks[i]),
                "feasibility": rounded(self.x[i]),
                "feasibility_5": rounded(self.x_range[0, i]),
                "feasibility_95": rounded(self.x_range[1, i]),
                "attractiveness": rounded(self.y[i]),
                "attractiveness_5": rounded(self.y_range[0, i]),
                "attractiveness_95": rounded(self.y_range[1, i]),
                "front": bool(self.front[i]),
                "risk_value": None if self.risk_values is None else rounded(self.risk_values[i]),
            }
            for i in self.verdict.order
        ]


def trade_off(
    study: Study,
    choices: Choices,
    feasibility: Sequence[str] | None = None,
    risk: str | None = None,
    *,
    verdict: Verdict | None = None,
) -> TradeOff:
    """Set what makes a candidate attractive against what makes it feasible.

    ``feasibility`` names top branches; left out: those with a usual name (``USUAL``). The others are attractiveness.
    ``risk`` names a criterion; left out: the one whose id speaks of risk.
    """
    p = prepare(study, choices)
    problem, trial = p.problem, p.trial
    parts = _feasibility(problem, feasibility)
    inside = np.array([problem.branches[b] in parts for b in problem.branch_of])
    weights = np.where(np.stack([inside, ~inside]), problem.weights, 0.0)
    if not (weights.sum(axis=1) > 0).all():
        raise UsageError("feasibility and attractiveness must both weigh something: name some of the top branches")
    x, y = _two(stated_values(problem), problem.weights[None], inside)[0]
    draws = np.concatenate(list(_drawn(problem, trial.space, trial.effort, inside)))
    ranges = np.quantile(draws, (0.05, 0.95), axis=0)
    criterion = _risk(problem, risk)
    return TradeOff(
        verdict or rank(study, choices),
        tuple(id for id in problem.branches if id in parts),
        tuple(id for id in problem.branches if id not in parts),
        frozen(x),
        frozen(y),
        frozen(ranges[:, 0]),
        frozen(ranges[:, 1]),
        frozen(pareto(x, y), bool),
        criterion,
        None if criterion is None else frozen(stated_values(problem)[:, problem.column(criterion)]),
    )


def pareto(x: Floats, y: Floats) -> Flags:
    """(m,) who is not dominated: nobody is at least as good in both and better in one."""
    at_least = (x >= x[:, None]) & (y >= y[:, None])
    better = (x > x[:, None]) | (y > y[:, None])
    return np.asarray(~(at_least & better).any(axis=1))


def _feasibility(problem: Problem, named: Sequence[str] | None) -> tuple[str, ...]:
    if named is None:
        named = [id for id in problem.branches if id in USUAL]
    for id in named:
        known(id, problem.branches, "there is no branch {id} at the top of the tree")
    if not named or len(set(named)) == len(problem.branches):
        raise UsageError(
            "say which branches make a candidate feasible, and leave others to make it attractive: {branches}",
            branches=", ".join(problem.branches),
        )
    return tuple(named)


def _risk(problem: Problem, named: str | None) -> str | None:
    if named is not None:
        return known(named, problem.criteria, "there is no criterion {id}")
    return next((id for id in problem.criteria if "risk" in id), None)


def _drawn(problem: Problem, space: WeightSpace, effort: Effort, inside: Flags) -> Iterator[Floats]:
    """[(s, 2, m)] both sums in draws of weights and figures together: those of the ranking."""
    sampler, figures, stated = Sampler.of(space), FigureSpace.of(problem), stated_values(problem)
    for chunk in chunks(effort.draws, effort.seed):
        w = sampler.draw(np.random.default_rng(chunk.weights), chunk.size)
        rng = np.random.default_rng(chunk.figures)
        for begin in range(0, chunk.size, BLOCK):
            rows = w[begin : begin + BLOCK]
            v = np.broadcast_to(stated, (len(rows), *stated.shape)).copy()
            if figures.k:
                v[:, figures.rows, figures.columns] = figures.values(figures.draw(rng, len(rows)))
            yield _two(v, rows, inside)


def _two(v: Floats, w: Floats, inside: Flags) -> Floats:
    """Values (s, m, n) or (m, n), weights (s, n) → (s, 2, m): the weighted mean inside, and that outside."""
    parts = []
    for among in (inside, ~inside):
        own = w[:, among]
        own = own / np.maximum(own.sum(axis=1, keepdims=True), 1e-300)
        parts.append((v[..., among] @ own[:, :, None])[..., 0])
    return np.stack(parts, axis=1)
