"""Study → Problem. If this fails on a checked study, a check is missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from techprio.errors import Place, UsageError
from techprio.hall import SHAPES, Branching, Cut, Floats, Floor, Preference, Problem, Threshold, ValueFunction, frozen
from techprio.study.candidates import Candidate, Figure
from techprio.study.criteria import WeightSet
from techprio.study.folder import Study
from techprio.study.gating import Failure, failures
from techprio.study.nodes import Branch, ExponentialValue, Leaf, LevelsValue, PiecewiseValue, ThresholdParts
from techprio.study.portfolio import Resource
from techprio.study.tree import branch_of_leaf, global_weights, walk, weights_of
from techprio.weighing import Weighing, local_weights, weighings
from techprio.wording import nearest


@dataclass(frozen=True, slots=True)
class Changes:
    """One-off changes: weights of nodes among their siblings, and figures."""

    weight: Mapping[str, float] = field(default_factory=dict)
    figure: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """(candidate, criterion) → figure."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A candidate that is not scored, and the gates that it does not pass."""

    id: str
    name: Mapping[str, str]
    failures: tuple[Failure, ...]


def with_figures(study: Study, changes: Mapping[tuple[str, str], float]) -> Study:
    """The study with some figures changed, as if the files said so."""
    if not changes:
        return study
    records = {record.candidate.id: record for record in study.records}
    leaves: dict[str, Leaf | Resource] = {leaf.id: leaf for leaf in study.leaves}
    portfolio = study.criteria.portfolio
    leaves.update({resource.id: resource for resource in (portfolio.resources if portfolio else ())})
    for (candidate, criterion), number in changes.items():
        record = records[known(candidate, records, "there is no candidate {id}")]
        leaf = leaves[known(criterion, leaves, "there is no criterion {id}")]
        low, high = leaf.scale.limits
        if (low is not None and number < low) or (high is not None and number > high) or not math.isfinite(number):
            raise UsageError("{number} is off the scale of {id}", number=number, id=criterion)
        figures = {**record.candidate.figures, criterion: Figure(value=number)}
        changed = record.candidate.model_copy(update={"figures": figures})
        records[candidate] = replace(record, candidate=changed)
    return replace(study, records=tuple(records.values()))


def gated(study: Study) -> tuple[tuple[int, ...], tuple[Excluded, ...]]:
    """The positions of the candidates that pass every gate, and the others with the reasons."""
    passed: list[int] = []
    excluded: list[Excluded] = []
    for i, candidate in enumerate(study.candidates):
        if found := tuple(failures(study.criteria.gates, candidate)):
            excluded.append(Excluded(candidate.id, name_of(candidate), found))
        else:
            passed.append(i)
    return tuple(passed), tuple(excluded)


def name_of(candidate: Candidate) -> Mapping[str, str]:
    """Its name, or else its id."""
    return candidate.name or {"": candidate.id}


# -- weights --------------------------------------------------------------------------------------------------------


def weight_set(study: Study, id: str) -> WeightSet:
    """The weight set ``id``; ``base`` is the tree's own weights."""
    sets = {s.id: s for s in (WeightSet(id="base"), *study.criteria.weight_sets)}
    return sets[known(id, sets, "there is no weight set {id}")]


def node_weights(study: Study, id: str, changes: Mapping[str, float] | None = None) -> dict[str, float]:
    """Node → its weight among its siblings, in a weight set, with one-off changes."""
    tree = study.criteria.criteria
    nodes = {node.id for _, node in walk(tree)}
    for node, weight in (changes or {}).items():
        known(node, nodes, "there is no node {id}")
        if not 0 <= weight < math.inf:
            raise UsageError("{id} cannot weigh {weight}", id=node, weight=weight)
    found = local_weights(found_weights(study, id), tree)
    return weights_of(tree, {**weight_set(study, id).weights, **found, **(changes or {})})


