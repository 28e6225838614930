"""Certificates: whatever is claimed is checked without the solver, tampering shows, and brute force refutes nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from problems import on_list, random_case, vertices

from techprio.ranking import ordered
from techprio.robustness.bands import prove
from techprio.robustness.certificates import Ground, always_by_groups, document, never_by_groups
from techprio.robustness.checking import Checker
from techprio.robustness.sampling import Sampler
from techprio.robustness.space import WeightSpace

TOLERANCE = 2e-10


def certified(seed: int, *, groups: bool = False, ranges: float = 0.0) -> tuple[dict[str, Any], np.ndarray]:
    """The certificates of a random study, as they come out of a file, and lists that were seen: (s, m)."""
    terms, space, cut = random_case(seed)
    w = np.concatenate([vertices(space), Sampler.of(space).draw(np.random.default_rng(seed), 300)])
    m, n = terms.shape
    low, high = terms - ranges, terms + ranges
    ids = [f"c{i}" for i in range(m)]
    ground = Ground(ids, [f"k{j}" for j in range(n)], low, high, space, cut, TOLERANCE)
    order = ordered((w.mean(axis=0) @ terms.T)[None, :])[0][0]
    proof = prove(low, high, space, cut, order, TOLERANCE)
    more = []
    if groups:
        open_ = np.flatnonzero(~proof.always & ~proof.never)
        more = [always_by_groups(ground, proof, int(i)) or never_by_groups(ground, proof, int(i)) for i in open_]
    r = np.random.default_rng(seed + 1)
    seen = [on_list(low + (high - low) * r.random(low.shape), w, cut) for _ in range(5 if ranges else 1)]
    return json.loads(json.dumps(document(ground, proof, [c for c in more if c]))), np.concatenate(seen)


def refuted(data: dict[str, Any], seen: np.ndarray) -> list[str]:
    """Claims that brute force contradicts."""
    column = {id: i for i, id in enumerate(data["terms"])}
    lists = {claim["candidate"]: seen[:, column[claim["candidate"]]] for claim in data["claims"]}
    return [
        claim["candidate"]
        for claim in data["claims"]
        if (lists[claim["candidate"]] != (claim["claim"] == "always listed")).any()
    ]


@pytest.mark.parametrize("seed", range(300))
def test_every_claim_passes_and_none_is_refuted(seed: int) -> None:
    data, seen = certified(seed, groups=seed < 100)
    assert [f.candidate for f in Checker(data, TOLERANCE).findings() if not f.holds] == []
    assert refuted(data, seen) == []


@pytest.mark.parametrize("seed", range(40))
def test_claims_over_ranges_of_figures_are_not_refuted_either(seed: int) -> None:
    data, seen = certified(seed, ranges=0.05)
    assert data["figures"] == "ranges"
    assert all(f.holds for f in Checker(data, TOLERANCE).findings())
    assert refuted(data, seen) == []


def test_groups_prove_what_pairs_do_not() -> None:
    """Two specialists may each be above the third, who is good at both: but never both at once, so second it is."""
    terms = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
    space = WeightSpace.around(np.array([0.5, 0.5]), None)
    data, _ = certified(0)
    from techprio.hall import Cut

    ground = Ground("abc", "xy", terms, terms, space, Cut(2), TOLERANCE)
    proof = prove(terms, terms, space, Cut(2), np.array([2, 0, 1]), TOLERANCE)
    assert not proof.always.any()
    claim = always_by_groups(ground, proof, 2)
    assert claim is not None
    data = json.loads(json.dumps(document(ground, proof, [claim])))
    assert [f.holds for f in Checker(data, TOLERANCE).findings()] == [True]
    data["claims"][0]["groups"] = []
    assert [f.holds for f in Checker(data, TOLERANCE).findings()] == [False]


def tampered(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Ways to make a false claim, or to take from a proof what it needs."""
    found = []
    for change in ("claim", "theta", "terms", "total", "facts"):
        other = deepcopy(data)
        claim = next(c for c in other["claims"] if c["claim"] == "never listed")
        rival = next(iter(claim["beaten_by"]))
        if change == "claim":
            claim["claim"], claim["never_above"] = "always listed", {}
        elif change == "theta":
            claim["beaten_by"][rival]["theta"] += 50.0
        elif change == "terms":
            other["terms"][claim["candidate"]] = [1.0] * len(other["criteria"])
        elif change == "total":
            other["cut"]["total"] = len(other["terms"])
        else:
            claim["beaten_by"] = {}
        found.append(other)
    return found


def test_tampering_is_caught() -> None:
    data = next(
        d
        for d in (certified(seed)[0] for seed in range(0, 300, 3))
        if any(c["claim"] == "never listed" and c["beaten_by"] for c in d["claims"])
    )
    for other in tampered(data):
        assert not all(f.holds for f in Checker(other, TOLERANCE).findings())


def test_a_weight_space_that_is_not_one_is_refused() -> None:
    data, _ = certified(1)
    data["space"]["lower"][0] = -5.0
    with pytest.raises(ValueError, match="outside the space"):
        Checker({**data, "apart": [2.0] + [0.0] * (len(data["criteria"]) - 1)}, TOLERANCE)
