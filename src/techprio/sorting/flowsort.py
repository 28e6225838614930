"""FlowSort: classes by the PROMETHEE flows of a candidate among profiles."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.distillation import Ints
from techprio.methods.pairs import in_blocks, weighted_pairs
from techprio.methods.preference import Shape, preferred, shapes
from techprio.methods.thresholds import TIE
from techprio.sorting.profiles import checked_profiles
from techprio.sorting.registry import sorting

KINDS = ("limiting", "central")
FLOWS = ("net", "positive", "negative")


class ProfileFlows(NamedTuple):
    """Flows in R_i = {the profiles and candidate i}, each for one candidate."""

    positive: Floats
    """(m,) or (s, m) φ⁺(a_i)."""
    negative: Floats
    """(m,) or (s, m) φ⁻(a_i)."""
    positive_of_profiles: Floats
    """(m, k) or (s, m, k) φ⁺(r_h)."""
    negative_of_profiles: Floats
    """(m, k) or (s, m, k) φ⁻(r_h)."""


def _flows(x: Floats, w: Floats, sense: Floats, profiles: Floats, functions: list[Shape]) -> ProfileFlows:
    """Flows divided by |R_i| − 1, which is the number of profiles."""
    y, r = x * sense, profiles * sense
    k = len(r)
    with np.errstate(all="ignore"):  # an overflow is a lead that counts in full
        over = weighted_pairs(lambda j: preferred(y[..., j], r[:, j], functions[j]), w)
        under = weighted_pairs(lambda j: preferred(r[:, j], y[..., j], functions[j]).swapaxes(-1, -2), w)
        among = weighted_pairs(lambda j: preferred(r[:, j], r[:, j], functions[j]), w)
    return ProfileFlows(
        over.sum(axis=-1) / k,
        under.sum(axis=-1) / k,
        (among.sum(axis=-1)[..., None, :] + under) / k,
        (among.sum(axis=-2)[..., None, :] + over) / k,
    )


def profile_flows(
    x: Any,
    w: Any,
    sense: Any,
    *,
    profiles: Any = None,
    types: Any = None,
    q: Any = None,
    p: Any = None,
    s: Any = None,
    kind: str = "limiting",
    flow: str = "net",
) -> ProfileFlows:
    """The flows by which candidates are sorted; ``kind`` and ``flow`` play no part in them."""
    x, w, sense = checked(x, w, sense)
    found = checked_profiles(profiles, sense)
    return _flows(x, w, sense, found, shapes(x.shape[-1], types, q, p, s))


@sorting(
    "flowsort",
    "FlowSort (classes by flows among profiles)",
    "Nemery, Ph. & Lamboray, C. (2008). FlowSort: a flow-based sorting method with limiting or central profiles. TOP "
    "16(1), 90–113.",
    per_criterion=("types", "q", "p", "s"),
    needs={"thresholds": "optional"},
    parts=profile_flows,
)
def flowsort(
    x: Any,
    w: Any,
    sense: Any,
    *,
    profiles: Any = None,
    types: Any = None,
    q: Any = None,
    p: Any = None,
    s: Any = None,
    kind: str = "limiting",
    flow: str = "net",
) -> Ints:
    """Classes (m,) or (s, m), 0 the worst, by the flows of each candidate among ``profiles`` (k, n), worst to best.

    Each candidate is put among the profiles alone, and the PROMETHEE flows φ⁺, φ⁻ and φ = φ⁺ − φ⁻ of it and of them are
    compared; ``types``, ``q``, ``p`` and ``s`` are those of ``promethee2``.

    - ``limiting`` profiles bound the classes, the worst and the best bound of all included: k profiles make k − 1
      classes. A candidate is in the class whose lower limit its flow is above and whose upper limit it is not; flows
      that agree in the tenth decimal are equal, so that on a limit it is in the class below. Who is below all limits is
      in class 0, who is above all in the last.
    - ``central`` profiles stand for the classes, k of them: a candidate is in the class whose flow is nearest to its
      own, in the worse one where two are equally near.

    ``flow`` is ``net``, ``positive`` or ``negative``; by the last two the classes of a candidate may differ, which
    shows that it is not easily compared. As candidates meet only profiles, a class never depends on other candidates.
    A candidate that is at least as good everywhere as another is never in a lower class; identical ones are in one
    class. A constant or zero column, zeros, negatives, huge and tiny figures are no special cases; a criterion of
    weight 0 counts for nothing.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, missing profiles or those that are
    not in order, fewer than two, thresholds as in ``promethee2``, and an unknown ``kind`` or ``flow``.
    """
    x, w, sense = checked(x, w, sense)
    found = checked_profiles(profiles, sense, least=2)
    functions = shapes(x.shape[-1], types, q, p, s)
    for name, one, known in (("kind", kind, KINDS), ("flow", flow, FLOWS)):
        if one not in known:
            message = "{name} must be one of {known}, and is {one}"
            raise MethodError(message, name=name, known=", ".join(known), one=one)

    def classes(x: Floats, w: Floats) -> Ints:
        flows = _flows(x, w, sense, found, functions)
        own = {"net": flows.positive - flows.negative, "positive": flows.positive, "negative": -flows.negative}[flow]
        up, down = flows.positive_of_profiles, flows.negative_of_profiles
        theirs = {"net": up - down, "positive": up, "negative": -down}[flow]
        return _between(own, theirs) if kind == "limiting" else _nearest(own, theirs)

    numbers: Ints = in_blocks(classes, x, w, x.shape[-2] * len(found))
    return numbers


def _between(own: Floats, limits: Floats) -> Ints:
    above = np.count_nonzero(own[..., None] > limits + TIE, axis=-1)
    found: Ints = np.clip(above - 1, 0, limits.shape[-1] - 2)
    return found


def _nearest(own: Floats, centres: Floats) -> Ints:
    distance = np.abs(own[..., None] - centres)
    near = distance <= distance.min(axis=-1, keepdims=True) + TIE
    found: Ints = near.argmax(axis=-1)
    return found
