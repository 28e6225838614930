"""Rules within the criteria file: the tree, its scales, value functions and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft
from techprio.study.nodes import Anchored, Branch, Leaf, LevelScale, LevelsValue, PiecewiseValue, ThresholdParts
from techprio.study.portfolio import Resource
from techprio.study.tree import walk
from techprio.yaml_source import Path_, Source


def _leaves(draft: Draft) -> Iterator[tuple[Source, Path_, Leaf]]:
    for path, node in walk(draft.criteria.criteria if draft.criteria else ()):
        if isinstance(node, Leaf):
            yield draft.criteria_source, path, node


def doubled(source: Source, ids: Iterable[tuple[Path_, str]], message: str) -> Iterator[Found]:
    """Ids that have stood before."""
    first: dict[str, Path_] = {}
    for path, id in ids:
        if id in first:
            line = source.at_value((*first[id], "id")).line
            yield Found(source, (*path, "id"), message, "give each its own", {"id": id, "line": line})
        first.setdefault(id, path)


@rule("E301")
def doubled_ids(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None:
        return
    source = draft.criteria_source
    nodes = ((path, node.id) for path, node in walk(draft.criteria.criteria))
    yield from doubled(source, nodes, "the node {id} stands on line {line} already")
    gates = ((("gates", i), gate.id) for i, gate in enumerate(draft.criteria.gates))
    yield from doubled(source, gates, "the gate {id} stands on line {line} already")
    sets = [(("weight_sets", i), s.id) for i, s in enumerate(draft.criteria.weight_sets)]
    yield from doubled(source, sets, "the weight set {id} stands on line {line} already")
    order = enumerate(draft.criteria.classes.order if draft.criteria.classes else ())
    classes = ((("classes", "order", i), each.id) for i, each in order)
    yield from doubled(source, classes, "the class {id} stands on line {line} already")
    for path, id in sets:
        if id in ("base", "chosen", "sets"):
            message = "{id} has a meaning of its own and cannot name a weight set"
            yield Found(source, (*path, "id"), message, "use another id", {"id": id})


@rule("E302")
def all_zero(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None:
        return
    tree = draft.criteria.criteria
    branches = [((), tree), *((path, n.criteria) for path, n in walk(tree) if isinstance(n, Branch))]
    for path, nodes in branches:
        list_path = (*path, "criteria")
        if not any(node.weight for node in nodes) and not draft.criteria_source.lost(list_path):
            message = "all weights here are 0, so nothing can be weighed"
            yield Found(draft.criteria_source, list_path, message, "give one a weight above 0", at="key")


# -- scales and value functions -------------------------------------------------------------------------------------


def limits_make_sense(leaf: Leaf | Resource) -> bool:
    """Whether the scale's limits are in order; if not, no figure can be called off the scale."""
    low, high = leaf.scale.limits
    return low is None or high is None or low < high


def anchors_make_sense(leaf: Leaf) -> bool:
    """Whether the best anchor is on the better side of the worst."""
    worst, best = leaf.anchors
    if not limits_make_sense(leaf) or worst is None or best is None:
        return True
    return best > worst if leaf.direction == "max" else best < worst


