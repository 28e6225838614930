"""Ids in data that may be faulty; None stands for one that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from techprio.study.base import ID_PATTERN, misspelt
from techprio.study.gates import Gate
from techprio.study.nodes import NODE_KEYS
from techprio.study.portfolio import Portfolio
from techprio.yaml_source import UNREAD, Map, Seq


@dataclass(slots=True)
class Names:
    """The ids of one kind that the files name, in sound parts and in faulty ones; it grows as files are read."""

    ids: set[str] = field(default_factory=set)
    whole: bool = True
    """False where there is one that could not be read: then no id can be called unknown."""
    _known: frozenset[str] = frozenset()

    def add(self, ids: Iterable[str | None]) -> Names:
        """Take in ids as the functions below find them."""
        for id in ids:
            if id is None:
                self.whole = False
            else:
                self.ids.add(id)
        return self

    @property
    def known(self) -> frozenset[str]:
        """The ids, as what an unknown one is compared with; made once, for there may be a fault a figure."""
        if len(self._known) != len(self.ids):
            self._known = frozenset(self.ids)
        return self._known

    def lack(self, id: str) -> bool:
        return self.whole and id not in self.ids


def part(data: object, key: str, known: Collection[str]) -> Any:
    """What stands under a key; None if nothing does, UNREAD if what does, or may, cannot be read."""
    if not isinstance(data, Map):
        return UNREAD
    if key in data:
        return data[key]
    return UNREAD if key in data.lost or None in data.lost or misspelt(data, key, known) else None


def id_of(item: object) -> str | None:
    """The id of a list's item: the item itself, or what it says under ``id``."""
    return _id(item.get("id") if isinstance(item, Map) else item)


def _id(id: object) -> str | None:
    return id if isinstance(id, str) and (id.isidentifier() or re.fullmatch(ID_PATTERN, id)) else None


def ids_in(items: object) -> Iterator[str | None]:
    """The ids of a list's items."""
    if isinstance(items, Seq):
        yield from map(id_of, items)
    elif items is not None:
        yield None


def keys_in(mapping: object) -> Iterator[str | None]:
    """The keys of a mapping that are ids."""
    if isinstance(mapping, Map):
        yield from map(_id, mapping)
        yield from [None] * bool(mapping.lost)
    elif mapping is not None:
        yield None


def node_ids(nodes: object) -> Iterator[str | None]:
    """The ids of all nodes of a tree."""
    yield from ids_in(UNREAD if nodes is None else nodes)
    for node in nodes if isinstance(nodes, Seq) else ():
        below = part(node, "criteria", NODE_KEYS)
        if below is not None:
            yield from node_ids(below)


def resource_ids(portfolio: object) -> Iterator[str | None]:
    """The ids of the resources of a portfolio section."""
    return ids_in(None if portfolio is None else part(portfolio, "resources", Portfolio.model_fields))


def question_ids(gates: object) -> Iterator[str | None]:
    """The ids of the questions of all gates."""
    if not isinstance(gates, Seq | None):
        yield None
    for gate in gates if isinstance(gates, Seq) else ():
        yield from ids_in(part(gate, "of", Gate.model_fields))
