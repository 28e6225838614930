"""The door of every weighting from judgements: plain data, as YAML gives it, is read and refused by its path."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from techprio.errors import JudgementError, UsageError
from techprio.wording import nearest

Path = tuple[str | int, ...]


def ids_of(nodes: Sequence[str]) -> tuple[str, ...]:
    """The ids of the nodes to be weighed. Raises UsageError if there are none, or one stands twice."""
    ids = (nodes,) if isinstance(nodes, str) else tuple(nodes)
    if not ids:
        raise UsageError("there is no node to weigh")
    if len(set(ids)) < len(ids):
        twice = next(id for k, id in enumerate(ids) if id in ids[:k])
        raise UsageError("the node {id} stands twice among those to weigh", id=twice)
    return ids


def column(id: Any, nodes: tuple[str, ...], path: Path, kind: str = "node") -> int:
    """Where the node ``id`` stands. Raises JudgementError, with the nearest known one, if it is none of the nodes."""
    if id in nodes and isinstance(id, str):
        return nodes.index(id)
    if not isinstance(id, str):
        raise JudgementError("{id} is not an id; an id that looks like a number is quoted", path, id=str(id))
    raise JudgementError("there is no {kind} {id} here", path, kind=kind, id=id, near=nearest(id, nodes))


def mapping(data: Any, path: Path, form: str) -> Mapping[Any, Any]:
    """``data`` if it is a mapping. Raises JudgementError, showing the ``form``, if not."""
    if not isinstance(data, Mapping):
        raise JudgementError("a mapping is needed here: {form}", path, form=form)
    return data


def keys(data: Mapping[Any, Any], path: Path, known: Sequence[str], needed: Sequence[str] = ()) -> None:
    """Raise JudgementError for a key that is not ``known``, or a ``needed`` one that is missing."""
    for key in data:
        if key not in known:
            facts = {"key": str(key), "known": ", ".join(known), "near": nearest(str(key), known)}
            raise JudgementError("there is no {key}; known are {known}", (*path, key), **facts)
    for key in needed:
        if key not in data:
            raise JudgementError("{key} is missing", path, key=key)


def number(value: Any, path: Path, least: float = 0.0, most: float = math.inf) -> float:
    """``value`` as a number from ``least`` to ``most``; text such as ``"1/3"`` is a fraction.

    Raises JudgementError for anything else.
    """
    if isinstance(value, str) and "/" in value:
        value = _fraction(value, path)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise JudgementError("{value} is not a number", path, value=str(value))
    if not least * (1 - 1e-9) <= value <= most * (1 + 1e-9):
        if math.isinf(most):
            raise JudgementError("{value} is below {least}", path, value=value, least=least)
        what = "{value} is not from {least} to {most}"
        raise JudgementError(what, path, value=value, least=_plain(least), most=_plain(most))
    return float(min(max(value, least), most))


def _fraction(text: str, path: Path) -> float:
    try:
        return float(Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError):
        raise JudgementError("{value} is not a number", path, value=text) from None


def _plain(limit: float) -> str:
    """A limit as people write it: 9, and 1/9."""
    return f"{limit:g}" if limit >= 1 or limit == 0 else f"1/{1 / limit:g}"


def by_node(data: Any, nodes: tuple[str, ...], form: str, path: Path = ()) -> Iterator[tuple[int, Any, Path]]:
    """(column, value, path) of a mapping from node to value that leaves no node out."""
    given = mapping(data, path, form)
    for id, value in given.items():
        yield column(id, nodes, (*path, id)), value, (*path, id)
    if missing := [id for id in nodes if id not in given]:
        raise JudgementError("nothing is said of {missing}", path, missing=missing)


def places(data: Any, nodes: tuple[str, ...], path: Path = (), kind: str = "node") -> list[list[int]]:
    """An order ``[a, [b, c], d]``, tied ones in a list of their own, as columns place by place.

    Raises JudgementError for an id that is unknown or stands twice, and an empty place.
    """
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise JudgementError("an order is needed here: [first, [second, as good as second], last]", path)
    order: list[list[int]] = []
    seen: set[int] = set()
    for k, entry in enumerate(data):
        listed = isinstance(entry, Sequence) and not isinstance(entry, str)
        if listed and not entry:
            raise JudgementError("this place of the order is empty", (*path, k))
        order.append([])
        for i, id in enumerate(entry if listed else [entry]):
            there = (*path, k, i) if listed else (*path, k)
            j = column(id, nodes, there, kind)
            if j in seen:
                raise JudgementError("{id} stands twice in the order", there, id=id)
            seen.add(j)
            order[-1].append(j)
    return order


def whole_order(data: Any, nodes: tuple[str, ...], path: Path = ()) -> list[list[int]]:
    """``places`` of an order that leaves no node out. Raises JudgementError if one is missing."""
    order = places(data, nodes, path)
    there = {j for tied in order for j in tied}
    if missing := [id for j, id in enumerate(nodes) if j not in there]:
        raise JudgementError("{missing} is missing from the order", path, missing=missing)
    return order


def pairs(data: Any, nodes: tuple[str, ...], form: str, path: Path = ()) -> Iterator[tuple[int, int, Any, Path]]:
    """(i, j, judgement, path) of ``{a: {b: judgement, …}, …}``.

    Raises JudgementError for an unknown node and for one that is compared with itself.
    """
    for a, row in mapping(data, path, form).items():
        i = column(a, nodes, (*path, a))
        for b, value in mapping(row, (*path, a), form).items():
            j = column(b, nodes, (*path, a, b))
            if i == j:
                raise JudgementError("{id} is compared with itself", (*path, a, b), id=a)
            yield i, j, value, (*path, a, b)


def unlinked(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Who is not linked to the first of ``n`` by ``edges``, directly or by others."""
    reached, frontier = {0}, [0]
    while frontier:
        here = frontier.pop()
        beside = {b for a, b in edges if a == here} | {a for a, b in edges if b == here}
        frontier += beside - reached
        reached |= beside
    return [k for k in range(n) if k not in reached]
