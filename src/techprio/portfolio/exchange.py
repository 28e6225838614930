"""A better set near a known one: some parts are decided anew, in two halves that meet in the middle.

Every half is tried in all its ways (Horowitz & Sahni 1974), but for those that lose too much: at prices λ for the sums
a set is worth the bound, less what its parts lose against the best at these prices, less λ times what it leaves of the
limits. Whatever is better than the known set therefore leaves less than margin / λ of a sum. The ways of one half lie
in cells of that width, and each way of the other half looks into the few cells that just fill the limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats
from techprio.portfolio.slices import Slice

Ints = NDArray[np.int64]

CORE = 70
"""Parts that may be decided anew at once: those that lose little if they are not at their best come first."""
FEWEST, MOST = 2_048, 131_072
"""Ways of a half: doubled while few pairs meet, halved where too many do."""
PAIRS = 1_000_000
"""Pairs looked at in a turn; cells are made smaller until there are no more."""
TRIED = 10_000
"""Work of a turn whatever comes of it."""
SUMS = 6
"""Cells are cut along so many sums, those that leave the least room."""


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """Ways to decide some parts."""

    totals: Floats
    """(2 + r, s) worth, uses and loss."""
    steps: Sequence[tuple[int, Ints, Ints]]
    """The part decided, its possibilities (p,), and for each way (s,) that of the step before · p + the possibility."""

    def choices(self, s: int) -> dict[int, int]:
        """The possibility of each part."""
        found = {}
        for part, possible, origin in reversed(self.steps):
            s, k = divmod(int(origin[s]), len(possible))
            found[part] = int(possible[k])
        return found


@dataclass(slots=True, eq=False)
class Exchange:
    """Looks for better sets under the prices (r,) of some limits."""

    whole: Slice
    rng: np.random.Generator
    most: int = 4 * FEWEST
    """Ways of a half."""
    done: float = 0.0
    """Work done, in sets begun."""
    gains: Sequence[Floats] = field(init=False)
    """(p, 2 + r) for each part: worth, use beyond its least, and loss against the best, of every possibility."""
    limits: Floats = field(init=False)
    """(r,) less what all parts use at least."""
    seconds: Floats = field(init=False)
    """How much the second best of each part loses."""

    def __post_init__(self) -> None:
        each, prices = [part.gains for part in self.whole.cut.each], self.whole.best
        least = [np.concatenate([[0.0], gains[:, 1:].min(axis=0)]) for gains in each]
        scores = [gains[:, 0] - gains[:, 1:] @ prices for gains in each]
        losses = [score.max() - score for score in scores]
        self.gains = [np.column_stack([g - low, loss]) for g, low, loss in zip(each, least, losses, strict=True)]
        self.limits = self.whole.cut.limits - np.sum(least, axis=0)[1:]
        self.seconds = np.array([np.partition(loss, 1)[1] if len(loss) > 1 else np.inf for loss in losses])

    def better(self, x: Flags, margin: float) -> Flags | None:
        """A set (m,) worth more than a known one, which the bound is above by the margin."""
        self.done += TRIED
        now = self.whole.cut.possibilities(x)
        free = self._free(now, margin)
        room = self.limits - self._totals(now, set(free))[1:-1]
        halves = [self._half(free[side::2], margin, room) for side in (0, 1)]
        anew = {part for half in halves for part, _, _ in half.steps}
        rest = self._totals(now, anew)
        known = self._totals(now, set(range(len(now))) - anew)[0]
        margin -= rest[-1]
        found = self._meet(halves[0], halves[1], self.limits - rest[1:-1], margin, known) if margin > 0 else None
        if found is None:
            return None
        changed = now.copy()
        for half, s in zip(halves, found, strict=True):
            for part, k in half.choices(s).items():
                changed[part] = k
        return self.whole.cut.set_of(changed)

    def _totals(self, now: Ints, without: set[int]) -> Floats:
        """(2 + r,) worth, use and loss of the parts as they are, but for some."""
        total = np.zeros(2 + len(self.limits))
        for part, k in enumerate(now.tolist()):
            total = total if part in without else total + self.gains[part][k]
        return total

    def _free(self, now: Ints, margin: float) -> list[int]:
        """Parts in a random order, those first that lose much as they are, then those that lose little otherwise."""
        losses = np.array([gains[k, -1] for gains, k in zip(self.gains, now, strict=True)])
        eager = np.where(losses > 0, 0.3, 1.0) * (self.seconds + 1e-12) * self.rng.uniform(0.02, 1.0, len(now)) ** 2
        eager[losses > margin / 8] = 0.0
        return [int(part) for part in np.argsort(eager, kind="stable")[:CORE] if np.isfinite(self.seconds[part])]

    def _half(self, parts: Sequence[int], margin: float, room: Floats) -> Half:
        """As many parts as can be decided in no more ways than allowed, those left out that use more than the room."""
        totals, steps = np.zeros((2 + len(room), 1)), []
        for part in parts:
            possible = np.flatnonzero(self.gains[part][:, -1] < margin)
            added = self.gains[part][possible].T
            origin = np.flatnonzero((totals[-1][:, None] + added[-1]).ravel() < margin)
            if len(origin) > 3 * self.most:
                break
            before, k = np.divmod(origin, len(possible))
            following = totals[:, before] + added[:, k]
            fits = np.flatnonzero((following[1:-1] <= room[:, None]).all(axis=0))
            if len(fits) > self.most:
                break
            totals = following if len(fits) == len(origin) else following[:, fits]
            steps.append((part, possible, origin[fits]))
        self.done += totals.shape[1]
        return Half(totals, steps)

    def _meet(self, one: Half, other: Half, room: Floats, margin: float, known: float) -> tuple[int, int] | None:
        """The best pair of ways that keeps within the room (r,), if it is worth more than what is known."""
        left, right = (np.flatnonzero(half.totals[-1] < margin) for half in (one, other))
        if not (len(left) and len(right)):
            return None
        a, b = one.totals[:-1, left], other.totals[:-1, right]
        tight = np.flatnonzero(self.whole.best > 1e-9 * self.whole.best.max(initial=0.0))
        tight = tight[np.argsort(-self.whole.best[tight] * b[1 + tight].std(axis=1), kind="stable")[:SUMS]]
        meetings, count, share = _meetings(
            room[tight, None] - a[1 + tight], b[1 + tight], margin / self.whole.best[tight]
        )
        self.done += count / 4
        self.most = min(2 * self.most, MOST) if count < PAIRS / 20 else self.most
        self.most = max(self.most // 2, FEWEST) if share < 0.5 else self.most
        best = None
        for i, j in meetings:
            worth = a[0, i] + b[0, j]
            more = np.flatnonzero(worth > known + 1e-12)
            fits = (a[1:, i[more]] + b[1:, j[more]] <= room[:, None]).all(axis=0)
            if fits.any():
                top = more[fits][np.argmax(worth[more[fits]])]
                known, best = float(worth[top]), (int(left[i[top]]), int(right[j[top]]))
        return best


def _meetings(room: Floats, uses: Floats, widths: Floats) -> tuple[list[tuple[Ints, Ints]], float, float]:
    """Pairs of ways that fill the room (d, s) left by one half with the uses (d, t) of the other but for the widths.

    Also how many there are, and by how much the widths (d,) had to be multiplied for there not to be too many.
    """
    share = 1.0
    while True:
        cells = _Cells.of(uses, np.maximum(widths * share, 1e-6 * np.ptp(uses, axis=1) + 1e-12))
        near = cells.near(room)
        count = float(sum(cells.count[b].sum() for _, b in near))
        if count <= PAIRS or share < 1e-3:
            return [cells.pairs(a, b) for a, b in near if len(a)], count, share
        share *= 0.8 * (PAIRS / count) ** (1 / max(len(widths), 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Points (d, t) sorted into cells."""

    low: Floats
    widths: Floats
    shape: Ints
    factors: Ints
    """What makes one number of the d of a cell."""
    order: Ints
    keys: Ints
    start: Ints
    count: Ints

    @classmethod
    def of(cls, points: Floats, widths: Floats) -> _Cells:
        low = points.min(axis=1)
        places = np.floor((points - low[:, None]) / widths[:, None]).astype(np.int64)
        shape = places.max(axis=1, initial=0) + 1
        factors = np.concatenate([np.cumprod(shape[::-1])[::-1][1:], [1]])[: len(shape)]
        key = factors @ places
        order = np.argsort(key, kind="stable")
        keys, start, count = np.unique(key[order], return_index=True, return_counts=True)
        return cls(low, widths, shape, factors, order, keys, start, count)

    def near(self, tops: Floats) -> list[tuple[Ints, Ints]]:
        """For tops (d, s): which of them has points in its cell or in one just below, and in which cells."""
        places = np.floor((tops - self.low[:, None]) / self.widths[:, None]).astype(np.int64)
        sides = zip(places, self.shape.tolist(), strict=True)
        inside: list[list[Flags]] = [[(row >= k) & (row < n + k) for k in (0, 1)] for row, n in sides]
        key, found = self.factors @ places, []
        for below in product((0, 1), repeat=len(places)):
            there = np.ones(len(key), bool)
            for row, k in zip(inside, below, strict=True):
                there &= row[k]
            who = np.flatnonzero(there)
            wanted = key[who] - int(self.factors @ np.array(below, np.int64))
            at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
            hit = self.keys[at] == wanted
            found.append((who[hit], at[hit]))
        return found

    def pairs(self, tops: Ints, cells: Ints) -> tuple[Ints, Ints]:
        """Each top with every point of its cell."""
        count = self.count[cells]
        first = np.repeat(self.start[cells] - (np.cumsum(count) - count), count)
        return np.repeat(tops, count), self.order[first + np.arange(len(first))]
