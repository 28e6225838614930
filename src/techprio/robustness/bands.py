"""Who is surely on the list and who surely not, for every admissible weight: proofs, and the bands they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats, Floor
from techprio.robustness.pairs import Pairs, compare_pairs
from techprio.robustness.space import WeightSpace

BANDS = ("core", "likely", "contested", "unlikely", "out")
SURE, SURELY_NOT = 0.95, 0.05
ALL_PAIRS = 1000
"""Up to so many candidates every pair is tried."""
SURE_DEFEAT = 2e-10
"""A difference between two scores in 0 … 1 that outlasts their rounding."""
SURE_DEFEAT_LINKED = 1e-6
"""A difference between two sums that outlasts the rounding of the scores made of them by a rising function."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What holds for every admissible weight, and the pairs that prove it."""

    always: Flags
    """(m,) listed whatever the weights."""
    never: Flags
    """(m,) listed for none."""
    pairs: Pairs


def prove(low: Floats, high: Floats, space: WeightSpace, cut: Cut, order: Ints, tolerance: float) -> Proof:
    """Prove listings from pairs: terms within ``low`` and ``high`` (m, n), weighted and added up, order candidates.

    Without ranges of figures ``low`` and ``high`` are the same. Whoever can be beaten by fewer than the list has places
    is always on it; whoever is surely beaten by as many never is. A difference up to ``tolerance`` does not surely
    outlast the rounding of scores, so it proves no defeat.

    ``order`` (m,) is the ranking at the stated weights. Among very many candidates only the best of it are tried as
    members of the list and as those who keep others out: fewer proofs, none of them wrong.
    """
    m = len(low)
    tried = order if m <= ALL_PAIRS else order[: max(2 * cut.total, 50)]
    pairs = compare_pairs(low, high, space, tried, tolerance)
    always = np.zeros(m, bool)
    always[tried] = _always(pairs, cut)
    return Proof(always, _never(pairs, cut), pairs)


def beaten_within(pairs: Pairs, members: Flags) -> Ints:
    """How many of the ``members`` (m,) of a floor surely beat each candidate (m,)."""
    count: Ints = pairs.must[:, members[pairs.tried]].sum(axis=1)
    return count


def floor_extra(pairs: Pairs, floor: Floor) -> Ints:
    """How many a floor may list, at most, beside those who are above each candidate that is no member: (m,).

    As many as it has places beyond those taken by members surely above the candidate; and all who always tie with
    whoever takes its last place. Ties for that place that hold at single weights only are left out of account.
    """
    surely = beaten_within(pairs, floor.members)
    reach = floor.members & (surely < floor.count)
    twins = np.bincount(pairs.twins[reach]).max(initial=1) - 1
    return np.where(surely < floor.count, np.minimum(floor.count - surely + twins, reach.sum()), 0)


def _always(pairs: Pairs, cut: Cut) -> Flags:
    """Which of those tried no weights can push off the list.

    They stay if those who may be above them, and whoever a floor may list besides, are fewer than the list has places.
    A member of a floor also stays if too few members may be above it to fill the floor.
    """
    tried = pairs.tried
    ahead = pairs.may.sum(axis=1)
    by_floor = np.zeros(len(tried), bool)
    for floor in cut.floors:
        member = floor.members[tried]
        by_floor |= member & (pairs.may[:, floor.members].sum(axis=1) < floor.count)
        ahead = ahead + np.where(member, 0, floor_extra(pairs, floor)[tried])
    by_score: Flags = ahead < cut.total
    return by_floor | by_score


def _never(pairs: Pairs, cut: Cut) -> Flags:
    """Whom no weights can bring on the list: others surely fill it, and every floor there might be a way in by."""
    ahead = pairs.must.sum(axis=1)
    extra = np.zeros(len(ahead), np.int64)
    by_floor = np.zeros(len(ahead), bool)
    for floor in cut.floors:
        count = min(floor.count, int(floor.members.sum()))
        surely = beaten_within(pairs, floor.members)
        extra = np.maximum(extra, count - surely)
        by_floor |= floor.members & (surely < floor.count)
    full: Flags = ahead + extra >= cut.total
    return full & ~by_floor


def bands(p_cut: Floats, proof: Proof | None, ranges: Proof | None = None) -> tuple[list[str], list[str]]:
    """(band, certified) of each candidate; ``ranges`` is the proof over all figures within their ranges."""
    named, certified = [], []
    for i, p in enumerate(p_cut):
        always = proof is not None and bool(proof.always[i])
        never = proof is not None and bool(proof.never[i])
        if p >= SURE:
            named.append("core" if always else "likely")
        elif p <= SURELY_NOT:
            named.append("out" if never else "unlikely")
        else:
            named.append("contested")
        whole = ranges is not None and bool(ranges.always[i] or ranges.never[i])
        certified.append("weights_and_figures" if whole else "weights" if always or never else "none")
    return named, certified
