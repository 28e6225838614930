"""Sorting into ordered classes, one method a file, collected in ``SORTINGS``.

``function(x, w, sense, **settings) -> classes``: (m,) or (s, m) whole numbers, 0 the worst class.
"""

from techprio.sorting import electre_tri, flowsort, thresholds
from techprio.sorting.registry import SORTINGS, Sorting

__all__ = ["SORTINGS", "Sorting", "electre_tri", "flowsort", "thresholds"]
