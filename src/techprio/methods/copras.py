"""COPRAS: benefits added up, costs in inverse proportion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, refuse_negative
from techprio.methods.draws import SHORT, written_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.scaling import scaled, tamed


class Significance(NamedTuple):
    """What COPRAS computes, (m,) or (s, m) each."""

    S_plus: Floats
    """The sum of weighted benefits (stage 2)."""
    S_minus: Floats
    """The sum of weighted costs (stage 2)."""
    Q: Floats
    """The relative significance (stage 3)."""
    N: Floats
    """The degree of utility, Q as a share of the largest, which is the score (stage 5)."""


def significance(
    x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None
) -> Significance:
    """The sums, the significance and the degree of utility; arguments as of ``copras``."""
    x, w, sense = checked(x, w, sense)
    v, whole = _parts(x, scaling, bounds, target)
    w = w / whole
    S_plus, S_minus = (weighted_sum(v[..., some], w[..., some]) for some in (sense > 0, sense < 0))
    Q, N = np.copy(S_minus), np.copy(S_minus)
    _share_out(Q, S_minus.sum(axis=-1))
    Q += S_plus
    _share_out(N, S_minus.sum(axis=-1))
    _write_utility(N, S_plus)
    return Significance(S_plus, S_minus, Q, N)


def _parts(x: Floats, scaling: str, bounds: Any, target: Any) -> tuple[Floats, Floats]:
    """Scaled figures v (…, m, n), and whole (…, n) that they are to be divided by (stage 1, but for the weights).

    Costs are scaled like benefits, and stay costs. Figures are not divided by their sum here, but weights are: it is
    the same, and there are fewer of them.
    """
    v = tamed(x) if scaling == "sum" else scaled(x, np.ones(x.shape[-1]), scaling, bounds=bounds, target=target)
    refuse_negative(v, "copras")
    if scaling != "sum":
        return v, np.ones(x.shape[-1])
    whole = np.ones(x.shape[-2]) @ v
    return v, np.where(whole > 0, whole, 1.0)


def _write(v: Floats, sense: Floats, w: Floats) -> Callable[..., object]:
    """Stages 2 to 5, for blocks of ``w``. Of many draws half the columns are half the work; of one they cost a copy."""
    up, down = sense > 0, sense < 0
    columns = np.ones(v.shape[-2]) @ v
    halves = [np.ascontiguousarray(v[:, some]) for some in (up, down)] if v.ndim == w.ndim == 2 else None

    def write(w: Floats, found: Floats, S_plus: Floats) -> None:
        for some, out, k in ((up, S_plus, 0), (down, found, 1)):
            if halves is None:
                weighted_sum(v, np.where(some, w, 0.0), out)
            else:
                weighted_sum(halves[k], w[:, some], out)
        _share_out(found, (columns * np.where(down, w, 0.0)).sum(axis=-1))
        _write_utility(found, S_plus)

    return write


def _share_out(S_minus: Floats, total: Floats) -> None:
    """In its place, ``total``, ΣS⁻, shared out in proportion to 1 / S⁻: S⁻_min ΣS⁻ / (S⁻ Σ(S⁻_min / S⁻)) (stage 3).

    As an S⁻ goes to 0 its share goes to 1: whoever has no costs at all shares ΣS⁻ with the others that have none.
    """
    if S_minus.min() > 1e-290:
        np.divide(1, S_minus, out=S_minus)
    else:
        least, some = S_minus.min(axis=-1, keepdims=True), S_minus > 0
        S_minus[...] = np.where(some, least / np.where(some, S_minus, 1.0), 1.0)
    S_minus *= (total / S_minus.sum(axis=-1))[..., None]


def _write_utility(found: Floats, S_plus: Floats) -> None:
    """Q (stage 3) as a share of the largest (stages 4–5), in place of what costs add; where all are 0 it is 1."""
    found += S_plus
    largest = found.max(axis=-1, keepdims=True)
    if largest.min() > 0:
        found /= largest
    else:
        found[...] = np.where(largest > 0, found / np.where(largest > 0, largest, 1.0), 1.0)


@method(
    "copras",
    "COPRAS (complex proportional assessment)",
    "Zavadskas, E. K., Kaklauskas, A. & Šarka, V. (1994). The new method of multicriteria complex proportional "
    "assessment of projects. Technological and Economic Development of Economy 1(3), 131–139, stages 1–5.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=significance,
)
def copras(x: Any, w: Any, sense: Any, *, scaling: str = "sum", bounds: Any = None, target: Any = None) -> Floats:
    """Q_i / max Q, Q_i = S⁺_i + ΣS⁻ · (1/S⁻_i) / Σ(1/S⁻), S^± the weighted sums of scaled benefits and of scaled costs.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → degrees of utility (m,) or (s, m), in 0 … 1 (the
    paper prints percentages), 1 for the best. In the paper (``sum``) figures become shares of their column's sum, costs
    too; a scaling here is always that of benefits, and costs stay costs.

    A constant column counts for all alike; a zero one and a criterion of weight 0 count for nothing. Negatives are
    refused. Zeros are taken: where some have no costs at all, they share ΣS⁻ and the others get nothing of it, the
    limit of the formula; without costs Q is S⁺. One candidate, or nothing but identical ones, score 1. Identical
    candidates tie. No magnitude overflows, and a change of unit changes nothing. When a candidate leaves, all sums
    change and ranks may reverse.

    Raises MethodError for NaN, infinities, negatives, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    v, whole = _parts(x, scaling, bounds, target)
    w = w / whole
    return written_over_draws(_write(v, sense, w), x, w, room=2, compared=x.shape[-2] < SHORT)
