"""The way from a section down to what is wrong in it, as the file has it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag

from techprio.study.base import Section, StandIn
from techprio.yaml_source import Map, Path_, Source, Step

OPTIONAL, NEEDED = object(), object()
"""Of what a step leads to: the thing that holds it can do without, or cannot."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The way from a section down to an error: the steps as the file has them."""

    steps: Path_
    without: tuple[Any, ...]
    """For each step, what can do without what it leads to: all (it is optional), none, or a stand-in."""
    known_keys: tuple[str, ...]
    """The keys of the section that the last step stands in."""
    ends_at_key: bool

    @classmethod
    def of(cls, section: type[Section], location: Sequence[Step]) -> Trail:
        steps: list[Step] = []
        without: list[Any] = []
        known: tuple[str, ...] = ()
        kind: Any = section
        for step in location:
            kinds = _alternatives(kind)
            if step == "[key]" and step not in _keys(kinds.get("")):
                break
            if isinstance(step, str) and step.startswith("<") and step in kinds:
                kind = kinds[step]
                continue
            below = kinds.get("")
            origin = get_origin(below)
            stand_in: Any = OPTIONAL
            if isinstance(below, type) and issubclass(below, Section):
                known = _keys(below)
                field = below.model_fields.get(str(step))
                if field is not None and field.is_required():
                    stand_in = next((part for part in field.metadata if isinstance(part, StandIn)), NEEDED)
                kind = field.annotation if field else None
            else:
                kind = get_args(below)[1 if origin is dict else 0] if origin in (dict, tuple) else None
            steps.append(step)
            without.append(stand_in)
        return cls(tuple(steps), tuple(without), known, location[-1:] == ("[key]",))


def as_in_file(source: Source, path: Path_, steps: Path_) -> Path_:
    """The steps after ``path`` with keys that are numbers: pydantic tells only the whole ones from texts."""
    data = source.value(path)
    for step in steps:
        key = step
        if isinstance(step, str) and isinstance(data, Map) and step not in data:
            key = next((key for key in data if not isinstance(key, str) and str(key) == step), step)
        path = (*path, key)
        data = source.value(path)
    return path


@cache
def _keys(section: Any) -> tuple[str, ...]:
    fields = section.model_fields if isinstance(section, type) and issubclass(section, Section) else ()
    return tuple(name for name in fields if name != "extra")


@lru_cache(maxsize=512)
def _alternatives(kind: Any) -> dict[str, Any]:
    """What a type may be, by tag; untagged types have the tag ``""``."""
    return dict(_spread(kind))


def _spread(kind: Any) -> Iterator[tuple[str, Any]]:
    if get_origin(kind) is Annotated:
        tags = [part.tag for part in kind.__metadata__ if isinstance(part, Tag)]
        for tag, below in _spread(kind.__origin__):
            yield (tags[0] if tags else tag), below
    elif get_origin(kind) in (Union, types.UnionType):
        for part in get_args(kind):
            if part is not type(None):
                yield from _spread(part)
    else:
        yield "", kind
