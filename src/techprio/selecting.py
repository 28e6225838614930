"""Study → the set to choose: the order of the steps of ``techprio select``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from techprio import choice
from techprio.build import with_figures
from techprio.choice import Wanted
from techprio.errors import Fault, StudyError, UsageError
from techprio.hall import Flags, Floats, Problem, frozen
from techprio.judging import Trial
from techprio.portfolio.conflict import conflict
from techprio.portfolio.enumeration import Terms, all_sets, non_dominated
from techprio.portfolio.model import Constraint, Model
from techprio.portfolio.questions import Otherwise, balance, curve, otherwise, price
from techprio.portfolio.search import Found
from techprio.portfolio.solve import SMALL, Effort, solve
from techprio.portfolio.trials import Experiment, Progress, Valuation, trials
from techprio.ranking import ranks
from techprio.robustness.draws import FigureSpace, stated_values
from techprio.robustness.sampling import Sampler
from techprio.run import Choices, prepare
from techprio.scoring import Scoring, scoring
from techprio.selection import Balance, Robust, Selection
from techprio.study.folder import Study
from techprio.study.portfolio import Portfolio

DRAWS = 500
"""Programs solved to see how robust the set is, unless more are asked for."""
FACTORS = tuple(k / 20 for k in range(8, 33))
"""Budgets of the curve, as multiples of those stated."""
ASKED = 12
"""Of so many candidates that rank high and are left out it is asked why."""
BEST_GAP, ANSWER_GAP, DRAW_GAP = 1e-3, 3e-3, 1e-2
"""The gaps allowed where there are too many candidates to be exact: in the best set, in what each question asks beside
it, and in each of hundreds of draws."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What ``select`` is asked for beside what every run may be."""

    wanted: Wanted = field(default_factory=Wanted)
    seconds: float | None = None
    """How long each program may take."""
    asked: Progress | None = None
    """Told how many of the questions are answered."""


def select(study: Study, choices: Choices, limits: Limits | None = None) -> Selection:
    """The set of the greatest value, what each constraint costs, who is left out and why, and how robust all that is.

    Raises StudyError, with the smallest set of constraints that conflict, if no set keeps all of them.
    """
    limits = limits or Limits()
    changed = with_figures(study, choices.change.figure)
    stated = choice.section(changed, limits.wanted)
    ready = prepare(study, choices)
    problem, method, trial = ready.problem, ready.method, ready.trial
    if method.id != "additive":
        raise UsageError("a set is worth the sum of values, and only the method additive gives values to add up")
    way = scoring(problem, method, ready.settings)
    valuation = _valuation(problem, way, choice.counted(changed, stated), stated)
    model = choice.model(changed, problem, stated, valuation(problem.weights[None, :], None)[0])
    many = model.m > SMALL
    best = solve(model, limits.seconds, BEST_GAP if many else 0.0)
    if best is None:
        raise StudyError([_impossible(study, model)])
    asking = Effort(limits.seconds, ANSWER_GAP, 0) if many else Effort(limits.seconds)
    drawing = Effort(limits.seconds, DRAW_GAP, 0) if many else Effort(limits.seconds)
    scores = way.scorer(problem.weights[None, :], None)[0]
    order = np.asarray(ranks(scores, method.score_unit))
    answers = _answers(model, best, order, asking, changed, stated, limits.asked)
    robust = _robust(
        problem, way, valuation, model, best, stated, trial, choices, drawing, study.criteria.analysis.seed
    )
    return Selection(
        heading=ready.heading,
        problem=problem,
        stated=stated,
        model=model,
        best=best,
        ranks=order,
        scores=frozen(scores),
        prices=answers.prices,
        decided=answers.decided,
        curve=answers.curve,
        balances=answers.balances,
        robust=robust,
        around=trial.around,
        within=trial.within,
    )


def _valuation(problem: Problem, way: Scoring, kept: Floats, stated: Portfolio) -> Valuation:
    figures = FigureSpace.of(problem)
    worst = np.where(figures.value_low <= figures.value_high, 0.0, 1.0)
    return Valuation(way.scorer, kept, frozen(worst), stated.risk.appetite, stated.baseline)


def _impossible(study: Study, model: Model) -> Fault:
    found = conflict(model)
    place = choice.place_of(study, found[0])
    message = "no set keeps all of these together: {constraints}"
    hint = "loosen one of them: more budget, a lower floor, or one candidate less that must be chosen"
    stated = ", ".join(f"{label(each)}{_where(study, each)}" for each in found)
    return Fault(place, "E345", "portfolio", message, hint, {"constraints": stated})


def _where(study: Study, constraint: Constraint) -> str:
    """The line that states a constraint, in brackets; nothing for one asked for on the command line."""
    place = choice.place_of(study, constraint)
    return "" if place == study.criteria_source.at_first_key(()) else f" ({place})"