def found_weights(study: Study, id: str) -> tuple[Weighing, ...]:
    """How the weights of a set were found, where they are not stated; figures are those of all that pass the gates."""
    tree = study.criteria.criteria
    figures = cache(lambda: build(study, global_weights(tree, weights_of(tree, {})), gated(study)[0]))
    return weighings(weight_set(study, id), tree, figures)


def shares(study: Study, local: Mapping[str, float]) -> dict[str, float]:
    """Node → its share of the whole."""
    found = global_weights(study.criteria.criteria, local)
    if not math.isclose(sum(found[leaf.id] for leaf in study.leaves), 1, abs_tol=1e-9):
        raise UsageError("with these weights all nodes of a branch weigh 0")
    return found


# -- the problem ----------------------------------------------------------------------------------------------------


def build(study: Study, weights: Mapping[str, float], rows: Sequence[int]) -> Problem:
    """The candidates at ``rows``, judged with the node shares ``weights``."""
    everybody = study.candidates
    candidates = [everybody[i] for i in rows]
    leaves = study.leaves
    cells = [[candidate.figures.get(leaf.id) for leaf in leaves] for candidate in candidates]
    tops = study.criteria.criteria
    position = {node.id: i for i, node in enumerate(tops)}
    of_leaf = branch_of_leaf(tops)
    return Problem(
        candidates=tuple(candidate.id for candidate in candidates),
        criteria=tuple(leaf.id for leaf in leaves),
        x=_numbers(cells, lambda figure: figure.nominal),
        low=_numbers(cells, lambda figure: figure.ends[0]),
        high=_numbers(cells, lambda figure: figure.ends[1]),
        shapes=frozen([[SHAPES.index(_shape(figure)) for figure in row] for row in cells], np.int8),
        odds=frozen([[_odds(figure) for figure in row] for row in cells]),
        correlations=_correlations(study, [leaf.id for leaf in leaves]),
        sense=frozen([1.0 if leaf.direction == "max" else -1.0 for leaf in leaves]),
        weights=frozen([weights[leaf.id] for leaf in leaves]),
        missing=tuple("neutral" if leaf.missing == "error" else leaf.missing for leaf in leaves),
        value_functions=tuple(value_function(leaf) for leaf in leaves),
        limits=frozen([[math.nan if end is None else end for end in leaf.scale.limits] for leaf in leaves]),
        preferences=tuple(_preference(leaf) for leaf in leaves),
        vetoes=tuple(_threshold(leaf.veto) for leaf in leaves),
        illustrative=frozen([[f is not None and f.illustrative for f in row] for row in cells], bool),
        names=tuple(name_of(candidate) for candidate in candidates),
        criterion_names=tuple(leaf.name for leaf in leaves),
        units=tuple(leaf.unit for leaf in leaves),
        level_scales=tuple(leaf.scale.kind == "levels" for leaf in leaves),
        branches=tuple(node.id for node in tops),
        branch_names=tuple(node.name for node in tops),
        branch_of=tuple(position[of_leaf[leaf.id]] for leaf in leaves),
        tree=Branching("", _branching(tops, {leaf.id: j for j, leaf in enumerate(leaves)})),
        tiers=tuple(candidate.tier for candidate in candidates),
        groups=tuple(candidate.group for candidate in candidates),
        cut=_cut(study, candidates),
        origin=_Origin(study, tuple(rows), tuple(leaf.id for leaf in leaves)),
        criterion_place=_CriterionPlace(study, tuple(leaf.id for leaf in leaves)),
    )


@dataclass(frozen=True, slots=True)
class _Origin:
    """(row, column) of a problem → where the figure stands in the files."""

    study: Study
    rows: tuple[int, ...]
    criteria: tuple[str, ...]

    def __call__(self, i: int, j: int) -> Place | None:
        return self.study.place_of(self.rows[i], self.criteria[j])


