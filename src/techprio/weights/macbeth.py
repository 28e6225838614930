"""Weights from qualitative judgements of difference: MACBETH."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import JudgementError, MethodError
from techprio.hall import Floats, frozen
from techprio.solver import lp
from techprio.weights.reading import Path, column, ids_of, keys, mapping, number, pairs, unlinked
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

CATEGORIES = ("no", "very weak", "weak", "moderate", "strong", "very strong", "extreme")
FORM = "swings: {node: category} and differences: {a: {b: category}}"
CATEGORY = "0 … 6, a word from no to extreme, positive, or [from, to]"


class Difference(NamedTuple):
    """One judgement: node ``a`` is more attractive than ``b`` by a difference of category ``low`` … ``high``."""

    a: int
    b: int
    """The last number stands for no swing at all."""
    low: int
    high: int
    path: Path


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Macbeth(Judged):
    """Weights by MACBETH."""

    scale: Floats
    """(n,) the basic scale: the weights before they are divided by their sum. The least step is 1."""
    judgements: int
    """How many differences were judged; all are met, for otherwise there would be no scale."""


@judgement(
    "macbeth",
    "MACBETH (qualitative differences)",
    "Bana e Costa, C. A., De Corte, J.-M. & Vansnick, J.-C. (2012). MACBETH. International Journal of Information "
    "Technology & Decision Making 11(2), 359–387.",
    says={"scale": "the basic scale", "judgements": "how many differences were judged, and met"},
)
def macbeth(judgements: Any, nodes: Sequence[str]) -> Macbeth:
    """The basic MACBETH scale of the nodes' swings over no swing at all, divided by its sum.

    .. code-block:: yaml

        judgements:
          swings: {price: strong, quality: moderate, delivery: [very weak, weak]}   # over no swing at all
          differences:
            price: {quality: weak, delivery: 3}      # the swing in price over the swing in quality
            quality: {delivery: positive}            # more attractive, nobody says by how much

    Categories are no, very weak, weak, moderate, strong, very strong, extreme, or 0 … 6; ``[from, to]`` hesitates
    between neighbours (not with no), ``positive`` is 1 … 6. Differences may be missing as long as all swings are linked
    to no swing by some chain. The scale is the program LP-MACBETH: least range such that a difference of category k is
    at least k, and exceeds every difference of a lower category h by at least k − h. Where several scales have the
    least range, each value in turn, the most attractive first, is the mean of the least and the largest that it can be,
    as in M-MACBETH, so the answer is one.

    Raises JudgementError for an unknown node, one compared with itself, a pair judged twice, what is no category, and
    nodes not linked to no swing. If no scale meets all judgements, they are inconsistent: the error names a smallest
    set of them that conflict (``facts["conflict"]``, the paths), any one of which would have to change.
    """
    ids = ids_of(nodes)
    said = _read(judgements, ids)
    n = len(ids)
    if apart := [ids[k - 1] for k in unlinked(n + 1, [((d.a + 1) % (n + 1), (d.b + 1) % (n + 1)) for d in said])]:
        raise JudgementError("no chain of judgements links {nodes} to no swing", (), nodes=apart)
    scale = basic_scale(n, said)
    if scale is None:
        conflict = smallest_conflict(n, said)
        what = "no scale meets these judgements together: {judgements}; one of them has to change"
        named = [_sentence(d, ids) for d in conflict]
        raise JudgementError(what, conflict[0].path, judgements="; ".join(named), conflict=[d.path for d in conflict])
    if not scale.max() > 0:
        raise JudgementError("no swing is more attractive than no swing at all")
    return Macbeth(nodes=ids, weights=shared(scale), scale=frozen(scale), judgements=len(said))


def _sentence(d: Difference, ids: tuple[str, ...]) -> str:
    b = ids[d.b] if d.b < len(ids) else "no swing"
    category = CATEGORIES[d.low] if d.low == d.high else f"{CATEGORIES[d.low]} to {CATEGORIES[d.high]}"
    return f"{ids[d.a]} over {b} {category}"


# -- the linear program ---------------------------------------------------------------------------------------------


class _Program(NamedTuple):
    """The judgements as bounds on (v_0 … v_(n−1), m_0 … m_5, top): A x ≤ b, and the differences that are 0."""

    upper: tuple[Floats, Floats]
    equal: tuple[Floats, Floats] | None


def _program(n: int, said: Sequence[Difference]) -> _Program:
    """m_k is the largest difference of a category up to k: so rows grow with the judgements, not with their square."""
    width = n + 7
    rows: list[Floats] = []
    bounds: list[float] = []
    zero: list[Floats] = []

    def row(d: Difference | None, sign: float, more: Mapping[int, float]) -> Floats:
        r = np.zeros(width)
        if d is not None:
            r[d.a] += sign
            if d.b < n:
                r[d.b] -= sign
        for k, coefficient in more.items():
            r[k] += coefficient
        return r

    for d in said:
        if d.high == 0:
            zero.append(row(d, 1, {}))
        else:
            rows += [row(d, -1, {}), row(d, -1, {n + d.low - 1: 1})]  # difference ≥ low, ≥ m_(low − 1) + 1
            bounds += [-d.low, -1.0]
        for k in range(d.high, 6):  # m_k ≥ difference + (k − high)
            rows.append(row(d, 1, {n + k: -1}))
            bounds.append(d.high - k)
    for j in range(n):
        rows.append(row(None, 0, {j: 1, width - 1: -1}))
        bounds.append(0.0)
    upper = (np.array(rows), np.array(bounds, float))
    return _Program(upper, (np.array(zero), np.zeros(len(zero))) if zero else None)


def basic_scale(n: int, said: Sequence[Difference]) -> Floats | None:
    """(n,) the basic scale over no swing, which is 0; None if no scale meets all judgements."""
    program = _program(n, said)
    cost = np.zeros(n + 7)
    cost[-1] = 1.0
    found = lp(cost, upper=program.upper, equal=program.equal)
    if found is None:
        return None
    bounds: list[tuple[float, float | None]] = [(0.0, None)] * (n + 6) + [(0.0, float(found[-1]))]
    reach = [_range(program, bounds, j) for j in range(n)]
    values = np.zeros(n)
    for j in sorted(range(n), key=lambda j: (-reach[j][0], -reach[j][1], j)):
        low, high = _range(program, bounds, j)
        values[j] = (low + high) / 2
        bounds[j] = (values[j], values[j])
    return values


def _range(program: _Program, bounds: Sequence[Any], j: int) -> tuple[float, float]:
    """The least and the largest value of node j among the scales within ``bounds``."""
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(bounds))
        cost[j] = sign
        found = lp(cost, upper=program.upper, equal=program.equal, bounds=bounds)
        if found is None:
            raise MethodError("the linear program of macbeth lost its own solution to rounding")
        ends.append(float(found[j]))
    return ends[0], ends[1]


def smallest_conflict(n: int, said: Sequence[Difference]) -> list[Difference]:
    """Judgements that no scale meets together, though it would if any one of them were left out.

    One after the other is left out, and stays out if those left still conflict.
    """
    kept = list(said)
    for d in said:
        fewer = [other for other in kept if other is not d]
        program = _program(n, fewer)
        if fewer and lp(np.zeros(n + 7), upper=program.upper, equal=program.equal) is None:
            kept = fewer
    return kept


# -- reading --------------------------------------------------------------------------------------------------------


def _read(judgements: Any, ids: tuple[str, ...]) -> list[Difference]:
    given = mapping(judgements, (), FORM)
    keys(given, (), ("swings", "differences"))
    said = []
    for id, value in mapping(given.get("swings") or {}, ("swings",), "node: category").items():
        path: Path = ("swings", id)
        said.append(Difference(column(id, ids, path), len(ids), *_category(value, path), path))
    twice: set[frozenset[int]] = set()
    for i, j, value, path in pairs(given.get("differences") or {}, ids, "a: {b: category}", ("differences",)):
        if frozenset((i, j)) in twice:
            raise JudgementError("the difference of {a} and {b} is judged twice", path, a=ids[i], b=ids[j])
        twice.add(frozenset((i, j)))
        said.append(Difference(i, j, *_category(value, path), path))
    return said


def _category(value: Any, path: Path) -> tuple[int, int]:
    if value == "positive":
        return 1, 6
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) != 2:
            raise JudgementError("a hesitation has two ends: [from, to]", path)
        low, high = (_one(end, (*path, k)) for k, end in enumerate(value))
        if low == 0 or low > high:
            raise JudgementError("a hesitation rises, and not from no difference: [weak, moderate]", path)
        return low, high
    low = _one(value, path)
    return low, low


def _one(value: Any, path: Path) -> int:
    if isinstance(value, str):
        if value in CATEGORIES:
            return CATEGORIES.index(value)
        raise JudgementError("{value} is no category: {form}", path, value=value, form=CATEGORY)
    category = number(value, path, 0, 6)
    if category != int(category):
        raise JudgementError("{value} is no category: {form}", path, value=value, form=CATEGORY)
    return int(category)
