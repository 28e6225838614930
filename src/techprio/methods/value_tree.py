"""Values put together up a criteria tree, each branch in its own way."""

from __future__ import annotations

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Branching, Floats

FLOOR = 0.01
"""The least value that a product or a harmonic mean sees, lest one worst anchor decide everything."""

AGGREGATES = ("arithmetic", "geometric", "harmonic", "minimum", "owa")


def tree_values(v: Floats, w: Floats, tree: Branching) -> Floats:
    """Values ``v`` (…, m, n) of leaves, global weights ``w`` (n,) or (s, n) of them → the root's values (m,) or (s, m).

    ``arithmetic`` Σ p v · ``geometric`` Π max(v, 0.01)^p · ``harmonic`` 1 / Σ (p / max(v, 0.01)) · ``minimum`` of the
    nodes with weight · ``owa`` values from the largest down, each weighted by the increase of Q(cumulated p), where
    Q(r) = r^((1 − orness)/orness) (Yager 1996); p are the shares of the nodes among their siblings.
    """
    return _value(v, w, tree)[0]


def branch_values(v: Floats, w: Floats, tree: Branching) -> Floats:
    """The values (m, b) of the nodes right below the root, from values ``v`` (m, n) and weights ``w`` (n,)."""
    return np.stack([_value(v, w, child)[0] for child in tree.children], axis=-1)


def _value(v: Floats, w: Floats, node: Branching | int) -> tuple[Floats, Floats]:
    """The values (…, m) of a node and its global weight (…, 1)."""
    if isinstance(node, int):
        return v[..., node], w[..., node, None]
    below = [_value(v, w, child) for child in node.children]
    weight: Floats = sum((weight for _, weight in below), np.zeros(1))
    safe = np.where(weight > 0, weight, 1.0)
    return _put_together([(value, part / safe) for value, part in below], node), weight


def _put_together(parts: list[tuple[Floats, Floats]], node: Branching) -> Floats:
    """Values (…, m) with their shares (…, 1) among siblings → the branch's value."""
    start = np.zeros(np.broadcast_shapes(*(np.broadcast_shapes(value.shape, share.shape) for value, share in parts)))
    if node.aggregate == "arithmetic":
        return sum((share * value for value, share in parts), start)
    if node.aggregate == "geometric":
        return np.exp(sum((share * np.log(np.maximum(value, FLOOR)) for value, share in parts), start))
    if node.aggregate == "harmonic":
        inverse = sum((share / np.maximum(value, FLOOR) for value, share in parts), start)
        return np.where(inverse > 0, 1 / np.where(inverse > 0, inverse, 1.0), 0.0)
    if node.aggregate == "minimum":
        counted = [np.where(share > 0, value, np.inf) + start for value, share in parts]
        least = np.min(counted, axis=0)
        return np.where(np.isinf(least), 0.0, least)
    if node.aggregate == "owa":
        return _owa(parts, node.orness, start)
    raise MethodError("a branch cannot be put together by {id}: in no column", id=node.aggregate)


def _owa(parts: list[tuple[Floats, Floats]], orness: float, start: Floats) -> Floats:
    values = np.stack([value + start for value, _ in parts], axis=-1)
    shares = np.stack([share + start for _, share in parts], axis=-1)
    order = np.argsort(-values, axis=-1, kind="stable")
    orness = min(max(orness, 1e-9), 1.0)  # Q has no limit at 0
    reached = np.minimum(np.cumsum(np.take_along_axis(shares, order, axis=-1), axis=-1), 1.0)
    weights = np.diff(reached ** ((1 - orness) / orness), axis=-1, prepend=0.0)
    found: Floats = (weights * np.take_along_axis(values, order, axis=-1)).sum(axis=-1)
    return found
