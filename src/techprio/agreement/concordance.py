"""How far many rankings agree."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.agreement.pairs import midranks
from techprio.errors import MethodError, UndefinedError
from techprio.hall import Floats


def many(rankings: Any) -> Floats:
    """Rankings (k, m), one a row. Raises MethodError for other shapes, NaN and infinities."""
    ranks: Floats = np.asarray(rankings, float)
    if ranks.ndim != 2 or 0 in ranks.shape:
        raise MethodError("rankings must be (k, m), one a row, and are {shape}", shape=str(ranks.shape))
    if not np.isfinite(ranks).all():
        k, i = (int(n) for n in np.argwhere(~np.isfinite(ranks))[0])
        raise MethodError("candidate {i} has no rank in ranking {k}", i=i, k=k)
    return ranks


def kendall_w(ranks: Any) -> float:
    """Kendall's coefficient of concordance W of rankings (k, m), from 0 (none) to 1 (all the same), corrected for ties.

    W = 12 S / (k² (m³ − m) − k Σ_j T_j), S = Σ_i (R_i − R̄)² over sums of mid-ranks, T_j = Σ (t³ − t) over the ties of
    ranking j. Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical Statistics
    10(3), 275–287; ties: Kendall, M. G. (1948). Rank Correlation Methods, ch. 6.

    Raises UndefinedError if every ranking ties all candidates.
    """
    ranks = many(ranks)
    k, m = ranks.shape
    sums = midranks(ranks).sum(axis=0)
    ties = sum(float((t**3 - t).sum()) for t in (np.unique(row, return_counts=True)[1].astype(float) for row in ranks))
    most = k**2 * (m**3 - m) - k * ties
    if not most > 0:
        raise UndefinedError("kendall_w has no value here: every ranking ties all candidates")
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most)
