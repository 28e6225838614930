"""CoCoSo: weighted sum and weighted product, appraised in three ways."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented, refuse_negative
from techprio.methods.draws import written_over_draws
from techprio.methods.powers import cube_root, sum_of_powers
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class Strategies(NamedTuple):
    """What CoCoSo computes, (m,) or (s, m) each."""

    S: Floats
    """The weighted sum (eq. 4)."""
    P: Floats
    """The sum of powers (eq. 5)."""
    k_a: Floats
    """The share of all S + P (eq. 6)."""
    k_b: Floats
    """S and P relative to the least (eq. 7)."""
    k_c: Floats
    """The balanced compromise, relative to the largest (eq. 8)."""
    k: Floats
    """The score (eq. 9)."""


def strategies(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    lambda_: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Strategies:
    """The sums, the three strategies and the score; arguments as of ``cocoso``."""
    x, w, sense = checked(x, w, sense)
    r = _scaled(x, sense, scaling, lambda_, bounds, target)
    return _strategies(weighted_sum(r, w), sum_of_powers(r, w)(w), lambda_)


def _scaled(x: Floats, sense: Floats, scaling: str, lambda_: float, bounds: Any, target: Any) -> Floats:
    """Scaled figures r (eqs. 2–3)."""
    if not 0 <= lambda_ <= 1:
        raise MethodError("lambda_, the weight of the sum, must lie in 0 … 1, and is {lambda_}", lambda_=lambda_)
    r = oriented(x, sense, scaling, bounds=bounds, target=target)
    refuse_negative(r, "cocoso")
    return r


def _strategies(S: Floats, P: Floats, lambda_: float) -> Strategies:
    both, mixed = S + P, lambda_ * S + (1 - lambda_) * P
    k_a = _relative(both, both.sum(axis=-1, keepdims=True))
    k_b = _relative(S, _least(S)) + _relative(P, _least(P))
    k_c = _relative(mixed, lambda_ * S.max(axis=-1, keepdims=True) + (1 - lambda_) * P.max(axis=-1, keepdims=True))
    k = S.copy()
    _write_score(lambda_, k, P.copy(), *(np.empty_like(S) for _ in range(4)))
    return Strategies(S, P, k_a, k_b, k_c, k)


def _write_score(lambda_: float, S: Floats, P: Floats, y: Floats, a: Floats, b: Floats, c: Floats) -> None:
    """The score (eq. 9), in place of S; P and the others are used up.

    (k_a + k_b + k_c) / 3 is put together as so much of S and so much of P, and the cube root is of three such sums.
    """
    of_all = _inverse((np.einsum("...j->...", S) + np.einsum("...j->...", P))[..., None])
    of_largest = _inverse(lambda_ * S.max(axis=-1, keepdims=True) + (1 - lambda_) * P.max(axis=-1, keepdims=True))
    of_S, of_P = _inverse(_least(S)), _inverse(_least(P))
    np.multiply(S, (of_all + of_S + lambda_ * of_largest) / 3, out=a)
    np.multiply(P, (of_all + of_P + (1 - lambda_) * of_largest) / 3, out=c)
    np.add(a, c, out=c)  # (k_a + k_b + k_c) / 3
    np.multiply(S, of_S * of_all * of_largest, out=a)
    np.multiply(P, of_P * of_all * of_largest, out=b)
    np.add(a, b, out=b)  # k_b, and what k_a and k_c are divided by
    np.add(S, P, out=a)
    if lambda_ == 0.5:
        np.multiply(a, 0.5, out=S)
    else:
        np.multiply(S, lambda_, out=S)
        np.multiply(P, 1 - lambda_, out=P)
        np.add(S, P, out=S)
    np.multiply(a, b, out=a)
    np.multiply(a, S, out=P)
    cube_root(P, y, a, b)
    np.add(y, c, out=S)


def _least(sums: Floats) -> Floats:
    """The least, or if that is 0, the least above it."""
    least: Floats = sums.min(axis=-1, keepdims=True)
    return least if (least > 0).all() else np.where(sums > 0, sums, np.inf).min(axis=-1, keepdims=True)


def _inverse(whole: Floats) -> Floats:
    """1 / whole, 0 of nothing."""
    found: Floats = 1 / np.where(whole > 0, whole, np.inf)
    return found


def _relative(part: Floats, whole: Floats) -> Floats:
    return part * _inverse(whole)


@method(
    "cocoso",
    "CoCoSo (combined compromise solution)",
    "Yazdani, M., Zaraté, P., Zavadskas, E. K. & Turskis, Z. (2019). A combined compromise solution (CoCoSo) method "
    "for multi-criteria decision-making problems. Management Decision 57(9), 2501–2519, eqs. (2)–(9).",
    per_criterion=("bounds", "target"),
    parts=strategies,
    lacks={
        "split": "r^w adds up differently from r^(w/2) twice",
        "zero_weight": "a criterion of weight 0 still adds r⁰ = 1 to every sum of powers, which evens them out",
    },
)
def cocoso(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    lambda_: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """(k_a k_b k_c)^⅓ + (k_a + k_b + k_c) / 3 of S_i = Σ_j w_j r_ij and P_i = Σ_j r_ij^(w_j), r the scaled figures.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), above 0 and without an
    upper limit. k_a = (S_i + P_i) / Σ(S + P), k_b = S_i / min S + P_i / min P, k_c = (λ S_i + (1 − λ) P_i) / (λ max S +
    (1 − λ) max P).

    The paper divides by min S, which is 0 where a candidate is the worst in everything. Here k_b then compares with the
    least sum above 0, and that candidate has k_b = 0 and the score 0. A constant column is 1 under ``minmax`` and
    counts for all alike. Negatives and zeros are figures like others under ``minmax``; under a scaling that leaves
    negatives they are refused. One candidate, or nothing but identical ones, are compared with themselves and tie.
    Identical candidates tie. No magnitude overflows, and a change of unit changes nothing. When a candidate leaves,
    ranges, sums and extremes change, and ranks may reverse.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, λ outside 0 … 1, and figures below 0
    once scaled.
    """
    x, w, sense = checked(x, w, sense)
    r = _scaled(x, sense, scaling, lambda_, bounds, target)
    powers = sum_of_powers(r, w)

    def write(w: Floats, S: Floats, P: Floats, *spare: Floats) -> None:
        weighted_sum(r, w, S)
        powers(w, P)
        _write_score(lambda_, S, P, *spare)

    return written_over_draws(write, x, w, room=6, compared=True)
