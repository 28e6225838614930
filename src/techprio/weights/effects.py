"""Weights from the effect of a criterion: MEREC (what its removal changes) and LOPCOW (percentage values)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.weights.figures import checked, refuse, shares, turned, varying
from techprio.weights.registry import objective

_ROUNDING = 1e-12

_ALL_NIL = "lopcow gives no criterion any weight: all percentage values are 0, as they are with two candidates"


class Merec(NamedTuple):
    """What MEREC weighs."""

    S: Floats
    """(m,) overall performances."""
    S_without: Floats
    """(m, n) performances with criterion j removed (S′ in the paper)."""
    E: Floats
    """(n,) removal effects."""


def merec_parts(x: Any, sense: Any) -> Merec:
    """S (eq. 3), S′ (eq. 4) and E (eq. 5) of MEREC.

    Logarithms of quotients are taken as differences, so that no quotient underflows, and S − S′ is one logarithm, so
    that nothing cancels.
    """
    x, sense = checked(x, sense)
    refuse(x <= 0, "merec", "{method} cannot take a figure of zero or below in column {j}")
    logs = np.log(x)
    n = x.shape[1]
    gap = np.where(sense > 0, logs - logs.min(axis=0), logs.max(axis=0) - logs)  # |ln n_ij|, eq. (1)–(2)
    overall = 1 + gap.sum(axis=1, keepdims=True) / n
    without = np.log(overall - gap / n)
    effect = np.abs(np.log1p(-gap / n / overall).sum(axis=0))
    return Merec(np.log(overall)[:, 0], without, effect)


@objective(
    "merec",
    "MEREC",
    "Keshavarz-Ghorabaee, M., Amiri, M., Zavadskas, E. K., Turskis, Z. & Antucheviciene, J. (2021). Determination of "
    "objective weights using a new method based on the removal effects of criteria (MEREC). Symmetry 13(4), 525.",
    parts=merec_parts,
)
def merec(x: Any, sense: Any) -> Floats:
    """E_j / Σ_k E_k, where E_j is how much the removal of criterion j changes the candidates' performances.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). Benefits become min/x and costs x/max (eq. 1–2), so the sense counts. A
    change of unit changes nothing. A constant column has no effect and the weight 0. One very small benefit, or one
    very large cost, makes a column heavy: logarithms are weighed.

    Raises MethodError for NaN and infinities, zeros and negatives by their column (the paper asks for figures above
    0), and if no column varies (so with a single candidate).
    """
    varying(x)
    return shares(merec_parts(x, sense).E, "merec gives no criterion any weight: no removal has an effect")


class Lopcow(NamedTuple):
    """What LOPCOW weighs."""

    PV: Floats
    """(n,) percentage values; 0 for a constant column."""


def lopcow_parts(x: Any, sense: Any) -> Lopcow:
    """The percentage values |100 ln(√(Σ_i r_ij² / m) / σ_j)| of LOPCOW, σ of the sample."""
    x, sense = checked(x, sense)
    r = turned(x, sense, "minmax")
    there = x.max(axis=0) > x.min(axis=0)
    sigma = r.std(axis=1, ddof=1 if len(x) > 1 else 0)
    quotient = np.where(there, np.sqrt((r * r).mean(axis=1)) / np.where(there, sigma, 1.0), 1.0)
    percent = 100 * np.abs(np.log(quotient))
    return Lopcow(np.where(percent < 100 * _ROUNDING, 0.0, percent))


@objective(
    "lopcow",
    "LOPCOW",
    "Ecer, F. & Pamucar, D. (2022). A novel LOPCOW-DOBI multi-criteria sustainability performance assessment "
    "methodology: an application in developing country banking sector. Omega 112, 102690.",
    parts=lopcow_parts,
)
def lopcow(x: Any, sense: Any) -> Floats:
    """PV_j / Σ_k PV_k, PV_j = |100 ln(root mean square of r_j / σ_j)|, r scaled by ``minmax``.

    ``x`` (m, n), ``sense`` (n,) → weights (n,). σ is that of the sample: published weights come out only so. Costs are
    turned by the scaling; a change of unit or of the zero changes nothing; negatives and zeros are no special case.
    The formula would give a constant column (σ = 0) infinite weight; it has the weight 0, for it tells no candidates
    apart. A column whose root mean square equals its deviation has the weight 0 although it varies: so the formula.

    Raises MethodError for NaN and infinities, if no column varies (so with a single candidate), and if all percentage
    values are 0, as with two candidates.
    """
    varying(x)
    return shares(lopcow_parts(x, sense).PV, _ALL_NIL)
