"""A file of YAML as plain data, with the place of every key and value in it, and the faults found so far."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from techprio.errors import Fault, Place

MAX_FAULTS = 10_000
"""A file with more is not read on; and a rule that is broken more often says no more than where."""
TOO_MANY_FAULTS = "more than {limit} faults stand in this file, and no more are looked for"

Step = str | int | float
Path_ = tuple[Step, ...]


NOTHING: frozenset[Any] = frozenset()


class Map(dict[Step, Any]):
    """A mapping of a file; ``marks`` holds two parser marks an entry, of its key and of its value, in order."""

    __slots__ = ("_order", "bare", "lost", "marks")

    def __init__(self) -> None:
        self.marks: list[Any] = []
        self.bare: Set[Step] = NOTHING
        """Keys that stand in ``{…}`` without a value: what a comma leaves behind when it splits a text."""
        self.lost: Set[Step | None] = NOTHING
        """Keys that stand in the file and could not be read; None: nobody knows which."""
        self._order: dict[Step, int] | None = None

    def order(self, key: Step) -> int:
        """Which entry of the file ``key`` is, however many have been taken out since."""
        if self._order is None:
            self._order = {}
        known = self._order
        if key not in known:
            for fresh in reversed([*takewhile(lambda key: key not in known, reversed(self))]):
                known[fresh] = len(known)
        return known[key]

    def leave_bare(self, key: Step) -> None:
        if isinstance(self.bare, set):
            self.bare.add(key)
        else:
            self.bare = {key}

    def key_mark(self, key: Step) -> Any:
        return self.marks[2 * self.order(key)]

    def value_mark(self, key: Step) -> Any:
        return self.marks[2 * self.order(key) + 1]


class Seq(list[Any]):
    """A list of a file; ``marks`` holds the parser's mark of each item."""

    __slots__ = ("lost", "marks")

    def __init__(self) -> None:
        self.marks: list[Any] = []
        self.lost: Set[Step | None] = NOTHING
        """Not empty if an item could not be read."""


def lose(part: Map | Seq, key: Step | None) -> None:
    """Remember that ``key`` stands in the file and could not be read."""
    if isinstance(part.lost, set):
        part.lost.add(key)
    else:
        part.lost = {key}


class Unread:
    """Stands in the data for what could not be read and already has its fault."""


UNREAD = Unread()


@dataclass(slots=True)
class Source:
    """One YAML file as read: its data (None if there is none to use) and the faults found on the way."""

    file: str
    data: Any = None
    faults: list[Fault] = field(default_factory=list)
    root_mark: Any = None
    sha256: str = ""

    def at_value(self, path: Path_) -> Place:
        """The place of the value at ``path``; where the path ends early, of the last value on it."""
        mark, _ = self._walk(path)
        return self._place(mark)

    def at_key(self, path: Path_) -> Place:
        """The place of the key that ``path`` ends with; of a list item, the item."""
        mark, parent = self._walk(path)
        if isinstance(parent, Map) and path[-1] in parent:
            mark = parent.key_mark(path[-1])
        return self._place(mark)

    def at_first_key(self, path: Path_) -> Place:
        """The place of the first key of the mapping at ``path``."""
        value = self.value(path)
        return self._place(value.marks[0]) if isinstance(value, Map) and value else self.at_value(path)

    def value(self, path: Path_) -> Any:
        """The data at ``path``, or None where it leads nowhere."""
        data = self.data
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def path_text(self, path: Path_) -> str:
        """``criteria[autonomy].scale.max``: list items by their ids, where they have one."""
        text, data = "", self.data
        for step in path:
            if isinstance(data, Map):
                data = data.get(step)
                text += key_text(step)
            elif isinstance(data, Seq) and isinstance(step, int):
                data = data[step]
                text += item_text(step, data)
            else:
                break
        return text.removeprefix(".")

    def put(self, path: Path_, value: Any) -> None:
        """Let ``value`` stand for the one that a key should have."""
        parent, key = self.value(path[:-1]), path[-1]
        if key not in parent:
            parent.marks += (self.root_mark, self.root_mark)
        parent[key] = value
        lose(parent, key)

    def take_out(self, path: Path_) -> None:
        """Lose the value at ``path``; the places of all others stay known."""
        parent, step = self.value(path[:-1]), path[-1]
        if isinstance(parent, Map) and step in parent:
            parent.order(step)
            del parent[step]
        elif isinstance(parent, Seq) and isinstance(step, int):
            del parent[step], parent.marks[step]
        if isinstance(parent, Map | Seq):
            lose(parent, step)

    def cut(self, path: Path_, nodes: int) -> Place:
        """Lose all but the first so many nodes of what is at ``path``; returns the place where the rest begins."""
        rest: list[Any] = []

        def keep(part: Map | Seq, nodes: int) -> int:
            """Keep so many nodes of a part, its parts included; returns how many more could be."""
            for i, (step, value) in enumerate([*(part.items() if isinstance(part, Map) else enumerate(part))]):
                if nodes <= 0:
                    if isinstance(part, Seq):
                        rest.append(part.marks[i])
                        del part[i:], part.marks[i:]
                        break
                    rest.append(part.key_mark(step))
                    del part[step]
                nodes = keep(value, nodes - 1) if isinstance(value, Map | Seq) else nodes - 1
            if nodes <= 0:
                lose(part, None)
            return nodes

        keep(self.value(path), nodes)
        return self._place(rest[0] if rest else self.root_mark)

    def lost(self, path: Path_, key: Step | None = None) -> bool:
        """Whether ``key`` of the part at ``path`` stands in the file, or may, and could not be read; without a key,
        whether anything in the part could not."""
        lost = getattr(self.value(path), "lost", NOTHING)
        return bool(lost) if key is None else key in lost or None in lost

    def _walk(self, path: Path_) -> tuple[Any, Any]:
        mark, parent, data = self.root_mark, None, self.data
        for step in path:
            if isinstance(data, Map) and step in data:
                mark = data.value_mark(step)
            elif isinstance(data, Seq) and isinstance(step, int) and step < len(data):
                mark = data.marks[step]
            else:
                break
            parent, data = data, data[step]
        return mark, parent

    def _place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)


# -- what faults say of it ------------------------------------------------------------------------------------------


def shown(value: Any) -> str:
    """A value as the file might write it, shortened."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, float) and not math.isfinite(value):
        return f".{value}"
    return short(json.dumps(value, ensure_ascii=False) if isinstance(value, str | int | float | None) else str(value))


def in_short(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts for a sentence: no file can make it long."""
    return {name: short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def short(text: str) -> str:
    """The beginning of a text: no file can make a sentence long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 160


def key_text(key: Step) -> str:
    """A key as a step of a path."""
    return f".{short(str(int(key) if isinstance(key, float) and key.is_integer() else key))}"


def item_text(number: int, item: Any) -> str:
    """An item of a list as a step of a path: by its id, if it has one."""
    named = isinstance(item, Map) and isinstance(item.get("id"), str)
    return f"[{short(item['id'])}]" if named else f"[{number}]"
