"""What holds for every admissible model, what for some, and the diagram of it.

Greco, S., Mousseau, V. & Słowiński, R. (2008). Ordinal regression revisited: multiple criteria ranking using a set of
additive value functions. European Journal of Operational Research 191(2), 416–436.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats, frozen
from techprio.robustness.pairs import compare_pairs
from techprio.robustness.space import WeightSpace

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """Necessary and possible weak preference, (m, m) each: is the row at least as good as the column?"""

    necessary: Flags
    """For every admissible model."""
    possible: Flags
    """For at least one."""

    @property
    def strict(self) -> Flags:
        """The row at least as good for every model, and the column not."""
        found: Flags = self.necessary & ~self.necessary.T
        return found

    def hasse(self) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
        """(classes of candidates that are necessarily equal, (upper, lower) class numbers with nothing between)."""
        equal = self.necessary & self.necessary.T
        first = equal.argmax(axis=1)
        heads = np.unique(first)
        classes = [tuple(map(int, np.flatnonzero(first == head))) for head in heads]
        above = self.strict[np.ix_(heads, heads)]
        between = (above.astype(np.int64) @ above.astype(np.int64)) > 0
        return classes, [(int(a), int(b)) for a, b in np.argwhere(above & ~between)]

    def level(self) -> Ints:
        """(m,) how many necessarily better ones stand in a row above each at most: its height in the diagram."""
        strict, found = self.strict, np.zeros(len(self.necessary), np.int64)
        for _ in range(len(found)):
            higher = np.where(strict, found[:, None] + 1, 0).max(axis=0)
            if (higher == found).all():
                break
            found = higher
        return found


def preference(terms: Floats, space: WeightSpace, tolerance: float) -> Preference:
    """Compare all pairs of candidates by ``terms`` (m, n) weighted with every w of the space."""
    m = len(terms)
    pairs = compare_pairs(terms, terms, space, np.arange(m), tolerance)
    return Preference(frozen(~pairs.may, bool), frozen(~pairs.must, bool))
