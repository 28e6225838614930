"""Study → the weight spaces it speaks of: boxes, mixtures and statements as polytopes of global leaf weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from techprio.build import node_weights, shares, weight_set
from techprio.errors import StudyError
from techprio.hall import Floats
from techprio.robustness.space import WeightSpace
from techprio.study import criteria
from techprio.study.admissible import conflict, leaf_rows
from techprio.study.checks.weights import conflict_found
from techprio.study.folder import Study
from techprio.yaml_source import Path_


@dataclass(frozen=True, slots=True)
class Admissible:
    """A weight space, and how it is spoken of."""

    space: WeightSpace
    around: str
    """The weight set in its middle; ``sets``: it holds the mixtures of all of them."""
    within: float | None
    """How far a weight may lie from the middle, as a share of itself; None: anywhere."""


def admissible(study: Study, weights: str, chosen: Floats | None = None) -> Admissible:
    """The weight space in which the weight set ``weights`` is put to the test: its own, or else the study's.

    ``chosen`` (n,) are its leaf weights if they were changed for this run. Raises StudyError, naming the smallest set
    of statements that conflict, if no weights are admissible; then nothing is drawn.
    """
    path, stated = _stated(study, weights)
    around = weights if stated.around == "chosen" else stated.around
    leaf_ids = [leaf.id for leaf in study.leaves]
    sets = [_leaf_weights(study, id) for id in _all_sets(study)] if around == "sets" else []
    centre = {} if around == "sets" else _leaf_weights(study, around)
    if chosen is not None and around == weights:
        centre = dict(zip(leaf_ids, map(float, chosen), strict=True))
    if found := conflict(study.criteria.criteria, stated, centre, sets):
        fault = conflict_found(study.criteria_source, path, stated, around, found)
        raise StudyError([fault.fault("E326")])
    if sets:
        space = WeightSpace.mixtures(np.array([[leaf[id] for id in leaf_ids] for leaf in sets]))
    else:
        space = WeightSpace.around(np.array([centre[id] for id in leaf_ids]), stated.within)
    if stated.statements:
        read = leaf_rows(study.criteria.criteria, stated.statements)
        rows = [[row.get(id, 0.0) for id in leaf_ids] for row, _ in read]
        space = space.where(rows, [bound for _, bound in read], stated.statements)
    return Admissible(space, around, stated.within)


def own_spaces(study: Study) -> dict[str, Admissible]:
    """Weight set → its weight space, for every set of the study."""
    return {id: admissible(study, id) for id in _all_sets(study)}


def _stated(study: Study, weights: str) -> tuple[Path_, criteria.WeightSpace]:
    """The section that holds for a weight set, with its path."""
    own = weight_set(study, weights).weight_space
    if own is None:
        return ("weight_space",), study.criteria.weight_space
    at = [s.id for s in study.criteria.weight_sets].index(weights)
    return ("weight_sets", at, "weight_space"), own


def _all_sets(study: Study) -> tuple[str, ...]:
    return ("base", *(s.id for s in study.criteria.weight_sets))


def _leaf_weights(study: Study, id: str) -> Mapping[str, float]:
    found = shares(study, node_weights(study, id))
    return {leaf.id: found[leaf.id] for leaf in study.leaves}
