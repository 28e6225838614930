"""Study → the classes of priority of its candidates, and how surely each is in its class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from techprio.class_table import Classed
from techprio.errors import UsageError
from techprio.hall import Floats, Problem, frozen
from techprio.robustness.class_shares import Limits, class_shares
from techprio.robustness.draws import FigureSpace, stated_figures
from techprio.robustness.experiment import Batch, Experiment
from techprio.robustness.sampling import Sampler
from techprio.run import Choices, prepare, variant
from techprio.scoring import fed, scoring
from techprio.sorting import SORTINGS
from techprio.study.classes import Classes
from techprio.study.folder import Study
from techprio.verdict import Drawn


def classes(study: Study, choices: Choices) -> Classed:
    """Sort the candidates into the classes of the study, at the stated figures and over the draws."""
    stated = study.criteria.classes
    if stated is None:
        raise UsageError("the study has no classes: add classes: to the criteria file")
    if choices.method or choices.settings:
        what = "classes are found by {method}, as the study says; --method and --set are for rankings"
        raise UsageError(what, method=stated.method)
    asked = prepare(study, choices)
    problem, trial, effort = asked.problem, asked.trial, asked.trial.effort
    try:
        sort, settings = _sorter(study, stated, problem, choices)
        found = sort(problem.weights[None, :], None)[0].astype(np.int64)
        experiment = Experiment(sort, Sampler.of(trial.space), "one", None, problem.m)
        shares = class_shares(experiment, len(stated.order), effort)
    except UsageError:
        raise
    except (TypeError, ValueError):
        if not stated.settings:
            raise
        raise UsageError("{method} cannot take these settings", method=stated.method) from None
    return Classed(
        heading=asked.heading,
        drawn=Drawn(effort.draws, effort.seed, trial.around, trial.within, trial.space.texts),
        problem=problem,
        method=stated.method,
        settings=settings,
        order=tuple((each.id, each.name) for each in stated.order),
        classes=frozen(found, np.int64),
        shares=shares,
    )


def _sorter(study: Study, stated: Classes, problem: Problem, choices: Choices) -> tuple[Any, Mapping[str, Any]]:
    """What sorts, and the variant that it does it by."""
    figures = FigureSpace.of(problem)
    if stated.method == "thresholds":
        return _limits(study, stated, problem, choices, figures)
    entry = SORTINGS[stated.method]
    shown = {key: value for key, value in entry.settings.items() if value is not None} | stated.settings
    profiles = _profiles(stated, problem)
    settings = {**stated.settings, "profiles": profiles, **fed(problem, entry, stated.settings)}
    function: Any = partial(entry.function, sense=problem.sense, **settings)
    return Batch(stated_figures(problem), function, figures, as_values=False), shown


def _profiles(stated: Classes, problem: Problem) -> Floats:
    """(k, n) from the worst to the best."""
    found = [each.profile for each in stated.order if each.profile is not None]
    found += [stated.top] if stated.top is not None else []
    return frozen([[profile[id] for id in problem.criteria] for profile in found])


def _limits(
    study: Study, stated: Classes, problem: Problem, choices: Choices, figures: FigureSpace
) -> tuple[Limits, Mapping[str, Any]]:
    """Limits on the scores of a ranking method: the study's, or the one named under settings."""
    inner = stated.settings.get("settings", {})
    method, settings = variant(study, replace(choices, method=stated.settings.get("method"), settings=inner))
    way = scoring(problem, method, settings)
    limits = frozen([each.score for each in stated.order[1:]])
    return Limits(way.scorer, limits, method.score_unit, figures), {"method": method.id, **settings}
