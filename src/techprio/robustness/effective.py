"""Do weights mean what they say? Effective importance, correlations, leaving one criterion out.

Paruolo, P., Saisana, M. & Saltelli, A. (2013). Ratings and rankings: voodoo or science? Journal of the Royal
Statistical Society A 176(3), 609–634: a criterion's importance is the share of the scores' variance that knowing it
removes, here by a straight line (their S_i for linear dependence, the squared correlation): a few dozen candidates bear
no more.
"""

from __future__ import annotations

import numpy as np

from techprio.hall import Floats


def correlations(x: Floats) -> Floats:
    """(n, n) Pearson correlations of the columns of ``x`` (m, n); 0 where a column does not vary."""
    centred = x - x.mean(axis=0)
    size = np.sqrt((centred**2).sum(axis=0))
    moving = size > 1e-12 * np.maximum(np.abs(x).max(axis=0), 1e-300)
    unit = np.where(moving, centred / np.where(moving, size, 1.0), 0.0)
    found: Floats = np.clip(unit.T @ unit, -1.0, 1.0)
    return found


def effective_importance(x: Floats, scores: Floats) -> Floats:
    """(n,) the squared correlation of each criterion ``x`` (m, n) with the scores (m,)."""
    found: Floats = correlations(np.column_stack([x, scores]))[:-1, -1] ** 2
    return found
