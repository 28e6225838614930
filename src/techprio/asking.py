"""Study → the answer to any question about its ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from techprio.build import Changes, known, node_weights, shares
from techprio.errors import MethodError, UsageError
from techprio.evidence_report import evidence
from techprio.judging import judge
from techprio.methods.registry import find
from techprio.questions.acceptability import acceptability
from techprio.questions.answer import Answer, Case
from techprio.questions.audit import Audit, Evidence
from techprio.questions.audit import audit as audit_of
from techprio.questions.drivers import drivers
from techprio.questions.effective import effective
from techprio.questions.extreme import extremes
from techprio.questions.flip import flip
from techprio.questions.learning import learning
from techprio.questions.meeting import common_ground
from techprio.questions.multiverse import POLICIES, SCALINGS, Multiverse, World
from techprio.questions.necessity import necessity, regressed
from techprio.questions.proofs import Proofs
from techprio.questions.reversal import reversal
from techprio.questions.stability import stability
from techprio.questions.verification import Verification, verify
from techprio.questions.what_if import what_if
from techprio.ranking import listed as listed_of
from techprio.ranking import ordered, ranks
from techprio.run import Choices, prepare, rank
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.study.references import Comparison, parse_comparison
from techprio.wording import language

QUESTIONS: Mapping[str, str] = {
    "certificates": "Who is surely in, who surely out; the proofs are in its JSON.",
    "acceptability": "How often is each listed, at which rank, above whom, and for which weights? (SMAA-2)",
    "stability": "How far may one weight move? (--leaf: all other criteria keep their proportions)",
    "flip": "[A [B]]: the smallest changes that put A above B, or A on the list or off it.",
    "extremes": "The best and the worst rank possible.",
    "what-if": "A: what would have to be true for A to be listed?",
    "necessary": "What holds for every admissible weight?",
    "references": "What follows from the study's reference comparisons? (--pieces N: value functions of N pieces)",
    "methods": "Does the method decide it? Scaling × method × missing figures × weight set.",
    "ground": "Where do all weight sets meet, or what must each concede?",
    "drivers": "What drives the uncertainty of the ranking? Sobol indices.",
    "weights": "Do the weights mean what they say? Effective weights, one criterion left out, correlations.",
    "reversal": "Is the ranking well-behaved? Tests of rank reversal.",
    "learn": "What should we learn next? The figures most worth checking.",
}
"""Question → what it asks, in the order of ``--all``."""
VERIFY = "FILE: check the certificates in a file again, without a solver."


def case(study: Study, choices: Choices) -> Case:
    """A study's ranking with all that it was reached with."""
    p = prepare(study, choices)
    verdict = judge(p.problem, p.method, p.settings, p.trial, p.heading)
    return Case(verdict, p.method, scoring(p.problem, p.method, p.settings), p.trial)


def ask(
    study: Study,
    question: str,
    choices: Choices,
    about: Sequence[str] = (),
    *,
    leaf: bool = False,
    pieces: int | None = None,
    asked_of: Case | None = None,
) -> Answer:
    """The answer to one of ``QUESTIONS`` about the candidates ``about``. Raises UsageError for what cannot be asked."""
    known(question, QUESTIONS, "there is no question {id}")
    most = {"flip": 2, "what-if": 1}.get(question, 0)
    if len(about) > most:
        raise UsageError("{question} asks about {n} candidates at the most", question=question, n=most)
    if question == "what-if" and not about:
        raise UsageError("name the candidate: techprio robust what-if ID")
    heavy = question in ("certificates", "what-if", "learn")
    here = asked_of or case(study, choices if heavy else replace(choices, draws=1, certify=False, progress=None))
    if not heavy and asked_of is None:
        trial = here.trial
        here = replace(here, trial=replace(trial, effort=replace(trial.effort, draws=_draws(study, choices))))
    answers: Mapping[str, Callable[[], Answer]] = {
        "certificates": lambda: Proofs(here),
        "acceptability": lambda: acceptability(here, choices.progress),
        "stability": lambda: stability(here, leaf=leaf),
        "flip": lambda: flip(here, about, choices.progress),
        "extremes": lambda: extremes(here, choices.progress),
        "what-if": lambda: what_if(here, about[0]),
        "necessary": lambda: necessity(here),
        "references": lambda: regressed(here, references(study), pieces),
        "methods": lambda: multiverse(study, choices, here),
        "ground": lambda: common_ground(here, study),
        "drivers": lambda: drivers(here, worlds(study, choices, here), choices.progress),
        "weights": lambda: effective(here),
        "reversal": lambda: reversal(here, choices.progress),
        "learn": lambda: learning(here, choices.progress),
    }
    return answers[question]()


def ask_all(study: Study, choices: Choices, *, leaf: bool = False) -> Iterator[tuple[str, Answer | str]]:
    """Every question that needs no candidate named, with its answer; or why there is none."""
    here = case(study, choices)
    for question in QUESTIONS:
        unasked = {"what-if": True, "references": not references(study), "ground": not study.criteria.weight_sets}
        if unasked.get(question):
            continue
        try:
            yield question, ask(study, question, choices, leaf=leaf, asked_of=here)
        except UsageError as error:
            yield question, error.sentence(language("en"))


