"""Rules on weight sets, the weight space and the cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from techprio.study.admissible import Conflict, conflict, leaf_rows
from techprio.study.checks.candidates import NO_LABEL, label_lost
from techprio.study.checks.judgements import judged_sets
from techprio.study.checks.rule import Found, few, rule
from techprio.study.criteria import CriteriaFile, WeightSpace
from techprio.study.draft import Draft
from techprio.study.nodes import Branch
from techprio.study.statements import StatementError, parse_statement
from techprio.study.tree import Criterion, leaf_weights, walk, weights_of
from techprio.yaml_source import Path_, Source


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
            yield from _mixed(draft, path, space)
        elif space.around not in ("chosen", "base") and draft.weight_sets.lack(space.around):
            known = draft.weight_sets.known | {"chosen", "base", "sets"}
            message, facts = "there is no weight set {id}", {"id": space.around}
            yield Found(draft.criteria_source, (*path, "around"), message, "", facts, known=known)


def _mixed(draft: Draft, path: Path_, space: WeightSpace) -> Iterator[Found]:
    """Mixtures need something to mix, and have no middle."""
    source = draft.criteria_source
    if not draft.weight_sets.ids and draft.weight_sets.whole:
        message = "there is no weight set to mix with the tree's own weights"
        yield Found(source, (*path, "around"), message, "add weight_sets, or write chosen")
    if space.within is not None:
        message = "mixtures of weight sets have no middle to lie within a share of"
        yield Found(source, (*path, "within"), message, "leave within out", at="key")


@rule("E324")
def statements_read(draft: Draft) -> Iterator[Found]:
    for path, space in _spaces(draft):
        for i, text in enumerate(space.statements):
            here = (*path, "statements", i)
            try:
                statement = parse_statement(text)
            except StatementError as wrong:
                yield Found(draft.criteria_source, here, wrong.message, wrong.hint, wrong.facts)
                continue
            for id in statement.coefficients:
                if draft.nodes.lack(id):
                    message, facts = "there is no node {id}", {"id": id}
                    yield Found(draft.criteria_source, here, message, "", facts, known=draft.nodes.known)


@rule("E326")
def some_weights_admissible(draft: Draft) -> Iterator[Found]:
    criteria = draft.criteria
    if criteria is None or not draft.whole:
        return
    sets = _known_sets(draft, criteria)
    for path, space in _spaces(draft):
        own = criteria.weight_sets[int(path[1])].id if path[0] == "weight_sets" else "base"
        around = own if space.around == "chosen" else space.around
        if around != "sets" and around not in sets:
            continue
        if around == "sets" and len(sets) <= len(criteria.weight_sets):
            continue
        try:
            leaf = {id: leaf_weights(criteria.criteria, weights) for id, weights in sets.items()}
            found = conflict(criteria.criteria, space, leaf.get(around, {}), list(leaf.values()))
        except (StatementError, KeyError):  # E324 and E320 say so
            continue
        if found:
            yield conflict_found(draft.criteria_source, path, space, around, found)


@dataclass(frozen=True, slots=True)
class _All:
    """Every statement of a conflict, none cut short however many they are."""

    texts: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.texts)


def conflict_found(source: Source, path: Path_, space: WeightSpace, around: str, found: Conflict) -> Found:
    """The fault of an empty weight space: at the first of the statements that conflict, all of them named."""
    places = [(*path, "statements", i) for i in found.statements]
    pairs = zip((space.statements[i] for i in found.statements), places, strict=True)
    told = _All(tuple(f'"{text[:80]}" ({source.file}:{source.at_value(place).line})' for text, place in pairs))
    facts = {"statements": told, "set": around, "share": f"{100 * (space.within or 0):g}%"}
    message = "no weights keep all of this: {statements}"
    if around == "sets":
        message = "no mixture of the weight sets keeps all of this: {statements}"
    elif found.in_box:
        message = "no weights within {share} of {set} keep all of this: {statements}"
    hint = "take one of these statements back, or widen within" if found.in_box else "take one of these statements back"
    return Found(source, places[0], message, hint, facts)


def _known_sets(draft: Draft, criteria: CriteriaFile) -> dict[str, Mapping[str, float]]:
    """The weight sets whose weights are stated or judged, the tree's own among them, as node → weight."""
    return {
        "base": {},
        **{s.id: s.weights for s in criteria.weight_sets if s.method == "direct" and s.judgements is None},
        **judged_sets(draft),
    }


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
    if criteria is None or not draft.whole:
        return
    sets = _known_sets(draft, criteria)
    if any(draft.nodes.lack(id) for weights in sets.values() for id in weights):
        return
    space, tree = criteria.weight_space, criteria.criteria
    centre = leaf_weights(tree, sets[space.around]) if space.around in sets else None
    empty = any(found.path[0] == "weight_space" for found in some_weights_admissible(draft))
    for i, weight_set in enumerate(criteria.weight_sets):
        if weight_set.weight_space is not None or weight_set.id not in sets:
            continue
        weights = leaf_weights(tree, sets[weight_set.id])
        path, source = ("weight_sets", i, "id"), draft.criteria_source
        if centre is not None and space.within is not None:
            off = [id for id, w in weights.items() if abs(w - centre[id]) > space.within * centre[id] + 1e-12]
            if off:
                message, hint = "this set lies outside the weight space, in {nodes}", "widen the space or check the set"
                yield Found(source, path, message, hint, {"nodes": few(off)})
        if not empty and (broken := _broken(tree, space, weights)):
            message, hint = 'this set breaks the statement "{statement}"', "change the statement or check the set"
            yield Found(source, path, message, hint, {"statement": broken})


def _broken(tree: Sequence[Criterion], space: WeightSpace, weights: Mapping[str, float]) -> str | None:
    """The first statement that a weight set (leaf → weight) does not keep."""
    try:
        rows = leaf_rows(tree, space.statements)
    except (StatementError, KeyError):  # E324 says so
        return None
    for text, (row, bound) in zip(space.statements, rows, strict=True):
        if sum(c * weights[id] for id, c in row.items()) > bound + 1e-9:
            return text
    return None
