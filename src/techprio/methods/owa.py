"""OWA: the ordered weighted average, with criteria that differ in importance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import over_draws
from techprio.methods.given import numbers
from techprio.methods.registry import method

Quantifier = Callable[[Floats], Floats]


class OwaParts(NamedTuple):
    """What is averaged, from best to worst, and the weights it gets: (m, n) or (s, m, n) each."""

    b: Floats
    """b_ik, the k-th best value of candidate i."""
    omega: Floats
    """ω_ik = Q(S_k) − Q(S_(k−1)), where S_k adds up the importances of its k best criteria."""


def _quantifier(orness: float, order_weights: Any, n: int) -> Quantifier:
    """Q, rising from Q(0) = 0 to Q(1) = 1."""
    if order_weights is not None:
        given = numbers(order_weights, (n,), "owa", "order_weights")
        if (given < 0).any() or not given.any():
            raise MethodError("order_weights must not be negative nor all zero")
        reached = np.concatenate([[0.0], np.cumsum(given / given.sum())])
        places = np.arange(n + 1) / n
        return lambda share: np.interp(share, places, reached)
    if not 0 < orness < 1:
        raise MethodError("orness must lie between 0 and 1, and is {orness}", orness=orness)
    power = (1 - orness) / orness
    return lambda share: share**power


def _in_order(v: Floats) -> tuple[Floats, Any]:
    """The values of each candidate from best to worst, and their columns; equal ones keep the order of the columns."""
    columns = np.argsort(-v, axis=-1, kind="stable")
    return np.take_along_axis(v, columns, axis=-1), columns


def owa_parts(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    orness: float = 0.5,
    order_weights: Any = None,
    bounds: Any = None,
    target: Any = None,
) -> OwaParts:
    """The ordered values and their weights of ``owa``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    b, columns = _in_order(oriented(x, sense, scaling, bounds=bounds, target=target))
    if w.ndim == 2:
        w = w[:, None, :]
        b, columns, _ = np.broadcast_arrays(b, columns, w)
    importance = np.take_along_axis(np.broadcast_to(w, columns.shape), columns, axis=-1)
    reached = _quantifier(orness, order_weights, x.shape[-1])(np.minimum(np.cumsum(importance, axis=-1), 1.0))
    return OwaParts(b, np.diff(reached, axis=-1, prepend=0.0))


@method(
    "owa",
    "OWA (ordered weighted average with importances)",
    "Yager, R. R. (1988). On ordered weighted averaging aggregation operators in multicriteria decisionmaking. IEEE "
    "Transactions on Systems, Man, and Cybernetics 18(1), 183–190; importances as in Yager, R. R. (1996). Quantifier "
    "guided aggregation using OWA operators. International Journal of Intelligent Systems 11(1), 49–73.",
    study_settings={"scaling": "value"},
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=owa_parts,
    reverses_ranks=False,
)
def owa(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    orness: float = 0.5,
    order_weights: Any = None,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """Σ_k (Q(S_k) − Q(S_(k−1))) b_k: b_1 ≥ … ≥ b_n its values, S_k the sum of the weights of its k best criteria.

    Q(r) = r^((1 − orness) / orness): ``orness`` ½ is ``additive``, below it what a candidate is worst at counts for
    more, above it what it is best at. Or Q runs in straight lines through the sums of ``order_weights`` (n,), which
    say how much the best, the second best, … value counts; with equal criterion weights that is Yager's plain OWA.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), between the least and the
    largest value of each candidate, more is better. What a constant or zero column, a zero or a negative does is the
    scaling's answer. Identical candidates tie; one candidate or one criterion is no special case; a criterion of
    weight 0 counts for nothing. With value functions the order of two candidates never depends on a third; ``minmax``
    and the other scalings that look at all candidates can turn it.

    Raises MethodError for NaN, infinities, an orness of 0, 1 or beyond, order weights that are not n or are negative
    or all zero, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    n = x.shape[-1]
    quantifier = _quantifier(orness, order_weights, n)
    b, columns = _in_order(oriented(x, sense, scaling, bounds=bounds, target=target))

    def score(w: Floats) -> Floats:
        """Σ_k Q(S_k) (b_k − b_(k+1)), added up by parts, with weights and candidates in front, draws behind."""
        if b.ndim == 3:
            return _paired(b, columns, w, quantifier)
        draws = np.ascontiguousarray(w.T)  # (n,) or (n, s)
        rest = (slice(None), *(None,) * (w.ndim - 1))
        shape = (len(b), *draws.shape[1:])
        found, share = np.zeros(shape), np.zeros(shape)
        for k in range(n - 1):
            share += draws[columns[:, k]]
            found += quantifier(np.minimum(share, 1.0)) * (b[:, k] - b[:, k + 1])[rest]
        return (found + b[:, n - 1][rest]).T

    return over_draws(score, x, w)


def _paired(b: Floats, columns: Any, w: Floats, quantifier: Quantifier) -> Floats:
    """The same where figures vary: b (s, m, n), weights (n,) or (s, n) → (s, m)."""
    w = np.broadcast_to(w, (len(b), b.shape[-1]))
    found, share = b[..., -1].copy(), np.zeros(b.shape[:-1])
    for k in range(b.shape[-1] - 1):
        share += np.take_along_axis(w, columns[..., k], axis=1)
        found += quantifier(np.minimum(share, 1.0)) * (b[..., k] - b[..., k + 1])
    return found
