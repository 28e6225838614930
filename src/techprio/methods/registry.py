"""The register of ranking methods: the catalogue, the cards, the settings and the property tests are drawn from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from techprio.errors import UsageError
from techprio.hall import Floats
from techprio.wording import nearest

Scores = Callable[..., Floats]


@dataclass(frozen=True, slots=True)
class Method:
    """One ranking method."""

    id: str
    function: Scores
    title: str
    citation: str
    study_settings: Mapping[str, Any]
    """Its variant in a study, where it differs from that of plain arrays."""
    score_unit: Literal["one", "largest"]
    """What ten decimals of a score are counted in when ties are sought: 1, or the largest |score|."""
    term: Callable[..., Floats] | None
    """Value → what is weighed and added up, cell by cell; None if the method is no such sum."""
    link: Callable[[Floats], Floats] | None
    """The sum of weighted terms → the score; None if it is the score."""
    reverses_ranks: bool
    """Whether leaving out one candidate may turn the order of two others (in the study's variant)."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Every setting with its default for plain arrays."""
        parameters = inspect.signature(self.function).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}

    @property
    def contributes(self) -> bool:
        """Whether a score is the sum of one contribution a criterion."""
        return self.term is not None and self.link is None


_methods: dict[str, Method] = {}
METHODS: Mapping[str, Method] = MappingProxyType(_methods)


def method(
    id: str,
    title: str,
    citation: str,
    *,
    study_settings: Mapping[str, Any] | None = None,
    score_unit: Literal["one", "largest"] = "largest",
    term: Callable[..., Floats] | None = None,
    link: Callable[[Floats], Floats] | None = None,
    reverses_ranks: bool = True,
) -> Callable[[Scores], Scores]:
    """Register a function as the ranking method ``id``."""

    def register(function: Scores) -> Scores:
        if id in _methods:
            there = _methods[id].function
            raise ValueError(f"{id} is registered by {there.__module__} and again by {function.__module__}")
        settings = MappingProxyType(dict(study_settings or {}))
        _methods[id] = Method(id, function, title, citation, settings, score_unit, term, link, reverses_ranks)
        return function

    return register


def find(id: str) -> Method:
    """The method ``id``. Raises UsageError with the nearest known one."""
    if id in METHODS:
        return METHODS[id]
    if near := nearest(id, METHODS):
        raise UsageError("there is no ranking method {id}; did you mean {near}?", id=id, near=near)
    raise UsageError("there is no ranking method {id}", id=id)


def settings_of_methods() -> dict[str, frozenset[str]]:
    """Method → the names of its settings: what the rules of a study need to know of methods."""
    return {id: frozenset(method.settings) for id, method in METHODS.items()}
