"""Problem + method + weight space → Verdict: scores, ranks, the list, and how far all that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.build import Excluded
from techprio.errors import Fault
from techprio.hall import Cut, Flags, Floats, Problem
from techprio.methods import Method
from techprio.methods.value_tree import branch_values
from techprio.proving import stand
from techprio.ranking import listed, ordered, ranks
from techprio.robustness.bands import bands
from techprio.robustness.draws import stated_values
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Effort, Experiment, acceptability, groups
from techprio.robustness.space import WeightSpace
from techprio.scoring import Scoring, naming, scoring
from techprio.verdict import About, Change, Trust, Verdict


@dataclass(frozen=True, slots=True)
class Heading:
    """What a verdict says of where it comes from."""

    about: About
    weight_set: str
    changes: tuple[Change, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a ranking is put to the test with."""

    space: WeightSpace
    around: str
    """The weight set in the middle of the space."""
    within: float | None
    """How far a weight may lie from it, as a share of itself; None: anywhere."""
    effort: Effort
    certify: bool = False
    """Whether also proofs are sought that take their time."""


def judge(problem: Problem, method: Method, settings: Mapping[str, Any], trial: Trial, heading: Heading) -> Verdict:
    """Rank a problem by a method in one variant, and put the ranking to the test."""
    with naming(problem):
        return _judged(problem, method, settings, trial, heading)


def _judged(problem: Problem, method: Method, settings: Mapping[str, Any], trial: Trial, heading: Heading) -> Verdict:
    way = scoring(problem, method, settings)
    scores, terms = way.scorer(problem.weights, None), way.terms
    on_list = None if problem.cut is None else _listed(scores, method, problem.cut)
    by_floor = None
    if on_list is not None and problem.cut is not None:
        by_floor = on_list & ~_listed(scores, method, Cut(problem.cut.total))
    weighed = stated_values(problem) if terms is None else terms
    return Verdict(
        about=heading.about,
        problem=problem,
        method=method.id,
        settings=settings,
        weight_set=heading.weight_set,
        changes=heading.changes,
        scores=scores,
        ranks=ranks(scores, method.score_unit),
        listed=on_list,
        by_floor=by_floor,
        contributions=terms * problem.weights if terms is not None and method.contributes else None,
        branch_values=_branch_values(problem, method, settings, weighed),
        pulls=(weighed - weighed.mean(axis=0)) * problem.weights,
        trust=_trust(problem, method, way, scores, trial),
        excluded=heading.excluded,
        warnings=heading.warnings,
    )


def _branch_values(problem: Problem, method: Method, settings: Mapping[str, Any], weighed: Floats) -> Floats | None:
    """Only of a method that puts values together up the tree does a branch have a score of its own."""
    if "tree" not in method.needs or problem.tree is None:
        return None
    if settings.get("scaling") != "value" and problem.tree.bent():
        return None
    return branch_values(weighed, problem.weights, problem.tree)


def _listed(scores: Floats, method: Method, cut: Cut) -> Flags:
    order, better = ordered(scores[None, :], method.score_unit)
    found = np.zeros(len(scores), bool)
    found[order[0]] = listed(order, better, cut)[0]
    return found


def _trust(problem: Problem, method: Method, way: Scoring, scores: Floats, trial: Trial) -> Trust:
    sampler = Sampler.of(trial.space)
    experiment = Experiment(way.scorer, sampler, method.score_unit, problem.cut, problem.m)
    found = acceptability(experiment, trial.effort)
    order = ordered(scores[None, :], method.score_unit)[0][0]
    standing = stand(problem, way, method, trial.space, order, trial.certify)
    named: tuple[Sequence[str | None], Sequence[str | None]] = ([None] * problem.m, [None] * problem.m)
    if problem.cut is not None and found.p_cut is not None:
        ranges = standing.ranges[1] if standing and standing.ranges else None
        named = bands(found.p_cut, standing.whole if standing else None, ranges)
    return Trust(
        found.draws,
        trial.effort.seed,
        trial.around,
        trial.within,
        trial.space.texts,
        found.rank_low,
        found.rank_high,
        groups(found, order),
        found.p_cut,
        *named,
        standing,
    )
