"""Rules on how figures are spread over their ranges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from techprio.study.candidates import Figure
from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft
from techprio.study.nodes import Leaf, LevelScale
from techprio.study.portfolio import Resource
from techprio.yaml_source import Path_, Source


@rule("E414")
def spread_makes_sense(draft: Draft) -> Iterator[Found]:
    for column in chain(draft.columns, draft.used):
        for layer, figure in column.figures:
            if figure.distribution or figure.one_below or figure.one_above:
                yield from _of_figure(draft, layer.source, column.path(layer), figure, column.leaf)


def _of_figure(draft: Draft, source: Source, path: Path_, figure: Figure, leaf: Leaf | Resource) -> Iterator[Found]:
    if figure.distribution and figure.low is None and figure.high is None:
        message, facts = "a {distribution} figure needs a range", {"distribution": str(figure.distribution)}
        if not any(source.lost(path, end) for end in ("low", "high")):
            yield Found(source, (*path, "distribution"), message, "add low and high", facts)
    odds = [("one_below", figure.one_below), ("one_above", figure.one_above)]
    stated = {key: share for key, share in odds if share}
    if stated and leaf.id not in draft.doubtful and not source.lost(path):
        yield from _odds_faults(source, path, figure, leaf, stated)


def _odds_faults(
    source: Source, path: Path_, figure: Figure, leaf: Leaf | Resource, stated: dict[str, float]
) -> Iterator[Found]:
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
