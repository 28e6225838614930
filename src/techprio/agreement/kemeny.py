"""The ranking with the least distance to many: Kemeny's, exactly."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from techprio.agreement.concordance import many
from techprio.agreement.consensus import Consensus, preferences
from techprio.agreement.pairs import Ints
from techprio.errors import MethodError
from techprio.hall import Floats, frozen
from techprio.solver import milp

COUNTED = 16
"""The largest group of candidates, undivided by majorities, whose optimal orders are counted: 2^16 sets."""

_ROWS = 20_000
"""Transitivity constraints that are added at once."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Kemeny(Consensus):
    """A ranking without ties, and how near to the least distance it is known to be."""

    distance: float
    """The sum over rankings of the pairs they order the other way, and half of those they tie."""
    bound: float
    """No ranking has a smaller distance."""
    optimal: bool
    """Whether the distance is proved to be the least."""
    count: int | None
    """How many orders have the least distance, where that was asked."""

    @property
    def gap(self) -> float:
        """(distance − bound) / distance: 0 if the order is optimal."""
        return 0.0 if self.optimal or not self.distance else (self.distance - self.bound) / self.distance

    @property
    def status(self) -> str:
        """``optimal``, or ``time limit``."""
        return "optimal" if self.optimal else "time limit"


def kemeny(ranks: Any, importance: Any = None, *, time_limit: float | None = None, count: bool = False) -> Kemeny:
    """The order with the least Σ over rankings of the number of pairs that they place the other way.

    ``ranks`` (k, m), ties allowed, ``importance`` (k,) → one order of all m, without ties. Exact: groups that a
    majority places above all others stay so in every optimal order (Truchon 1998), and within each an integer program
    over pairs is solved, transitivity constraints added as they are broken. It is ``optimal`` unless ``time_limit``
    (seconds for all of it) ran out; then the best order found is given with a ``bound`` on any distance. Of several
    optimal orders one is given; ``count=True`` says how many there are.

    Kemeny, J. G. (1959). Mathematics without numbers. Daedalus 88(4), 577–591; as an integer program: Conitzer, V.,
    Davenport, A. & Kalagnanam, J. (2006). Improved bounds for computing Kemeny rankings. AAAI-06, 620–626.

    Raises MethodError where ``preferences`` does, and if orders are to be counted of a group of more than 16.
    """
    ranks = many(ranks)
    above = preferences(ranks, importance)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    groups = undivided(above)
    if count and max(map(len, groups)) > COUNTED:
        what = "orders are counted in groups of up to {most}, and {size} candidates are divided by no majority"
        raise MethodError(what, most=COUNTED, size=max(map(len, groups)))
    order: list[int] = []
    short, optimal = 0.0, True
    for group in groups:
        found = _ordered(above[np.ix_(group, group)], deadline)
        order += [int(group[i]) for i in found.order]
        short += found.short
        optimal &= found.optimal
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(1, len(order) + 1)
    total = len(ranks) if importance is None else float(np.sum(importance))
    pairs = len(order) * (len(order) - 1) / 2 * total
    tied = pairs - float(above.sum())
    distance = _against(above, order) + tied / 2
    counted = None
    if count:
        counted = 1
        for group in groups:
            counted *= optimal_orders(above[np.ix_(group, group)])
    return Kemeny(
        method="kemeny",
        ranks=frozen(place, np.int64),
        scores=frozen(-place.astype(float)),
        preferences=frozen(above),
        distance=distance,
        bound=distance - short,
        optimal=optimal,
        count=counted,
    )


def undivided(above: Floats) -> list[Ints]:
    """Candidates in groups, best first: every majority between two groups is for the earlier.

    The groups are the strong components of "no majority against": in every optimal order they follow each other.
    Truchon, M. (1998). An extension of the Condorcet criterion and Kemeny orders. Université Laval, Cahier 98-15.
    """
    reach = above >= above.T - 1e-9
    for k in range(len(reach)):
        reach |= reach[:, k, None] & reach[k]
    mutual = reach & reach.T
    beaten = (reach & ~mutual).sum(axis=1)
    firsts = [i for i in range(len(reach)) if not mutual[i, :i].any()]
    return [np.flatnonzero(mutual[i]) for i in sorted(firsts, key=lambda i: -beaten[i])]


class _Found(NamedTuple):
    order: list[int]
    short: float
    """How far below this order's distance the bound lies."""
    optimal: bool


