"""Who is above whom: wins in pairs, counted eight draws at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.memory import lent
from techprio.ranking import Integers

HELD = 2040
"""Draws that are compared at once: flags are added up as bytes, eight to a word, and 255 words do not overflow."""


class Pairs:
    """Twice how often each of m candidates was above each other, once how often they tied, over all draws taken in."""

    def __init__(self, m: int) -> None:
        self._twice = np.zeros((m, m), np.int64)
        self._ranks: NDArray[Any] = np.zeros((m, HELD), np.uint8 if m <= 256 else np.uint16)
        self._flags = np.empty((m, HELD), bool)
        self._held = 0
        self._tied = False

    def take(self, order: Integers, better: Integers) -> None:
        """Draws, ordered from best to worst: both (s, m) as from ``ranking.ordered``."""
        tied, begin, m = better.strides[0] != 0, 0, order.shape[1]
        while begin < len(order):
            count = min(len(order) - begin, HELD - self._held)
            part = slice(begin, begin + count)
            with lent((count, m), np.intp) as at, lent((2, count, m), self._ranks.dtype) as (above, ranks):
                np.add(order[part], np.arange(0, count * m, m)[:, None], out=at)
                np.copyto(above, better[part], casting="unsafe")
                ranks.reshape(-1)[at.reshape(-1)] = above.reshape(-1)
                self._ranks[:, self._held : self._held + count] = ranks.T
            self._held, begin, self._tied = self._held + count, begin + count, self._tied or tied
            if self._held == HELD:
                self._compare()

    def counted(self) -> NDArray[np.int64]:
        """(m, m) of all draws so far."""
        self._compare()
        return self._twice

    def _compare(self) -> None:
        """Add up what the draws held say, and hold no more."""
        above = self._counts(np.less)
        won = 2 * above + (self._counts(np.equal) if self._tied else 0)
        upper = np.triu(np.ones(won.shape, bool), 1)
        self._twice[upper] += won[upper]
        self._twice.T[upper] += 2 * self._held - won[upper]
        self._held, self._tied = 0, False

    def _counts(self, compare: np.ufunc) -> NDArray[np.int64]:
        """(m, m) in how many of the draws held ``compare`` is true of the ranks of the row and the column, a < b."""
        m, words = len(self._ranks), -(-self._held // 8)
        self._flags[:, self._held : 8 * words] = False
        sums = np.zeros((m, m), np.uint64)
        for a in range(m - 1):
            others = self._flags[: m - a - 1]
            compare(self._ranks[a, : self._held], self._ranks[a + 1 :, : self._held], out=others[:, : self._held])
            np.add.reduce(others.view(np.uint64)[:, :words], axis=1, out=sums[a, a + 1 :])
        counts: NDArray[np.int64] = sums.view(np.uint8).reshape(m, m, 8).sum(axis=2, dtype=np.int64)
        return counts
