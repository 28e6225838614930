"""Rules on figures, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from techprio.study.candidates import Figure
from techprio.study.checks.rule import Found, meant, rule
from techprio.study.criteria import Leaf
from techprio.study.draft import Draft
from techprio.study.tree import walk

_PARTS = ("low", "value", "high")


def _parts(figure: Figure) -> Iterator[tuple[str, float]]:
    for part in _PARTS:
        number = getattr(figure, part)
        if number is not None:
            yield part, number


@rule("E402")
def known_criteria(draft: Draft) -> Iterator[Found]:
    leaves = draft.leaves
    for layer in draft.layers:
        for id in layer.candidate.figures:
            if id in leaves:
                continue
            path = (*layer.path, "figures", id)
            if draft.nodes.lack(id):
                hint, facts = meant(id, leaves, "the criteria file has no such criterion")
                yield Found(layer.source, path, "there is no criterion {id}", hint, facts, at="key")
            elif draft.whole:
                message, hint = "{id} is a branch and has no figures", "give figures for its criteria"
                yield Found(layer.source, path, message, hint, {"id": id}, at="key")


@rule("E407")
def on_the_scale(draft: Draft) -> Iterator[Found]:
    for layer, leaf, figure, path in draft.figures():
        low, high = leaf.scale.limits
        for part, number in _parts(figure):
            if (low is not None and number < low) or (high is not None and number > high):
                message = "{number} is off the scale of {id}, which goes {range}"
                ends = (
                    f"up from {low:g}"
                    if high is None
                    else f"down from {high:g}"
                    if low is None
                    else f"from {low:g} to {high:g}"
                )
                yield Found(layer.source, (*path, part), message, "", {"number": number, "id": leaf.id, "range": ends})


@rule("E408")
def range_in_order(draft: Draft) -> Iterator[Found]:
    for layer, _, figure, path in draft.figures():
        stated = list(_parts(figure))
        for (a, x), (b, y) in pairwise(stated):
            if x > y:
                message, facts = "{a} {x} is above {b} {y}", {"a": a, "x": x, "b": b, "y": y}
                yield Found(layer.source, (*path, a if a != "value" else b), message, "", facts)


@rule("E409")
def figure_demanded(draft: Draft) -> Iterator[Found]:
    demanded = [leaf for leaf in draft.leaves.values() if leaf.missing == "error"]
    for record in draft.records if draft.criteria else ():
        for leaf in demanded:
            figure = record.candidate.figures.get(leaf.id)
            layer = record.layer_of(leaf.id) or record.layers[0]
            if figure is None and leaf.id not in record.stated:
                message, facts = "the figure for {id} is missing, and the criterion demands one", {"id": leaf.id}
                has_figures = bool(layer.candidate.figures)
                path = (*layer.path, "figures") if has_figures else layer.path
                yield Found(layer.source, path, message, "", facts, at="first_key")
            elif figure is not None and figure.nominal is None and not _half(figure):
                message, facts = "the figure for {id} is missing, and the criterion demands one", {"id": leaf.id}
                yield Found(layer.source, (*layer.path, "figures", leaf.id), message, "", facts)


def _half(figure: Figure) -> bool:
    return (figure.low is None) != (figure.high is None)


@rule("E411")
def both_ends(draft: Draft) -> Iterator[Found]:
    for layer, _, figure, path in draft.figures():
        if _half(figure):
            there, lacking = ("low", "high") if figure.high is None else ("high", "low")
            message, facts = "{there} is given without {lacking}", {"there": there, "lacking": lacking}
            yield Found(layer.source, (*path, there), message, "give both ends of the range", facts, at="key")


@rule("W502")
def no_spread(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None or len(draft.records) < 2:
        return
    for path, leaf in walk(draft.criteria.criteria):
        if not isinstance(leaf, Leaf):
            continue
        figures = [record.candidate.figures.get(leaf.id) for record in draft.records]
        numbers = {(f.low, f.nominal, f.high) if f else None for f in figures}
        if len(numbers) == 1 and None not in numbers and figures[0] and figures[0].nominal is not None:
            message = "all candidates have the same figure, so {id} cannot tell them apart"
            yield Found(draft.criteria_source, (*path, "id"), message, "", {"id": leaf.id})


@rule("W504")
def left_out(draft: Draft) -> Iterator[Found]:
    leaves = draft.leaves
    for record in draft.records:
        stated = record.stated
        lacking = [id for id, leaf in leaves.items() if id not in stated and leaf.missing != "error"]
        if lacking:
            layer = record.layers[-1]
            path = (*layer.path, "figures") if record.candidate.figures else layer.path
            message = "no figure for {missing}"
            hint = "write null for what is not known"
            facts = {"missing": _few(lacking)}
            yield Found(layer.source, path, message, hint, facts, at="key" if record.candidate.figures else "first_key")


def _few(ids: list[str]) -> list[str]:
    return ids if len(ids) <= 4 else [*ids[:3], f"{len(ids) - 3} …"]


@rule("W506")
def clipped(draft: Draft) -> Iterator[Found]:
    for layer, leaf, figure, path in draft.figures():
        worst, best = leaf.anchors
        limits = leaf.scale.limits
        if worst is None or best is None or (worst, best) in (limits, limits[::-1]):
            continue
        low, high = min(worst, best), max(worst, best)
        for part, number in _parts(figure):
            if not low <= number <= high and _legal(number, limits):
                message = "{number} lies beyond the anchors {low} and {high} and is taken as {clipped}"
                facts = {"number": number, "low": low, "high": high, "clipped": min(max(number, low), high)}
                yield Found(layer.source, (*path, part), message, "widen the anchors if the difference counts", facts)
                break


def _legal(number: float, limits: tuple[float | None, float | None]) -> bool:
    low, high = limits
    return (low is None or number >= low) and (high is None or number <= high)
