"""A partial order of candidates: who is preferred to whom, who is as good as whom, and who cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Flags
from techprio.methods.thresholds import TIE


@dataclass(frozen=True, slots=True, eq=False)
class PartialOrder:
    """What an outranking relation S says of each pair: a P b, a I b, or a R b. Incomparable is not tied."""

    candidates: tuple[str, ...]
    outranks: Flags
    """(m, m) read-only: a, the row, is at least as good as b. Everyone is at least as good as itself."""

    @classmethod
    def of(cls, relation: Any, candidates: Sequence[str] | None = None, *, cut: float | None = None) -> PartialOrder:
        """From a relation (m, m) of yes and no, or of credibilities, which outrank from ``cut`` on.

        Candidates without names are numbered from 0. Raises UsageError for another shape, for credibilities without a
        cut, and for a number of names that does not fit.
        """
        found = np.array(relation)
        if found.ndim != 2 or found.shape[0] != found.shape[1]:
            raise UsageError("a relation must be (m, m) and is {shape}", shape=str(found.shape))
        if found.dtype != bool:
            if cut is None:
                raise UsageError("credibilities say who outranks whom from a cut on: name it")
            found = found >= cut - TIE
        names = tuple(str(i) for i in range(len(found))) if candidates is None else tuple(candidates)
        if len(names) != len(found):
            raise UsageError("there are {m} candidates and {names} names", m=len(found), names=len(names))
        np.fill_diagonal(found, val=True)
        found.setflags(write=False)
        return cls(names, found)

    @property
    def preference(self) -> Flags:
        """(m, m) a P b: a outranks b, and b does not outrank a."""
        found: Flags = self.outranks & ~self.outranks.T
        return found

    @property
    def indifference(self) -> Flags:
        """(m, m) a I b: each outranks the other."""
        found: Flags = self.outranks & self.outranks.T
        return found

    @property
    def incomparability(self) -> Flags:
        """(m, m) a R b: neither outranks the other."""
        found: Flags = ~self.outranks & ~self.outranks.T
        return found

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate: who is below it, above it, as good as it, and not to be compared with it."""
        below, alike, apart = self.preference, self.indifference, self.incomparability
        return [
            {
                "id": self.candidates[i],
                "preferred_to": self._names(below[i]),
                "worse_than": self._names(below[:, i]),
                "indifferent_to": [name for name in self._names(alike[i]) if name != self.candidates[i]],
                "incomparable_to": self._names(apart[i]),
            }
            for i in range(len(self.candidates))
        ]

    def _names(self, flags: Flags) -> list[str]:
        return [self.candidates[i] for i in np.flatnonzero(flags)]
