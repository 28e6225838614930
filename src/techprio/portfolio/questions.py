"""What is asked of the best set: what each constraint costs, why somebody is left out, what more money would bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from techprio.hall import Flags, frozen
from techprio.portfolio.conflict import conflict
from techprio.portfolio.model import Constraint, Model, moves
from techprio.portfolio.search import Found
from techprio.portfolio.solve import Effort

Solve = Callable[[Model], Found | None]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The best set if one thing were otherwise."""

    gain: float | None
    """Its value less that of the best set as things are; None: there is no set at all."""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    """Where there is no set: a smallest set of constraints that stand against it."""
    proved: bool = True
    """Whether both sets are proved best."""


def otherwise(base: Found, model: Model, effort: Effort) -> Otherwise:
    """The best set of a changed model against the best as things are."""
    found = effort(model)
    if found is None:
        return Otherwise(None, against=tuple(c.id for c in conflict(model)))
    if found.value < base.value and not model.broken(base.x):
        found = replace(found, x=base.x, value=base.value)  # a program that was stopped early may have found less
    came, went = moves(model.candidates, base.x, found.x)
    gain = found.value - base.value
    proved = base.gap == 0 and found.gap == 0
    nothing = abs(gain) < 1e-9 * max(1.0, abs(base.value))
    return Otherwise(0.0 if nothing else gain, () if nothing else came, () if nothing else went, proved=proved)


def price(model: Model, base: Found, constraint: Constraint, effort: Effort) -> Otherwise:
    """What a constraint costs: the value that is won if only it is dropped."""
    return otherwise(base, model.without(constraint), effort)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The best set with budgets ``factor`` times as large, or with ``count`` bets of a kind."""

    factor: float
    value: float | None
    """None: no set keeps the constraints."""
    x: Flags | None
    gap: float = 0.0


def curve(model: Model, factors: Sequence[float], effort: Effort) -> Iterator[Step]:
    """Value against budget: all budgets are made larger or smaller together.

    More money never brings less, so a set found at a smaller budget stands in wherever a program that was stopped
    early found a worse one.
    """
    best: Step | None = None
    for factor in sorted(factors):
        found = effort(model.within(factor))
        step = Step(factor, None, None) if found is None else Step(factor, found.value, found.x, found.gap)
        if best is not None and best.value is not None and (step.value is None or step.value < best.value):
            step = replace(best, factor=factor)
        best = step
        yield step


def balance(model: Model, members: Flags, effort: Effort) -> Iterator[Step]:
    """The best set with exactly so many bets of a kind, from none to all."""
    row = frozen(members.astype(float))
    for count in range(int(members.sum()) + 1):
        found = effort(model.also(Constraint("", "only", row, float(count), float(count))))
        yield Step(count, None, None) if found is None else Step(count, found.value, found.x, found.gap)


def sets_differ(a: Flags | None, b: Flags | None) -> bool:
    """Whether two sets, either of which there may not be, are different."""
    if a is None or b is None:
        return a is not b
    return bool(np.any(a != b))
