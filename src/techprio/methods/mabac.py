"""MABAC: how far each candidate lies above or below the border of what candidates reach."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked, oriented
from techprio.methods.draws import sums_over_draws
from techprio.methods.given import refuse_columns
from techprio.methods.registry import method


class MabacParts(NamedTuple):
    """The border and the distances from it."""

    g: Floats
    """(n,) or (s, n) the border approximation area."""
    q: Floats
    """(m, n) or (s, m, n) the distances q_ij = v_ij − g_j."""


def _border(x: Floats, sense: Floats, scaling: str, bounds: Any = None, target: Any = None) -> tuple[Floats, Floats]:
    """n_ij + 1, and its geometric mean over the candidates: v and g of the paper but for the weights.

    Each v_ij has the factor w_j, so their geometric mean has it too.
    """
    shifted = oriented(x, sense, scaling, bounds=bounds, target=target)
    shifted += 1
    refuse_columns(shifted < 0, "mabac has no geometric mean of what is below −1 once scaled, in column {j}")
    with np.errstate(divide="ignore"):  # a value of −1 puts the border at 0
        logs = [_mean_log(shifted[..., j]) for j in range(x.shape[-1])]
    return shifted, np.exp(np.stack(logs, axis=-1))[..., None, :]


def _mean_log(column: Floats) -> Floats:
    """Of (…, m): where products of 16 are numbers, one logarithm does for 16 figures."""
    m = column.shape[-1]
    whole = m - m % 16
    if not (m > 500 and column.min() > 1e-18 and column.max() < 1e18):
        mean: Floats = np.log(column).mean(axis=-1)
        return mean
    products = column[..., :whole].reshape(*column.shape[:-1], 16, -1).prod(axis=-2)
    total: Floats = np.log(products).sum(axis=-1) + np.log(column[..., whole:]).sum(axis=-1)
    total /= m
    return total


def _terms(x: Floats, sense: Floats, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    shifted, border = _border(x, sense, scaling, bounds, target)
    return shifted - border


def mabac_parts(
    x: Any, w: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None
) -> MabacParts:
    """The border approximation area G and the distances Q of ``mabac``, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    shifted, border = _border(x, sense, scaling, bounds, target)
    return MabacParts(w * border[..., 0, :], w[..., None, :] * (shifted - border))


@method(
    "mabac",
    "MABAC (distance from the border approximation area)",
    "Pamučar, D. & Ćirović, G. (2015). The selection of transport and handling resources in logistics centers using "
    "Multi-Attributive Border Approximation area Comparison (MABAC). Expert Systems with Applications 42(6), "
    "3016–3028.",
    per_criterion=("bounds", "target"),
    score_unit="one",
    terms=_terms,
    parts=mabac_parts,
)
def mabac(x: Any, w: Any, sense: Any, *, scaling: str = "minmax", bounds: Any = None, target: Any = None) -> Floats:
    """S_i = Σ_j (v_ij − g_j): v_ij = w_j (n_ij + 1) (step 3), g_j = (Π_i v_ij)^(1/m) (step 4), n scaled by minmax.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in −1 … 1, more is
    better; above 0 a candidate lies in the upper approximation area. The border is the same for all, so the ranks are
    those of ``additive`` with ``scaling="minmax"``; what MABAC adds is where 0 is. A constant column, a zero one
    among them, adds 0, and so does one candidate. Zeros and negatives are figures like others; huge and tiny ones
    too. Identical candidates tie; a change of unit and a criterion of weight 0 are no special cases. Ranks can be
    reversed when a candidate leaves that has the largest or the least figure.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, and, under ``zscore`` or ``none``,
    values below −1.
    """
    x, w, sense = checked(x, w, sense)
    shifted, border = _border(x, sense, scaling, bounds, target)
    shifted -= border
    return sums_over_draws(shifted, w)
