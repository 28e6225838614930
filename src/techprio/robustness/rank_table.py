"""How often each of very many candidates had each rank, counted many draws at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from techprio.memory import lent
from techprio.ranking import Integers

HELD = 2**25
"""Ranks that are held before they are counted: each time the whole table passes once through the cache."""
TOGETHER = 32
"""Candidates that are counted together: their part of the table stays in the cache."""


class RankTable:
    """Counts of m candidates by ranks, in few bytes: filled where no process but this one counts."""

    def __init__(self, m: int, draws: int) -> None:
        self._counts: NDArray[np.uint16 | np.uint32] = np.zeros((m, m), np.uint16 if draws < 2**16 else np.uint32)
        self._ranks = np.empty((min(draws, max(1, HELD // m)), m), np.uint16 if m <= 2**16 else np.uint32)
        self._held = 0

    @staticmethod
    def bytes(m: int, draws: int) -> int:
        """How large the table would be."""
        return m * m * (2 if draws < 2**16 else 4)

    def take(self, order: Integers, better: Integers) -> None:
        """Draws, ordered from best to worst: both (s, m) as from ``ranking.ordered``."""
        begin, m = 0, order.shape[1]
        while begin < len(order):
            count = min(len(order) - begin, len(self._ranks) - self._held)
            ranks = self._ranks[self._held : self._held + count].reshape(-1)
            above = better[begin : begin + count] if better.strides[0] else better[0]
            ranks[order[begin : begin + count] + np.arange(0, count * m, m)[:, None]] = above.astype(ranks.dtype)
            self._held, begin = self._held + count, begin + count
            if self._held == len(self._ranks):
                self._count()

    def listed(self, places: int) -> NDArray[np.int64]:
        """(m,) how often each had one of the first ``places`` ranks."""
        self._count()
        return np.asarray(self._counts[:, :places].sum(axis=1, dtype=np.int64))

    def quantiles(self, at: Sequence[int]) -> list[NDArray[np.int64]]:
        """For each n of ``at``: the least rank (m,) that at least n draws of a candidate do not exceed."""
        self._count()
        found = np.empty((len(at), len(self._counts)), np.int64)
        for begin in range(0, len(self._counts), TOGETHER):
            reached = self._counts[begin : begin + TOGETHER].cumsum(axis=1, dtype=np.uint32)
            for i, row in enumerate(reached):
                found[:, begin + i] = row.searchsorted(np.array(at, np.uint32)) + 1
        return list(found)

    def _count(self) -> None:
        """Count the ranks held, and hold no more."""
        one, m = self._counts.dtype.type(1), len(self._counts)
        for begin in range(0, m if self._held else 0, TOGETHER):
            counts = self._counts[begin : begin + TOGETHER]
            counts.max()  # in the order of memory: to fetch it as the ranks fall takes longer than counting
            with lent((len(counts), self._held), np.intp) as at:
                ranks = self._ranks[: self._held, begin : begin + TOGETHER]
                np.add(ranks.T, np.arange(0, len(counts) * m, m)[:, None], out=at)
                np.add.at(counts.reshape(-1), at.reshape(-1), one)
        self._held = 0
