"""Weights from an order alone: rank order centroid, rank sum, rank reciprocal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from techprio.hall import Floats
from techprio.weights.reading import ids_of, whole_order
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

_STILLWELL = (
    "Stillwell, W. G., Seaver, D. A. & Edwards, W. (1981). A comparison of weight approximation techniques in "
    "multiattribute utility decision making. Organizational Behavior and Human Performance 28(1), 62–77."
)


@judgement(
    "roc",
    "Rank order centroid",
    "Barron, F. H. & Barrett, B. E. (1996). Decision quality using ranked attribute weights. Management Science "
    "42(11), 1515–1523.",
)
def roc(judgements: Any, nodes: Sequence[str]) -> Judged:
    """The weight of place k is (1/n) Σ_{i=k…n} 1/i: the centroid of all weights that respect the order.

    .. code-block:: yaml

        judgements: [price, [quality, service], delivery]     # most important first; tied ones in a list

    Tied nodes share: each has the mean weight of the places that they hold together. One node has the weight 1.

    Raises JudgementError for a node that is unknown, missing or stands twice.
    """
    n = len(ids_of(nodes))
    return _by_places(judgements, nodes, np.cumsum(1 / np.arange(n, 0, -1.0))[::-1])


@judgement("rank_sum", "Rank sum", _STILLWELL)
def rank_sum(judgements: Any, nodes: Sequence[str]) -> Judged:
    """The weight of place k is 2 (n + 1 − k) / (n (n + 1)). Judgements, ties and errors as for ``roc``.

    .. code-block:: yaml

        judgements: [price, [quality, service], delivery]     # most important first; tied ones in a list
    """
    return _by_places(judgements, nodes, np.arange(len(ids_of(nodes)), 0, -1.0))


@judgement("rank_reciprocal", "Rank reciprocal", _STILLWELL)
def rank_reciprocal(judgements: Any, nodes: Sequence[str]) -> Judged:
    """The weight of place k is (1/k) / Σ_i 1/i. Judgements, ties and errors as for ``roc``.

    .. code-block:: yaml

        judgements: [price, [quality, service], delivery]     # most important first; tied ones in a list
    """
    return _by_places(judgements, nodes, 1 / np.arange(1.0, len(ids_of(nodes)) + 1))


def _by_places(judgements: Any, nodes: Sequence[str], of_place: Floats) -> Judged:
    """Each node the importance of its place; tied ones the mean of their places."""
    ids = ids_of(nodes)
    importance = np.empty(len(ids))
    first = 0
    for tied in whole_order(judgements, ids):
        importance[tied] = of_place[first : first + len(tied)].mean()
        first += len(tied)
    return Judged(nodes=ids, weights=shared(importance))
