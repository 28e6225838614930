"""Problem + method → scores, by the fastest way that the method allows; and what a study must add before it can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats, Preference, Problem, Threshold
from techprio.methods import Method
from techprio.robustness.draws import FigureSpace, stated_figures, stated_values
from techprio.robustness.experiment import Batch, Scorer, Sum
from techprio.sorting import Sorting
from techprio.wording import nearest


@dataclass(frozen=True, slots=True, eq=False)
class Scoring:
    """How a problem is scored."""

    scorer: Scorer
    terms: Floats | None
    """(m, n) what is weighed and added up at the stated figures, where a score is (a function of) such a sum."""


def scoring(problem: Problem, method: Method, settings: Mapping[str, Any]) -> Scoring:
    """The way to score a problem by a method in one variant.

    Where scores are sums of weighted terms, one matrix product serves every draw; if also each term depends on its own
    cell only, drawn figures are no more than a correction of it. Otherwise the method is called on tables of drawn
    figures, many at a time.
    """
    figures = FigureSpace.of(problem)
    as_values = settings.get("scaling") == "value"
    x = stated_values(problem) if as_values else stated_figures(problem)
    sense = np.ones(problem.n) if as_values else problem.sense
    given = {**settings, **fed(problem, method, settings)}
    if as_values:
        given["scaling"] = "none"
    with np.errstate(all="ignore"):
        terms = None if method.terms is None else method.terms(x, sense, **given)
    if terms is not None and not np.isfinite(terms).all():
        terms = None  # the method itself says what is wrong
    if method.terms is not None and terms is not None and (figures.k == 0 or (as_values and method.cellwise)):
        term: Any = partial(method.terms, sense=np.ones(1), **given)
        return Scoring(Sum(terms, term, method.link, figures), terms)
    return Scoring(Batch(x, partial(method.function, sense=sense, **given), figures, as_values), terms)


def fed(problem: Problem, method: Method | Sorting, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that come from the study: limits of scales, thresholds. Those that are stated stay, by column."""
    found = _by_column(problem, method, settings)
    wants_bounds = "bounds" in method.needs or settings.get("scaling") == "scale"
    if wants_bounds and "bounds" not in settings:
        found["bounds"] = _bounds(problem, method)
    if "tree" in method.needs and settings.get("scaling") == "value":
        found["aggregate"] = problem.tree
    if "thresholds" in method.needs and not {"q", "p"} & set(settings):
        found.update(_thresholds(problem, method))
    for setting, how in method.needs.items():
        if how == "stated" and setting not in settings:
            what = "{method} needs {setting}: state it under settings, one for each criterion, such as {criterion}"
            raise MethodError(what, method=method.id, setting=setting, criterion=_named(problem, 0))
    return found


def _by_column(problem: Problem, method: Method | Sorting, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings that are stated by criterion id, as methods take them: a value a column, or pairs of columns."""
    found: dict[str, Any] = {}
    for setting in method.per_criterion:
        if isinstance(given := settings.get(setting), Mapping):
            for j, id in enumerate(problem.criteria):
                if id not in given:
                    what, named = "{method} needs {setting} for every criterion, and has none for {criterion}", _named
                    raise MethodError(what, method=method.id, setting=setting, criterion=named(problem, j))
            _known(problem, method, setting, given)
            found[setting] = [given[id] for id in problem.criteria]
    for setting in getattr(method, "between", ()):
        given = settings.get(setting)
        if isinstance(given, Mapping) and all(isinstance(inner, Mapping) for inner in given.values()):
            _known(problem, method, setting, given, *given.values())
            columns = {id: j for j, id in enumerate(problem.criteria)}
            found[setting] = [(columns[a], columns[b], i) for a, inner in given.items() for b, i in inner.items()]
    return found


def _known(problem: Problem, method: Method | Sorting, setting: str, *given: Mapping[str, Any]) -> None:
    for id in (id for each in given for id in each):
        if id not in problem.criteria:
            what, near = "{setting} of {method}: there is no criterion {id}", nearest(str(id), problem.criteria)
            raise MethodError(what, method=method.id, setting=setting, id=str(id), near=near)


def _bounds(problem: Problem, method: Method | Sorting) -> Floats:
    for j, limits in enumerate(problem.limits):
        if not np.isfinite(limits).all():
            what = (
                "{method} needs both limits: add min and max to the scale of {criterion}, or state the setting bounds"
            )
            raise MethodError(what, method=method.id, criterion=_named(problem, j))
    return problem.limits


def _thresholds(problem: Problem, method: Method | Sorting) -> dict[str, Any]:
    """``types``, ``q``, ``p``, ``s``, ``v`` as the method takes them: numbers as (constant, share of the figure)."""
    none = Preference("usual", None, None, None)
    if method.needs["thresholds"] == "required" and None in problem.preferences:
        what = (
            "{method} needs thresholds: add preference: with indifference and preference to {criterion}, or state the "
            "settings q and p"
        )
        raise MethodError(what, method=method.id, criterion=_named(problem, problem.preferences.index(None)))
    stated = [preference or none for preference in problem.preferences]
    known = {
        "types": [preference.type for preference in stated],
        "q": [_pair(preference.indifference) for preference in stated],
        "p": [_pair(preference.preference) for preference in stated],
        "s": [_pair(preference.inflection) for preference in stated],
        "v": [_pair(veto, missing=np.inf) for veto in problem.vetoes],
    }
    return {key: value for key, value in known.items() if key in method.settings}


def _pair(threshold: Threshold | None, missing: float = 0.0) -> tuple[float, float]:
    return (missing, 0.0) if threshold is None else (threshold.constant, threshold.share)


def _named(problem: Problem, j: int) -> str:
    """A criterion, and its place if the problem has one."""
    place = problem.criterion_place(j)
    return problem.criteria[j] if place is None else f"{problem.criteria[j]} ({place})"


@contextmanager
def naming(problem: Problem) -> Iterator[None]:
    """Give the rows and columns that a method speaks of their names, and the place of the criterion."""
    try:
        yield
    except MethodError as error:
        facts = dict(error.facts)
        if isinstance(i := facts.get("i"), int):
            facts["i"] = problem.candidates[i]
        if isinstance(j := facts.get("j"), int):
            facts["j"] = _named(problem, j)
        raise MethodError(error.message, **facts) from None
