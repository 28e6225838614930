"""The 2-additive Choquet integral: criteria that help each other or stand in for each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import sums_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import weighted_sum


class ChoquetParts(NamedTuple):
    """The score in three parts, (m,) or (s, m) each; their sum is the score."""

    conjunction: Floats
    """Σ_{I_ab > 0} I_ab min(v_a, v_b): both are needed."""
    disjunction: Floats
    """Σ_{I_ab < 0} |I_ab| max(v_a, v_b): either will do."""
    linear: Floats
    """Σ_j (w_j − ½ Σ_b |I_jb|) v_j: what each criterion counts for by itself."""


def _pairs(interactions: Any, n: int) -> list[tuple[int, int, float]]:
    """(a, b, I_ab), from {(a, b): I_ab} or from rows of a, b, I_ab; a and b are column numbers."""
    if interactions is None:
        return []
    refusal = MethodError(
        "choquet needs interactions as two column numbers below {n} and a number each, every pair once", n=n
    )
    try:
        rows = [(*pair, i) for pair, i in interactions.items()] if isinstance(interactions, Mapping) else interactions
        found = [(int(a), int(b), float(i)) for a, b, i in rows]
        whole = all(a == float(a_) and b == float(b_) for (a, b, _), (a_, b_, _) in zip(found, rows, strict=True))
    except (TypeError, ValueError, OverflowError) as error:
        raise refusal from error
    within = all(0 <= j < n for a, b, _ in found for j in (a, b))
    once = len({frozenset((a, b)) for a, b, _ in found}) == len(found) and all(a != b for a, b, _ in found)
    if not (whole and within and once and all(np.isfinite(i) for _, _, i in found)):
        raise refusal
    return found


def _half_sums(pairs: list[tuple[int, int, float]], n: int) -> Floats:
    """½ Σ_b |I_jb|, (n,)."""
    found = np.zeros(n)
    for a, b, i in pairs:
        found[[a, b]] += abs(i) / 2
    return found


def _refuse_not_monotone(w: Floats, half: Floats) -> None:
    """A 2-additive capacity rises with every criterion added if and only if w_j ≥ ½ Σ_b |I_jb| for every j."""
    too_strong = w < half - 1e-12
    if too_strong.any():
        *_, j = (int(k) for k in np.argwhere(too_strong)[0])
        least = float(w.reshape(-1, len(half))[:, j].min())
        raise MethodError(
            "the interactions of column {j} are too strong: half their sum is {half}, and its weight only {weight}",
            j=j,
            half=f"{half[j]:.6g}",
            weight=f"{least:.6g}",
        )


def _losses(v: Floats, pairs: list[tuple[int, int, float]]) -> Floats:
    """½ Σ_{a<b} I_ab |v_a − v_b|, (m,) or (s, m)."""
    found = np.zeros(v.shape[:-1])
    for a, b, i in pairs:
        found += i / 2 * np.abs(v[..., a] - v[..., b])
    return found


def choquet_parts(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    interactions: Any = None,
    bounds: Any = None,
    target: Any = None,
) -> ChoquetParts:
    """The conjunctive, disjunctive and linear parts of ``choquet``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    pairs = _pairs(interactions, x.shape[-1])
    half = _half_sums(pairs, x.shape[-1])
    _refuse_not_monotone(w, half)
    conjunction, disjunction = np.zeros(v.shape[:-1]), np.zeros(v.shape[:-1])
    for a, b, i in pairs:
        conjunction += max(i, 0) * np.minimum(v[..., a], v[..., b])
        disjunction += max(-i, 0) * np.maximum(v[..., a], v[..., b])
    linear = weighted_sum(v, w - half)
    return ChoquetParts(*np.broadcast_arrays(conjunction, disjunction, linear))


@method(
    "choquet",
    "Choquet integral (2-additive)",
    "Grabisch, M. (1997). k-order additive discrete fuzzy measures and their representation. Fuzzy Sets and Systems "
    "92(2), 167–189.",
    study_settings={"scaling": "value"},
    per_criterion=("bounds", "target"),
    between=("interactions",),
    score_unit="one",
    parts=choquet_parts,
    reverses_ranks=False,
)
def choquet(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    interactions: Any = None,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """Σ_j w_j v_ij − ½ Σ_{a<b} I_ab |v_ia − v_ib|: the weights are the Shapley shares, I_ab interactions.

    I_ab above 0: the two help each other, and being uneven costs. Below 0: the better stands in for the worse.
    ``interactions`` is {(a, b): I_ab} or rows of a, b, I_ab with column numbers from 0, each pair once; without any
    this is ``additive``. In a study they go by criterion id, ``settings: {interactions: {growth: {funding: 0.02}}}``,
    as shares of the whole weight. The integral must rise with every value: w_j ≥ ½ Σ_b |I_jb| for every criterion, in
    every weight vector, so that drawn weights leave less room than stated ones.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), between the least and the
    largest value of each candidate, more is better. What a constant or zero column, a zero or a negative does is the
    scaling's answer. Identical candidates tie; one candidate or one criterion is no special case; a criterion of
    weight 0 can have no interactions and counts for nothing. With value functions the order of two candidates never
    depends on a third; ``minmax`` and the other scalings that look at all candidates can turn it.

    Raises MethodError for NaN, infinities, interactions that are malformed or too strong for a weight, and weights
    that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    pairs = _pairs(interactions, x.shape[-1])
    _refuse_not_monotone(w, _half_sums(pairs, x.shape[-1]))
    v = oriented(x, sense, scaling, bounds=bounds, target=target)
    terms = v - _losses(v, pairs)[..., None]  # weights add up to 1, so the loss is taken off once
    return sums_over_draws(terms, w)
