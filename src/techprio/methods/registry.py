"""The register of ranking methods: the catalogue, the cards, the settings and the property tests are drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from techprio.errors import UsageError, speaking_of
from techprio.hall import Floats
from techprio.methods.draws import over_figures
from techprio.register import Entry, Register, fixed
from techprio.wording import nearest

Scores = Callable[..., Floats]
Unit = Literal["one", "largest"]

PROMISES: Mapping[str, str] = MappingProxyType(
    {
        "dominance": "a candidate that is at least as good everywhere is never placed below",
        "unit": "a change of unit changes no rank",
        "split": "a criterion split in two equal halves changes no rank",
        "zero_weight": "a criterion of weight 0 may as well be left out",
    }
)
"""What every method promises of plain arrays, unless it declares that it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method(Entry):
    """One ranking method."""

    study_settings: Mapping[str, Any]
    """Its variant in a study, where it differs from that of plain arrays."""
    per_criterion: tuple[str, ...]
    """Settings that hold one value a criterion, (n,) or (n, …); a study states them by criterion id."""
    between: tuple[str, ...]
    """Settings that hold a number for some pairs of criteria; a study states them as {id: {id: number}}."""
    score_unit: Unit
    """What ten decimals of a score are counted in when ties are sought: 1, or the largest |score|."""
    terms: Callable[..., Floats | None] | None
    """(x, sense, **settings) → what is weighed and added up, shaped like ``x``; None if the method, or a variant
    of it, is no such sum."""
    link: Callable[[Floats], Floats] | None
    """The sum of weighted terms → the score; None if it is the score."""
    cellwise: bool
    """Whether, of values, each term depends on its own cell only."""
    needs: Mapping[str, str]
    """What a study gives it, and whether that is ``required`` or ``optional``: ``bounds``, ``thresholds``, ``tree``; or
    a setting per criterion that must be ``stated``, for which a study has no other place than ``settings:``."""
    lacks: Mapping[str, str]
    """Which of the ``PROMISES`` it does not make, and why."""
    reverses_ranks: bool
    """Whether, in a study, leaving out one candidate may turn the order of two others."""

    @property
    def contributes(self) -> bool:
        """Whether a score is the sum of one contribution a criterion."""
        return self.terms is not None and self.link is None


METHODS = Register[Method]()


def method(
    id: str,
    title: str,
    citation: str,
    *,
    study_settings: Mapping[str, Any] | None = None,
    per_criterion: tuple[str, ...] = (),
    between: tuple[str, ...] = (),
    score_unit: Unit = "largest",
    terms: Callable[..., Floats | None] | None = None,
    link: Callable[[Floats], Floats] | None = None,
    cellwise: bool = False,
    needs: Mapping[str, str] | None = None,
    parts: Callable[..., Any] | None = None,
    lacks: Mapping[str, str] | None = None,
    reverses_ranks: bool = True,
) -> Callable[[Scores], Scores]:
    """Register a function as the ranking method ``id``.

    The function registered, and the one that its module is left with, takes figures that vary a block of draws at a
    time, and refuses to return a score that is not finite.
    """

    def register(function: Scores) -> Scores:
        @speaking_of(id)
        @wraps(function)
        def finite(x: Any, w: Any, sense: Any, **settings: Any) -> Floats:
            with np.errstate(all="ignore"):
                return over_figures(partial(function, sense=sense, **settings), x, w)

        METHODS.add(
            Method(
                id=id,
                function=finite,
                title=title,
                citation=citation,
                study_settings=fixed(study_settings),
                per_criterion=per_criterion,
                between=between,
                score_unit=score_unit,
                terms=terms,
                link=link,
                cellwise=cellwise,
                needs=fixed(needs),
                parts=parts,
                lacks=fixed(lacks),
                reverses_ranks=reverses_ranks,
            )
        )
        return finite

    return register


def find(id: str) -> Method:
    """The method ``id``. Raises UsageError with the nearest known one."""
    if id in METHODS:
        return METHODS[id]
    raise UsageError("there is no ranking method {id}", id=id, near=nearest(id, METHODS))


def settings_of_methods() -> dict[str, frozenset[str]]:
    """Method → the names of its settings: what the rules of a study need to know of methods."""
    return {id: frozenset(method.settings) for id, method in METHODS.items()}
