"""The register of weightings: the catalogue, the cards, the settings and the property tests are drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

import numpy as np

from techprio.errors import UsageError, speaking_of
from techprio.hall import Floats
from techprio.register import Entry, Register, fixed
from techprio.weights.figures import checked
from techprio.wording import nearest

Kind = Literal["objective", "judgement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting(Entry):
    """One way of finding weights.

    objective: (x, sense, **settings) → weights (n,); judgement: (judgements, nodes, **settings) → a result.
    """

    kind: Kind
    says: Mapping[str, str]
    """What a result says besides the weights: attribute → what it is."""


WEIGHTINGS = Register[Weighting]()


def objective(
    id: str,
    title: str,
    citation: str,
    *,
    parts: Callable[..., Any] | None = None,
    says: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Floats]], Callable[..., Floats]]:
    """Register a function of checked figures (m, n) and sense (n,) as the weighting ``id``.

    The function registered, and the one that its module is left with, checks the figures, gives a single criterion the
    weight 1, and returns read-only weights.
    """

    def register(function: Callable[..., Floats]) -> Callable[..., Floats]:
        @speaking_of(id)
        @wraps(function)
        def weigh(x: Any, sense: Any, **settings: Any) -> Floats:
            x, sense = checked(x, sense)
            with np.errstate(all="ignore"):
                weights = function(x, sense, **settings) if len(sense) > 1 else np.ones(1)
            weights.setflags(write=False)
            return weights

        WEIGHTINGS.add(
            Weighting(
                id=id, function=weigh, title=title, citation=citation, kind="objective", says=fixed(says), parts=parts
            )
        )
        return weigh

    return register


def judgement(
    id: str, title: str, citation: str, *, says: Mapping[str, str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of judgements and the ids of the nodes they are for as the weighting ``id``."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        WEIGHTINGS.add(
            Weighting(
                id=id, function=function, title=title, citation=citation, kind="judgement", says=fixed(says), parts=None
            )
        )
        return function

    return register


def find(id: str) -> Weighting:
    """The weighting ``id``. Raises UsageError with the nearest known one."""
    if id in WEIGHTINGS:
        return WEIGHTINGS[id]
    raise UsageError("weights cannot be found by {id}", id=id, near=nearest(id, WEIGHTINGS))
