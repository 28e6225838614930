"""Rules on weight sets, the weight space and the cut."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.study.checks.candidates import NO_LABEL, label_lost
from techprio.study.checks.rule import Found, few, rule
from techprio.study.criteria import Branch, WeightSpace
from techprio.study.draft import Draft
from techprio.study.tree import leaf_weights, walk, weights_of
from techprio.yaml_source import Path_


@rule("E320")
def known_nodes(draft: Draft) -> Iterator[Found]:
    for i, weight_set in enumerate(draft.criteria.weight_sets if draft.criteria else ()):
        for id in weight_set.weights:
            if draft.nodes.lack(id):
                path, message, facts = ("weight_sets", i, "weights", id), "there is no node {id}", {"id": id}
                yield Found(draft.criteria_source, path, message, "", facts, at="key", known=draft.nodes.known)


@rule("E321")
def set_not_all_zero(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or not draft.whole:
        return
    tree = draft.criteria.criteria
    levels = [tree, *(node.criteria for _, node in walk(tree) if isinstance(node, Branch))]
    for i, weight_set in enumerate(draft.criteria.weight_sets):
        local = weights_of(tree, weight_set.weights)
        for nodes in levels:
            changed = any(node.id in weight_set.weights for node in nodes)
            if changed and not any(local[node.id] for node in nodes):
                message = "with these weights all of {nodes} weigh 0"
                facts = {"nodes": few([node.id for node in nodes])}
                yield Found(draft.criteria_source, ("weight_sets", i, "weights"), message, "", facts, at="key")


def _spaces(draft: Draft) -> Iterator[tuple[Path_, WeightSpace]]:
    if draft.criteria is None:
        return
    yield ("weight_space",), draft.criteria.weight_space
    for i, weight_set in enumerate(draft.criteria.weight_sets):
        if weight_set.weight_space is not None:
            yield ("weight_sets", i, "weight_space"), weight_set.weight_space


@rule("E323")
def known_centre(draft: Draft) -> Iterator[Found]:
    for path, space in _spaces(draft):
        if space.around == "sets":
            message = "mixtures of all sets cannot be drawn yet"
            yield Found(draft.criteria_source, (*path, "around"), message, "name one set, or write chosen")
        elif space.around not in ("chosen", "base") and draft.weight_sets.lack(space.around):
            known = draft.weight_sets.known | {"chosen", "base"}
            message, facts = "there is no weight set {id}", {"id": space.around}
            yield Found(draft.criteria_source, (*path, "around"), message, "", facts, known=known)


@rule("E324")
def statements_not_yet(draft: Draft) -> Iterator[Found]:
    for path, space in _spaces(draft):
        if space.statements:
            message = "statements on weights cannot be read yet"
            yield Found(
                draft.criteria_source, (*path, "statements"), message, "keep them under extra for now", at="key"
            )


@rule("E325")
def floors_fit(draft: Draft) -> Iterator[Found]:
    cut = draft.criteria.cut if draft.criteria else None
    if cut is None or draft.criteria is None:
        return
    for i, floor in enumerate(cut.at_least):
        path: Path_ = ("cut", "at_least", i)
        if (floor.tier is None) == (floor.group is None):
            message = "a floor is for a tier or for a group, one of the two"
            if not draft.criteria_source.lost(path):
                yield Found(draft.criteria_source, path, message, at="first_key")
            continue
        kind, label = ("tier", floor.tier) if floor.tier is not None else ("group", floor.group)
        legal = getattr(draft.criteria.labels, kind) or {getattr(record.candidate, kind) for record in draft.records}
        lost = any(layer.source.lost(layer.path, kind) for layer in draft.layers) or not draft.all_records
        if label not in legal and not lost and not label_lost(draft, kind):
            known, facts = frozenset(word for word in legal if word), {"id": str(label)}
            yield Found(draft.criteria_source, (*path, kind), NO_LABEL[kind], "", facts, known=known)
    total = sum(floor.count for floor in cut.at_least)
    if total > cut.total:
        message = "the floors ask for {floors} candidates, and the list holds {total}"
        numbers = {"floors": total, "total": cut.total}
        yield Found(draft.criteria_source, ("cut", "total"), message, "", numbers)


@rule("W505")
def sets_outside_space(draft: Draft) -> Iterator[Found]:
    criteria = draft.criteria
    if criteria is None or not draft.whole or criteria.weight_space.within is None:
        return
    space, within, tree = criteria.weight_space, criteria.weight_space.within, criteria.criteria
    sets: dict[str, dict[str, float]] = {
        "base": {},
        **{s.id: s.weights for s in criteria.weight_sets if s.method == "direct" and s.judgements is None},
    }
    if space.around not in sets or any(draft.nodes.lack(id) for weights in sets.values() for id in weights):
        return
    centre = leaf_weights(tree, sets[space.around])
    for i, weight_set in enumerate(criteria.weight_sets):
        if weight_set.weight_space is not None or weight_set.id not in sets:
            continue
        weights = leaf_weights(tree, weight_set.weights)
        outside = [id for id, w in weights.items() if abs(w - centre[id]) > within * centre[id] + 1e-12]
        if outside:
            message = "this set lies outside the weight space, in {nodes}"
            path = ("weight_sets", i, "id")
            facts = {"nodes": few(outside)}
            yield Found(draft.criteria_source, path, message, "widen the space or check the set", facts)
