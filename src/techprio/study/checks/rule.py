"""What a rule is: a small function with a code that finds faults in a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from techprio.errors import Fault
from techprio.study.draft import Draft
from techprio.wording import nearest
from techprio.yaml_source import Path_, Source


class Found(NamedTuple):
    """Something that breaks a rule: where it stands and what to say of it."""

    source: Source
    path: Path_
    message: str
    hint: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    at: Literal["value", "key", "first_key"] = "value"

    def fault(self, code: str) -> Fault:
        place = getattr(self.source, f"at_{self.at}")(self.path)
        return Fault(place, code, self.source.path_text(self.path), self.message, self.hint, self.facts)


Rule = Callable[[Draft], Iterator[Found]]
RULES: list[tuple[str, Rule]] = []


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a rule under its code; ``techprio check --explain CODE`` has its page in ``faults.yaml``."""

    def register(function: Rule) -> Rule:
        RULES.append((code, function))
        return function

    return register


def meant(word: str, known: Any, hint: str = "") -> tuple[str, dict[str, Any]]:
    """The hint for an unknown ``word``, with its facts: the nearest known one, or else ``hint``."""
    near = nearest(word, known)
    return ("did you mean {near}?" if near else hint), {"id": word, "near": near}
