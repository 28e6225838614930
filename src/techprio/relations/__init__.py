"""Outranking relations: which candidate is at least as good as which, one a file, collected in ``RELATIONS``.

``function(x, w, sense, **settings) -> (m, m) or (s, m, m)``: row a, column b: whether a outranks b, or how credible it
is that it does. ``PartialOrder`` reads preference, indifference and incomparability from one, and ``kernel`` the
choice.
"""

from techprio.relations import electre1, electre3, promethee1
from techprio.relations.kernel import kernel
from techprio.relations.order import PartialOrder
from techprio.relations.registry import RELATIONS, Relation

__all__ = ["RELATIONS", "PartialOrder", "Relation", "electre1", "electre3", "kernel", "promethee1"]
