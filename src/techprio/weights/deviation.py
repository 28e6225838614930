"""Weights from how much the figures vary: standard deviation, and CRITIC."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.scaling import scaled
from techprio.weights.figures import checked, shares, turned, varying
from techprio.weights.registry import objective

_ROUNDING = 1e-12
"""A correlation this close to 1 is 1: the rest is rounding, and must not become a weight."""


@objective(
    "std",
    "Standard deviation",
    "Diakoulaki, D., Mavrotas, G. & Papayannakis, L. (1995). Determining objective weights in multiple criteria "
    "problems: the CRITIC method. Computers & Operations Research 22(7), 763–770.",
)
def std(x: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    """σ_j / Σ_k σ_k, where σ_j is the standard deviation of the scaled column j.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). Population and sample deviations give the same weights. The sense and
    the unit change nothing under ``minmax``; under ``scaling="none"`` the weights depend on the units. A constant
    column (a zero one, too) has the weight 0. Identical candidates are no special case. Negatives and zeros are what
    the scaling makes of them.

    Raises MethodError for NaN and infinities, and if no column varies (so with a single candidate).
    """
    there = varying(x)
    v = turned(x, sense, scaling, bounds, target)
    return shares(np.where(there, v.std(axis=1), 0.0), "std gives no criterion any weight: no scaled column varies")


class Critic(NamedTuple):
    """What CRITIC weighs."""

    sigma: Floats
    """(n,) sample standard deviations of the scaled columns."""
    r: Floats
    """(n, n) their correlations; 0 between a constant column and any other."""
    C: Floats
    """(n,) the information σ_j Σ_k (1 − r_jk)."""


def critic_parts(
    x: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    correlation: str = "pearson",
    bounds: Any = None,
    target: Any = None,
) -> Critic:
    """σ, r and C (eq. 3–4) of CRITIC, as ``critic`` weighs them."""
    x, sense = checked(x, sense)
    there = x.max(axis=0) > x.min(axis=0)
    v = turned(x, sense, scaling, bounds, target)
    sigma = np.where(there, v.std(axis=1, ddof=1 if len(x) > 1 else 0), 0.0)
    if correlation not in ("pearson", "spearman"):
        raise MethodError("the correlation is pearson or spearman, not {correlation}", correlation=correlation)
    ranked = scaled(v.T, np.ones_like(sense), "rank").T if correlation == "spearman" else v
    unit = ranked - ranked.mean(axis=1, keepdims=True)
    length = np.sqrt((unit * unit).sum(axis=1))
    unit /= np.where(length > 0, length, 1.0)[:, None]
    unit[~there] = 0.0
    r = np.clip(unit @ unit.T, -1.0, 1.0)
    conflict = np.where(1 - r < _ROUNDING, 0.0, 1 - r) * there  # a constant column conflicts with none
    np.fill_diagonal(conflict, 0.0)
    return Critic(sigma, r, sigma * conflict.sum(axis=1))


@objective(
    "critic",
    "CRITIC",
    "Diakoulaki, D., Mavrotas, G. & Papayannakis, L. (1995). Determining objective weights in multiple criteria "
    "problems: the CRITIC method. Computers & Operations Research 22(7), 763–770, eq. (1)–(5).",
    parts=critic_parts,
)
def critic(
    x: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    correlation: str = "pearson",
    bounds: Any = None,
    target: Any = None,
) -> Floats:
    """C_j / Σ_k C_k (eq. 5), C_j = σ_j Σ_k (1 − r_jk): contrast times conflict with the other criteria.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). Figures are turned and scaled to 0 … 1 first (eq. 1), so that costs
    conflict with benefits as they do in the decision; a change of unit changes nothing. ``correlation`` is
    ``"pearson"`` as in the paper or ``"spearman"``. Population and sample deviations give the same weights. A constant
    column has no correlation: it has the weight 0 and changes no other weight. Negatives and zeros are no special
    case under ``minmax``.

    Raises MethodError for NaN and infinities, if no column varies (so with a single candidate), and if all columns
    that vary are perfectly correlated: then there is no conflict to weigh.
    """
    there = varying(x)
    if there.sum() == 1:  # nothing to conflict with: the only criterion that says anything
        return there.astype(float)
    parts = critic_parts(x, sense, scaling=scaling, correlation=correlation, bounds=bounds, target=target)
    return shares(parts.C, "critic gives no criterion any weight: all columns that vary are perfectly correlated")