@dataclass(frozen=True, slots=True)
class _CriterionPlace:
    """Column of a problem → where the criterion stands in the criteria file."""

    study: Study
    criteria: tuple[str, ...]

    def __call__(self, j: int) -> Place | None:
        paths = {node.id: path for path, node in walk(self.study.criteria.criteria)}
        return self.study.criteria_source.at_value((*paths[self.criteria[j]], "id"))


def aggregates(study: Study) -> dict[str, str]:
    """Branch → how its values are put together, for those that are no plain sum."""
    branches = [node for _, node in walk(study.criteria.criteria) if isinstance(node, Branch)]
    return {branch.id: branch.aggregate for branch in branches if branch.aggregate != "arithmetic"}


def _branching(nodes: Sequence[Leaf | Branch], columns: Mapping[str, int]) -> tuple[Branching | int, ...]:
    return tuple(
        Branching(node.id, _branching(node.criteria, columns), node.aggregate, node.orness or 0.5)
        if isinstance(node, Branch)
        else columns[node.id]
        for node in nodes
    )


def _preference(leaf: Leaf) -> Preference | None:
    stated = leaf.preference
    if stated is None:
        return None
    parts = (stated.indifference, stated.preference, stated.inflection)
    return Preference(stated.type, *map(_threshold, parts))


def _threshold(stated: ThresholdParts | None) -> Threshold | None:
    return None if stated is None else Threshold(stated.constant, stated.share)


def _shape(figure: Figure | None) -> str:
    if figure is not None and (figure.one_below or figure.one_above):
        return "levels"
    return (figure.distribution if figure else None) or "triangular"


def _odds(figure: Figure | None) -> tuple[float, float]:
    return (0.0, 0.0) if figure is None else (figure.one_below or 0.0, figure.one_above or 0.0)


def _correlations(study: Study, criteria: Sequence[str]) -> Floats:
    """(n, n) rank correlations between criteria; empty where none are declared."""
    if not study.criteria.correlations:
        return frozen(np.zeros((0, 0)))
    found = np.eye(len(criteria))
    for stated in study.criteria.correlations:
        i, j = map(criteria.index, stated.between)
        found[i, j] = found[j, i] = stated.rank
    return frozen(found)


def _numbers(cells: Sequence[Sequence[Figure | None]], read: Callable[[Figure], float | None]) -> Floats:
    numbers = [[None if figure is None else read(figure) for figure in row] for row in cells]
    return frozen([[math.nan if number is None else number for number in row] for row in numbers])


def value_function(leaf: Leaf) -> ValueFunction:
    """The value function of a criterion as breakpoints."""
    stated = leaf.value
    if isinstance(stated, PiecewiseValue):
        return ValueFunction(frozen([p.at for p in stated.points]), frozen([p.value for p in stated.points]))
    if isinstance(stated, LevelsValue):
        levels = sorted(stated.values)
        return ValueFunction(frozen(levels), frozen([stated.values[level] for level in levels]))
    worst, best = leaf.anchors
    assert worst is not None  # rule E307
    assert best is not None
    ends, ascending = ([worst, best], [0.0, 1.0]) if worst < best else ([best, worst], [1.0, 0.0])
    rho = stated.rho if isinstance(stated, ExponentialValue) else 0.0
    return ValueFunction(frozen(ends), frozen(ascending), rho)


def _cut(study: Study, candidates: Sequence[Candidate]) -> Cut | None:
    stated = study.criteria.cut
    if stated is None:
        return None
    floors = []
    for floor in stated.at_least:
        kind, label = ("tier", floor.tier) if floor.tier is not None else ("group", floor.group)
        members = frozen([getattr(candidate, kind) == label for candidate in candidates], bool)
        floors.append(Floor(kind, str(label), floor.count, members))
    return Cut(stated.total, tuple(floors))


def known(id: str, there: Iterable[str], message: str, **facts: Any) -> str:
    """``id`` itself if it is among ``there``. Raises UsageError with ``message`` and the nearest one."""
    there = list(there)
    if id in there:
        return id
    raise UsageError(message, id=id, near=nearest(id, there), **facts)
