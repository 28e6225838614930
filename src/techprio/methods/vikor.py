"""VIKOR: group utility and individual regret, and the compromise between them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import written_over_draws
from techprio.methods.registry import method
from techprio.methods.sums import one_factor_at_a_time, weighted_sum

HAIR = 1e-12
"""Of the largest S or R: what is closer together than that is equal, and differs by rounding."""

TIED = 1e-10
"""Of Q: what ranks cannot tell apart."""


class Measures(NamedTuple):
    """What VIKOR computes, (m,) or (s, m) each; of all three, less is better."""

    S: Floats
    """Group utility: the sum of weighted gaps (step b)."""
    R: Floats
    """Individual regret: the largest weighted gap (step b)."""
    Q: Floats
    """The compromise of both, in 0 … 1 (step c)."""


class Compromise(NamedTuple):
    """Whom VIKOR proposes (step e). Of many draws, every array has s in front."""

    members: Flags
    """(m,) who belongs to the compromise set."""
    advantage: Flags
    """() C1, acceptable advantage: the second is at least 1 / (m − 1) behind the first in Q."""
    stability: Flags
    """() C2, acceptable stability: whoever is first by Q is also first by S or by R."""
    measures: Measures


def measures(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    v: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Measures:
    """S, R and Q; arguments as of ``vikor``."""
    x, w, sense = checked(x, w, sense)
    gaps = _gaps(x, sense, scaling, v, bounds, target)
    S, R = weighted_sum(gaps, w), _largest(gaps, w)
    return Measures(S, R, 0 - _compromise(S.copy(), R.copy(), v))  # no −0


def compromise(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    v: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Compromise:
    """The compromise set and its two conditions (step e); arguments as of ``vikor``.

    C1 and C2 both hold: the first alone. Only C2 fails: the first and the second. C1 fails: all that are less than
    1 / (m − 1) behind the first. Who ties shares the fate; a candidate alone is the set.
    """
    found = measures(x, w, sense, scaling=scaling, v=v, bounds=bounds, target=target)
    m = found.Q.shape[-1]
    behind = found.Q - found.Q.min(axis=-1, keepdims=True)
    close = behind < (1 / (m - 1) if m > 1 else np.inf) - TIED
    advantage = close.sum(axis=-1) == 1
    first = behind <= TIED
    leads = [a <= a.min(axis=-1, keepdims=True) + TIED * a.max(axis=-1, keepdims=True) for a in found[:2]]
    stability = ((leads[0] | leads[1]) | ~first).all(axis=-1)
    second = behind <= np.where(first, np.inf, behind).min(axis=-1, keepdims=True) + TIED
    alone, pair = advantage & stability, advantage & ~stability
    members = np.where(alone[..., None], first, np.where(pair[..., None], second, close))
    return Compromise(members, advantage, stability, found)


def _gaps(x: Floats, sense: Floats, scaling: str, v: float, bounds: Any, target: Any) -> Floats:
    """f*_j − f_ij of scaled figures: under ``minmax``, (f*_j − f_ij) / (f*_j − f⁻_j) (steps a and b)."""
    if not 0 <= v <= 1:
        raise MethodError("v, the weight of group utility, must lie in 0 … 1, and is {v}", v=v)
    f = oriented(x, sense, scaling, bounds=bounds, target=target)
    gaps: Floats = f.max(axis=-2, keepdims=True) - f
    return gaps


def _largest(gaps: Floats, w: Floats) -> Floats:
    """max_j w_j gap_ij."""
    found = np.empty((*(w.shape[:-1] or gaps.shape[:-2]), gaps.shape[-2]))
    _write_largest(gaps, w, found, np.empty_like(found))
    return found


def _write_largest(gaps: Floats, w: Floats, found: Floats, spare: Floats) -> None:
    if gaps.ndim == 2 and w.ndim == 1:
        np.max(gaps * w, axis=-1, out=found)
        return
    weights = np.ascontiguousarray(w.T)
    with one_factor_at_a_time(weights.shape[-1]):
        for j, weight in enumerate(weights):
            gap = np.multiply(weight[..., None], gaps[..., j], out=spare if j else found)
            if j:
                np.maximum(found, gap, out=found)


def _compromise(S: Floats, R: Floats, v: float) -> Floats:
    """−Q (step c), in place of S. Where all have one S, or one R, that part is 0."""
    ends = [(a.min(axis=-1, keepdims=True), a.max(axis=-1, keepdims=True)) for a in (S, R)]
    for a, (least, largest), share in zip((S, R), ends, (v, 1 - v), strict=True):
        spread = largest - least
        np.subtract(least, a, out=a)
        np.multiply(a, share / np.where(spread > HAIR * largest, spread, np.inf), out=a)
    return np.add(S, R, out=S)


@method(
    "vikor",
    "VIKOR",
    "Opricovic, S. & Tzeng, G.-H. (2004). Compromise solution by MCDM methods: A comparative analysis of VIKOR and "
    "TOPSIS. European Journal of Operational Research 156(2), 445–455, section 2, steps (a)–(e).",
    per_criterion=("bounds", "target"),
    score_unit="one",
    parts=measures,
    lacks={"split": "the regret R is the largest single gap, and each half of a criterion has half the gap"},
)
def vikor(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    v: float = 0.5,
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """−Q_i, Q_i = v (S_i − S*) / (S⁻ − S*) + (1 − v) (R_i − R*) / (R⁻ − R*), S_i = Σ_j w_j d_ij, R_i = max_j w_j d_ij.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → −Q (m,) or (s, m), in −1 … 0. The gap d_ij is that
    between the best scaled figure and the candidate's: in the paper (``minmax``) a share of the range. ``v`` weighs
    group utility against individual regret.

    A constant or zero column, and a criterion of weight 0, count for nothing. Negatives and zeros are figures like
    others. Where all candidates have the same S, or the same R up to rounding, that part of Q is 0: one candidate, or
    nothing but identical ones, score 0. Identical candidates tie. No magnitude overflows. When a candidate leaves, the
    ranges of figures, S and R move, and ranks may reverse. The compromise set and its conditions: ``vikor.compromise``.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, and v outside 0 … 1.
    """
    x, w, sense = checked(x, w, sense)
    gaps = _gaps(x, sense, scaling, v, bounds, target)

    def write(w: Floats, S: Floats, R: Floats, gap: Floats) -> None:
        _write_largest(gaps, w, R, gap)
        weighted_sum(gaps, w, S)
        _compromise(S, R, v)

    return written_over_draws(write, x, w, room=3, compared=True)
