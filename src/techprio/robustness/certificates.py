"""Proofs of core and out as plain data: what a sceptic needs to check them with a calculator.

One document holds the terms (what is weighed and added up), the weight space, the list's rules, and a claim a
candidate. A claim is a number of *facts* on pairs, each the numbers θ and y of pairs.py that bound one score's lead
over another; or, where pairs do not decide, groups of rivals who cannot lead all at once (conflicts.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Cut, Flags, Floats
from techprio.robustness.bands import Proof, beaten_within, floor_extra
from techprio.robustness.conflicts import Conflict, fewer_than
from techprio.robustness.pairs import NOISE, upper_bound
from techprio.robustness.space import WeightSpace

SEAL = "sha256"
"""Where a document has its own digest."""

Ints = NDArray[np.int64] | NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What claims stand on."""

    candidates: Sequence[str]
    criteria: Sequence[str]
    low: Floats
    """(m, n) the least that each term may be."""
    high: Floats
    """(m, n) the most; the same at the stated figures."""
    space: WeightSpace
    cut: Cut
    tolerance: float
    """A lead that outlasts the rounding of scores."""


def document(ground: Ground, proof: Proof, more: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Every claim of ``proof``, and ``more`` claims, with all that they stand on."""
    claims = [_claim(ground, proof, int(i), True) for i in np.flatnonzero(proof.always)]
    claims += [_claim(ground, proof, int(i), False) for i in np.flatnonzero(proof.never)]
    ids = ground.candidates
    stated = bool((ground.low == ground.high).all())
    return {
        "figures": "stated" if stated else "ranges",
        "criteria": list(ground.criteria),
        "terms": {
            id: low.tolist() if stated else {"low": low.tolist(), "high": high.tolist()}
            for id, low, high in zip(ids, ground.low, ground.high, strict=True)
        },
        "space": space_data(ground.space),
        "cut": {"total": ground.cut.total, "floors": [_floor(ground, proof, f) for f in range(len(ground.cut.floors))]},
        "apart": proof.pairs.apart.tolist(),
        "claims": [*claims, *more],
    }


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the digest of all else in it, by which a change in the file is found that proofs outlast."""
    rest = {key: value for key, value in document.items() if key != SEAL}
    text = json.dumps(_as_floats(rest), sort_keys=True, separators=(",", ":"))
    return {**rest, SEAL: sha256(text.encode()).hexdigest()}


def _as_floats(data: Any) -> Any:
    """1 and 1.0 are the same number: a program that writes a file anew may make one of the other."""
    if isinstance(data, Mapping):
        return {key: _as_floats(each) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [_as_floats(each) for each in data]
    return float(data) if isinstance(data, int) and not isinstance(data, bool) else data


def space_data(space: WeightSpace) -> dict[str, Any]:
    """A weight space as plain data."""
    return {
        "lower": space.lower.tolist(),
        "upper": space.upper.tolist(),
        "rows": space.rows.tolist() if len(space.bounds) else [],
        "bounds": space.bounds.tolist(),
        "statements": list(space.texts),
        "corners": None if space.corners is None else space.corners.tolist(),
    }


def _fact(ground: Ground, upper: int, lower: int, y: Floats | None = None) -> dict[str, Any]:
    """θ and y that bound the lead of ``upper`` over ``lower``."""
    theta = upper_bound(ground.space, ground.high[upper] - ground.low[lower], y)[1]
    return {"theta": theta, "y": [] if y is None else y.tolist()}


def _facts(ground: Ground, proof: Proof, uppers: Ints, lower: int) -> dict[str, Any]:
    """Bounds of the leads of ``uppers`` over one: they are never above it."""
    known = proof.pairs.multipliers
    return {ground.candidates[b]: _fact(ground, b, lower, known.get((b, lower))) for b in uppers.tolist()}


def _defeats(ground: Ground, proof: Proof, upper: int, lowers: Ints) -> dict[str, Any]:
    """Bounds of one's leads over ``lowers``: each of these surely beats it."""
    known = proof.pairs.multipliers
    return {ground.candidates[b]: _fact(ground, upper, b, known.get((upper, b))) for b in lowers.tolist()}


def _floor(ground: Ground, proof: Proof, number: int) -> dict[str, Any]:
    """A floor, and why some of its members are beyond its reach: who beats them."""
    floor, pairs = ground.cut.floors[number], proof.pairs
    beyond = np.flatnonzero(floor.members & (beaten_within(pairs, floor.members) >= floor.count))
    members = floor.members[pairs.tried]
    beaten = {}
    for i in beyond:
        by = pairs.tried[pairs.must[i] & members][: floor.count]
        beaten[ground.candidates[int(i)]] = _defeats(ground, proof, int(i), by)
    return {
        "kind": floor.kind,
        "label": floor.label,
        "count": floor.count,
        "members": [ground.candidates[i] for i in np.flatnonzero(floor.members).tolist()],
        "beyond": beaten,
    }


def _claim(ground: Ground, proof: Proof, i: int, always: bool) -> dict[str, Any]:
    """What is claimed of a candidate, with the facts that it takes."""
    pairs = proof.pairs
    beaten_by = pairs.tried[pairs.must[i]]
    if not always:
        facts = {"beaten_by": _defeats(ground, proof, i, _enough(ground, beaten_by, i))}
        return {"candidate": ground.candidates[i], "claim": "never listed", **facts}
    k = int(np.flatnonzero(pairs.tried == i)[0])
    harmless = np.flatnonzero(~pairs.may[k])
    facts = {"never_above": _facts(ground, proof, harmless[harmless != i], i)}
    if ground.cut.floors:
        facts["beaten_by"] = _defeats(ground, proof, i, beaten_by)
    return {"candidate": ground.candidates[i], "claim": "always listed", **facts}


def _enough(ground: Ground, beaten_by: Ints, i: int) -> Ints:
    """As many of those who surely beat ``i`` as the proof takes, and no more."""
    if len(beaten_by) < ground.cut.total:
        return beaten_by
    needed = [beaten_by[: ground.cut.total]]
    needed += [beaten_by[f.members[beaten_by]][: f.count] for f in ground.cut.floors if f.members[i]]
    return np.unique(np.concatenate(needed))


# -- where pairs do not decide ---------------------------------------------------------------------------------------


def always_by_groups(ground: Ground, proof: Proof, i: int) -> dict[str, Any] | None:
    """A claim that ``i`` is always listed, proved by groups of rivals who cannot all be above it; None if none is."""
    pairs = proof.pairs
    tried = np.flatnonzero(pairs.tried == i)
    if not len(tried):
        return None
    may = pairs.may[int(tried[0])]
    extra = sum(int(floor_extra(pairs, floor)[i]) for floor in ground.cut.floors if not floor.members[i])
    ways = [("score", may, ground.cut.total - extra)]
    ways += [
        (f"{floor.kind} {floor.label}", may & floor.members, floor.count)
        for floor in ground.cut.floors
        if floor.members[i]
    ]
    for way, rivals, limit in ways:
        leads = (ground.high - ground.low[i])[rivals]
        found = None if limit < 1 else fewer_than(limit, leads, ground.space, NOISE)
        if found is not None:
            claim = _claim(ground, proof, i, True)
            return {**claim, "way": way, "groups": _groups(ground, np.flatnonzero(rivals), leads, found)}
    return None


def never_by_groups(ground: Ground, proof: Proof, i: int) -> dict[str, Any] | None:
    """A claim that ``i`` is never listed, proved by groups of rivals one of whom is always above it; None if none is.

    ``groups`` shows that enough are above it for the list as a whole, ``floors`` the same of each floor it might use.
    """
    floors = []
    for floor in ground.cut.floors:
        if floor.members[i]:
            found = _at_least(ground, i, floor.members, floor.count)
            if found is None:
                return None
            floors.append(found)
    everybody = np.ones(len(ground.low), bool)
    best = _at_least(ground, i, everybody, ground.cut.total)
    outside = None
    for number, floor in enumerate(ground.cut.floors):
        if best is None:
            brought_in = min(floor.count, int(floor.members.sum()))
            best, outside = _at_least(ground, i, ~floor.members, ground.cut.total - brought_in), number
    if best is None:
        return None
    head = {"candidate": ground.candidates[i], "claim": "never listed", "beaten_by": {}}
    return {**head, "groups": best, "outside_floor": outside, "floors": floors}


def _at_least(ground: Ground, i: int, among: Flags, count: int) -> list[dict[str, Any]] | None:
    """Proof that at least ``count`` of those ``among`` are always above ``i``, by more than scores are rounded."""
    rivals = np.flatnonzero(among & (np.arange(len(among)) != i))
    if count <= 0:
        return []
    if len(rivals) < count:
        return None
    leads = ground.high[i] - ground.low[rivals]
    found = fewer_than(len(rivals) - count + 1, leads, ground.space, -ground.tolerance)
    return None if found is None else _groups(ground, rivals, leads, found)


def _groups(ground: Ground, rivals: Ints, leads: Floats, found: Sequence[Conflict]) -> list[dict[str, Any]]:
    groups = []
    for group, mixture, y in found:
        theta = upper_bound(ground.space, mixture @ leads[group], y)[1]
        shares = {ground.candidates[rivals[b]]: float(share) for b, share in zip(group, mixture, strict=True)}
        groups.append({"mixture": shares, "theta": theta, "y": y.tolist()})
    return groups
