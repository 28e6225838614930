"""Data → section: every fault of shape at once, and what is left of the data once the faulty parts are out.

A fault must not breed others. So the parts that are wrong are taken out (an optional one alone, a required one with the
thing that needs it) and the rest is read again: rules between files are then checked on all that is sound.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic_core import ErrorDetails

from techprio.errors import Fault, Place
from techprio.study.base import NOT_A_CHOICE, Section
from techprio.wording import nearest
from techprio.yaml_source import UNREAD, Map, Path_, Seq, Source, Step

S = TypeVar("S", bound=Section)

RESERVED = frozenset({"portfolio", "classes", "references", "correlations", "plans", "effect"})
"""Keys whose capability is not built yet."""


def fit(source: Source, section: type[S], path: Path_ = ()) -> tuple[S | None, list[Fault]]:
    """The data at ``path`` as a ``section`` (None if nothing sound is left of it), and the faults of its shape."""
    faults: list[Fault] | None = None
    while True:
        try:
            return section.model_validate(source.value(path)), faults or []
        except ValidationError as failure:
            every = [_Error.of(source, section, path, details) for details in failure.errors(include_url=False)]
        errors = [error for error in every if not error.follows_from(every)]
        if faults is None:
            faults = [fault for error in errors for fault in error.faults()]
        parts = {error.removable() for error in errors}
        if None in parts:
            return None, faults
        for part in sorted((part for part in parts if part), key=_back_to_front, reverse=True):
            source.take_out(part)


def _back_to_front(path: Path_) -> tuple[tuple[float, str], ...]:
    """Sorted by this and reversed, what is taken out of a list moves nothing that is still to go."""
    return tuple((step, "") if isinstance(step, int | float) else (0.0, step) for step in path)


@dataclass(frozen=True, slots=True)
class _Trail:
    """The way from a section down to an error: the steps as the file has them."""

    steps: Path_
    can_go: tuple[bool, ...]
    """For each step, whether what it leads to can be taken out and leave the rest whole."""
    known_keys: tuple[str, ...]
    """The keys of the section that the last step stands in."""
    ends_at_key: bool

    @classmethod
    def of(cls, section: type[Section], location: Sequence[Step]) -> _Trail:
        steps: list[Step] = []
        can_go: list[bool] = []
        known: tuple[str, ...] = ()
        kind: Any = section
        for step in location:
            if step == "[key]":
                break
            if isinstance(step, str) and step.startswith("<"):
                kind = dict(_alternatives(kind))[step]
                continue
            below = dict(_alternatives(kind)).get("")
            origin = get_origin(below)
            required = False
            if isinstance(below, type) and issubclass(below, Section):
                known = tuple(name for name in below.model_fields if name != "extra")
                fields = below.model_fields.get(str(step))
                required = fields is not None and fields.is_required()
                kind = fields.annotation if fields else None
            else:
                kind = get_args(below)[1 if origin is dict else 0] if origin in (dict, tuple) else None
            steps.append(step)
            can_go.append(not required)
        return cls(tuple(steps), tuple(can_go), known, location[-1:] == ("[key]",))


def _alternatives(kind: Any) -> Iterator[tuple[str, Any]]:
    """What a type may be, by tag; untagged types have the tag ``""``."""
    if get_origin(kind) is Annotated:
        tags = [part.tag for part in kind.__metadata__ if isinstance(part, Tag)]
        for tag, below in _alternatives(kind.__origin__):
            yield (tags[0] if tags else tag), below
    elif get_origin(kind) in (Union, types.UnionType):
        for part in get_args(kind):
            if part is not type(None):
                yield from _alternatives(part)
    else:
        yield "", kind


@dataclass(frozen=True, slots=True)
class _Error:
    """One of pydantic's errors, seen from the file."""

    source: Source
    trail: _Trail
    path: Path_
    kind: str
    input: Any
    context: dict[str, Any]
    words: str

    @classmethod
    def of(cls, source: Source, section: type[Section], path: Path_, details: ErrorDetails) -> _Error:
        trail = _Trail.of(section, details["loc"])
        context = details.get("ctx", {})
        return cls(source, trail, path + trail.steps, details["type"], details["input"], context, details["msg"])

    def follows_from(self, errors: list[_Error]) -> bool:
        """Whether another error explains this one: a list is too short because an item of it is faulty."""
        n = len(self.path)
        return self.kind == "too_short" and any(len(e.path) > n and e.path[:n] == self.path for e in errors)

    def removable(self) -> Path_ | None:
        """The smallest part to take out so that the error is gone; None if nothing can do without it."""
        if self.trail.steps == ("techprio",):
            self.source.put(self.path, 1)  # for the rest of the check, the file is read as the format it should name
            return ()
        for n in range(len(self.trail.can_go), 0, -1):
            part = self.path[: len(self.path) - len(self.trail.can_go) + n]
            if self.trail.can_go[n - 1] and self._stands(part):
                return part
        return None

    def _stands(self, path: Path_) -> bool:
        parent, step = self.source.value(path[:-1]), path[-1]
        return step in parent if isinstance(parent, Map) else isinstance(parent, Seq) and isinstance(step, int)

    # -- its fault --------------------------------------------------------------------------------------------------

    def faults(self) -> Iterator[Fault]:
        """Its fault, unless the reader of the file has found it already."""
        if self.source.value(self.path) is not UNREAD:
            yield _MAKERS.get(self.kind, _Error.plain)(self)

    def fault(self, code: str, place: Place, message: str, hint: str = "", **facts: Any) -> Fault:
        return Fault(place, code, self.source.path_text(self.path), message, hint, facts)

    def stated(self) -> Fault:
        """One that a type of this package raised: it brings its words along."""
        place = self.source.at_key if self.trail.ends_at_key else self.source.at_value
        parent = self.source.value(self.path[:-1])
        if self.trail.ends_at_key and isinstance(parent, Map) and self.path[-1] in parent.bare:
            return self.fault("E210", place(self.path), COMMA_MESSAGE, COMMA_HINT)
        facts = self.context["facts"]
        hint = self.context["hint"]
        if "choices" in facts and (near := nearest(facts["found"], map(str, facts["choices"]))):
            hint, facts = "did you mean {near}?", {**facts, "near": near}
        return self.fault(self.context["code"], place(self.path), self.context["message"], hint, **facts)

    def missing(self) -> Fault:
        place = self.source.at_first_key(self.path[:-1])
        return self.fault("E202", place, '"{key}" is missing', key=str(self.path[-1]))

    def unknown_key(self) -> Fault:
        key, place = self.path[-1], self.source.at_key(self.path)
        parent = self.source.value(self.path[:-1])
        if isinstance(parent, Map) and key in parent.bare:
            return self.fault("E210", place, COMMA_MESSAGE, COMMA_HINT)
        if key in RESERVED:
            return self.fault(
                "E211", place, '"{key}" cannot be read yet', "take it out, or keep it under extra", key=key
            )
        message = '"{key}" is not a key of this section'
        if near := nearest(str(key), self.trail.known_keys):
            return self.fault("E201", place, message, "did you mean {near}?", key=str(key), near=near)
        return self.fault("E201", place, message, "it knows {known}", key=str(key), known=self.trail.known_keys)

    def unknown_kind(self) -> Fault:
        """A section of which it cannot be told what kind it is."""
        key, *choices = self.words.split()
        if not isinstance(self.input, Map):
            return self.no_mapping()
        if key not in self.input:
            place = self.source.at_first_key(self.path)
            return self.fault("E202", place, '"{key}" is missing', "write one of {choices}", key=key, choices=choices)
        found = str(self.input[key])
        near = nearest(found, choices)
        hint = "did you mean {near}?" if near else ""
        facts = {"found": found, "choices": choices, "near": near}
        return self.fault("E206", self.source.at_value((*self.path, key)), NOT_A_CHOICE, hint, **facts)

    def no_number(self) -> Fault:
        place, word = self.source.at_value(self.path), self.input
        if not isinstance(word, str):
            return self.fault("E203", place, "a number is expected here, not {found}", found=_shown(word))
        if re.fullmatch(r"[-+]?\d+,\d+", word):
            hint = "a point divides the decimals: write {cure}"
            return self.fault("E204", place, '"{word}" is no number', hint, word=word, cure=word.replace(",", "."))
        if re.fullmatch(r"[-+]?\d{1,3}([.,  _]\d{3}){2,}|\d{1,3}[  _]\d{3}", word):
            cure = re.sub(r"[.,  _]", "", word)
            hint = "nothing divides the thousands: write {cure}"
            return self.fault("E205", place, '"{word}" is no number', hint, word=word, cure=cure)
        quoted = re.fullmatch(r"[-+]?\d+(\.\d+)?", word)
        hint = "take the quotes away" if quoted else ""
        return self.fault("E203", place, 'a number is expected here, not the text "{word}"', hint, word=word)

    def no_mapping(self) -> Fault:
        place = self.source.at_value(self.path)
        hint = "write key: value, indented below"
        return self.fault(
            "E203", place, "a section of keys is expected here, not {found}", hint, found=_shown(self.input)
        )

    def no_list(self) -> Fault:
        place = self.source.at_value(self.path)
        hint = "begin each item with -"
        return self.fault("E203", place, "a list is expected here, not {found}", hint, found=_shown(self.input))

    def no_flag(self) -> Fault:
        place = self.source.at_value(self.path)
        return self.fault("E203", place, "true or false is expected here, not {found}", found=_shown(self.input))

    def out_of_range(self) -> Fault:
        limit = next(self.context[word] for word in ("ge", "gt", "le", "lt") if word in self.context)
        message = "{value} is below {limit}" if self.kind.startswith("greater") else "{value} is above {limit}"
        return self.fault("E207", self.source.at_value(self.path), message, value=self.input, limit=limit)

    def not_finite(self) -> Fault:
        return self.fault("E207", self.source.at_value(self.path), "a figure must be a finite number")

    def too_short(self) -> Fault:
        facts = {"least": self.context["min_length"], "found": self.context["actual_length"]}
        place = self.source.at_value(self.path)
        return self.fault("E214", place, "at least {least} entries are needed, and there are {found}", **facts)

    def no_address(self) -> Fault:
        message = "an address begins with http:// or https:// and holds no spaces"
        return self.fault("E203", self.source.at_value(self.path), message)

    def plain(self) -> Fault:
        return self.fault("E203", self.source.at_value(self.path), self.words)


_MAKERS = {
    "fault": _Error.stated,
    "missing": _Error.missing,
    "extra_forbidden": _Error.unknown_key,
    "kind": _Error.unknown_kind,
    "model_type": _Error.no_mapping,
    "dict_type": _Error.no_mapping,
    "tuple_type": _Error.no_list,
    "float_type": _Error.no_number,
    "int_type": _Error.no_number,
    "int_from_float": _Error.no_number,
    "bool_type": _Error.no_flag,
    "greater_than_equal": _Error.out_of_range,
    "less_than_equal": _Error.out_of_range,
    "finite_number": _Error.not_finite,
    "too_short": _Error.too_short,
    "string_pattern_mismatch": _Error.no_address,
}

COMMA_MESSAGE = "a comma has split the value before this in two"
COMMA_HINT = "inside {…} a comma ends the value: put the text in quotes, or write it on its own line"


def _shown(value: Any) -> str:
    """A value as the file might write it, shortened."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str | int | float | None) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
