"""Rules on figures, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from techprio.study.candidates import Figure
from techprio.study.checks.criteria import anchors_make_sense, limits_make_sense
from techprio.study.checks.rule import Found, rule
from techprio.study.criteria import Leaf, LevelScale
from techprio.study.draft import Draft, Record
from techprio.yaml_source import Path_, Source

_PARTS = ("low", "value", "high")


def _parts(figure: Figure) -> Iterator[tuple[str, float]]:
    for part in _PARTS:
        number = getattr(figure, part)
        if number is not None:
            yield part, number


@rule("E402")
def known_criteria(draft: Draft) -> Iterator[Found]:
    leaves, known = draft.leaves, frozenset(draft.leaves)
    for layer in draft.layers:
        for id in layer.candidate.figures:
            if id in leaves:
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
    for layer, leaf, figure, path in draft.figures():
        for part in _off_the_scale(figure, leaf) if leaf.id not in draft.doubtful else ():
            low, high = leaf.scale.limits
            facts = {"number": getattr(figure, part), "id": leaf.id, "low": low, "high": high}
            message = "{number} is off the scale of {id}, which goes from {low} to {high}"
            if high is None:
                message = "{number} is off the scale of {id}, which goes up from {low}"
            elif low is None:
                message = "{number} is off the scale of {id}, which goes down from {high}"
            yield Found(layer.source, (*path, part), message, "", facts)


def _off_the_scale(figure: Figure, leaf: Leaf) -> list[str]:
    low, high = leaf.scale.limits
    if not limits_make_sense(leaf):
        return []
    return [
        part
        for part, number in _parts(figure)
        if (low is not None and number < low) or (high is not None and number > high)
    ]


@rule("E408")
def range_in_order(draft: Draft) -> Iterator[Found]:
    for layer, leaf, figure, path in draft.figures():
        low, high = figure.low, figure.high
        ends = [("low", low), ("high", high)] if low is not None and high is not None and low > high else []
        for (a, x), (b, y) in pairwise(ends or _parts(figure)):
            if x is not None and y is not None and x > y and not _off_the_scale(figure, leaf):
                facts = {"a": a, "x": x, "b": b, "y": y}
                yield Found(layer.source, (*path, b if a == "value" else a), "{a} {x} is above {b} {y}", "", facts)


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
    for layer, _, figure, path in draft.figures():
        if _half(figure):
            there, lacking = ("low", "high") if figure.high is None else ("high", "low")
            message, facts = "{there} is given without {lacking}", {"there": there, "lacking": lacking}
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
    for layer, leaf, figure, path in draft.figures():
        worst, best = leaf.anchors
        limits = leaf.scale.limits
        if worst is None or best is None or (worst, best) in (limits, limits[::-1]):
            continue
        if not anchors_make_sense(leaf) or leaf.id in draft.doubtful:
            continue
        low, high = min(worst, best), max(worst, best)
        off = _off_the_scale(figure, leaf)
        for part, number in _parts(figure):
            if not low <= number <= high and part not in off:
                message = "{number} lies beyond the anchors {low} and {high} and is taken as {clipped}"
                facts = {"number": number, "low": low, "high": high, "clipped": min(max(number, low), high)}
                yield Found(layer.source, (*path, part), message, "widen the anchors if the difference counts", facts)
                break


@rule("E414")
def spread_makes_sense(draft: Draft) -> Iterator[Found]:
    for layer, leaf, figure, path in draft.figures():
        if figure.distribution and figure.low is None and figure.high is None:
            message = "a {distribution} figure needs a range"
            if not any(layer.source.lost(path, end) for end in ("low", "high")):
                facts = {"distribution": str(figure.distribution)}
                yield Found(layer.source, (*path, "distribution"), message, "add low and high", facts)
        odds = [("one_below", figure.one_below), ("one_above", figure.one_above)]
        stated = {key: share for key, share in odds if share}
        if stated and leaf.id not in draft.doubtful and not layer.source.lost(path):
            yield from _odds_faults(layer.source, path, figure, leaf, stated)


def _odds_faults(source: Source, path: Path_, figure: Figure, leaf: Leaf, stated: dict[str, float]) -> Iterator[Found]:
    """What is wrong with the odds of a level one lower or higher: one fault, or one for each level off the scale."""
    key = next(iter(stated))
    low, high = leaf.scale.limits
    if not isinstance(leaf.scale, LevelScale):
        message, facts = "{id} has no levels to be one off by", {"id": leaf.id}
        yield Found(source, (*path, key), message, "give low and high instead", facts, at="key")
    elif figure.low is not None or figure.high is not None or figure.distribution:
        message = "a figure has a range or the odds of one level more or less, not both"
        yield Found(source, (*path, key), message, "keep one of them", at="key")
    elif figure.value is None:
        message = "{key} is one off a value, and there is none"
        yield Found(source, (*path, key), message, "add value", {"key": key}, at="key")
    elif sum(stated.values()) > 1:
        yield Found(source, (*path, key), "one_below and one_above are more than 100% together", at="key")
    else:
        for key in stated:
            level = figure.value + (-1 if key == "one_below" else 1)
            if (low is not None and level < low) or (high is not None and level > high):
                message = "{level} is off the scale of {id}, which goes from {low} to {high}"
                about = {"level": level, "id": leaf.id, "low": low, "high": high}
                yield Found(source, (*path, key), message, "", about, at="key")
