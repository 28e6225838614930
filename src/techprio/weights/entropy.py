"""Weights from how unevenly the figures are spread: Shannon's entropy and Gini's coefficient."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.scaling import scaled
from techprio.weights.figures import NEGATIVE, NOTHING, checked, refuse, rows, shares, varying
from techprio.weights.registry import objective


class Entropy(NamedTuple):
    """What the entropy method weighs."""

    e: Floats
    """(n,) entropies, in 0 … 1."""
    d: Floats
    """(n,) degrees of diversification, 1 − e."""


def entropy_parts(
    x: Any, sense: Any, *, costs: str = "as they are", scaling: str = "none", bounds: Any = None, target: Any = None
) -> Entropy:
    """e and d of the entropy method, as ``entropy`` weighs them.

    d_j = Σ_i p_ij ln(m p_ij) / ln m is computed without taking 1 − e, which would lose all digits in a column that
    hardly varies.
    """
    x, sense = checked(x, sense)
    m = len(x)
    oriented = (
        _oriented(x, sense, costs) if scaling == "none" else scaled(x, sense, scaling, bounds=bounds, target=target)
    )
    v = rows(oriented)
    low, mean = v.min(axis=1), v.mean(axis=1, keepdims=True)
    refuse((low < 0)[None], "entropy", NEGATIVE)
    refuse(mean.T == 0, "entropy", NOTHING)
    if m == 1:
        return Entropy(np.ones(x.shape[1]), np.zeros(x.shape[1]))
    constant = v.max(axis=1) == low
    v -= mean
    v /= mean  # m p − 1
    v[constant] = 0.0
    excess = v.sum(axis=1)
    if v.min() <= -1:
        v[v <= -1] = 0.0  # 0 ln 0 = 0: a zero, or nothing beside the mean
    logs = np.log1p(v)
    gain = logs.sum(axis=1) + np.einsum("nm,nm->n", v, logs)  # Σ (1 + v) ln(1 + v)
    d = np.maximum((gain - excess) / (m * np.log(m)), 0.0)
    return Entropy(1 - d, d)


def _oriented(x: Floats, sense: Floats, costs: str) -> Floats:
    if costs == "as they are":
        return x
    if costs != "inverted":
        raise MethodError("costs are taken as they are or inverted, not {costs}", costs=costs)
    cost = sense < 0
    refuse((x <= 0) & cost, "entropy", "{method} cannot invert a cost of zero or below in column {j}")
    return np.where(cost, x.min(axis=0) / np.where(cost, x, 1.0), x)


@objective(
    "entropy",
    "Shannon entropy",
    "Hwang, C. L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer, pp. 52–57, eq. (2.16)–(2.20).",
    parts=entropy_parts,
)
def entropy(
    x: Any, sense: Any, *, costs: str = "as they are", scaling: str = "none", bounds: Any = None, target: Any = None
) -> Floats:
    """d_j / Σ_k d_k, d_j = 1 − e_j, e_j = −Σ_i p_ij ln p_ij / ln m, p_ij = x_ij / Σ_i x_ij.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). As published, the sense plays no part: spread counts, whichever end is
    better. Variants in use are named: ``costs="inverted"`` takes min/x of costs first, ``scaling="minmax"`` (or another
    scaling, which turns costs) takes the shares of scaled figures. A change of unit changes nothing; a shift of the
    zero does. A constant column has e = 1 and the weight 0. A zero adds nothing (0 ln 0 = 0).

    Raises MethodError for NaN and infinities, negatives and zero columns by their column, and if no column varies (so
    with a single candidate).
    """
    parts = entropy_parts(x, sense, costs=costs, scaling=scaling, bounds=bounds, target=target)
    if not parts.d.any():
        varying(x)
    return shares(parts.d, "entropy gives no criterion any weight: all columns are spread evenly")


class Gini(NamedTuple):
    """What the Gini method weighs."""

    G: Floats
    """(n,) Gini coefficients of the columns, in 0 … 1 − 1/m."""


def gini_parts(x: Any, sense: Any) -> Gini:
    """The Gini coefficients, by sorting: Σ_i (2i − m − 1) x_(i) / (m Σ_i x_i)."""
    x, sense = checked(x, sense)
    v = rows(x)
    v.sort(axis=1)
    refuse((v[:, 0] < 0)[None], "gini", NEGATIVE)
    total = v.sum(axis=1)
    refuse((total == 0)[None], "gini", NOTHING)
    m = len(x)
    place = 2.0 * np.arange(1, m + 1) - m - 1  # adds up to 0, so the least figure may be taken off: nothing cancels
    v -= v[:, :1].copy()
    return Gini(v @ place / (m * total))


@objective(
    "gini",
    "Gini coefficient",
    "Öztaş, T., Aytaç Adalı, E., Tuş, A. & Öztaş, G. Z. (2023). Ranking green universities from MCDM perspective: "
    "MABAC with Gini coefficient-based weighting method. Process Integration and Optimization for Sustainability 7, "
    "163–175.",
    parts=gini_parts,
)
def gini(x: Any, sense: Any) -> Floats:
    """G_j / Σ_k G_k, G_j = Σ_i Σ_l |x_ij − x_lj| / (2 m² x̄_j).

    ``x`` (m, n), ``sense`` (n,) → weights (n,). The sense plays no part: spread counts, whichever end is better. A
    change of unit changes nothing; a shift of the zero does. A constant column has the weight 0; zeros are no special
    case.

    Raises MethodError for NaN and infinities, negatives and zero columns by their column, and if no column varies (so
    with a single candidate).
    """
    G = gini_parts(x, sense).G
    if not G.any():
        varying(x)
    return shares(G, "gini gives no criterion any weight: no column varies")
