"""Rules on weight sets whose weights are found by a method: from judgements, or from the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techprio.errors import JudgementError, UsageError
from techprio.study.checks.rule import Found, few, rule
from techprio.study.criteria import WeightSet
from techprio.study.draft import Draft
from techprio.study.methods import Weighed, Weighting
from techprio.study.nodes import Branch
from techprio.study.tree import LEAVES, TOP, levels, locally
from techprio.yaml_source import Map, Path_, Seq, Source

Where = tuple[Path_, WeightSet, Weighting]


def _sets(draft: Draft) -> Iterator[tuple[Path_, WeightSet]]:
    for i, weight_set in enumerate(draft.criteria.weight_sets if draft.criteria else ()):
        yield ("weight_sets", i), weight_set


def _by_method(draft: Draft) -> Iterator[Where]:
    """The sets whose weights are found by a method that there is."""
    for path, stated in _sets(draft):
        found = draft.methods.weighting.get(stated.method)
        if found and (stated.method != "direct" or stated.judgements is not None):
            yield path, stated, found


@rule("E322")
def weights_come_from_somewhere(draft: Draft) -> Iterator[Found]:
    source, known = draft.criteria_source, frozenset(draft.methods.weighting)
    for path, stated in _sets(draft):
        if source.lost(path, "method") or source.lost(path, "judgements"):
            continue
        if known and stated.method not in known:
            message, facts = "weights cannot be found by {id}", {"id": stated.method}
            hint = "state them under weights, or name a way that there is"
            yield Found(source, (*path, "method"), message, hint, facts, known=known)
        elif stated.method == "direct" and stated.judgements is None:
            if not stated.weights and not source.lost(path, "weights") and not source.lost((*path, "weights")):
                message, hint = "the weight set has no weights", "add weights: with node: number"
                yield Found(source, (*path, "id"), message, hint)
        elif known:
            yield from _judgements_or_none(draft, path, stated, draft.methods.weighting[stated.method])


def _judgements_or_none(draft: Draft, path: Path_, stated: WeightSet, found: Weighting) -> Iterator[Found]:
    source, facts = draft.criteria_source, {"method": stated.method}
    if found.judges and stated.judgements in (None, {}):
        message = "{method} finds weights from judgements, and there are none"
        yield Found(source, (*path, "method"), message, "add judgements: with what is weighed", facts)
    elif not found.judges and stated.judgements is not None:
        message = "{method} takes no judgements"
        hint = "leave them out; over: says what is weighed, if not all criteria at once"
        yield Found(source, (*path, "judgements"), message, hint, facts, at="key")
    elif found.judges and stated.over is not None:
        message = "over is for methods that take no judgements, and {method} does"
        hint = "what is weighed stands under judgements"
        yield Found(source, (*path, "over"), message, hint, facts, at="key")
    elif stated.method == "direct" and stated.group is None:
        message, hint = "the weights of one judge stand under weights", "say group: aip where there are several"
        yield Found(source, (*path, "judgements"), message, hint, at="key")


@rule("E330")
def known_weighting_settings(draft: Draft) -> Iterator[Found]:
    for path, stated, found in _by_method(draft):
        for key in stated.settings:
            if key not in found.settings:
                message, facts = "{method} has no setting {id}", {"id": key, "method": stated.method}
                where = (*path, "settings", key)
                yield Found(draft.criteria_source, where, message, "", facts, at="key", known=found.settings)


@rule("E334")
def groups_fit(draft: Draft) -> Iterator[Found]:
    source = draft.criteria_source
    for path, stated, found in _by_method(draft):
        group, at = stated.group, (*path, "group")
        if group is None:
            continue
        by = (*at, "by") if isinstance(source.value(at), Mapping) else at
        if not found.judges:
            message, facts = "{method} takes no judgements, so there are no judges", {"method": stated.method}
            yield Found(source, at, message, "", facts, at="key")
        elif group.by == "aij" and stated.method != "ahp":
            message, hint = "aij puts pairwise judgements together, as ahp takes them", "write aip for other methods"
            yield Found(source, by, message, hint)
        elif group.by == "aip" and found.reads_figures:
            message = "a group's reference rankings cannot be put together"
            yield Found(source, at, message, "make one weight set a judge", at="key")
        elif group.by == "aij" and group.mean is not None:
            message = "aij always takes the geometric mean, the only one that keeps reciprocals"
            yield Found(source, (*at, "mean"), message, "leave mean out", at="key")
        elif group.importance:
            yield from _judges_named(draft, path, stated)


def _judges_named(draft: Draft, path: Path_, stated: WeightSet) -> Iterator[Found]:
    """Who has an importance is a judge everywhere, every judge has one, and somebody's is above 0."""
    assert stated.group is not None
    source, importance, at = draft.criteria_source, stated.group.importance, (*path, "group", "importance")
    said = [judges for judges in _said(stated).values() if isinstance(judges, Mapping)]
    judges = frozenset(str(judge) for each in said for judge in each)
    if not any(importance.values()):
        yield Found(source, at, "no judge has any importance", "", at="key")
    for id in importance:
        if said and any(id not in map(str, each) for each in said):
            message, hint = "there is no judge {id}", "every judge judges all that is weighed"
            known = judges - {id}
            yield Found(source, (*at, id), message, hint, {"id": id}, at="key", known=known)
    if missing := sorted(judges - set(importance)):
        message, facts = "nothing is said of the importance of {judges}", {"judges": few(missing)}
        yield Found(source, at, message, "", facts, at="key")


