"""Rules on figures, criterion by criterion."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain, pairwise

from techprio.study.candidates import Figure
from techprio.study.checks.criteria import anchors_make_sense, limits_make_sense
from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft, Record
from techprio.study.nodes import Leaf
from techprio.study.portfolio import Resource
from techprio.yaml_source import Path_

_PARTS = ("low", "value", "high")


def _stated(figure: Figure) -> list[tuple[str, float]]:
    return [(part, number) for part in _PARTS if (number := getattr(figure, part)) is not None]


def _within(figure: Figure, low: float, high: float) -> bool:
    """Whether all that is stated of a figure lies between two limits; asked of every figure of a study."""
    a, value, b = figure.low, figure.value, figure.high
    return (
        (value is None or low <= value <= high) and (a is None or low <= a <= high) and (b is None or low <= b <= high)
    )


def _limits(leaf: Leaf | Resource) -> tuple[float, float]:
    """The scale's limits; none where they make no sense, for then no figure can be called off the scale."""
    low, high = leaf.scale.limits if limits_make_sense(leaf) else (None, None)
    return -math.inf if low is None else low, math.inf if high is None else high


@rule("E402")
def known_criteria(draft: Draft) -> Iterator[Found]:
    leaves, known = draft.leaves, frozenset({*draft.leaves, *draft.resources.ids})
    for layer in draft.layers:
        for id in layer.candidate.figures:
            if id in leaves or id in draft.resources.ids or not draft.resources.whole:
                continue
            path = (*layer.path, "figures", id)
            if draft.nodes.lack(id):
                message, hint = "there is no criterion {id}", "the criteria file has no such criterion"
                yield Found(layer.source, path, message, hint, {"id": id}, at="key", known=known)
            elif id in draft.branches:
                message, hint = "{id} is a branch and has no figures", "give figures for its criteria"
                yield Found(layer.source, path, message, hint, {"id": id}, at="key")


@rule("E407")
def on_the_scale(draft: Draft) -> Iterator[Found]:
    for column in chain(draft.columns, draft.used):
        leaf, (low, high) = column.leaf, _limits(column.leaf)
        if leaf.id in draft.doubtful:
            continue
        message = "{number} is off the scale of {id}, which goes from {low} to {high}"
        if high == math.inf:
            message = "{number} is off the scale of {id}, which goes up from {low}"
        elif low == -math.inf:
            message = "{number} is off the scale of {id}, which goes down from {high}"
        for layer, figure in column.figures:
            if _within(figure, low, high):
                continue
            for part, number in _stated(figure):
                if not low <= number <= high:
                    facts = {"number": number, "id": leaf.id, "low": low, "high": high}
                    yield Found(layer.source, (*column.path(layer), part), message, "", facts)


@rule("E408")
def range_in_order(draft: Draft) -> Iterator[Found]:
    for column in chain(draft.columns, draft.used):
        limits = _limits(column.leaf)
        for layer, figure in column.figures:
            low, high = figure.low, figure.high
            if low is None and high is None:
                continue
            ends = [("low", low), ("high", high)] if low is not None and high is not None and low > high else []
            for (a, x), (b, y) in pairwise(ends or _stated(figure)):
                if x > y and _within(figure, *limits):
                    facts = {"a": a, "x": x, "b": b, "y": y}
                    path = (*column.path(layer), b if a == "value" else a)
                    yield Found(layer.source, path, "{a} {x} is above {b} {y}", "", facts)


@rule("E409")
def figure_demanded(draft: Draft) -> Iterator[Found]:
    demanded = [leaf.id for leaf in draft.leaves.values() if leaf.missing == "error"]
    message = "the figure for {id} is missing, and the criterion demands one"
    for record in draft.records if demanded else ():
        unstated = draft.unstated(record)
        for id in demanded:
            layer = record.layer_of(id)
            if layer is None:
                if id in unstated:
                    yield _not_there(record, message, "", {"id": id})
                continue
            figure, path = layer.candidate.figures[id], (*layer.path, "figures", id)
            if figure.nominal is None and not _half(figure) and not layer.source.lost(path):
                yield Found(layer.source, path, message, "", {"id": id})


def _not_there(record: Record, message: str, hint: str, facts: dict[str, object]) -> Found:
    """What a candidate lacks is shown at its first figure, or else where it begins."""
    layer = next((layer for layer in reversed(record.layers) if layer.candidate.figures), record.layers[-1])
    path: Path_ = (*layer.path, "figures") if layer.candidate.figures else layer.path
    return Found(layer.source, path, message, hint, facts, at="first_key")


def _half(figure: Figure) -> bool:
    return (figure.low is None) != (figure.high is None)


@rule("E411")
def both_ends(draft: Draft) -> Iterator[Found]:
    for column in chain(draft.columns, draft.used):
        for layer, figure in column.figures:
            if not _half(figure):
                continue
            there, lacking = ("low", "high") if figure.high is None else ("high", "low")
            message, facts = "{there} is given without {lacking}", {"there": there, "lacking": lacking}
            path = column.path(layer)
            if not layer.source.lost(path, lacking):
                yield Found(layer.source, (*path, there), message, "give both ends of the range", facts, at="key")


@rule("W502")
def no_spread(draft: Draft) -> Iterator[Found]:
    if len(draft.records) < 2 or not draft.all_records:
        return
    for path, leaf in draft.leaf_paths.values():
        figures = [record.candidate.figures.get(leaf.id) for record in draft.records]
        numbers = {(f.low, f.nominal, f.high) if f else None for f in figures}
        if len(numbers) == 1 and None not in numbers and figures[0] and figures[0].nominal is not None:
            message = "all candidates have the same figure, so {id} cannot tell them apart"
            yield Found(draft.criteria_source, (*path, "id"), message, "", {"id": leaf.id})


@rule("W504")
def left_out(draft: Draft) -> Iterator[Found]:
    for record in draft.records:
        missing = [id for id in draft.unstated(record) if draft.leaves[id].missing != "error"]
        if missing:
            few, more = (missing, 0) if len(missing) <= 4 else (missing[:3], len(missing) - 3)
            message = "no figure for {missing}, and {more} more" if more else "no figure for {missing}"
            facts = {"missing": ", ".join(few), "more": more}
            yield _not_there(record, message, "write null for what is not known", facts)


@rule("W506")
def clipped(draft: Draft) -> Iterator[Found]:
    for column in draft.columns:
        leaf, limits = column.leaf, _limits(column.leaf)
        if isinstance(leaf, Resource):
            continue
        worst, best = leaf.anchors
        if worst is None or best is None or not anchors_make_sense(leaf) or leaf.id in draft.doubtful:
            continue
        low, high = min(worst, best), max(worst, best)
        for layer, figure in column.figures if (low, high) != limits else ():
            if _within(figure, low, high):
                continue
            for part, number in _stated(figure):
                if not low <= number <= high and limits[0] <= number <= limits[1]:
                    message = "{number} lies beyond the anchors {low} and {high} and is taken as {clipped}"
                    facts = {"number": number, "low": low, "high": high, "clipped": min(max(number, low), high)}
                    hint = "widen the anchors if the difference counts"
                    yield Found(layer.source, (*column.path(layer), part), message, hint, facts)
                    break
