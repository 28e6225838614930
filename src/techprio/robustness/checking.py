"""Certificates checked from their own data: sums and comparisons, no solver, nothing of the code that made them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from techprio.hall import Floats

NOISE = 1e-13
"""Differences that arithmetic alone may make."""
BECAUSE_FLOOR = "too few may be above it to fill its floor"
BECAUSE_ALWAYS = "too few may be above it to fill the list"
BECAUSE_NEVER = "enough are always above it to fill the list"
BECAUSE_NEVER_FLOOR = "enough are always above it, or on the list by a floor, to fill the list"
BECAUSE_RANK = "its weights lead to it"
BECAUSE_NO_RANK = "its weights do not lead to it"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one claim."""

    candidate: str
    claim: str
    holds: bool
    reason: str
    """What the claim rests on, or why it fails: a template …"""
    facts: Mapping[str, Any]
    """… and what fills it."""


class _RefutedError(Exception):
    """A step of a proof that does not hold: a template and its facts."""

    def __init__(self, template: str, **facts: Any) -> None:
        super().__init__(template)
        self.template, self.facts = template, facts


class Checker:
    """One document of certificates (certificates.py). Bad data raise KeyError, TypeError or ValueError."""

    def __init__(self, data: Mapping[str, Any], tolerance: float) -> None:
        terms: Mapping[str, Any] = data["terms"]
        self.low = {id: _vector(t["low"] if isinstance(t, Mapping) else t) for id, t in terms.items()}
        self.high = {id: _vector(t["high"] if isinstance(t, Mapping) else t) for id, t in terms.items()}
        space = data["space"]
        self.lower, self.upper, self.bounds = (_vector(space[key]) for key in ("lower", "upper", "bounds"))
        n = len(self.lower)
        self.rows = np.reshape(_vector(space["rows"]), (len(self.bounds), n))
        self.corners = None if space["corners"] is None else np.reshape(_vector(space["corners"]), (-1, n))
        if any(len(v) != n for v in (*self.low.values(), *self.high.values(), self.upper)):
            raise ValueError("vectors of different lengths")
        if any((self.high[id] < self.low[id]).any() for id in self.low):
            raise ValueError("low above high")
        self.total: int = data["cut"]["total"]
        self.floors: Sequence[Mapping[str, Any]] = data["cut"]["floors"]
        self.claims: Sequence[Mapping[str, Any]] = data["claims"]
        self.tolerance = tolerance
        self.apart = _vector(data["apart"])
        self._admissible(self.apart)
        self.reach = [set(self._reach(floor)) for floor in self.floors]

    def findings(self) -> Iterator[Finding]:
        """Check every claim."""
        known: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
            "always listed": self._always,
            "never listed": self._never,
        }
        for claim in self.claims:
            candidate, what = claim["candidate"], claim["claim"]
            try:
                if candidate not in self.low or what not in known:
                    raise _RefutedError("there is no such candidate or claim")
                yield Finding(candidate, what, True, known[what](claim), {})
            except _RefutedError as refuted:
                yield Finding(candidate, what, False, refuted.template, refuted.facts)

    def extremes(self, stated: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
        """Check that the weights given for extreme ranks are admissible and lead to them."""
        for row in stated:
            for end in ("best", "worst"):
                found, candidate = row[end], row["candidate"]
                try:
                    w = _vector(found["weights"])
                    self._admissible(w)
                    leads = [(self.high[b] - self.low[candidate]) @ w for b in self.low if b != candidate]
                    rank = 1 + sum(lead > self.tolerance / 2 for lead in leads)
                    holds = int(rank) == found["rank"]
                except (KeyError, ValueError, TypeError):
                    holds = False
                reason = BECAUSE_RANK if holds else BECAUSE_NO_RANK
                yield Finding(candidate, "best rank" if end == "best" else "worst rank", holds, reason, {})

    # -- facts --------------------------------------------------------------------------------------------------------

    def _bound(self, d: Floats, proof: Mapping[str, Any]) -> float:
        """What w·d is at most over the space, by weak duality (pairs.py)."""
        y, theta = _vector(proof["y"]), float(proof["theta"])
        if not len(y):
            y = np.zeros(len(self.bounds))
        if len(y) != len(self.bounds) or (y < 0).any():
            raise _RefutedError("a multiplier is negative or lacking")
        r = d - y @ self.rows
        if self.corners is not None:
            return float(y @ self.bounds + max(theta, float((self.corners @ r).max())))
        if (self.lower < 0).any():
            raise _RefutedError("a weight may be negative")
        gain = np.maximum((r - theta) * self.lower, (r - theta) * self.upper)
        return float(y @ self.bounds + theta + gain.sum())

    def _pair(self, upper: str, lower: str, proof: Mapping[str, Any], limit: float) -> None:
        """Hold that the lead of ``upper`` over ``lower`` is at most ``limit``."""
        if not {upper, lower} <= set(self.low) or upper == lower:
            raise _RefutedError("{a} and {b} are no pair of candidates", a=upper, b=lower)
        if self._bound(self.high[upper] - self.low[lower], proof) > limit:
            raise _RefutedError("the bound of the lead of {a} over {b} does not hold", a=upper, b=lower)

    def _never_above(self, candidate: str, claim: Mapping[str, Any]) -> set[str]:
        for rival, proof in claim["never_above"].items():
            self._pair(rival, candidate, proof, NOISE)
        return set(claim["never_above"])

    def _beaten_by(self, candidate: str, facts: Mapping[str, Any]) -> set[str]:
        for rival, proof in facts.items():
            self._pair(candidate, rival, proof, -self.tolerance)
        return set(facts)

    def _reach(self, floor: Mapping[str, Any]) -> Iterator[str]:
        """Whom a floor may list at some weights: members not surely beaten by as many members as it has places."""
        members = set(floor["members"])
        for member in sorted(members):
            facts = floor["beyond"].get(member, {})
            try:
                beaten = self._beaten_by(member, facts) & members if facts else set()
            except _RefutedError:
                beaten = set()
            if len(beaten) < floor["count"]:
                yield member

    def _twins(self, among: Collection[str]) -> int:
        """How many, at most, always tie with one of those ``among``: those who tie at one point of the space."""
        scores = sorted(float((self.low[id] + self.high[id]) @ self.apart / 2) for id in among)
        longest = run = 0
        for one, next_ in pairwise(scores):
            run = run + 1 if next_ - one <= self.tolerance else 0
            longest = max(longest, run)
        return longest

    def _admissible(self, w: Floats) -> None:
        """Hold that a weight vector lies in the space."""
        inside = abs(w.sum() - 1) < 1e-9 and (w @ self.rows.T <= self.bounds + 1e-9).all()
        if not inside or (w < self.lower - 1e-9).any() or (w > self.upper + 1e-9).any():
            raise ValueError("weights outside the space")

    # -- claims -------------------------------------------------------------------------------------------------------

    def _always(self, claim: Mapping[str, Any]) -> str:
        candidate = claim["candidate"]
        rivals = set(self.low) - {candidate} - self._never_above(candidate, claim)
        beaten_by = self._beaten_by(candidate, claim.get("beaten_by", {}))
        groups = [self._group(candidate, group, above=True) for group in claim.get("groups", ())]
        for floor in self.floors:
            members = set(floor["members"])
            if candidate in members and _at_most(rivals & members, groups, floor["count"] - 1):
                return BECAUSE_FLOOR
        extra = 0
        for floor, reach in zip(self.floors, self.reach, strict=True):
            members = set(floor["members"])
            surely = len(beaten_by & members)
            if candidate not in members and surely < floor["count"]:
                extra += min(floor["count"] - surely + self._twins(reach), len(reach))
        if not _at_most(rivals, groups, self.total - 1 - extra):
            raise _RefutedError("{n} others may keep it off the list", n=len(rivals) + extra)
        return BECAUSE_ALWAYS

    def _never(self, claim: Mapping[str, Any]) -> str:
        candidate = claim["candidate"]
        above = self._beaten_by(candidate, claim["beaten_by"])
        groups = [self._group(candidate, group, above=False) for group in claim.get("groups", ())]
        by_floors = [[self._group(candidate, group, above=False) for group in each] for each in claim.get("floors", ())]
        proofs = [[{b} for b in above], groups, *by_floors]
        for floor in self.floors:
            members = set(floor["members"])
            if candidate in members and not any(_hits(proof, floor["count"], members) for proof in proofs):
                raise _RefutedError("its floor may list it")
        if any(_hits(proof, self.total, set(self.low)) for proof in proofs):
            return BECAUSE_NEVER
        for floor in self.floors:
            members = set(floor["members"])
            outside = set(self.low) - members
            brought_in = min(floor["count"], len(members))
            if any(_hits(proof, self.total - brought_in, outside) for proof in proofs):
                return BECAUSE_NEVER_FLOOR
        raise _RefutedError("too few are surely above it")

    def _group(self, candidate: str, group: Mapping[str, Any], *, above: bool) -> set[str]:
        """Rivals who cannot all be above the candidate at once; or (not ``above``) one of whom always is."""
        shares: Mapping[str, float] = group["mixture"]
        if not shares or not set(shares) <= set(self.low) - {candidate} or min(shares.values()) < 0:
            raise _RefutedError("a group is no mixture of rivals")
        whole = sum(shares.values())
        if above:
            d = sum((s * (self.high[b] - self.low[candidate]) for b, s in shares.items()), np.zeros(len(self.lower)))
        else:
            d = sum((s * (self.high[candidate] - self.low[b]) for b, s in shares.items()), np.zeros(len(self.lower)))
        if abs(whole - 1) > 1e-9 or self._bound(d, group) > (NOISE if above else -self.tolerance):
            raise _RefutedError("the bound of a group does not hold")
        return set(shares)


def _at_most(rivals: Collection[str], groups: Sequence[set[str]], limit: int) -> bool:
    """Whether at most ``limit`` of the rivals can be above at once, no group of them all at once."""
    inside = [group for group in groups if group <= set(rivals)]
    return limit >= 0 and not _met_by(inside, len(rivals) - limit - 1)


def _hits(groups: Sequence[set[str]], count: int, among: set[str]) -> bool:
    """Whether at least ``count`` of those ``among`` are above at all weights: no fewer meet every group."""
    return not _met_by([group for group in groups if group <= among], count - 1)


def _met_by(groups: Sequence[set[str]], size: int) -> bool:
    """Whether ``size`` rivals can meet every group; groups with nobody in common are counted first."""
    if size < 0:
        return False
    apart, used = 0, set[str]()
    for group in sorted(groups, key=len):
        if not group & used:
            apart, used = apart + 1, used | group
    if apart > size:
        return False
    if not groups:
        return True
    first = min(groups, key=lambda group: (len(group), sorted(group)))
    return any(_met_by([g for g in groups if b not in g], size - 1) for b in sorted(first))


def _vector(values: Any) -> Floats:
    array = np.array(values, dtype=float)
    if not np.isfinite(array).all():
        raise ValueError("a number is not finite")
    return array