def label(constraint: Any) -> str:
    """A constraint in short, the same in every language."""
    if constraint.kind in ("needs", "exclusive"):
        return str(constraint.id)
    if constraint.kind in ("must", "must not"):
        return f"{constraint.kind.replace(' ', '_')} {constraint.id}"
    sign = "≥" if np.isfinite(constraint.low) else "≤"
    return f"{constraint.id} {sign} {constraint.limit:,.10g}"


# -- questions ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Answers:
    prices: tuple[Otherwise, ...]
    decided: dict[int, Otherwise]
    curve: tuple[Any, ...]
    balances: tuple[Balance, ...]


def _answers(
    model: Model,
    best: Found,
    order: Any,
    effort: Effort,
    study: Study,
    stated: Portfolio,
    report: Progress | None,
) -> _Answers:
    kinds = [(bet, frozen(_bet(study, model, bet), bool)) for bet in stated.bets]
    asked = _asked(best.x, order)
    steps = FACTORS if any(c.kind == "budget" for c in model.constraints) else ()
    total = len(model.constraints) + len(asked) + len(steps) + sum(int(flags.sum()) + 1 for _, flags in kinds)
    tell = _counter(total, report)
    prices = tuple(tell(price(model, best, constraint, effort)) for constraint in model.constraints)
    decided = {i: tell(otherwise(best, model.deciding(i, not best.x[i]), effort)) for i in asked}
    along = tuple(tell(step) for step in curve(model, steps, effort))
    balances = tuple(
        Balance(bet.id, bet.name or {"": bet.id}, flags, tuple(tell(step) for step in balance(model, flags, effort)))
        for bet, flags in kinds
    )
    return _Answers(prices, decided, along, balances)


def _bet(study: Study, model: Model, bet: Any) -> Floats:
    by_id = {candidate.id: candidate for candidate in study.candidates}
    return choice.members(bet, [by_id[id] for id in model.candidates])


def _asked(x: Flags, order: Any) -> list[int]:
    """Everybody chosen (of few), and the highest-ranked who are not: those that would be in a list of that length."""
    ranked = np.argsort(order, kind="stable")
    out = [int(i) for i in ranked if not x[i] and order[i] <= x.sum()][:ASKED]
    return out + ([int(i) for i in ranked if x[i]] if len(x) <= SMALL else [])


def _counter(total: int, report: Progress | None) -> Callable[[Any], Any]:
    done = 0

    def tell(answer: Any) -> Any:
        nonlocal done
        done += 1
        if report:
            report(done, total)
        return answer

    return tell


# -- robustness -----------------------------------------------------------------------------------------------------


def _robust(
    problem: Problem,
    way: Scoring,
    valuation: Valuation,
    model: Model,
    best: Found,
    stated: Portfolio,
    trial: Trial,
    choices: Choices,
    effort: Effort,
    seed: int,
) -> Robust:
    draws = DRAWS if choices.draws is None else choices.draws
    seed = seed if choices.seed is None else choices.seed
    figures = FigureSpace.of(problem)
    cells: dict[str, list[tuple[int, int]]] = {id: [] for id in problem.criteria}
    for k, (i, j) in enumerate(zip(figures.rows, figures.columns, strict=True)):
        cells[problem.criteria[j]].append((int(i), k))
    experiment = Experiment(
        model,
        valuation,
        Sampler.of(trial.space),
        cells,
        stated.risk.costs == "high",
        best.x,
        effort,
    )
    found = trials(experiment, draws, seed, _workers(choices), choices.progress)
    everything = _enumerated(problem, way, valuation, model, trial, seed)
    sets, counts = np.unique(found.sets, axis=0, return_counts=True) if len(found.sets) else (found.sets, None)
    if everything is not None:
        return Robust(draws, seed, found, everything, None, True)
    return Robust(draws, seed, found, sets, counts, False)


def _workers(choices: Choices) -> int:
    return min(choices.workers, max(1, os.cpu_count() or 1) * 4)


def _enumerated(
    problem: Problem, way: Scoring, valuation: Valuation, model: Model, trial: Trial, seed: int
) -> Flags | None:
    """All non-dominated sets at the stated costs, where values are sums of terms and all sets can be tried."""
    if way.terms is None or model.m > 15 or all_sets(model) is None:
        return None
    figures = FigureSpace.of(problem)
    low, high = stated_values(problem).copy(), stated_values(problem).copy()
    ends = figures.values(np.stack([valuation.worst, 1 - valuation.worst])) if figures.k else np.zeros((2, 0))
    low[figures.rows, figures.columns], high[figures.rows, figures.columns] = ends
    high = valuation.appetite * high + (1 - valuation.appetite) * low
    kept = valuation.counted
    samples = Sampler.of(trial.space).draw(np.random.default_rng(seed), 32)
    samples = np.concatenate([samples.mean(axis=0, keepdims=True), samples])
    return non_dominated(model, Terms(low * kept, high * kept, kept, valuation.baseline), trial.space, samples)
