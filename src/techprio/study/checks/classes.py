"""Rules on the classes of priority."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from techprio.study.checks.criteria import limits_make_sense
from techprio.study.checks.rule import Found, few, rule
from techprio.study.classes import Classes, Profile
from techprio.study.draft import Draft
from techprio.yaml_source import Path_, shown

CLASSES: Path_ = ("classes",)


def _classes(draft: Draft) -> Classes | None:
    """The classes, if they are sorted into by a method that there is."""
    stated = draft.criteria.classes if draft.criteria else None
    return stated if stated and stated.method in draft.methods.sorting else None


@rule("E350")
def known_sorting(draft: Draft) -> Iterator[Found]:
    stated, source = draft.criteria.classes if draft.criteria else None, draft.criteria_source
    known = frozenset(draft.methods.sorting)
    if stated is None or not known or source.lost(CLASSES, "method"):
        return
    if stated.method not in known:
        message, hint = "candidates cannot be sorted by {id}", "there are electre_tri, flowsort and thresholds"
        yield Found(source, (*CLASSES, "method"), message, hint, {"id": stated.method}, known=known)
        return
    settings = draft.methods.sorting[stated.method]
    for key in stated.settings:
        if key not in settings:
            message, facts = "{method} has no setting {id}", {"id": key, "method": stated.method}
            yield Found(source, (*CLASSES, "settings", key), message, "", facts, at="key", known=settings)
    yield from _ranked_by(draft, stated)


def _ranked_by(draft: Draft, stated: Classes) -> Iterator[Found]:
    """Limits on scores are limits on the scores of a ranking method: of the study's, or of one named here."""
    if stated.method != "thresholds" or draft.criteria is None:
        return
    source, path, ranking = draft.criteria_source, (*CLASSES, "settings"), draft.methods.ranking
    method = stated.settings.get("method", draft.criteria.analysis.method)
    if not isinstance(method, str) or method not in ranking:
        if "method" in stated.settings:
            message, hint = "there is no ranking method {id}", "techprio methods lists those there are"
            facts = {"id": method if isinstance(method, str) else shown(method)}
            yield Found(source, (*path, "method"), message, hint, facts, known=frozenset(ranking))
        return
    inner = stated.settings.get("settings", {})
    if not isinstance(inner, Mapping):
        yield Found(source, (*path, "settings"), "settings are a mapping: key: value")
        return
    for key in inner:
        if key not in ranking[method]:
            message, facts = "{method} has no setting {id}", {"id": str(key), "method": method}
            where = (*path, "settings", key)
            yield Found(source, where, message, "", facts, at="key", known=ranking[method])


# -- what bounds the classes ----------------------------------------------------------------------------------------


@rule("E351")
def classes_bounded(draft: Draft) -> Iterator[Found]:
    stated, source = _classes(draft), draft.criteria_source
    if stated is None or not draft.whole:
        return
    wanted, not_wanted = ("score", "profile") if stated.method == "thresholds" else ("profile", "score")
    open_below = stated.method != "flowsort"
    for i, each in enumerate(stated.order):
        path: Path_ = (*CLASSES, "order", i)
        facts = {"id": each.id, "method": stated.method, "key": wanted, "other": not_wanted}
        if getattr(each, not_wanted) is not None:
            message, hint = "{method} bounds classes by a {key}, not by a {other}", "write {key} instead"
            yield Found(source, (*path, not_wanted), message, hint, facts, at="key")
        elif i == 0 and open_below and getattr(each, wanted) is not None:
            message, hint = "the worst class begins nowhere: all that reach no other are in it", "leave {key} out"
            yield Found(source, (*path, wanted), message, hint, facts, at="key")
        elif (i or not open_below) and getattr(each, wanted) is None:
            message = "{method} needs the {key} of the class {id}"
            yield Found(source, path, message, "", facts, at="first_key")
    yield from _top(draft, stated)
    for i, (lower, upper) in enumerate(pairwise(stated.order)):
        if lower.score is not None and upper.score is not None and upper.score <= lower.score:
            message = "classes go from the worst to the best, and {number} is not above {least} of the class before"
            numbers = {"number": upper.score, "least": lower.score}
            yield Found(source, (*CLASSES, "order", i + 1, "score"), message, "", numbers)


def _limiting(stated: Classes) -> bool:
    return stated.method == "flowsort" and stated.settings.get("kind", "limiting") == "limiting"


def _top(draft: Draft, stated: Classes) -> Iterator[Found]:
    if _limiting(stated) and stated.top is None:
        message = "flowsort needs the upper end of the best class"
        hint = "add top: with a figure for each criterion, or kind: central under settings"
        yield Found(draft.criteria_source, (*CLASSES, "method"), message, hint)
    elif stated.top is not None and not _limiting(stated):
        message = "only flowsort with limiting profiles has an upper end of the best class"
        yield Found(draft.criteria_source, (*CLASSES, "top"), message, "leave it out", at="key")


# -- profiles -------------------------------------------------------------------------------------------------------


def _profiles(stated: Classes) -> Iterator[tuple[Path_, Profile]]:
    """The profiles with their paths, from the worst to the best."""
    for i, each in enumerate(stated.order):
        if each.profile is not None:
            yield (*CLASSES, "order", i, "profile"), each.profile
    if stated.top is not None:
        yield (*CLASSES, "top"), stated.top


@rule("E352")
def profiles_whole(draft: Draft) -> Iterator[Found]:
    stated, source, leaves = _classes(draft), draft.criteria_source, draft.leaves
    if stated is None or not draft.whole:
        return
    for path, profile in _profiles(stated):
        for id, number in profile.items():
            where = (*path, id)
            if id in draft.branches:
                message = "{id} is a branch and has no figures"
                yield Found(source, where, message, "name its criteria", {"id": id}, at="key")
            elif draft.nodes.lack(id):
                known = frozenset(leaves)
                yield Found(source, where, "there is no criterion {id}", "", {"id": id}, at="key", known=known)
            elif id in leaves and limits_make_sense(leaves[id]):
                low, high = leaves[id].scale.limits
                if not (-math.inf if low is None else low) <= number <= (math.inf if high is None else high):
                    message = "{number} is off the scale of {id}"
                    yield Found(source, where, message, "", {"number": number, "id": id})
        if missing := [id for id in leaves if id not in profile]:
            message, facts = "this profile says nothing of {criteria}", {"criteria": few(missing)}
            yield Found(source, path, message, "give a figure for each criterion", facts, at="key")


@rule("E353")
def profiles_in_order(draft: Draft) -> Iterator[Found]:
    stated, source, leaves = _classes(draft), draft.criteria_source, draft.leaves
    if stated is None or not draft.whole:
        return
    for (_, lower), (path, upper) in pairwise(_profiles(stated)):
        for id, number in upper.items():
            sense = 1 if id in leaves and leaves[id].direction == "max" else -1
            if id in leaves and id in lower and sense * number < sense * lower[id]:
                message = "classes go from the worst to the best, and {number} is worse than {least} before it"
                yield Found(source, (*path, id), message, "", {"number": number, "least": lower[id]})
        if upper == lower:
            message = "this profile is the same as the one before it, so the class between them is empty"
            yield Found(source, path, message, "", at="key")
