"""Weights from pairwise judgements: the analytic hierarchy process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.weights.pairwise import (
    SAATY,
    alonso_lamata,
    eigenvector,
    harker,
    known_share,
    lambda_max,
    least_squares,
    matrix,
    missing,
)
from techprio.weights.reading import ids_of
from techprio.weights.registry import judgement
from techprio.weights.result import Judged


class Triad(NamedTuple):
    """Three judgements that contradict each other."""

    a: str
    b: str
    c: str
    ab: float
    """How many times a is as important as b."""
    bc: float
    ac: float
    """As judged directly; by way of b it would be ab · bc."""
    inconsistency: float
    """1 − min(ac, ab · bc) / max(ac, ab · bc): 0 … 1 (Koczkodaj 1993)."""


class Repair(NamedTuple):
    """The one judgement whose change repairs most."""

    a: str
    b: str
    judged: float
    """How many times a is as important as b, as judged."""
    value: float
    """What it would have to be, within the scale."""
    cr: float
    """Saaty's consistency ratio then."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ahp(Judged):
    """Weights from pairwise judgements and how consistent these are."""

    priorities: str
    """``eigenvector`` or ``least_squares``."""
    comparisons: Floats
    """(n, n) the judgements with their reciprocals; NaN unjudged."""
    lambda_max: float
    """The principal eigenvalue: n if the judgements are consistent, above if not."""
    ci: float
    """The consistency index (λmax − n)/(n − 1)."""
    cr: float | None
    """The consistency ratio by Saaty's random index; below 0.1 is usual. None where the index has no number."""
    cr_alonso_lamata: float
    """The consistency ratio by the random index of Alonso and Lamata, which has a number for every size."""
    missing: int
    """How many pairs were not judged."""
    worst: Triad | None
    """The three judgements that contradict each other most; None if none do, or no three belong together."""
    repair: Repair | None
    """The one judgement whose change repairs most, and how; None if nothing is to be repaired."""

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio is below 0.1."""
        return (self.cr_alonso_lamata if self.cr is None else self.cr) < 0.1


@judgement(
    "ahp",
    "Analytic hierarchy process",
    "Saaty, T. L. (1977). A scaling method for priorities in hierarchical structures. Journal of Mathematical "
    "Psychology 15(3), 234–281.",
    says={
        "lambda_max": "the principal eigenvalue",
        "ci": "the consistency index",
        "cr": "the consistency ratio by Saaty's random index",
        "cr_alonso_lamata": "the consistency ratio by the random index of Alonso and Lamata",
        "worst": "the three judgements that contradict each other most",
        "repair": "the one judgement whose change repairs most, and the value that it should have",
    },
)
def ahp(judgements: Any, nodes: Sequence[str], *, priorities: str = "eigenvector", scale: float = 9) -> Ahp:
    """The principal eigenvector of the judgements (or their logarithmic least squares), divided by its sum.

    .. code-block:: yaml

        judgements:
          price: {quality: 3, delivery: 5}     # price is 3 times as important as quality
          quality: {delivery: "1/2"}           # a fraction is quoted, or written as a number

    A pair is judged once; its reciprocal is filled in. Both ways are accepted if they say the same. Pairs may be
    missing as long as every node is linked to every other by some chain of judgements: then ``"eigenvector"`` is
    Harker's method, and ``"least_squares"`` leaves the missing pairs out (of complete judgements it is the row
    geometric mean). λmax, CI and CR are the eigenvalue's whichever priorities are asked for; for each missing pair the
    random index is lowered, for what was not said cannot contradict. One or two nodes are always consistent.

    Raises JudgementError, naming the judgement, for an unknown node, one compared with itself, a number outside
    1/scale … scale, a pair judged both ways that contradicts itself, and nodes that no judgement links to the rest.
    Judgements in a circle are no error: they show in CR and in ``worst``.
    """
    ids = ids_of(nodes)
    if priorities not in ("eigenvector", "least_squares"):
        raise UsageError("priorities are eigenvector or least_squares, not {given}", given=priorities)
    return from_matrix(matrix(judgements, ids, scale), ids, priorities, scale)


def from_matrix(a: Floats, ids: tuple[str, ...], priorities: str = "eigenvector", scale: float = 9) -> Ahp:
    """``ahp`` of a reciprocal matrix (n, n), NaN where unjudged."""
    n = len(ids)
    largest, w = eigenvector(a)
    if priorities == "least_squares":
        w = least_squares(a)
    ci = max(largest - n, 0.0) / (n - 1) if n > 1 else 0.0
    ci = ci if ci > 1e-12 else 0.0
    absent = missing(a)
    return Ahp(
        nodes=ids,
        weights=frozen(w),
        priorities=priorities,
        comparisons=frozen(a),
        lambda_max=largest,
        ci=ci,
        cr=ratio(ci, SAATY[n] * known_share(n, absent)) if n < len(SAATY) else None,
        cr_alonso_lamata=ratio(ci, alonso_lamata(n) * known_share(n, absent)),
        missing=absent,
        worst=worst_triad(a, ids),
        repair=best_repair(a, ids, scale) if ci else None,
    )


def ratio(ci: float, random_index: float) -> float:
    """CI / RI, and 0 where both are 0: two nodes, or judgements that form a tree, cannot contradict each other."""
    return ci / random_index if random_index > 0 else 0.0


def worst_triad(a: Floats, ids: tuple[str, ...]) -> Triad | None:
    """The triad with the largest inconsistency, or None if all are consistent.

    Koczkodaj, W. W. (1993). A new definition of consistency of pairwise comparisons. Mathematical and Computer
    Modelling 18(7), 79–84.
    """
    found, largest = None, 1e-9
    for i, j, k in combinations(range(len(ids)), 3):
        round_about = a[i, j] * a[j, k]
        if np.isnan(round_about) or np.isnan(a[i, k]):
            continue
        gap = 1 - min(a[i, k], round_about) / max(a[i, k], round_about)
        if gap > largest:
            numbers = (float(a[i, j]), float(a[j, k]), float(a[i, k]), float(gap))
            found, largest = Triad(ids[i], ids[j], ids[k], *numbers), gap
    return found


def best_repair(a: Floats, ids: tuple[str, ...], scale: float) -> Repair | None:
    """The judgement and the value within the scale that bring λmax down most.

    λmax is convex in the logarithm of one judgement, so a search by golden sections finds its least value; all
    judgements are searched at once. A tie goes to the first.
    """
    n = len(ids)
    judged = [(i, j) for i, j in combinations(range(n), 2) if not np.isnan(a[i, j])]
    rows, columns = (np.array(side) for side in zip(*judged, strict=True))
    each = np.arange(len(judged))
    stack = np.repeat(harker(a)[None], len(judged), axis=0)

    def largest(logs: Floats) -> Floats:
        stack[each, rows, columns], stack[each, columns, rows] = np.exp(logs), np.exp(-logs)
        return lambda_max(stack)

    low, high = np.full(len(judged), -np.log(scale)), np.full(len(judged), np.log(scale))
    golden = (np.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = largest(left), largest(right)
    for _ in range(40):
        falls = at_left > at_right
        low, high = np.where(falls, left, low), np.where(falls, high, right)
        new = np.where(falls, low + golden * (high - low), high - golden * (high - low))
        left, right = np.where(falls, right, new), np.where(falls, new, left)
        at_new = largest(new)
        at_left, at_right = np.where(falls, at_right, at_new), np.where(falls, at_new, at_left)
    logs = (low + high) / 2
    reached = largest(logs)
    k = int(np.argmin(np.round(reached, 9)))
    i, j = judged[k]
    value = float(np.exp(logs[k]))
    value = next((end for end in (scale, 1 / scale) if abs(value / end - 1) < 1e-6), value)
    if abs(np.log(value / a[i, j])) < 1e-6:
        return None
    index = SAATY[n] if n < len(SAATY) else alonso_lamata(n)
    ci = max(float(reached[k]) - n, 0.0) / (n - 1)
    return Repair(ids[i], ids[j], float(a[i, j]), value, ratio(ci, index * known_share(n, missing(a))))
