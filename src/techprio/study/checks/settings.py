"""Rules on the settings of a method that are stated by criterion."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft
from techprio.yaml_source import Path_, shown


@rule("E316")
def settings_by_criterion(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or not draft.whole:
        return
    analysis = draft.criteria.analysis
    worlds: list[tuple[Path_, str, dict[str, Any]]] = [(("analysis",), analysis.method, analysis.settings)]
    worlds += [(("analysis", "multiverse", i), w.method, w.settings) for i, w in enumerate(analysis.multiverse)]
    for path, method, settings in worlds:
        for key, given in settings.items():
            if isinstance(given, Mapping) and key in draft.methods.ranking.get(method, ()):
                where = (*path, "settings", key)
                yield from _criteria(draft, where, given)
                yield from _pairs(draft, where, given)


def _criteria(draft: Draft, path: Path_, given: Mapping[Any, Any]) -> Iterator[Found]:
    """Keys that are no criteria."""
    source = draft.criteria_source
    for id in given:
        if id in draft.branches:
            message, hint = "{id} is a branch and has no figures", "name its criteria"
            yield Found(source, (*path, id), message, hint, {"id": id}, at="key")
        elif not isinstance(id, str) or draft.nodes.lack(id):
            facts = {"id": id if isinstance(id, str) else shown(id)}
            known = frozenset(draft.leaves)
            yield Found(source, (*path, id), "there is no criterion {id}", "", facts, at="key", known=known)


def _pairs(draft: Draft, path: Path_, given: Mapping[Any, Any]) -> Iterator[Found]:
    """What is said of two criteria: once, of two that differ, and a number."""
    source, said = draft.criteria_source, set()
    for a, inner in given.items():
        if not isinstance(inner, Mapping):
            continue
        yield from _criteria(draft, (*path, a), inner)
        for b, number in inner.items():
            where, facts = (*path, a, b), {"a": str(a), "b": str(b)}
            if a == b:
                yield Found(source, where, "{a} makes no pair with itself", "", facts, at="key")
            elif frozenset((a, b)) in said:
                yield Found(source, where, "the pair of {a} and {b} stands twice", "", facts, at="key")
            elif isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
                yield Found(source, where, "a number is needed here")
            said.add(frozenset((a, b)))