def _ordered(above: Floats, deadline: float | None) -> _Found:
    """The optimal order of one group, or the best one found in time."""
    m = len(above)
    if m <= 2:
        return _Found(list(range(m)), 0.0, True)  # two in one group have an even majority
    start = _improved(above, list(np.argsort(-above.sum(axis=1), kind="stable")))
    above = above[np.ix_(start, start)]  # so that even majorities follow a good order from the first
    number = np.full((m, m), -1)
    upper = np.triu_indices(m, 1)
    number[upper] = np.arange(len(upper[0]))
    gain = (above.T - above)[upper]  # what it costs to place i above j, beyond j above i
    base = float(above[upper].sum())
    x = (gain <= 0).astype(float)
    rows, bound = np.empty((0, 3), np.int64), float(np.minimum(gain, 0).sum())
    while len(broken := _broken(x, number)):
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            break
        rows = np.vstack([rows, broken[:_ROWS]])
        solved = milp(gain, _transitivity(rows, len(gain)), 0.0, 1.0, left)
        bound = max(bound, solved.bound)
        if solved.x is None or not solved.optimal:
            break
        x, bound = solved.x, max(bound, float(gain @ solved.x))
    else:
        wins = np.zeros(m)
        np.add.at(wins, upper[0], x)
        np.add.at(wins, upper[1], 1 - x)
        return _Found([start[i] for i in np.argsort(-wins, kind="stable")], 0.0, True)
    reached = _against(above, list(range(m)))
    short = max(reached - (base + bound), 0.0)
    return _Found(list(start), short, short <= 1e-9 * max(reached, 1.0))


def _broken(x: Floats, number: Ints) -> Ints:
    """(t, 3) the pairs (ij, jk, ik) of i < j < k that go round in a circle under x."""
    m = len(number)
    found = []
    for i in range(m - 2):
        j, k = np.triu_indices(m - i - 1, 1)
        triads = np.stack([number[i, j + i + 1], number[j + i + 1, k + i + 1], number[i, k + i + 1]], axis=1)
        s = x[triads[:, 0]] + x[triads[:, 1]] - x[triads[:, 2]]
        found.append(triads[(s < -0.5) | (s > 1.5)])
    return np.vstack(found)


def _transitivity(rows: Ints, width: int) -> Any:
    """0 ≤ x_ij + x_jk − x_ik ≤ 1 as a sparse array."""
    from scipy.sparse import csr_array

    t = len(rows)
    coefficients = np.tile([1.0, 1.0, -1.0], t)
    return csr_array((coefficients, (np.repeat(np.arange(t), 3), rows.ravel())), shape=(t, width))


def _against(above: Floats, order: list[int]) -> float:
    """Preferences that an order goes against."""
    return float(np.tril(above[np.ix_(order, order)], -1).sum())


def _improved(above: Floats, order: list[int]) -> list[int]:
    """An order improved by moving one candidate at a time, as long as that helps."""
    margin = above - above.T
    helped = True
    while helped:
        helped = False
        for i in list(order):
            rest = [j for j in order if j != i]
            gains = np.concatenate([[0.0], np.cumsum(margin[rest, i])])  # placed after the first t of the rest
            now = order.index(i)
            best = int(gains.argmax())
            if gains[best] > gains[now] + 1e-9:
                order = [*rest[:best], i, *rest[best:]]
                helped = True
    return order


def optimal_orders(above: Floats) -> int:
    """How many orders go against the fewest preferences, by dynamic programming over the sets of those placed first."""
    m = len(above)
    sets = np.arange(1 << m)
    size = np.bitwise_count(sets)
    best, ways = np.full(1 << m, np.inf), np.zeros(1 << m, np.int64)
    best[0], ways[0] = 0.0, 1
    below = [_sums(above[j]) for j in range(m)]  # below[j][S]: the preferences for j over the members of S
    for filled in range(1, m + 1):
        layer = sets[size == filled]
        options = np.full((m, len(layer)), np.inf)
        for j in range(m):
            last = (layer >> j) & 1 == 1
            before = layer[last] ^ (1 << j)
            options[j, last] = best[before] + below[j][before]
        least = options.min(axis=0)
        best[layer] = least
        for j in range(m):
            same = options[j] <= least + 1e-9 * np.maximum(least, 1.0)
            ways[layer[same]] += ways[layer[same] ^ (1 << j)]
    return int(ways[-1])


def _sums(row: Floats) -> Floats:
    """The sum of ``row`` over every set of columns, by doubling."""
    found = np.zeros(1)
    for value in row:
        found = np.concatenate([found, found + value])
    return found