@rule("E303")
def limits_in_order(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        if not limits_make_sense(leaf):
            low, high = leaf.scale.limits
            facts = {"low": low, "high": high}
            yield Found(source, (*path, "scale", "max"), "max {high} is not above min {low}", "", facts)


@rule("E304")
def anchors_in_order(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        if not isinstance(leaf.value, Anchored) or anchors_make_sense(leaf):
            continue
        stated = next((key for key in ("best", "worst") if getattr(leaf.value, key) is not None), None)
        if stated and not source.lost((*path, "value")):
            message = "with direction max the best anchor {best} must be above the worst {worst}"
            if leaf.direction == "min":
                message = "with direction min the best anchor {best} must be below the worst {worst}"
            worst, best = leaf.anchors
            facts = {"best": best, "worst": worst}
            yield Found(source, (*path, "value", stated), message, "change the anchors or the direction", facts)


@rule("E305")
def rises_with_direction(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        if not isinstance(leaf.value, PiecewiseValue):
            continue
        sign = 1 if leaf.direction == "max" else -1
        for i, (a, b) in enumerate(pairwise(leaf.value.points), start=1):
            point = (*path, "value", "points", i)
            if b.at <= a.at:
                message = "the points must go from the lowest figure to the highest, and {b} is not above {a}"
                yield Found(source, (*point, "at"), message, "", {"a": a.at, "b": b.at})
            elif sign * (b.value - a.value) < 0:
                yield _turns(source, (*point, "value"), leaf)


def _turns(source: Source, path: Path_, leaf: Leaf) -> Found:
    if leaf.direction == "max":
        message, hint = "the value falls while the figure rises, and the direction is max", "with max more is better"
    else:
        message, hint = "the value rises with the figure, and the direction is min", "with min less is better"
    return Found(source, path, message, hint)


@rule("E306")
def level_values(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        if not isinstance(leaf.value, LevelsValue):
            continue
        at = (*path, "value", "values")
        if not isinstance(leaf.scale, LevelScale):
            message = "values by level need a scale of levels"
            yield Found(source, (*path, "value", "shape"), message, "use piecewise for a scale of numbers")
            continue
        if source.lost((*path, "scale", "levels")):
            continue
        low, high = min(leaf.scale.levels), max(leaf.scale.levels)
        off = [level for level in leaf.value.values if not low <= level <= high]
        for level in off:
            facts = {"level": level, "low": low, "high": high}
            yield Found(source, (*at, level), "level {level} is off the scale {low} to {high}", "", facts, at="key")
        if not off and not source.lost(at):
            for level in (low, high):
                if level not in leaf.value.values:
                    yield Found(source, at, "level {level} has no value", "", {"level": level}, at="first_key")
        sign = 1 if leaf.direction == "max" else -1
        for (_, a), (level, b) in pairwise(sorted(leaf.value.values.items())):
            if sign * (b - a) < 0:
                yield _turns(source, (*at, level), leaf)


@rule("E307")
def anchors_known(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        if None in leaf.anchors and not isinstance(leaf.value, LevelsValue):
            lost = source.lost(path, "value") or source.lost((*path, "value")) or source.lost((*path, "scale"))
            if not lost:
                message = "without both limits of the scale nothing says which figure has value 0 and which value 1"
                yield Found(
                    source, (*path, "scale"), message, "add min and max, or value: with worst and best", at="key"
                )


@rule("E315")
def orness_with_owa(draft: Draft) -> Iterator[Found]:
    source = draft.criteria_source
    for path, node in walk(draft.criteria.criteria if draft.criteria else ()):
        if not isinstance(node, Branch) or source.lost(path, "aggregate") or source.lost(path, "orness"):
            continue
        if node.aggregate == "owa" and node.orness is None:
            hint = "add orness: 0 counts the worst value, 0.5 all by their weights, 1 the best"
            yield Found(source, (*path, "aggregate"), "aggregate owa needs orness", hint)
        if node.aggregate != "owa" and node.orness is not None:
            yield Found(source, (*path, "orness"), "orness has a meaning only with aggregate: owa", at="key")


# -- thresholds and methods -----------------------------------------------------------------------------------------

_NEEDED = {
    "usual": (),
    "u-shape": ("indifference",),
    "v-shape": ("preference",),
    "level": ("indifference", "preference"),
    "linear": ("indifference", "preference"),
    "gaussian": ("inflection",),
}


@rule("E308")
def thresholds(draft: Draft) -> Iterator[Found]:
    for source, path, leaf in _leaves(draft):
        stated, at = leaf.preference, (*path, "preference")
        if stated is None:
            continue
        for key in _NEEDED[stated.type]:
            if getattr(stated, key) is None and not source.lost(at, key) and not source.lost(at, "type"):
                facts = {"type": stated.type, "key": key}
                yield Found(source, at, "preference type {type} needs {key}", "", facts, at="first_key")
        if _above(stated.indifference, stated.preference):
            message = "the indifference threshold is above the preference threshold"
            yield Found(source, (*at, "indifference"), message)
        if _above(stated.preference, leaf.veto):
            yield Found(source, (*path, "veto"), "the veto threshold is below the preference threshold")


def _above(a: ThresholdParts | None, b: ThresholdParts | None) -> bool:
    """Whether threshold ``a`` is above ``b`` for every figure."""
    return a is not None and b is not None and a != b and a.constant >= b.constant and a.share >= b.share


@rule("E314")
def known_methods(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or not draft.methods.ranking:
        return
    analysis, source = draft.criteria.analysis, draft.criteria_source
    worlds: list[tuple[Path_, str, dict[str, Any]]] = [(("analysis",), analysis.method, analysis.settings)]
    worlds += [(("analysis", "multiverse", i), w.method, w.settings) for i, w in enumerate(analysis.multiverse)]
    known = frozenset(draft.methods.ranking)
    for path, method, settings in worlds:
        if method not in draft.methods.ranking:
            message, hint = "there is no ranking method {id}", "techprio methods lists those there are"
            yield Found(source, (*path, "method"), message, hint, {"id": method}, known=known)
            continue
        for key in settings if not source.lost(path, "method") else ():
            if key not in draft.methods.ranking[method]:
                message, facts = "{method} has no setting {id}", {"id": key, "method": method}
                known_keys = draft.methods.ranking[method]
                yield Found(source, (*path, "settings", key), message, "", facts, at="key", known=known_keys)