def audit(study: Study, choices: Choices) -> Audit:
    """Everything that can be looked at before a ranking is published."""
    here = case(study, choices)
    cells = evidence(study, shares(study, node_weights(study, choices.weights))).cells
    counts = [sum(state in cell.states for cell in cells) for state in ("missing", "unsourced", "stale", "conflicting")]
    found = stability(here), multiverse(study, choices, here), effective(here), reversal(here)
    return audit_of(here, Evidence(len(cells), *counts), study.warnings, found)


def references(study: Study) -> tuple[Comparison, ...]:
    """The study's reference comparisons."""
    found = (parse_comparison(text) for text in study.criteria.references)
    return tuple(comparison for comparison in found if comparison is not None)


def _draws(study: Study, choices: Choices) -> int:
    return study.criteria.analysis.draws if choices.draws is None else choices.draws


# -- other methods ---------------------------------------------------------------------------------------------------


def variants(study: Study, choices: Choices) -> list[tuple[str, Mapping[str, Any]]]:
    """The method in use, then those of the study's multiverse: (id, settings asked for)."""
    here: list[tuple[str, Mapping[str, Any]]] = [
        (choices.method or study.criteria.analysis.method, dict(choices.settings))
    ]
    for world in study.criteria.analysis.multiverse:
        if world.method != here[0][0] or dict(world.settings) not in ({}, here[0][1]):
            here.append((world.method, dict(world.settings)))
    return here


def worlds(study: Study, choices: Choices, here: Case) -> list[Case]:
    """The same problem under every method of the study's multiverse that can score it, the one in use first."""
    found = [here]
    for id, settings in variants(study, choices)[1:]:
        try:
            p = prepare(study, replace(choices, method=id, settings=settings))
            found.append(Case(here.verdict, p.method, scoring(p.problem, p.method, p.settings), p.trial))
        except MethodError:
            continue
    return found


def multiverse(study: Study, choices: Choices, here: Case) -> Multiverse:
    """Every combination of method, scaling, policy for missing figures and weight set."""
    found: dict[str, World] = {}
    failed: list[tuple[Mapping[str, Any], str]] = []
    sets = dict.fromkeys((choices.weights, "base", *(s.id for s in study.criteria.weight_sets)))
    for weights in sets:
        for id, settings in variants(study, choices):
            scalings = [None, *SCALINGS] if "scaling" in find(id).settings else [None]
            for scaling in scalings:
                asked = settings if scaling is None else {**settings, "scaling": scaling}
                for missing in POLICIES if here.problem.gaps.any() else POLICIES[:1]:
                    at = {"method": id, "settings": asked, "missing": missing, "weight_set": weights}
                    try:
                        world = _world(study, replace(choices, method=id, settings=asked, weights=weights), missing)
                    except MethodError as error:
                        failed.append((at, error.sentence(language("en"))))
                        continue
                    found.setdefault(repr(world.row()), world)
    return Multiverse(here, tuple(found.values()), tuple(failed))


def _world(study: Study, choices: Choices, missing: Any) -> World:
    prepared = prepare(study, choices)
    problem, method, settings = prepared.problem, prepared.method, prepared.settings
    if missing != "stated":
        problem = replace(problem, missing=(missing,) * problem.n)
    scores = scoring(problem, method, settings).scorer(problem.weights, None)
    if problem.cut is None:
        listed = np.zeros(problem.m, bool)
    else:
        order, better = ordered(scores[None, :], method.score_unit)
        listed = np.zeros(problem.m, bool)
        listed[order[0]] = listed_of(order, better, problem.cut)[0]
    shown = {key: value for key, value in settings.items() if key != "aggregate" or value}
    return World(method.id, shown, missing, choices.weights, ranks(scores, method.score_unit), listed)


# -- certificates in a file --------------------------------------------------------------------------------------------


def verify_file(data: Any, study: Study | None) -> Verification:
    """Check the certificates in ``data``; with a study, also that they are about it.

    The study is ranked anew as the file says: method, settings, weight set, changes, cut, draws and seed.
    """
    if study is None or not isinstance(data, Mapping) or not data.get("certificates"):
        return verify(data, None)
    try:
        again = rank(study, _choices_of(data)).to_json()
    except (KeyError, TypeError, ValueError, AttributeError):
        again = {}
    return verify(data, again)


def _choices_of(data: Mapping[str, Any]) -> Choices:
    """What the run that wrote ``data`` was asked for."""
    weight: dict[str, float] = {}
    figure: dict[tuple[str, str], float] = {}
    for change in data["changes"]:
        if "weight" in change:
            weight[change["weight"]] = change["to"]
        else:
            candidate, _, criterion = change["figure"].rpartition(".")
            figure[candidate, criterion] = change["to"]
    settings = {key: value for key, value in data["method"]["settings"].items() if key != "aggregate"}
    return Choices(
        method=data["method"]["id"],
        settings=settings,
        weights=data["weight_set"],
        change=Changes(weight, figure),
        cut=data["cut"]["total"],
        draws=data["draws"],
        seed=data["seed"],
        certify=len(data["certificates"]) > 1 or any("extreme_ranks" in document for document in data["certificates"]),
    )
