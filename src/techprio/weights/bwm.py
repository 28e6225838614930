"""Weights from comparisons with the best and the worst criterion: the best-worst method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import JudgementError, UsageError
from techprio.hall import Floats, frozen
from techprio.solver import lp
from techprio.weights.ratios import closest
from techprio.weights.reading import Path, column, ids_of, keys, mapping, number
from techprio.weights.registry import judgement
from techprio.weights.result import Judged, shared

FORM = "best, worst, best_to_others: {node: number} and others_to_worst: {node: number}"

THRESHOLDS: Mapping[int, tuple[float, ...]] = {
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""a_BW → threshold of the input-based ratio for 3 … 9 criteria: Liang, F., Brunelli, M. & Rezaei, J. (2020).
Consistency issues in the best worst method: measurements and thresholds. Omega 96, 102175, Table 3."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Bwm(Judged):
    """Weights by the best-worst method and how consistent the comparisons are."""

    model: str
    best: str
    worst: str
    xi: float
    """ξ*: the largest deviation, in weights (linear) or in ratios (nonlinear); 0 is full consistency."""
    low: Floats
    """(n,) the least each weight may be at ξ*; for the linear model the weight."""
    high: Floats
    """(n,) the most."""
    cr: float | None
    """Nonlinear: the consistency ratio ξ* / CI(a_BW) of 2015. The linear model has none."""
    input_ratio: float
    """The largest of ``input_ratios``, which needs no model."""
    input_ratios: Floats
    """(n,) |a_Bj a_jW − a_BW| / (a_BW² − a_BW)."""
    threshold: float | None
    """What ``input_ratio`` should not exceed; None where none is published."""
    least_consistent: str | None
    """The node that ``input_ratio`` comes from; None if all are consistent."""

    @property
    def consistent(self) -> bool | None:
        """Whether the input-based ratio keeps to its threshold; None where there is none."""
        return True if self.input_ratio == 0 else None if self.threshold is None else self.input_ratio <= self.threshold

    def rows(self) -> list[dict[str, Any]]:
        more = zip(Judged.rows(self), self.low.tolist(), self.high.tolist(), self.input_ratios.tolist(), strict=True)
        return [{**row, "low": low, "high": high, "input_ratio": ratio} for row, low, high, ratio in more]


@judgement(
    "bwm",
    "Best-worst method",
    "Rezaei, J. (2016). Best-worst multi-criteria decision-making method: some properties and a linear model. Omega "
    "64, 126–130; nonlinear: Rezaei, J. (2015). Best-worst multi-criteria decision-making method. Omega 53, 49–57.",
    says={
        "xi": "the largest deviation ξ*",
        "low": "the least each weight may be at ξ*",
        "high": "the most each weight may be at ξ*",
        "cr": "the consistency ratio of the nonlinear model",
        "input_ratio": "the input-based consistency ratio",
        "threshold": "what the input-based ratio should not exceed",
        "least_consistent": "the node whose comparisons are least consistent",
    },
)
def bwm(judgements: Any, nodes: Sequence[str], *, model: str = "linear") -> Bwm:
    """The weights whose largest deviation from the comparisons is least.

    .. code-block:: yaml

        judgements:
          best: price
          worst: style
          best_to_others: {quality: 2, comfort: 4, safety: 3, style: 8}     # price is twice as important as quality
          others_to_worst: {price: 8, quality: 4, comfort: 2, safety: 3}    # price is 8 times as important as style

    ``model="linear"``: least ξ with |w_B − a_Bj w_j| ≤ ξ and |w_j − a_jW w_W| ≤ ξ (eq. 19 of 2016), one answer.
    ``model="nonlinear"``: least ξ with |w_B/w_j − a_Bj| ≤ ξ and |w_j/w_W − a_jW| ≤ ξ (eq. 2 of 2015), which leaves each
    weight a range: exact ranges are given, and the weights are their centres divided by their sum. Numbers run from 1
    to 9. The comparison of best and worst is given under both; that of a node with itself may be left out.

    Raises JudgementError for an unknown, missing or doubled node, a number outside 1 … 9, and a comparison of best and
    worst that is not the same under both. Comparisons that contradict each other are no error: they show in ξ* and in
    the input-based ratio, which names the node.
    """
    ids = ids_of(nodes)
    if model not in ("linear", "nonlinear"):
        raise UsageError("the model is linear or nonlinear, not {model}", model=model)
    b, w, a_b, a_w = _read(judgements, ids)
    cr = None
    if model == "linear":
        weights, xi = _linear(b, w, a_b, a_w)
        low = high = weights
    else:
        ratios = [(b, j, float(a_b[j])) for j in range(len(ids)) if j != b]
        ratios += [(j, w, float(a_w[j])) for j in range(len(ids)) if j not in (b, w)]
        xi, low, high = closest(len(ids), ratios)
        weights = (low + high) / 2
        index = consistency_index(float(a_b[w]))
        cr = xi / index if index else 0.0
    return Bwm(
        nodes=ids,
        weights=shared(weights),
        model=model,
        best=ids[b],
        worst=ids[w],
        xi=xi,
        low=frozen(low),
        high=frozen(high),
        cr=cr,
        **_input_based(ids, a_b, a_w, float(a_b[w])),
    )


def consistency_index(a: float) -> float:
    """The largest ξ for a_BW = a: the root of ξ² − (1 + 2a) ξ + (a² − a) = 0 (Rezaei 2015, eq. 9 and Table 1)."""
    return (1 + 2 * a - float(np.sqrt(8 * a + 1))) / 2


def _input_based(ids: tuple[str, ...], a_b: Floats, a_w: Floats, a_bw: float) -> dict[str, Any]:
    """The input-based ratios (Liang, Brunelli & Rezaei 2020, eq. 6–7) and their threshold."""
    ratios = np.abs(a_b * a_w - a_bw) / (a_bw**2 - a_bw) if a_bw > 1 else np.zeros(len(ids))
    ratios = np.where(ratios < 1e-12, 0.0, ratios)
    largest = float(ratios.max())
    return {
        "input_ratio": largest,
        "input_ratios": frozen(ratios),
        "threshold": threshold(a_bw, len(ids)),
        "least_consistent": ids[int(ratios.argmax())] if largest else None,
    }


def threshold(a_bw: float, n: int) -> float | None:
    """The published threshold; between two whole a_BW the lower of theirs. None beyond 9 criteria or a_BW = 9.

    For two criteria, and a_BW up to 2, none is published and 0 is taken: nothing but full consistency.
    """
    if a_bw <= 2 or n <= 2:
        return 0.0
    if n > 9 or a_bw > 9:
        return None
    around = {int(np.floor(a_bw)), int(np.ceil(a_bw))}
    return min(THRESHOLDS[a][n - 3] if a > 2 else 0.0 for a in around)


def _linear(b: int, w: int, a_b: Floats, a_w: Floats) -> tuple[Floats, float]:
    """Model (19) of Rezaei 2016 as a linear program in (w, ξ)."""
    n = len(a_b)
    if n == 1:
        return np.ones(1), 0.0
    rows = []
    for j in range(n):
        for i, a, k in ((b, a_b[j], j), (j, a_w[j], w)):
            row = np.zeros(n)
            row[i] += 1
            row[k] -= a
            rows += [np.append(row, -1.0), np.append(-row, -1.0)] if row.any() else []
    found = lp(
        np.append(np.zeros(n), 1.0),
        upper=(np.array(rows), np.zeros(len(rows))),
        equal=(np.append(np.ones(n), 0.0)[None], np.ones(1)),
    )
    assert found is not None  # a large enough ξ is always feasible
    return found[:n], max(float(found[n]), 0.0)


def _read(judgements: Any, ids: tuple[str, ...]) -> tuple[int, int, Floats, Floats]:
    """Best, worst, and both rows of comparisons (n,)."""
    given = mapping(judgements, (), FORM)
    needed = ("best", "worst", "best_to_others", "others_to_worst")
    keys(given, (), needed, needed)
    b, w = column(given["best"], ids, ("best",)), column(given["worst"], ids, ("worst",))
    if b == w and len(ids) > 1:
        raise JudgementError("best and worst are the same node, {id}", ("worst",), id=ids[b])
    a_b = _row(given["best_to_others"], ids, b, ("best_to_others",))
    a_w = _row(given["others_to_worst"], ids, w, ("others_to_worst",))
    if a_b[w] != a_w[b]:
        what = "{best} is compared with {worst} twice: {first} under best_to_others, {second} here"
        facts = {"best": ids[b], "worst": ids[w], "first": float(a_b[w]), "second": float(a_w[b])}
        raise JudgementError(what, ("others_to_worst", ids[b]), **facts)
    return b, w, a_b, a_w


def _row(data: Any, ids: tuple[str, ...], own: int, path: Path) -> Floats:
    row = np.full(len(ids), np.nan)
    row[own] = 1.0
    for id, value in mapping(data, path, "node: number from 1 to 9").items():
        j = column(id, ids, (*path, id))
        times = number(value, (*path, id), 1, 9)
        if j == own and times != 1:
            raise JudgementError("{id} compared with itself is 1", (*path, id), id=id)
        row[j] = times
    if gaps := [ids[j] for j in np.flatnonzero(np.isnan(row))]:
        raise JudgementError("nothing is said of {missing}", path, missing=gaps)
    return row
