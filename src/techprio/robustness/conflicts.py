"""Which rivals cannot all be above a candidate at once: proofs where single pairs do not decide.

For weights w, rival b is above a candidate if w·d_b > 0. A group of rivals cannot be so all at once if some mixture
Σ μ_b d_b has no w with w·Σ μ_b d_b > 0 (Farkas); the μ are the proof. How many rivals can be above at once is then
their number less the least number of them that together meet every such group (a hitting set: Chinneck, J. W. (2008).
Feasibility and Infeasibility in Optimization. Springer, ch. 7).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats
from techprio.robustness.pairs import upper_bound
from techprio.robustness.solver import least, least_mixed
from techprio.robustness.space import WeightSpace

Ints = NDArray[np.int64]
ROUNDS = 60
"""Times that groups are sought before the search is given up."""


class Conflict(NamedTuple):
    """Rivals who cannot all lead at once."""

    group: Ints
    """(q,) rows of the leads."""
    mixture: Floats
    """(q,) μ, at least 0, of sum 1."""
    multipliers: Floats
    """(r,) of the statements."""


def fewer_than(limit: int, leads: Floats, space: WeightSpace, margin: float) -> list[Conflict] | None:
    """Prove that of the ``leads`` (k, n) fewer than ``limit`` can be above ``margin`` at once; None if that fails.

    The groups returned are met by no fewer than k − limit + 1 rows.
    """
    found: list[Conflict] = []
    for _ in range(ROUNDS):
        left_out = _hitting_set([c.group for c in found], len(leads))
        kept = np.setdiff1d(np.arange(len(leads)), left_out)
        if len(kept) < limit:
            return found
        conflict = _conflict(leads, kept, space, margin)
        if conflict is None:
            return None
        while conflict is not None:  # more groups, beside this one, before the next hitting set is sought
            found.append(conflict)
            kept = np.setdiff1d(kept, conflict.group[np.argmax(conflict.mixture)])
            conflict = _conflict(leads, kept, space, margin) if len(kept) else None
    return None


def _conflict(leads: Floats, kept: Ints, space: WeightSpace, margin: float) -> Conflict | None:
    """A group among ``kept`` who cannot all lead by more than ``margin``, proved; None if they can, or just miss it."""
    a, b = space.inequalities()
    k = len(space.basis)
    rows = np.column_stack([-leads[kept] @ space.basis.T, np.ones(len(kept))])
    solved = least(
        np.append(np.zeros(k), -1.0),
        np.concatenate([np.column_stack([a, np.zeros(len(a))]), rows]),
        np.concatenate([b, np.zeros(len(kept))]),
        np.append(np.ones(k), 0.0)[None, :],
        [1.0],
    )
    if solved is None:
        return None
    mixture = solved.multipliers[len(b) :]
    taken = mixture > 1e-9
    if not taken.any():
        return None
    mixture = mixture[taken] / mixture[taken].sum()
    first = 2 * space.n
    y = solved.multipliers[first : first + len(space.bounds)]
    group = kept[taken]
    if upper_bound(space, mixture @ leads[group], y)[0] > margin:
        return None
    return Conflict(group, mixture, y)


def _hitting_set(groups: list[Ints], k: int) -> Ints:
    """A smallest set of rows that meets every group."""
    if not groups:
        return np.zeros(0, np.int64)
    a = np.zeros((len(groups), k))
    for row, group in zip(a, groups, strict=True):
        row[group] = 1
    solved = least_mixed(np.ones(k), a, np.ones(len(groups)), np.full(len(groups), np.inf), np.ones(k), 0.0, 1.0)
    assert solved is not None  # taking every row meets every group
    return np.flatnonzero(solved.x > 0.5)
