"""Study → everything asked for: the only file that knows the order of the steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Any

from techprio.acceptance import Smaa, accept
from techprio.build import (
    Changes,
    Excluded,
    aggregates,
    build,
    gated,
    known,
    node_weights,
    shares,
    with_figures,
)
from techprio.errors import MethodError, UsageError
from techprio.explanation import Comparison, Explanation, Line, NotScored
from techprio.hall import Cut, Floats, Problem, Words
from techprio.judging import Heading, Trial, judge
from techprio.many_rankings import ManyRankings
from techprio.methods.registry import Method, find
from techprio.robustness.draws import stated_values
from techprio.robustness.smaa import Effort, Progress
from techprio.robustness.space import WeightSpace
from techprio.side_by_side import SideBySide
from techprio.study.candidates import MISSING
from techprio.study.folder import Study
from techprio.verdict import About, Change, Verdict
from techprio.weight_spaces import admissible

DRAWS, SEED, WITHIN = 20_000, 2026, 0.5
"""What a table without a study is put to the test with."""
MOST_DRAWS = 100_000_000
"""The end of any search for precision."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a run may be asked for; None: what the study says."""

    method: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    weights: str = "base"
    change: Changes = field(default_factory=Changes)
    cut: int | None = None
    draws: int | None = None
    seed: int | None = None
    precision: float | None = None
    """Drawing stops once the standard error of every share is this small."""
    workers: int = 1
    executor: Executor | None = None
    """Who draws, instead of ``workers``."""
    only: tuple[str, str] | None = None
    """(kind, label): only the candidates of a tier or group."""
    progress: Progress | None = None
    certify: bool = False
    """Whether also proofs are sought that take their time."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that a verdict, or any other answer, is made of."""

    problem: Problem
    method: Method
    settings: Mapping[str, Any]
    trial: Trial
    heading: Heading


def prepare(study: Study, choices: Choices) -> Prepared:
    """The problem, the variant of the method and the trial that are asked for."""
    changed = with_figures(study, choices.change.figure)
    rows, excluded = _part(changed, choices.only)
    node_shares = shares(changed, node_weights(changed, choices.weights, choices.change.weight))
    problem = build(changed, node_shares, rows)
    problem = replace(problem, cut=_cut(problem.cut, choices))
    method, settings = variant(changed, choices)
    heading = Heading(_about(study), choices.weights, tuple(_changes(study, choices)), excluded, study.warnings)
    return Prepared(problem, method, settings, _trial(changed, choices, problem.weights), heading)


def rank(study: Study, choices: Choices) -> Verdict:
    """Rank a study, and say how far the ranking can be trusted."""
    p = prepare(study, choices)
    return judge(p.problem, p.method, p.settings, p.trial, p.heading)


def smaa(study: Study, choices: Choices) -> Smaa:
    """How often each candidate is listed, at which rank, above whom, and for which weights."""
    p = prepare(study, choices)
    return accept(p.problem, p.method, p.settings, p.trial, p.heading)


def smaa_table(problem: Problem, choices: Choices) -> Smaa:
    """The same of a problem that did not come from files."""
    p = _prepare_table(problem, choices, None)
    return accept(p.problem, p.method, p.settings, p.trial, p.heading)


def rank_table(problem: Problem, choices: Choices, about: About | None = None) -> Verdict:
    """Rank a problem that did not come from files: the variant for plain arrays, weights within 50 % of those given."""
    p = _prepare_table(problem, choices, about)
    return judge(p.problem, p.method, p.settings, p.trial, p.heading)


def _prepare_table(problem: Problem, choices: Choices, about: About | None) -> Prepared:
    method = find(choices.method or "additive")
    for key in choices.settings:
        known(key, method.settings, "{method} has no setting {id}", method=method.id)
    settings = {key: value for key, value in {**method.settings, **choices.settings}.items() if value is not None}
    if choices.cut is not None:
        problem = replace(problem, cut=Cut(choices.cut))
    space = WeightSpace.around(problem.weights, WITHIN)
    trial = Trial(space, "given", WITHIN, _effort(choices, DRAWS, SEED), choices.certify)
    nothing = About("table", {"": "table"}, None, None, "", "")
    return Prepared(problem, method, settings, trial, Heading(about or nothing, "given"))


