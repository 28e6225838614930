"""Weights from the losses that the best choice on one criterion brings on the others: CILOS, and IDOCRIW."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.weights.entropy import entropy_parts
from techprio.weights.figures import NEGATIVE, NOTHING, checked, refuse, rows, varying
from techprio.weights.registry import objective

_PAPER = (
    "Zavadskas, E. K. & Podvezko, V. (2016). Integrated determination of objective criteria weights in MCDM. "
    "International Journal of Information Technology & Decision Making 15(2), 267–283."
)


class Cilos(NamedTuple):
    """What CILOS weighs."""

    A: Floats
    """(n, n) row i: the shares of the candidate that is best on criterion i."""
    P: Floats
    """(n, n) the relative loss on criterion j when criterion i is made best."""
    F: Floats
    """(n, n) P with minus the sum of its column on the diagonal."""


def _check(x: Floats, cost: Flags) -> None:
    low = x.min(axis=0)
    refuse((low < 0)[None], "cilos", NEGATIVE)
    refuse(((low == 0) & cost)[None], "cilos", "{method} cannot take a cost of zero in column {j}")


def cilos_parts(x: Any, sense: Any) -> Cilos:
    """A, P and F of CILOS, all columns in the order given.

    Costs become min/x, then every column is divided by its sum. If several candidates are best on a criterion, their
    mean stands in A: so the order of candidates plays no part, which it does if the first of them is taken.
    """
    x, sense = checked(x, sense)
    cost = sense < 0
    _check(x, cost)
    share = rows(np.where(cost, x.min(axis=0) / np.where(cost, x, 1.0), x))
    total = share.sum(axis=1, keepdims=True)
    refuse(total.T == 0, "cilos", NOTHING)
    share /= total
    top = share.max(axis=1)
    best = (share == top[:, None]).astype(float)
    A = best @ share.T / best.sum(axis=1, keepdims=True)
    P = np.maximum((top - A) / top, 0.0)
    np.fill_diagonal(P, 0.0)
    return Cilos(A, P, P - np.diag(P.sum(axis=0)))


@objective("cilos", "CILOS (criterion impact loss)", _PAPER, parts=cilos_parts)
def cilos(x: Any, sense: Any) -> Floats:
    """The q ≥ 0 with F q = 0 and Σ q = 1: little weight for criteria whose best choice costs much elsewhere.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). Costs are turned to min/x. A change of unit changes nothing; a shift of
    the zero does. A constant column makes the paper's system singular and would take all weight; it has the weight 0
    and changes no other weight, a column of zeros too. Candidates that tie for the best of a criterion count in equal
    parts.

    Raises MethodError for NaN and infinities, negatives and costs of zero by their column, if no column varies (so with
    a single candidate), and where the system has no one solution: if the best choice on every other criterion loses
    nothing on some column (so if one candidate is best on all), or the criteria fall into groups that lose nothing to
    each other.
    """
    _check(x, sense < 0)
    kept = np.flatnonzero(varying(x))
    weights = np.zeros(x.shape[1])
    if len(kept) == 1:
        weights[kept] = 1.0
        return weights
    parts = cilos_parts(x[:, kept], sense[kept]) if len(kept) < len(weights) else cilos_parts(x, sense)
    free = np.flatnonzero(parts.P.sum(axis=0) == 0)
    if len(free):
        what = "cilos cannot weigh column {j}: no other criterion's best choice loses anything on it"
        raise MethodError(what, j=int(kept[free[0]]))
    _, size, rows = np.linalg.svd(parts.F)
    if size[-2] <= 1e-12 * size[0]:
        raise MethodError("cilos has no one answer: its columns fall into groups that lose nothing to each other")
    q = np.maximum(rows[-1] * np.sign(rows[-1].sum()), 0.0)
    weights[kept] = q / q.sum()
    return weights


class Idocriw(NamedTuple):
    """What IDOCRIW multiplies."""

    W: Floats
    """(n,) entropy weights."""
    q: Floats
    """(n,) CILOS weights."""


def idocriw_parts(x: Any, sense: Any) -> Idocriw:
    """The entropy weights W and the CILOS weights q."""
    x, sense = checked(x, sense)
    varying(x)
    d = entropy_parts(x, sense).d
    return Idocriw(d / d.sum(), cilos(x, sense))


@objective("idocriw", "IDOCRIW (entropy and impact loss)", _PAPER, parts=idocriw_parts)
def idocriw(x: Any, sense: Any) -> Floats:
    """W_j q_j / Σ_k W_k q_k: entropy weights W (of the figures as they are) times CILOS weights q.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). A constant column has the weight 0 and changes no other weight. A
    change of unit changes nothing; a shift of the zero does.

    Raises MethodError where ``cilos`` does, and for a column of zeros, of which there is no entropy.
    """
    parts = idocriw_parts(x, sense)
    product = parts.W * parts.q
    weights: Floats = product / product.sum()
    return weights
