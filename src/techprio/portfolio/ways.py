"""Sets built part by part, and what may still come of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats
from techprio.portfolio.parts import Part, Parts

Ints = NDArray[np.int64]
Order = Literal["losses", "losses and sizes"]
ORDERS: tuple[Order, ...] = ("losses", "losses and sizes")
"""Which parts are decided first: those that lose most at the best prices if they are not as these have them, or those
that lose and use much. Of the rest many are possible, and they go last."""
BLOCK, PIECE = 16_384, 4_096
"""Sets begun that are worked on at once, and how many are taken first where there are more."""


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """Sets begun, and how they came about."""

    level: int
    """How many parts are decided."""
    totals: Floats
    """(1 + r, s) what they are worth and use."""
    parent: Ints
    """(s,) which of those of the level before each comes from."""
    choice: Ints
    """(s,) the possibility chosen for the last part."""
    before: Begun | None = None

    @property
    def count(self) -> int:
        return int(self.totals.shape[1])

    def part(self, some: slice) -> Begun:
        return Begun(self.level, self.totals[:, some], self.parent[some], self.choice[some], self.before)

    def pieces(self) -> Iterator[Begun]:
        """Little enough to be in hand at once; what comes last is worked on first."""
        size = self.count if self.count <= BLOCK else PIECE
        for first in range(0, self.count, max(size, 1)):
            yield self.part(slice(first, first + size))


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The parts in the order in which they are decided, without possibilities that cannot bring more than the aim."""

    start: Begun
    """The set with nothing but the parts that have one possibility left."""
    settled: Flags
    """(m,) what these parts choose."""
    sets: Sequence[Flags]
    gains: Sequence[Floats]
    at: Floats
    """(1 + r, k) what turns worth and use into bounds: one column a price, one a sum, one for the worth alone."""
    to_come: Floats
    """(parts + 1, k) what the parts from here on, and the limits, add to each bound at best."""

    @classmethod
    def of(cls, cut: Parts, prices: Floats, aim: float, order: Order) -> Ways:
        at, limits = _bounds(cut, prices, aim)
        scores = [part.gains @ at for part in cut.each]
        tops = [score.max(axis=0) for score in scores]
        rest = np.sum(tops, axis=0) + limits
        kept = [np.flatnonzero((rest - top + score > aim).all(axis=1)) for score, top in zip(scores, tops, strict=True)]
        left = [Part(part.sets[k], part.gains[k]) for part, k in zip(cut.each, kept, strict=True)]
        sure = [part for part in left if len(part.sets) == 1]
        settled = np.any([part.sets[0] for part in sure] or [np.zeros(cut.each[0].sets.shape[1], bool)], axis=0)
        totals = np.sum([part.gains[0] for part in sure] or [np.zeros(len(at))], axis=0)[:, None]
        start = Begun(0, totals, np.zeros(1, int), np.zeros(1, int))
        ranked = _ranked([part for part in left if len(part.sets) != 1], at[:, 0], order)
        best = np.array([(part.gains @ at).max(axis=0, initial=-np.inf) for part in ranked]).reshape(-1, at.shape[1])
        to_come = np.concatenate([np.cumsum(best[::-1], axis=0)[::-1], np.zeros((1, at.shape[1]))]) + limits
        return cls(start, settled, [p.sets for p in ranked], [p.gains for p in ranked], at, to_come)

    def follow(self, begun: Begun, aim: float, width: int | None) -> Begun:
        """Decide the next part in every way that may be worth more than the aim; of these the best ``width``."""
        gains, rest = self.gains[begun.level], self.to_come[begun.level + 1]
        bounds = self.at.T @ begun.totals
        parents, choices, bests = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)]
        for k, gain in enumerate(gains):
            bound = (bounds + (gain @ self.at + rest)[:, None]).min(axis=0)
            kept = np.flatnonzero(bound > aim)
            parents.append(kept)
            choices.append(np.full(len(kept), k))
            bests.append(bound[kept])
        parent, choice, best = np.concatenate(parents), np.concatenate(choices), np.concatenate(bests)
        if width is not None and len(parent) > width:
            top = np.argpartition(-best, width)[:width]
            parent, choice = parent[top], choice[top]
        return Begun(begun.level + 1, begun.totals[:, parent] + gains[choice].T, parent, choice, begun)

    def set_of(self, begun: Begun, s: int) -> Flags:
        """(m,) one of the finished sets."""
        x = self.settled.copy()
        while begun.before is not None:
            x |= self.sets[begun.level - 1][begun.choice[s]]
            s, begun = int(begun.parent[s]), begun.before
        return x


def _bounds(cut: Parts, prices: Floats, aim: float) -> tuple[Floats, Floats]:
    """What turns worth and use into bounds, and what the limits add to each.

    A sum has a bound too, the aim and what is left of it at the most, so that one comparison with the aim does for all.
    """
    k, r = prices.shape
    at = np.zeros((1 + r, k + r + 1))
    at[0, :k] = 1.0
    at[1:, :k] = -prices.T
    at[1:, k:-1] = -np.eye(r)
    at[0, -1] = 1.0
    return at, np.concatenate([prices @ cut.limits, cut.limits + aim, [0.0]])


def _ranked(parts: Sequence[Part], at: Floats, order: Order) -> list[Part]:
    if not parts:
        return []
    losses = np.array([_second(part.gains @ at) for part in parts])
    if order == "losses and sizes":
        sizes = np.array([np.abs(part.gains[:, 1:] - part.gains[:1, 1:]).max(initial=0.0) for part in parts])
        losses = losses / max(float(np.median(losses)), 1e-12) + sizes
    return [parts[k] for k in np.argsort(-losses, kind="stable")]


def _second(scores: Floats) -> float:
    """How far the second best is below the best."""
    top = np.sort(scores)[-2:]
    return float(top[-1] - top[0]) if len(top) else 0.0