def rank_by(study: Study, kind: str, choices: Choices) -> list[Verdict]:
    """A ranking within each tier or group."""
    passed, candidates = gated(study)[0], study.candidates
    labels = {getattr(candidates[i], kind) for i in passed} - {None}
    named = getattr(study.criteria.labels, kind) or {}
    order = sorted(labels, key=lambda label: (list(named).index(label) if label in named else len(named), label))
    return [replace(rank(study, replace(choices, only=(kind, label))), part=(kind, label)) for label in order]


def explain(study: Study, candidate: str, other: str | None, choices: Choices) -> Explanation | Comparison | NotScored:
    """Why a candidate stands where it does; with another one, why it stands above or below that one."""
    verdict = rank(study, choices)
    everybody = [c.id for c in study.candidates]
    asked = [known(id, everybody, "there is no candidate {id}") for id in filter(None, (candidate, other))]
    for excluded in verdict.excluded:
        if excluded.id in asked:
            return NotScored(excluded)
    if missing := [id for id in asked if id not in verdict.problem.candidates]:
        raise UsageError("{id} is not among the candidates ranked", id=missing[0])
    explanations = [Explanation(verdict, id, _lines(study, verdict, id, choices)) for id in asked]
    if len(explanations) == 1:
        return explanations[0]
    upper, lower = sorted(explanations, key=lambda e: verdict.ranks[verdict.problem.row(e.candidate)])
    return Comparison(upper, lower)


def compare(study: Study, choices: Choices) -> SideBySide:
    """The rankings under all weight sets, that of ``choices`` first."""
    sets = dict.fromkeys((choices.weights, "base", *(s.id for s in study.criteria.weight_sets)))
    found = (rank(study, replace(choices, weights=id, draws=1)) for id in sets)
    return SideBySide(tuple(found), set_names(study))


def set_names(study: Study) -> dict[str, Words]:
    """Weight set → its name, where it has one."""
    return {each.id: each.name for each in study.criteria.weight_sets if each.name}


def compare_methods(study: Study, choices: Choices, methods: Sequence[str]) -> ManyRankings:
    """The rankings by several methods under all weight sets; without ids, by those of the study's multiverse.

    The study's own method and the weight set of ``choices`` come first. A method that cannot take the study's figures
    is left out, with its reason; a method that is asked for by name and does not exist is an error.
    """
    analysis = study.criteria.analysis
    own = choices.method or analysis.method
    worlds: dict[str, Mapping[str, Any]] = {own: choices.settings}
    if methods:
        worlds |= {find(id).id: {} for id in methods if id != own}
    else:
        worlds |= {world.method: world.settings for world in analysis.multiverse if world.method != own}
    sets = dict.fromkeys((choices.weights, "base", *(s.id for s in study.criteria.weight_sets)))
    found, refused = [], []
    for id, settings in worlds.items():
        asked = replace(choices, method=id, settings=settings, draws=1)
        try:
            found += [rank(study, replace(asked, weights=weights)) for weights in sets]
        except MethodError as error:
            refused.append((id, error))
    if not found:
        raise refused[0][1]
    return ManyRankings(tuple(found), tuple(refused))


# -- steps ----------------------------------------------------------------------------------------------------------


def variant(study: Study, choices: Choices) -> tuple[Method, dict[str, Any]]:
    """The method and its settings: its own defaults in a study, then the study's, then those asked for."""
    analysis = study.criteria.analysis
    method = find(choices.method or analysis.method)
    stated = analysis.settings if method.id == analysis.method else {}
    for key in choices.settings:
        known(key, method.settings, "{method} has no setting {id}", method=method.id)
    settings = {**method.settings, **method.study_settings, **stated, **choices.settings}
    if "tree" in method.needs and settings.get("scaling") == "value":
        settings["aggregate"] = aggregates(study) or None
    return method, {key: value for key, value in settings.items() if value is not None}


