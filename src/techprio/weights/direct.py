"""Weights that are stated: directly, as points, as swings, or all equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import JudgementError
from techprio.weights.reading import by_node, ids_of, keys, number
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

FORM = "node: number"


@judgement(
    "direct",
    "Direct rating",
    "Edwards, W. (1977). How to use multiattribute utility measurement for social decisionmaking. IEEE Transactions on "
    "Systems, Man, and Cybernetics 7(5), 326–340.",
)
def direct(judgements: Any, nodes: Sequence[str]) -> Judged:
    """Numbers of importance, divided by their sum.

    .. code-block:: yaml

        judgements: {price: 40, quality: 20, delivery: 10}

    Every node has a number of 0 or above, and one is above 0. Raises JudgementError for anything else.
    """
    ids = ids_of(nodes)
    return Judged(nodes=ids, weights=shared(_numbers(judgements, ids)))


def _numbers(judgements: Any, ids: tuple[str, ...]) -> list[float]:
    stated = [0.0] * len(ids)
    for j, value, path in by_node(judgements, ids, FORM):
        stated[j] = number(value, path)
    if not any(stated):
        raise JudgementError("all weights are 0")
    return stated


@judgement(
    "points",
    "Point allocation",
    "Doyle, J. R., Green, R. H. & Bottomley, P. A. (1997). Judging relative importance: direct rating and point "
    "allocation are not equivalent. Organizational Behavior and Human Decision Processes 70(1), 65–72.",
)
def points(judgements: Any, nodes: Sequence[str], *, total: float = 100) -> Judged:
    """A budget of points, all of them given out.

    .. code-block:: yaml

        judgements: {price: 60, quality: 30, delivery: 10}

    As ``direct``, and the points add up to ``total``: a sum that does not is a slip, and is refused with the
    difference. Raises JudgementError for anything else.
    """
    ids = ids_of(nodes)
    stated = _numbers(judgements, ids)
    given = float(np.sum(stated))
    if abs(given - total) > 1e-9 * total:
        what = "the points add up to {given}, not to {total}"
        raise JudgementError(what, given=round(given, 9), total=total)
    return Judged(nodes=ids, weights=shared(stated))


@judgement(
    "equal",
    "Equal weights",
    "Dawes, R. M. & Corrigan, B. (1974). Linear models in decision making. Psychological Bulletin 81(2), 95–106.",
)
def equal(judgements: Any, nodes: Sequence[str]) -> Judged:
    """The same weight for every node: nothing is judged, so ``judgements`` is left out (None or empty)."""
    ids = ids_of(nodes)
    if judgements:
        raise JudgementError("equal weights take no judgements")
    return Judged(nodes=ids, weights=shared([1.0] * len(ids)))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Swung(Judged):
    """Weights from swings, and the ranges that were swung over."""

    ranges: Mapping[str, tuple[float, float]]
    """Node → (from, to), where they were stated: the weights hold for these ranges only."""

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "from": self.ranges.get(row["node"], (None, None))[0],
                "to": self.ranges.get(row["node"], (0, None))[1],
            }
            for row in Judged.rows(self)
        ]


@judgement(
    "swing",
    "Swing weighting",
    "von Winterfeldt, D. & Edwards, W. (1986). Decision Analysis and Behavioral Research. Cambridge University Press, "
    "ch. 8.",
    says={"ranges": "the ranges swung over"},
)
def swing(judgements: Any, nodes: Sequence[str]) -> Swung:
    """100 for the swing from worst to best that matters most, the others relative to it; divided by their sum.

    .. code-block:: yaml

        judgements:
          price: {swing: 100, from: 900, to: 400}    # the range that was judged
          quality: 60                                # or the number alone
          delivery: 0

    A weight from swings holds for the ranges that were judged and no others, so they are kept. Every node has a number
    from 0 to 100, and the largest is 100. Raises JudgementError for anything else.
    """
    ids = ids_of(nodes)
    swings = [0.0] * len(ids)
    ranges: dict[str, tuple[float, float]] = {}
    for j, stated, path in by_node(judgements, ids, "node: number, or node: {swing: number, from: number, to: number}"):
        value, there = stated, path
        if isinstance(stated, Mapping):
            keys(stated, path, ("swing", "from", "to"), ("swing", "from", "to"))
            value, there = stated["swing"], (*path, "swing")
            ends = (number(stated[end], (*path, end), -np.inf) for end in ("from", "to"))
            ranges[ids[j]] = (next(ends), next(ends))
            if ranges[ids[j]][0] == ranges[ids[j]][1]:
                raise JudgementError("nothing is swung over: from and to are equal", path)
        swings[j] = number(value, there, 0, 100)
    if max(swings) < 100:
        raise JudgementError("the largest swing is 100 by definition, and here it is {largest}", largest=max(swings))
    return Swung(nodes=ids, weights=shared(swings), ranges=ranges)
