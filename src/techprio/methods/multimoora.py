"""MULTIMOORA: three orders of the candidates, added up."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import refuse_columns
from techprio.methods.moora import ratios
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum
from techprio.methods.waspas import weighted_logs
from techprio.ranking import Ints, ranks


class MultimooraParts(NamedTuple):
    """The three subordinate methods, (m,) or (s, m) each."""

    y: Floats
    """The ratio system: more is better."""
    z: Floats
    """The largest weighted distance from the reference point: less is better."""
    u: Floats
    """The full multiplicative form: more is better."""
    y_ranks: Ints
    z_ranks: Ints
    u_ranks: Ints


class _Subordinates:
    """What the three methods need of the figures, whatever the weights."""

    def __init__(self, x: Floats, w: Floats, sense: Floats) -> None:
        share = ratios(x)
        best = np.where(sense > 0, share.max(axis=-2), share.min(axis=-2))  # r_j
        self.sense = sense
        self.signed = share * sense
        self.distances = np.abs(best[..., None, :] - share)
        refuse_columns(x < 0, "multimoora has no product of negatives in column {j}")
        infinite = (x == 0) & (sense < 0) & (w.reshape(-1, len(sense)).max(axis=0) > 0)
        refuse_columns(infinite, "multimoora cannot divide by a cost of zero in column {j}")
        self.logs = weighted_logs(x)

    def largest_distance(self, w: Floats) -> Floats:
        """z_i = max_j w_j |r_j − x*_ij|."""
        found: Floats = w[..., 0, None] * self.distances[..., 0]
        for j in range(1, w.shape[-1]):
            np.maximum(found, w[..., j, None] * self.distances[..., j], out=found)
        return found

    def parts(self, w: Floats) -> tuple[Floats, Floats, Floats]:
        """The ratio system, the distances, and the logarithms of the products."""
        return weighted_sum(self.signed, w), self.largest_distance(w), self.logs(w * self.sense)

    def ranks(self, w: Floats) -> tuple[Ints, Ints, Ints]:
        """The three orders under the tie rule; products tie if their logarithms do."""
        y, z, logs = self.parts(w)
        zero = np.isneginf(logs)
        if zero.any():  # below all others, and finite
            logs = np.where(zero, np.where(zero, np.inf, logs).min(axis=-1, keepdims=True) - 1, logs)
            logs = np.where(np.isinf(logs), 0.0, logs)  # where every product is 0
        return ranks(y), ranks(-z), ranks(logs)


def multimoora_parts(x: Any, w: Any, sense: Any) -> MultimooraParts:
    """The scores and ranks of the three subordinate methods of ``multimoora``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    three = _Subordinates(x, w, sense)
    y, z, logs = three.parts(w)
    return MultimooraParts(y, z, np.exp(logs), *three.ranks(w))


@method(
    "multimoora",
    "MULTIMOORA (ratio system, reference point, product)",
    "Brauers, W. K. M. & Zavadskas, E. K. (2010). Project management by MULTIMOORA as an instrument for transition "
    "economies. Technological and Economic Development of Economy 16(1), 5–24.",
    parts=multimoora_parts,
    lacks={
        "split": "the largest weighted distance counts each half for itself",
    },
)
def multimoora(x: Any, w: Any, sense: Any) -> Floats:
    """−(the sum of three ranks): by y_i = Σ ±w_j x*_ij, by z_i = max_j w_j |r_j − x*_ij|, by u_i = Π_j x_ij^(±w_j).

    x*_ij = x_ij / √Σ_i x_ij², + for benefits and − for costs; r_j is the best x*_ij. The weights are exponents in the
    product (a factor w_j would change no rank). The first authors left the joining of the three orders to dominance,
    case by case; here their ranks are added, each under the tie rule.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), whole numbers in −3m …
    −3, more is better. A constant column, a change of unit, one candidate and one criterion are no special cases; a
    zero benefit makes the product 0 and a zero column does so for all; zeros of weight 0 count for nothing.
    Negatives, and costs of zero with a weight, are refused. Huge and tiny figures are fine. Identical candidates tie.
    Ranks can be reversed when a candidate leaves: the sum of ranks depends on all.

    Raises MethodError for NaN, infinities, negatives, costs of zero, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    three = _Subordinates(x, w, sense)

    def score(w: Floats) -> Floats:
        first, second, third = three.ranks(w)
        return -(first + second + third).astype(float)

    return over_draws(score, x, w, 3)
