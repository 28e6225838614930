"""Problems that several tests work on."""

from __future__ import annotations

from itertools import product

import numpy as np

from techprio.hall import Cut, Floor, Problem, ValueFunction, frozen
from techprio.ranking import listed, ordered
from techprio.robustness.space import WeightSpace

NAN = float("nan")


def problem(missing: str = "interval") -> Problem:
    """Two candidates, three criteria: a range, a missing figure, a range with a bent value function; a cost."""
    return Problem(
        candidates=("a", "b"),
        criteria=("x", "y", "z"),
        x=frozen([[40.0, NAN, 3.0], [10.0, 5.0, 2.0]]),
        low=frozen([[20.0, NAN, 1.0], [10.0, 5.0, 2.0]]),
        high=frozen([[80.0, NAN, 5.0], [10.0, 5.0, 2.0]]),
        sense=frozen([1.0, -1.0, 1.0]),
        weights=frozen([0.5, 0.3, 0.2]),
        missing=("interval", missing, "interval"),
        value_functions=(
            ValueFunction(frozen([0.0, 100.0]), frozen([0.0, 1.0])),
            ValueFunction(frozen([0.0, 10.0]), frozen([1.0, 0.0])),
            ValueFunction(frozen([1.0, 2.0, 5.0]), frozen([0.0, 0.6, 1.0])),
        ),
    )


def vertices(space: WeightSpace) -> np.ndarray:
    """All vertices of a box cut by Σw = 1: all leaves but one at a bound."""
    found = []
    for free in range(space.n):
        others = [j for j in range(space.n) if j != free]
        for ends in product(*((space.lower[j], space.upper[j]) for j in others)):
            w = np.empty(space.n)
            w[others] = ends
            w[free] = 1 - sum(ends)
            if space.lower[free] - 1e-12 <= w[free] <= space.upper[free] + 1e-12:
                found.append(w)
    return np.array(found)


def on_list(terms: np.ndarray, w: np.ndarray, cut: Cut) -> np.ndarray:
    order, better = ordered(w @ terms.T)
    found = np.zeros(order.shape, bool)
    np.put_along_axis(found, order, listed(order, better, cut), axis=1)
    return found


def random_case(seed: int) -> tuple[np.ndarray, WeightSpace, Cut]:
    r = np.random.default_rng(seed)
    m, n = int(r.integers(3, 9)), int(r.integers(2, 5))
    terms = r.integers(0, 5, (m, n)) / 4 if seed % 2 else r.random((m, n))
    space = WeightSpace.around(r.dirichlet(np.ones(n) * 3), float(r.uniform(0.05, 0.6)))
    total = int(r.integers(1, m))
    floors = []
    if seed % 3:
        tier = r.integers(0, 2, m)
        floors.append(Floor("tier", "1", int(r.integers(1, total + 1)), tier == 1))
    if seed % 3 == 2 and floors[0].count < total:
        floors.append(Floor("group", "b", 1, r.integers(0, 3, m) == 1))
    return terms, space, Cut(total, tuple(floors))