def _part(study: Study, only: tuple[str, str] | None) -> tuple[tuple[int, ...], tuple[Excluded, ...]]:
    """Which candidates are ranked and which fail a gate, of all or of one part."""
    rows, excluded = gated(study)
    if only:
        kind, label = only
        labels = {getattr(candidate, kind) for candidate in study.candidates} - {None}
        known(label, labels, "there is no {kind} {id}", kind=kind)
        candidates = study.candidates
        inside = {c.id for c in candidates if getattr(c, kind) == label}
        rows = tuple(i for i in rows if candidates[i].id in inside)
        excluded = tuple(e for e in excluded if e.id in inside)
    if not rows:
        raise UsageError("no candidate passes the gates, so there is nothing to rank")
    return rows, excluded


def _cut(stated: Cut | None, choices: Choices) -> Cut | None:
    """The list asked for. A part's list is as long as the floor for it, or else as the whole list."""
    floors = stated.floors if stated else ()
    if choices.only:
        own = [floor.count for floor in floors if (floor.kind, floor.label) == choices.only]
        floors = ()
        stated = Cut(own[0]) if own else stated and Cut(stated.total)
    if choices.cut is None:
        return stated
    return Cut(choices.cut, floors if sum(floor.count for floor in floors) <= choices.cut else ())


def _trial(study: Study, choices: Choices, chosen: Floats) -> Trial:
    """The weight space of the weight set in use, and the draws that the study or the caller asks for."""
    found = admissible(study, choices.weights, chosen)
    analysis = study.criteria.analysis
    effort = _effort(choices, analysis.draws, analysis.seed)
    return Trial(found.space, found.around, found.within, effort, choices.certify)


def _effort(choices: Choices, draws: int, seed: int) -> Effort:
    """How much is drawn: what is asked for, else enough for the precision asked for, else so many ``draws``."""
    if choices.draws is not None:
        draws = choices.draws
    elif choices.precision is not None:
        draws = min(MOST_DRAWS, 2 * math.ceil(0.25 / choices.precision**2))
    seed = seed if choices.seed is None else choices.seed
    return Effort(draws, seed, choices.precision, choices.workers, choices.executor, choices.progress)


def _changes(study: Study, choices: Choices) -> Iterator[Change]:
    local = node_weights(study, choices.weights)
    for node, to in choices.change.weight.items():
        yield Change("weight", node, local[node], to)
    figures = {candidate.id: candidate.figures for candidate in study.candidates}
    for (candidate, criterion), to in choices.change.figure.items():
        was = figures[candidate].get(criterion)
        yield Change("figure", f"{candidate}.{criterion}", was.nominal if was else None, to)


def _about(study: Study) -> About:
    c = study.criteria
    return About(c.id, c.title, c.notice, c.as_of, study.criteria_sha256, study.candidates_sha256)


def _lines(study: Study, verdict: Verdict, candidate: str, choices: Choices) -> tuple[Line, ...]:
    """The criteria of one candidate, the largest lead first."""
    p, i = verdict.problem, verdict.problem.row(candidate)
    v = stated_values(p)
    figures = next(c.figures for c in with_figures(study, choices.change.figure).candidates if c.id == candidate)
    lines = [
        Line(
            criterion=p.criteria[j],
            name=p.criterion_names[j],
            unit=p.units[j],
            weight=float(p.weights[j]),
            figure=figures.get(p.criteria[j], MISSING),
            value=float(v[i, j]),
            contribution=None if verdict.contributions is None else float(verdict.contributions[i, j]),
            lead=float(verdict.pulls[i, j]),
            place=p.origin(i, j),
        )
        for j in range(p.n)
    ]
    return tuple(sorted(lines, key=lambda line: -abs(line.lead)))
