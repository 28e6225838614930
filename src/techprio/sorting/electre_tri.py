"""ELECTRE TRI-B: classes bounded by profiles, and a candidate's class by which of them it outranks."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked
from techprio.methods.credibility import Comparison, PseudoCriteria
from techprio.methods.distillation import Ints
from techprio.methods.pairs import in_blocks
from techprio.methods.thresholds import TIE
from techprio.sorting.profiles import checked_profiles
from techprio.sorting.registry import sorting

RULES = ("pessimistic", "optimistic")


class Credibilities(NamedTuple):
    """What ELECTRE TRI cuts at λ."""

    of_candidates: Floats
    """(m, k) or (s, m, k) σ(a, b_h): how credible it is that a candidate is at least as good as a profile."""
    of_profiles: Floats
    """(m, k) or (s, m, k) σ(b_h, a): the other way round."""


def _both_ways(x: Floats, w: Floats, sense: Floats, profiles: Floats, criteria: PseudoCriteria) -> Credibilities:
    """Thresholds are those at the profile, both ways (Mousseau, Słowiński & Zielniewicz 1999, § 2.2.2)."""
    up = Comparison.between(x, profiles, sense, criteria, of_a=False).credibility(w)
    down = Comparison.between(profiles, x, sense, criteria, of_a=True).credibility(w)
    return Credibilities(up, down.swapaxes(-1, -2))


def _inputs(sense: Floats, profiles: Any, q: Any, p: Any, v: Any) -> tuple[Floats, PseudoCriteria]:
    found = checked_profiles(profiles, sense)
    criteria = PseudoCriteria.of(len(sense), q, p, v)
    criteria.check(found, sense, most=1.0)
    return found, criteria


def credibilities(
    x: Any,
    w: Any,
    sense: Any,
    *,
    profiles: Any = None,
    q: Any = None,
    p: Any = None,
    v: Any = None,
    cut: float = 0.75,
    rule: str = "pessimistic",
) -> Credibilities:
    """σ(a, b_h) and σ(b_h, a); the cut and the rule play no part in them."""
    x, w, sense = checked(x, w, sense)
    return _both_ways(x, w, sense, *_inputs(sense, profiles, q, p, v))


@sorting(
    "electre_tri",
    "ELECTRE TRI-B (classes bounded by profiles)",
    "Yu, W. (1992). ELECTRE TRI: aspects méthodologiques et manuel d'utilisation. Document du LAMSADE 74, Université "
    "Paris-Dauphine. Mousseau, V., Słowiński, R. & Zielniewicz, P. (1999). ELECTRE TRI 2.0a: methodological guide and "
    "user's manual. Document du LAMSADE 111, § 2.2.",
    per_criterion=("q", "p", "v"),
    needs={"thresholds": "required"},
    parts=credibilities,
)
def electre_tri(
    x: Any,
    w: Any,
    sense: Any,
    *,
    profiles: Any = None,
    q: Any = None,
    p: Any = None,
    v: Any = None,
    cut: float = 0.75,
    rule: str = "pessimistic",
) -> Ints:
    """Classes (m,) or (s, m), 0 (the worst) … k, of the k + 1 between ``profiles`` (k, n), worst to best.

    a outranks b_h if σ(a, b_h) ≥ ``cut``, with the credibility of ELECTRE III (``methods/credibility.py``) and the
    thresholds ``q`` ≤ ``p`` ≤ ``v`` (a number, or constant and share of the *profile's* figure; v may be left out).

    - ``pessimistic``: above the highest profile that the candidate outranks.
    - ``optimistic``: below the lowest profile that is strictly preferred to it: that outranks it and is not outranked.

    The pessimistic class is never above the optimistic one; they differ where a candidate is incomparable to profiles.
    As a candidate meets only profiles, its class never depends on other candidates. A candidate that is at least as
    good everywhere as another is never in a lower class; identical ones are in one class. A constant or zero column,
    zeros, negatives, huge and tiny figures are no special cases. A criterion of weight 0 counts for nothing unless it
    has a veto. Credibilities are compared with the cut in the tenth decimal.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, missing profiles, q or p, profiles
    that are not in order, thresholds that are negative or not in order at some profile, shares above 1, a cut outside
    ½ … 1 (below ½ a candidate and a profile could be preferred to each other by two minorities) and an unknown rule.
    """
    x, w, sense = checked(x, w, sense)
    found, criteria = _inputs(sense, profiles, q, p, v)
    if not 0.5 <= cut <= 1:
        raise MethodError("the cut must be in 0.5 … 1 and is {cut}", cut=cut)
    if rule not in RULES:
        raise MethodError("the rule must be pessimistic or optimistic and is {rule}", rule=rule)

    def classes(x: Floats, w: Floats) -> Ints:
        both = _both_ways(x, w, sense, found, criteria)
        outranks: Flags = both.of_candidates >= cut - TIE
        if rule == "pessimistic":
            return _last(outranks)
        return _first((both.of_profiles >= cut - TIE) & ~outranks)

    numbers: Ints = in_blocks(classes, x, w, x.shape[-2] * len(found))
    return numbers


def _last(flags: Flags) -> Ints:
    """1 + the last profile (…, k) of which it is true, 0 if of none."""
    k = flags.shape[-1]
    found: Ints = np.where(flags.any(axis=-1), k - flags[..., ::-1].argmax(axis=-1), 0)
    return found


def _first(flags: Flags) -> Ints:
    """The first profile (…, k) of which it is true, k if of none."""
    found: Ints = np.where(flags.any(axis=-1), flags.argmax(axis=-1), flags.shape[-1])
    return found
