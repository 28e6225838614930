"""One part of the data that does not fit its section: what must go, and the fault that an analyst reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from techprio.errors import Fault, Place
from techprio.study.base import NOT_A_CHOICE, Section, StandIn, misspelt, near_key
from techprio.study.guesses import number_meant
from techprio.study.trail import OPTIONAL, Trail, as_in_file
from techprio.yaml_source import UNREAD, Map, Path_, Seq, Source, Step, in_short, lose, shown


@dataclass(frozen=True, slots=True)
class Misfit:
    """One of pydantic's errors, seen from the file."""

    source: Source
    trail: Trail
    path: Path_
    kind: str
    input: Any
    context: dict[str, Any]
    words: str

    @classmethod
    def of(cls, source: Source, section: type[Section], path: Path_, details: ErrorDetails) -> Misfit:
        trail = Trail.of(section, details["loc"])
        at = as_in_file(source, path, trail.steps)
        return cls(source, trail, at, details["type"], details["input"], details.get("ctx", {}), details["msg"])

    def follows_from(self, faulty_parts: Collection[Path_], bare_keys: Collection[Path_]) -> bool:
        """Whether another error explains it: a list is too short because an item is faulty, and what a comma has left
        behind has no value."""
        if self.kind == "too_short":
            return self.path in faulty_parts
        return (
            bool(bare_keys)
            and not self.is_bare_key
            and any(self.path[:n] in bare_keys for n in range(len(self.path) + 1))
        )

    def removable(self) -> Path_ | None:
        """The smallest part to take out so that the error is gone: (), if a stand-in does; None if nothing does."""
        for n in range(len(self.trail.steps), 0, -1):
            part = self.path[: len(self.path) - len(self.trail.steps) + n]
            without = self.trail.without[n - 1]
            if without is OPTIONAL and self._stands(part):
                return part
            if isinstance(without, StandIn) and isinstance(self.source.value(part[:-1]), Map):
                self.source.put(part, without.value)
                return ()
        return None

    def _stands(self, path: Path_) -> bool:
        parent, step = self.source.value(path[:-1]), path[-1]
        return step in parent if isinstance(parent, Map) else isinstance(parent, Seq) and isinstance(step, int)

    # -- its fault --------------------------------------------------------------------------------------------------

    def faults(self, guess: bool) -> Iterator[Fault]:
        """Its fault, unless the reader of the file has found it already; ``guess``: with the nearest known spelling."""
        if not any(self.source.value(self.path[:n]) is UNREAD for n in range(len(self.path) + 1)):
            unknown = self.kind in ("extra_forbidden", "invalid_key")
            fault = self.unknown_key(guess) if unknown else _MAKERS[self.kind](self)
            if fault:
                yield fault

    def fault(self, code: str, place: Place, message: str, hint: str = "", *below: Step, **facts: Any) -> Fault:
        return Fault(place, code, self.source.path_text((*self.path, *below)), message, hint, in_short(facts))

    @property
    def is_bare_key(self) -> bool:
        """Whether it is about a key in braces without a value, which the section has no use for."""
        parent = self.source.value(self.path[:-1])
        at_key = self.trail.ends_at_key or self.kind in ("extra_forbidden", "invalid_key")
        return at_key and isinstance(parent, Map) and self.path[-1] in parent.bare

    @property
    def place(self) -> Place:
        return self.source.at_key(self.path) if self.trail.ends_at_key else self.source.at_value(self.path)

    def stated(self) -> Fault:
        """One that a type of this package raised: it brings its words along."""
        if self.is_bare_key:
            return self.left_bare()
        facts, hint = self.context["facts"], self.context["hint"]
        if "choices" in facts and (near := near_key(facts["found"], facts["choices"])):
            hint, facts = "did you mean {near}?", {**facts, "near": near}
        return self.fault(self.context["code"], self.place, self.context["message"], hint, **facts)

    def missing(self) -> Fault | None:
        """A key that is not there, unless something is that may be it."""
        above, key = self.path[:-1], str(self.path[-1])
        parent = self.source.value(above)
        if self.source.lost(above, key) or (isinstance(parent, Map) and misspelt(parent, key, self.trail.known_keys)):
            return None
        hint = "begin the file with techprio: 1" if self.path == ("techprio",) else ""
        return self.fault("E202", self.source.at_first_key(above), '"{key}" is missing', hint, key=key)

    def unknown_key(self, guess: bool) -> Fault:
        key, place = self.path[-1], self.source.at_key(self.path)
        parent = self.source.value(self.path[:-1])
        if self.is_bare_key:
            return self.left_bare()
        known = self.trail.known_keys
        if near := near_key(str(key), known) if guess else None:
            if isinstance(parent, Map) and near not in parent:
                lose(parent, near)
            return self.fault("E201", place, UNKNOWN_KEY, "did you mean {near}?", key=str(key), near=near)
        return self.fault("E201", place, UNKNOWN_KEY, "its keys are {known}", key=str(key), known=", ".join(known))

    def left_bare(self) -> Fault:
        """A key in braces without a value: what is left of a text with a comma, or of a colon without a space."""
        key, place, parent = str(self.path[-1]), self.source.at_key(self.path), self.source.value(self.path[:-1])
        name, colon, _ = key.partition(":")
        if colon:
            lose(parent, name)
            return self.fault("E210", place, '"{key}" has no value', "put a space after the colon", key=key)
        if parent.order(self.path[-1]) == 0:
            return self.fault("E210", place, '"{key}" has no value', "write key: value", key=key)
        hint = "inside {…} a comma ends the value: put the text in quotes, or write it on its own line"
        return self.fault("E210", place, "a comma has split the value before this in two", hint)

    def unknown_kind(self) -> Fault | None:
        """A section of which it cannot be told what kind it is."""
        key, *choices = self.words.split()
        at_key = (*self.path, key)
        if not isinstance(self.input, Map):
            return self.no_mapping()
        if wrong_key := misspelt(self.input, key, (key,)):
            place = self.source.at_key((*self.path, wrong_key))
            return self.fault("E201", place, UNKNOWN_KEY, "did you mean {near}?", wrong_key, key=wrong_key, near=key)
        if key not in self.input:
            if self.source.lost(self.path, key):
                return None
            place, hint = self.source.at_first_key(self.path), "write one of {choices}"
            return self.fault("E202", place, '"{key}" is missing', hint, key, key=key, choices=choices)
        if self.input[key] is UNREAD:
            return None
        found = self.input[key] if isinstance(self.input[key], str) else shown(self.input[key])
        near = near_key(found, choices)
        facts: dict[str, Any] = {"found": found, "choices": choices, "near": near}
        hint = "did you mean {near}?" if near else ""
        return self.fault("E206", self.source.at_value(at_key), NOT_A_CHOICE, hint, key, **facts)

    def no_number(self) -> Fault:
        code, hint, facts = number_meant(self.input) if isinstance(self.input, str) else ("E203", "", {})
        message = "a number is expected here, not {found}"
        if self.kind.startswith("int"):
            message = "a whole number is expected here, not {found}"
        return self.fault(code, self.place, message, hint, found=shown(self.input), **facts)

    def no_text(self) -> Fault:
        hint = "put it in quotes" if isinstance(self.input, int | float) else ""
        return self.fault("E203", self.place, "a text is expected here, not {found}", hint, found=shown(self.input))

    def no_mapping(self) -> Fault:
        if self.input is None and not self.path:
            return self.fault("E203", self.place, "the file is empty", "write techprio: 1, and what the file holds")
        hint = "write key: value, indented below" if self.path else "begin the file with techprio: 1"
        message = "a section of keys is expected here, not {found}"
        return self.fault("E203", self.place, message, hint, found=shown(self.input))

    def no_list(self) -> Fault:
        hint = "begin each item with -"
        return self.fault("E203", self.place, "a list is expected here, not {found}", hint, found=shown(self.input))

    def no_flag(self) -> Fault:
        meant = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
        cure = meant.get(str(self.input).casefold())
        hint = "write {cure}" if cure else ""
        message = "true or false is expected here, not {found}"
        return self.fault("E203", self.place, message, hint, found=shown(self.input), cure=cure)

    def out_of_range(self) -> Fault:
        limit = next(self.context[word] for word in ("ge", "gt", "le", "lt") if word in self.context)
        message = "{value} is below {limit}" if self.kind.startswith("greater") else "{value} is above {limit}"
        return self.fault("E207", self.place, message, value=self.input, limit=limit)

    def not_finite(self) -> Fault:
        return self.fault("E207", self.place, "a number must be finite")

    def too_short(self) -> Fault:
        facts = {"least": self.context["min_length"], "found": self.context["actual_length"]}
        return self.fault("E214", self.place, "there are too few entries: {found} of at least {least}", **facts)

    def too_long(self) -> Fault:
        facts = {"most": self.context["max_length"], "found": len(self.input)}
        return self.fault("E214", self.place, "there are too many entries: {found} of at most {most}", **facts)

    def no_address(self) -> Fault:
        message = "an address begins with http:// or https:// and holds no spaces"
        return self.fault("E203", self.place, message)


_MAKERS = {
    "fault": Misfit.stated,
    "missing": Misfit.missing,
    "kind": Misfit.unknown_kind,
    "model_type": Misfit.no_mapping,
    "dict_type": Misfit.no_mapping,
    "tuple_type": Misfit.no_list,
    "float_type": Misfit.no_number,
    "int_type": Misfit.no_number,
    "int_from_float": Misfit.no_number,
    "string_type": Misfit.no_text,
    "bool_type": Misfit.no_flag,
    "greater_than_equal": Misfit.out_of_range,
    "less_than_equal": Misfit.out_of_range,
    "finite_number": Misfit.not_finite,
    "too_short": Misfit.too_short,
    "too_long": Misfit.too_long,
    "string_pattern_mismatch": Misfit.no_address,
}

UNKNOWN_KEY = '"{key}" is not a key of this section'
