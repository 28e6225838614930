"""The GAIA plane: candidates and criteria as PROMETHEE compares them, seen from where most of the differences show.

Mareschal, B. & Brans, J.-P. (1988). Geometrical representations for MCDA. European Journal of Operational Research
34(1), 69–77: the principal components of the unicriterion net flows, and the weights as the decision axis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Floats, Preference, Problem, Threshold, frozen
from techprio.judging import judge
from techprio.methods.registry import METHODS
from techprio.run import Choices, prepare
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.tables import rounded
from techprio.verdict import Verdict
from techprio.wording import language

METHOD = "promethee2"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Gaia:
    """Candidates, criteria and the decision axis in the plane of the first two principal components."""

    verdict: Verdict
    """The ranking by PROMETHEE II."""
    candidates: Floats
    """(m, 2)"""
    criteria: Floats
    """(n, 2) the loadings: where each criterion pulls."""
    axis: Floats
    """(2,) the weights, seen in the plane."""
    explained: float
    """The share of the flows' variance that the plane shows."""
    fixed: tuple[str, ...]
    """Criteria whose thresholds are shares of a figure: here they are taken at the median figure."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate in rank order, one a criterion, and one for the decision axis."""
        p, english = self.verdict.problem, language("en")
        found = [
            ("candidate", p.candidates[i], english.text(p.names[i]), self.candidates[i]) for i in self.verdict.order
        ]
        found += [
            ("criterion", id, english.text(name), place)
            for id, name, place in zip(p.criteria, p.criterion_names, self.criteria, strict=True)
        ]
        found.append(("axis", "weights", "weights", self.axis))
        return [
            {"kind": kind, "id": id, "name": name, "u": rounded(place[0]), "v": rounded(place[1])}
            for kind, id, name, place in found
        ]


def gaia(study: Study, choices: Choices) -> Gaia:
    """The plane of a study under PROMETHEE II, whatever its method; thresholds are the study's."""
    if METHOD not in METHODS:
        raise UsageError("the GAIA plane is drawn from {method}, which is not there", method=METHOD)
    settings = choices.settings if choices.method == METHOD else {}
    asked = replace(choices, method=METHOD, settings=settings, draws=1, certify=False)  # nothing in a plane is sampled
    p = prepare(study, asked)
    problem, fixed = _constant(p.problem)
    flows = scoring(problem, p.method, p.settings).terms
    if flows is None or min(flows.shape) < 2:
        raise UsageError("a plane needs two candidates and two criteria")
    centred = flows - flows.mean(axis=0)
    _, sizes, loadings = np.linalg.svd(centred, full_matrices=False)
    if not sizes[0] > 0:
        raise UsageError("all candidates are alike on every criterion: there is no plane to see them in")
    loadings = loadings[:2] * _signs(loadings[:2], problem.weights)[:, None]
    axis = loadings @ problem.weights
    return Gaia(
        judge(problem, p.method, p.settings, p.trial, p.heading),
        frozen(centred @ loadings.T),
        frozen(loadings.T),
        frozen(axis),
        float((sizes[:2] ** 2).sum() / (sizes**2).sum()),
        fixed,
    )


def _constant(problem: Problem) -> tuple[Problem, tuple[str, ...]]:
    """The problem with every threshold a constant, as PROMETHEE has them, and the criteria for which that is new."""
    middle = np.abs(np.nanmedian(problem.x, axis=0))
    found, fixed = [], []
    for id, stated, figure in zip(problem.criteria, problem.preferences, middle.tolist(), strict=True):
        if stated is None or not any(each and each.share for each in _thresholds(stated)):
            found.append(stated)
            continue
        q, p, s = (each and Threshold(each.constant + each.share * figure) for each in _thresholds(stated))
        found.append(Preference(stated.type, q, p, s))
        fixed.append(id)
    return replace(problem, preferences=tuple(found)), tuple(fixed)


def _thresholds(stated: Preference) -> tuple[Threshold | None, Threshold | None, Threshold | None]:
    return stated.indifference, stated.preference, stated.inflection


def _signs(loadings: Floats, weights: Floats) -> Floats:
    """±1 each: the decision axis points right and up, whatever way round the components come out."""
    found: Floats = np.where(loadings @ weights < 0, -1.0, 1.0)
    return found
