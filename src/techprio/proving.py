"""What is proved of a ranking: for all admissible weights, and for all figures within their ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, Problem
from techprio.methods import Method
from techprio.robustness.bands import SURE_DEFEAT, SURE_DEFEAT_LINKED, Proof, prove
from techprio.robustness.certificates import Ground, always_by_groups, document, never_by_groups, sealed
from techprio.robustness.extremes import Extreme, best_rank, worst_rank
from techprio.robustness.smaa import Sum
from techprio.robustness.space import WeightSpace
from techprio.scoring import Scoring

Ints = NDArray[np.int64]
MOST_GROUPS = 200
"""Up to so many candidates proofs by groups and extreme ranks are sought."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Proofs at the stated figures, and over their ranges where that was asked for."""

    ground: Ground
    proof: Proof
    ranges: tuple[Ground, Proof] | None = None
    """None, too, where the ranges cannot be bounded cell by cell."""
    groups: tuple[dict[str, Any], ...] = ()
    """Claims at the stated figures that pairs alone do not prove."""
    best: tuple[Extreme, ...] = ()
    worst: tuple[Extreme, ...] = ()

    @property
    def whole(self) -> Proof:
        """The proof at the stated figures with what the groups add."""
        always, never = self.proof.always.copy(), self.proof.never.copy()
        ids = list(self.ground.candidates)
        for claim in self.groups:
            (always if claim["claim"] == "always listed" else never)[ids.index(claim["candidate"])] = True
        return Proof(always, never, self.proof.pairs)

    def certificates(self) -> list[dict[str, Any]]:
        """Every proof as plain data."""
        found = [document(self.ground, self.proof, self.groups)]
        if self.best:
            found[0]["extreme_ranks"] = [
                {"candidate": id, "best": _extreme(best), "worst": _extreme(worst)}
                for id, best, worst in zip(self.ground.candidates, self.best, self.worst, strict=True)
            ]
        return [sealed(each) for each in (found if self.ranges is None else [*found, document(*self.ranges)])]


def _extreme(found: Extreme) -> dict[str, Any]:
    return {"rank": found.rank, "proved": found.proved, "weights": found.weights.tolist()}


def tolerance_of(method: Method) -> float:
    """The lead, in sums of terms, that outlasts the rounding of scores."""
    return SURE_DEFEAT if method.link is None else SURE_DEFEAT_LINKED


def stand(
    problem: Problem, way: Scoring, method: Method, space: WeightSpace, order: Ints, certify: bool
) -> Standing | None:
    """Prove what can be proved; None where scores are no sum of weighted terms, or nothing is listed.

    ``certify`` adds extreme ranks, proofs where pairs do not decide, and proofs over the ranges of figures.
    """
    if way.terms is None or problem.cut is None or not np.isfinite(way.terms).all():
        return None
    tolerance = tolerance_of(method)

    cut = problem.cut

    def on(low: Floats, high: Floats) -> tuple[Ground, Proof]:
        ground = Ground(problem.candidates, problem.criteria, low, high, space, cut, tolerance)
        return ground, prove(low, high, space, cut, order, tolerance)

    ground, proof = on(way.terms, way.terms)
    if not certify:
        return Standing(ground, proof)
    best, worst = extreme_ranks(way.terms, way.terms, space, tolerance) if problem.m <= MOST_GROUPS else ((), ())
    groups = tuple(_by_groups(ground, proof, best, worst)) if problem.m <= MOST_GROUPS else ()
    ends = term_ranges(problem, way)
    return Standing(ground, proof, None if ends is None else on(*ends), groups, best, worst)


def extreme_ranks(
    low: Floats, high: Floats, space: WeightSpace, tolerance: float, progress: Any = None
) -> tuple[tuple[Extreme, ...], tuple[Extreme, ...]]:
    """The best and the worst rank of each candidate; terms lie between ``low`` and ``high`` (m, n)."""
    m = len(low)
    best, worst = [], []
    for number, i in enumerate(range(m), start=1):
        others = np.arange(m) != i
        best.append(best_rank(low[others] - high[i], space, tolerance / 2))
        worst.append(worst_rank(high[others] - low[i], space, tolerance / 2))
        if progress:
            progress(number, m)
    return tuple(best), tuple(worst)


def term_ranges(problem: Problem, way: Scoring) -> tuple[Floats, Floats] | None:
    """The least and the most that each term (m, n) may be while figures vary within their ranges.

    None where a term depends on more than its own figure.
    """
    scorer = way.scorer
    if way.terms is None or not (isinstance(scorer, Sum) or scorer.figures.k == 0):
        return None
    low, high = way.terms.copy(), way.terms.copy()
    if isinstance(scorer, Sum) and scorer.figures.k:
        f = scorer.figures
        ends = np.stack([scorer.term(f.values(np.zeros(f.k))), scorer.term(f.values(np.ones(f.k)))])
        low[f.rows, f.columns] = np.minimum(low[f.rows, f.columns], ends.min(axis=0))
        high[f.rows, f.columns] = np.maximum(high[f.rows, f.columns], ends.max(axis=0))
    return low, high


def _by_groups(
    ground: Ground, proof: Proof, best: tuple[Extreme, ...], worst: tuple[Extreme, ...]
) -> list[dict[str, Any]]:
    """Claims of those whom pairs leave open; extreme ranks tell of whom nothing can be proved."""
    cut, found = ground.cut, []
    brought_in = max((min(floor.count, int(floor.members.sum())) for floor in cut.floors), default=0)
    for i in np.flatnonzero(~proof.always & ~proof.never).tolist():
        by_floor = any(floor.members[i] for floor in cut.floors)
        claim = None
        if by_floor or worst[i].rank <= cut.total:
            claim = always_by_groups(ground, proof, i)
        if claim is None and best[i].rank > cut.total - brought_in:
            claim = never_by_groups(ground, proof, i)
        if claim is not None:
            found.append(claim)
    return found
