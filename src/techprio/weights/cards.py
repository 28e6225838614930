"""Weights from playing cards: the revised Simos procedure (SRF)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from techprio.errors import JudgementError, UsageError
from techprio.hall import Floats, frozen
from techprio.weights.reading import ids_of, keys, mapping, number, whole_order
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

FORM = "least_to_most: [a, 1, [b, c]] and ratio: number"
ORDERS = ("least_to_most", "most_to_least")


@judgement(
    "srf",
    "Revised Simos procedure (cards with blanks)",
    "Figueira, J. & Roy, B. (2002). Determining the weights of criteria in the ELECTRE type methods with a revised "
    "Simos' procedure. European Journal of Operational Research 139(2), 317–326.",
)
def srf(judgements: Any, nodes: Sequence[str], *, decimals: int | None = None) -> Judged:
    """k(r) = 1 + u Σ_{s<r} e_s, u = (z − 1)/e: even steps from 1 to z, one more for every blank card between.

    .. code-block:: yaml

        judgements:
          least_to_most: [delivery, 2, [quality, service], price]   # a number: that many blank cards
          ratio: 6.5                                                # price is 6.5 times as important as delivery

    Cards lie from least to most important as in the paper, or under ``most_to_least`` the other way; tied nodes are in
    a list. ``ratio`` (z, at least 1) is needed unless all are tied. Weights are k divided by Σ k; the paper rounds k to
    two decimals first, which is not done here. With ``decimals`` (0, 1 or 2, counted in per cent) they are rounded by
    the paper's rule, so that they still add up to 100 exactly and the relative error stays small.

    Raises JudgementError for a node that is unknown, missing or stands twice, blanks that are not a number of cards or
    lie at an end, and a ratio below 1.
    """
    ids = ids_of(nodes)
    if decimals is not None and decimals not in (0, 1, 2):
        raise UsageError("decimals may be 0, 1 or 2, not {decimals}", decimals=decimals)
    given = mapping(judgements, (), FORM)
    keys(given, (), (*ORDERS, "ratio"))
    if sum(name in given for name in ORDERS) != 1:
        raise JudgementError("the cards lie from least to most or from most to least: {form}", form=FORM)
    name = next(name for name in ORDERS if name in given)
    levels, blanks = _cards(given[name], ids, name)
    if name == "most_to_least":
        levels, blanks = levels[::-1], blanks[::-1]
    if len(levels) > 1 and "ratio" not in given:
        raise JudgementError("ratio is missing: how many times the most important is as important as the least")
    z = number(given.get("ratio", 1), ("ratio",), 1)
    steps = np.array(blanks, float) + 1
    k = np.concatenate([[1.0], 1 + (z - 1) / max(steps.sum(), 1) * np.cumsum(steps)])
    importance = np.empty(len(ids))
    for tied, worth in zip(levels, k, strict=True):
        importance[tied] = worth
    weights = shared(importance)
    return Judged(nodes=ids, weights=weights if decimals is None else frozen(_rounded(weights, decimals)))


def _cards(cards: Any, ids: tuple[str, ...], name: str) -> tuple[list[list[int]], list[int]]:
    """Cards as columns level by level, and the number of blanks between each level and the next."""
    if isinstance(cards, str) or not isinstance(cards, Sequence):
        raise JudgementError("a list of cards is needed here: {form}", (name,), form=FORM)
    blank = [isinstance(card, int) and not isinstance(card, bool) for card in cards]
    for k, card in enumerate(cards):
        if blank[k] and card < 0:
            raise JudgementError("{card} is not a number of blank cards", (name, k), card=card)
        if blank[k] and (k in (0, len(cards) - 1) or blank[k - 1]):
            raise JudgementError("blank cards lie between two nodes", (name, k))
    where = [k for k in range(len(cards)) if not blank[k]]
    try:
        levels = whole_order([cards[k] for k in where], ids, (name,))
    except JudgementError as error:  # the path counted the nodes; the file counts the cards
        if len(error.path) > 1:
            error.path = (name, where[int(error.path[1])], *error.path[2:])
        raise
    between = [cards[k + 1] if blank[k + 1] else 0 for k in where[:-1]]
    return levels, between


def _rounded(weights: Floats, decimals: int) -> Floats:
    """Weights rounded to so many decimals of a per cent, with the sum 1 (section 4.3 of the paper).

    As many are rounded up as the sum asks for: those that lose most, relatively, by being cut; but one that would gain
    more than it loses (the set M of the paper) is rounded up only when the others do not suffice, the smallest gain
    first.
    """
    unit = 10.0**-decimals
    exact = 100 * weights
    cut = np.floor(exact / unit + 1e-9) * unit
    up = round((100 - cut.sum()) / unit)
    loss, gain = (exact - cut) / exact, (unit - (exact - cut)) / exact
    order = sorted(range(len(weights)), key=lambda i: (1, gain[i]) if gain[i] > loss[i] else (0, -loss[i]))
    cut[order[:up]] += unit
    return np.round(cut, decimals) / 100
