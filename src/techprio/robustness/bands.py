"""Who is surely on the list and who surely not, for every admissible weight: proofs, and the bands they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats
from techprio.robustness.space import WeightSpace

BANDS = ("core", "likely", "contested", "unlikely", "out")
SURE, SURELY_NOT = 0.95, 0.05
ALL_PAIRS = 1000
"""Up to so many candidates every pair is tried."""
SURE_DEFEAT = 2e-10
"""A difference between two scores in 0 … 1 that outlasts their rounding."""
NOISE = 1e-13
"""Differences that arithmetic alone may make."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What holds at the stated figures for every admissible weight."""

    always: Flags
    """(m,) listed whatever the weights."""
    never: Flags
    """(m,) listed for none."""


def prove(terms: Floats, space: WeightSpace, cut: Cut, order: Ints, tolerance: float) -> Proof:
    """Prove listings from pairs: ``terms`` (m, n) weighted and added up order the candidates.

    Of each pair the largest and the least difference over the space are greedy sums. Whoever can be beaten by fewer
    than the list has places is always on it; whoever is surely beaten by as many never is. A difference up to
    ``tolerance`` does not surely outlast the rounding of scores, so it proves no defeat.

    ``order`` (m,) is the ranking at the stated weights. Among very many candidates only the best of it are tried as
    members of the list and as those who keep others out: fewer proofs, none of them wrong.
    """
    m = len(terms)
    tried = order if m <= ALL_PAIRS else order[: max(2 * cut.total, 50)]
    may = np.zeros((len(tried), m), bool)
    must = np.zeros((m, len(tried)), bool)
    for k, a in enumerate(tried):
        lead = space.largest(terms - terms[a])
        may[k] = lead > NOISE
        must[:, k] = lead < -tolerance
    may[np.arange(len(tried)), tried] = False
    always, never = np.zeros(m, bool), _never(must, tried, cut)
    always[tried] = _always(may, must, tried, cut)
    return Proof(always, never)


def _always(may: Flags, must: Flags, tried: Ints, cut: Cut) -> Flags:
    """Which of ``tried`` no weights can push off the list. ``may`` (t, m): who may beat them.

    Beside those who may beat a candidate, a floor brings in at most as many as it holds beyond those of its members
    who surely beat it anyway. A member of a floor is also listed if too few members may beat it to fill the floor.
    """
    ahead = may.sum(axis=1)
    by_floor = np.zeros(len(tried), bool)
    for floor in cut.floors:
        count = min(floor.count, int(floor.members.sum()))
        surely = must[tried][:, floor.members[tried]].sum(axis=1)
        ahead = ahead + np.where(floor.members[tried], 0, np.maximum(0, count - surely))
        by_floor |= floor.members[tried] & (may[:, floor.members].sum(axis=1) < floor.count)
    by_score: Flags = ahead < cut.total
    return by_floor | by_score


def _never(must: Flags, tried: Ints, cut: Cut) -> Flags:
    """Whom no weights can bring on the list: others surely fill it, and every floor there might be a way in by.

    ``must`` (m, t): which of ``tried`` surely beat them.
    """
    ahead = must.sum(axis=1)
    extra = np.zeros(len(must), np.int64)
    by_floor = np.zeros(len(must), bool)
    for floor in cut.floors:
        count = min(floor.count, int(floor.members.sum()))
        surely = must[:, floor.members[tried]].sum(axis=1)
        extra = np.maximum(extra, count - surely)
        by_floor |= floor.members & (surely < floor.count)
    full: Flags = ahead + extra >= cut.total
    return full & ~by_floor


def bands(p_cut: Floats, proof: Proof | None) -> tuple[list[str], list[str]]:
    """(band, certified) of each candidate."""
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
        certified.append("weights" if always or never else "none")
    return named, certified
