"""The criteria tree: its nodes with their paths in the file, and what weights on nodes mean for the leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from techprio.study.nodes import Branch, Leaf
from techprio.yaml_source import Path_

Criterion = Leaf | Branch


def walk(nodes: Sequence[Criterion], above: Path_ = ("criteria",)) -> Iterator[tuple[Path_, Criterion]]:
    """Every node with its path in the criteria file, top down."""
    for i, node in enumerate(nodes):
        path = (*above, i)
        yield path, node
        if isinstance(node, Branch):
            yield from walk(node.criteria, (*path, "criteria"))


def leaves(nodes: Sequence[Criterion]) -> tuple[Leaf, ...]:
    """The criteria proper, in the file's order."""
    return tuple(node for _, node in walk(nodes) if isinstance(node, Leaf))


TOP, LEAVES = "criteria", "leaves"
"""What judgements stand under, besides branches: the nodes at the top of the tree, and all criteria at once."""


def levels(nodes: Sequence[Criterion]) -> dict[str, tuple[Criterion, ...]]:
    """What can be weighed → its nodes: the top of the tree, each branch, and all criteria at once."""
    below = {node.id: node.criteria for _, node in walk(nodes) if isinstance(node, Branch)}
    return {**below, TOP: tuple(nodes), LEAVES: leaves(nodes)}


def locally(of: str, found: Mapping[str, float], nodes: Sequence[Criterion]) -> dict[str, float]:
    """Node → weight among its siblings, from weights ``found`` for what is weighed.

    Over all criteria at once, a branch weighs as much as the criteria below it.
    """
    if of != LEAVES:
        return dict(found)
    branches = [node for _, node in walk(nodes) if isinstance(node, Branch)]
    return {**found, **{node.id: sum(found[leaf.id] for leaf in leaves(node.criteria)) for node in branches}}


def weights_of(nodes: Sequence[Criterion], changed: Mapping[str, float]) -> dict[str, float]:
    """The weight of every node among its siblings, some of them ``changed``."""
    return {node.id: changed.get(node.id, node.weight) for _, node in walk(nodes)}


def global_weights(nodes: Sequence[Criterion], local: Mapping[str, float], above: float = 1.0) -> dict[str, float]:
    """Node → its share of the whole: the product of the shares down the tree.

    A branch all of whose nodes weigh nothing shares its weight among none of them: they get 0.
    """
    total = sum(local[node.id] for node in nodes)
    shares: dict[str, float] = {}
    for node in nodes:
        share = above * local[node.id] / total if total else 0.0
        shares[node.id] = share
        if isinstance(node, Branch):
            shares.update(global_weights(node.criteria, local, share))
    return shares


def leaf_weights(nodes: Sequence[Criterion], changed: Mapping[str, float]) -> dict[str, float]:
    """Leaf → its global weight, with the weights of some nodes ``changed``."""
    shares = global_weights(nodes, weights_of(nodes, changed))
    return {leaf.id: shares[leaf.id] for leaf in leaves(nodes)}


def branch_of_leaf(nodes: Sequence[Criterion]) -> dict[str, str]:
    """Leaf → the node at the top of the tree that it belongs to."""
    below = {node.id: [node.id, *(n.id for _, n in walk(getattr(node, "criteria", ())))] for node in nodes}
    return {leaf.id: top for top, ids in below.items() for leaf in leaves(nodes) if leaf.id in ids}
