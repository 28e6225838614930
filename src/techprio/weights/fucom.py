"""Weights from an order and comparative priorities: the full consistency method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import JudgementError
from techprio.hall import Floats, frozen
from techprio.weights.ratios import closest
from techprio.weights.reading import by_node, ids_of, keys, mapping, number, pairs
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

FORM = "priorities: {node: number}"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Fucom(Judged):
    """Weights by the full consistency method."""

    order: tuple[str, ...]
    """The nodes from most to least important."""
    deviation: float
    """χ, the deviation from full consistency (DFC); 0 is full consistency."""
    low: Floats
    """(n,) the least each weight may be at that deviation."""
    high: Floats
    """(n,) the most."""


@judgement(
    "fucom",
    "Full consistency method (FUCOM)",
    "Pamučar, D., Stević, Ž. & Sremac, S. (2018). A new model for determining weight coefficients of criteria in MCDM "
    "models: full consistency method (FUCOM). Symmetry 10(9), 393.",
    says={
        "deviation": "the deviation from full consistency χ",
        "order": "the nodes from most to least important",
        "low": "the least each weight may be at that deviation",
        "high": "the most each weight may be at that deviation",
    },
)
def fucom(judgements: Any, nodes: Sequence[str]) -> Fucom:
    """Least χ with |w_k/w_(k+1) − φ_k| ≤ χ and |w_k/w_(k+2) − φ_k φ_(k+1)| ≤ χ, φ_k = ϖ_(k+1)/ϖ_k (eq. 3–6).

    .. code-block:: yaml

        judgements:
          priorities: {price: 1, quality: 2, comfort: 2, style: 8}   # price comes first; quality half as important
          comparisons:                                               # optional: said besides, for a check
            quality: {style: 3}                                      # quality is 3 times as important as style

    Priorities run from 1, the most important, to 9; the order is theirs, ties included. As the φ of the paper all come
    from one row of priorities, they cannot contradict each other: χ is then 0 and w ∝ 1/ϖ. Only ``comparisons`` made
    besides can show an inconsistency; each joins the conditions as |w_i/w_j − a| ≤ χ, the weights then have ranges, and
    their centres divided by their sum are given.

    Raises JudgementError for an unknown or missing node, a number outside 1 … 9, no node with priority 1, and a node
    compared with itself or twice.
    """
    ids = ids_of(nodes)
    given = mapping(judgements, (), FORM)
    keys(given, (), ("priorities", "comparisons"), ("priorities",))
    w = np.zeros(len(ids))
    for j, value, path in by_node(given["priorities"], ids, FORM, ("priorities",)):
        w[j] = number(value, path, 1, 9)
    if w.min() > 1:
        raise JudgementError("no node has the priority 1, which is the most important one's", ("priorities",))
    order = np.argsort(w, kind="stable")
    said = _comparisons(given.get("comparisons") or {}, ids)
    weights = low = high = shared(1 / w)
    chi = 0.0
    if said:
        chain = [(int(order[k]), int(order[k + s])) for s in (1, 2) for k in range(len(ids) - s)]
        chi, low, high = closest(len(ids), [(i, j, float(w[j] / w[i])) for i, j in chain] + said)
        weights = shared((low + high) / 2)
    names = tuple(ids[j] for j in order)
    return Fucom(nodes=ids, weights=weights, order=names, deviation=chi, low=frozen(low), high=frozen(high))


def _comparisons(data: Any, ids: tuple[str, ...]) -> list[tuple[int, int, float]]:
    said: dict[tuple[int, int], float] = {}
    for i, j, value, path in pairs(data, ids, "a: {b: how many times as important a is as b}", ("comparisons",)):
        if (j, i) in said:
            raise JudgementError("{a} and {b} are compared twice", path, a=ids[i], b=ids[j])
        said[i, j] = number(value, path, 1 / 9, 9)
    return [(i, j, a) for (i, j), a in said.items()]