@rule("E331")
def known_levels(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or not draft.whole:
        return
    source, known = draft.criteria_source, levels(draft.criteria.criteria)
    for path, stated, found in _by_method(draft):
        if stated.judgements is not None and not isinstance(stated.judgements, Mapping):
            message = "judgements stand under what is weighed: criteria (the top of the tree), a branch, or leaves"
            yield Found(source, (*path, "judgements"), message)
            continue
        for place, of, at in _weighed(source.value(path), path, stated):
            if of not in known:
                message = "{id} is nothing that can be weighed"
                hint = "name criteria (the top of the tree), a branch, or leaves"
                names = frozenset(known)
                yield Found(source, place, message, hint, {"id": str(of)}, at=at, known=names)
            elif found.reads_figures and any(isinstance(node, Branch) for node in known[of]):
                message = "{id} has branches below it, and these have no figures to find weights from"
                yield Found(source, place, message, "name leaves", {"id": of}, at=at)


def _weighed(data: Any, path: Path_, stated: WeightSet) -> Iterator[tuple[Path_, Any, Any]]:
    """(path, what is weighed, what of it is meant) of a set."""
    if isinstance(stated.judgements, Mapping):
        yield from (((*path, "judgements", of), of, "key") for of in stated.judgements)
    elif stated.over is not None:
        listed = isinstance(data.get("over"), Seq)
        for k, of in enumerate(stated.over):
            yield ((*path, "over", k) if listed else (*path, "over")), of, "value"


def _said(stated: WeightSet) -> Mapping[Any, Any]:
    return stated.judgements if isinstance(stated.judgements, Mapping) else {}


@rule("E332")
def weighed_once(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or not draft.whole:
        return
    source, below = draft.criteria_source, levels(draft.criteria.criteria)
    for path, stated, found in _by_method(draft):
        places = list(_weighed(source.value(path), path, stated))
        if not places and not found.judges:
            places = [((*path, "method"), LEAVES, "value")]
        seen: set[str] = set()
        for place, of, at in places:
            if of in seen or (LEAVES in (of, *seen) and seen):
                message = "{id} is weighed twice in this set"
                hint = "leaves weighs all criteria at once, so that nothing else is left to weigh"
                yield Found(source, place, message, hint, {"id": str(of)}, at=at)
            if isinstance(of, str):
                seen.add(of)
        judged = {node.id for of in seen for node in below.get(of, ())}
        for id in stated.weights:
            if id in judged or LEAVES in seen:
                message, facts = "{id} has a weight by {method} already", {"id": id, "method": stated.method}
                yield Found(source, (*path, "weights", id), message, "leave one of the two out", facts, at="key")
        if TOP in seen and any(node.id == TOP for node in below[TOP]):
            message = "criteria means the top of the tree here, and a node has this id too"
            yield Found(source, places[0][0], message, "rename the node", at=places[0][2])


# -- the judgements themselves --------------------------------------------------------------------------------------


def _levels_judged(draft: Draft) -> Iterator[tuple[Path_, WeightSet, Weighed | UsageError]]:
    """(path, set, what the judgements came to) of all that can be judged without the figures."""
    if draft.criteria is None or not draft.whole:
        return
    below = levels(draft.criteria.criteria)
    unfit = {found.path[:2] for found in groups_fit(draft)}
    for path, stated, found in _by_method(draft):
        strange = {*stated.settings} - found.settings or path in unfit
        if not found.judges or found.reads_figures or strange or not _whole(stated.judgements):
            continue
        for of, said in _said(stated).items():
            nodes = tuple(node.id for node in below.get(of, ()))
            where = (*path, "judgements", of)
            if nodes and len(set(nodes)) == len(nodes):
                if where not in draft.judged:
                    draft.judged[where] = _came_to(found, stated, said, nodes)
                yield where, stated, draft.judged[where]


def _came_to(found: Weighting, stated: WeightSet, said: Any, nodes: tuple[str, ...]) -> Weighed | UsageError:
    try:
        return found.weigh(stated, said, nodes)
    except UsageError as error:
        return error


def judged_sets(draft: Draft) -> dict[str, dict[str, float]]:
    """Weight set → node → weight, for the sets whose judgements give weights without any figure."""
    found: dict[str, dict[str, float]] = {}
    unsound = {each.path[:2] for rule in (known_levels, weighed_once) for each in rule(draft)}
    for path, stated, came in _levels_judged(draft):
        assert draft.criteria is not None
        if isinstance(came, UsageError):
            unsound.add(path[:2])
        elif path[:2] not in unsound:
            local = locally(str(path[-1]), came.weights, draft.criteria.criteria)
            found.setdefault(stated.id, {**stated.weights}).update(local)
    return {stated.id: found[stated.id] for path, stated in _sets(draft) if stated.id in found and path not in unsound}


def _whole(data: Any) -> bool:
    """Whether all of it could be read."""
    if not isinstance(data, Map | Seq):
        return True
    return not data.lost and all(map(_whole, data.values() if isinstance(data, Map) else data))


@rule("E333")
def judgements_make_weights(draft: Draft) -> Iterator[Found]:
    for path, stated, came in _levels_judged(draft):
        if isinstance(came, JudgementError):
            yield judgement_found(draft.criteria_source, path, came)
        elif isinstance(came, UsageError):
            where = (*path[:2], "settings") if stated.settings else path
            yield Found(draft.criteria_source, where, came.message, "", came.facts, at="key")


def judgement_found(source: Source, path: Path_, error: JudgementError) -> Found:
    """A judgement from which no weights can be found, where it stands: an unknown name at the name itself."""
    where, facts = (*path, *error.path), dict(error.facts)
    near = facts.pop("near", None)
    named = facts.get("id", facts.get("key"))
    last = where[-1]
    at: Any = "key" if isinstance(last, str) and named == last else "value"
    hint = "did you mean {near}?" if near else ""
    return Found(source, where, error.message, hint, {**facts, "near": near} if near else facts, at=at)


@rule("W508")
def judgements_agree(draft: Draft) -> Iterator[Found]:
    for path, _, came in _levels_judged(draft):
        for doubt in () if isinstance(came, UsageError) else came.doubts:
            yield Found(draft.criteria_source, (*path, *doubt.path), doubt.message, doubt.hint, doubt.facts)
