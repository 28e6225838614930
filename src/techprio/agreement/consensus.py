"""One ranking out of many: Borda, Copeland, Schulze."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.agreement.concordance import many
from techprio.agreement.pairs import Ints, places
from techprio.errors import MethodError
from techprio.hall import Floats, frozen

_NOISE = 1e-9
"""What sums of importances may differ by and still be equal."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Consensus:
    """A ranking that stands for many."""

    method: str
    ranks: Ints
    """(m,) 1 is best; ties share the better rank."""
    scores: Floats
    """(m,) what was ranked; more is better."""
    preferences: Floats
    """(m, m) the importance of the rankings that place i strictly above j."""


def preferences(ranks: Any, importance: Any = None) -> Floats:
    """(m, m) the importance (number, unless said) of the rankings (k, m) that place i strictly above j.

    Raises MethodError for importances (k,) that are negative, infinite or all 0.
    """
    ranks = many(ranks)
    part = np.ones(len(ranks)) if importance is None else np.asarray(importance, float)
    if part.shape != (len(ranks),) or not np.isfinite(part).all() or (part < 0).any() or not part.any():
        raise MethodError("{k} rankings need as many importances, finite, not negative and not all 0", k=len(ranks))
    found = np.zeros((ranks.shape[1],) * 2)
    for row, weight in zip(ranks, part, strict=True):
        found += weight * (row[:, None] < row)
    return found


def _made(method: str, scores: Floats, above: Floats) -> Consensus:
    unit = max(float(np.abs(scores).max()), 1.0)
    ranks = places(-np.round(scores / unit, 10))
    return Consensus(method=method, ranks=frozen(ranks, np.int64), scores=frozen(scores), preferences=frozen(above))


def borda(ranks: Any, importance: Any = None) -> Consensus:
    """Rank by Σ over rankings of (number placed below + ½ number tied).

    ``ranks`` (k, m), ``importance`` (k,) of each ranking. de Borda, J.-C. (1784). Mémoire sur les élections au scrutin.
    Histoire de l'Académie royale des sciences 1781, 657–665; ties: Black, D. (1976). Partial justification of the Borda
    count. Public Choice 28, 1–15.
    """
    above = preferences(ranks, importance)
    total = float(np.sum(importance)) if importance is not None else float(len(np.asarray(ranks)))
    tied = total - above - above.T
    np.fill_diagonal(tied, 0.0)
    return _made("borda", (above + tied / 2).sum(axis=1), above)


def copeland(ranks: Any, importance: Any = None) -> Consensus:
    """Rank by majorities won minus majorities lost; a majority counts strict preferences only, an even one nothing.

    ``ranks`` (k, m), ``importance`` (k,). Copeland, A. H. (1951). A reasonable social welfare function. University of
    Michigan seminar on applications of mathematics to the social sciences; Saari, D. G. & Merlin, V. R. (1996). The
    Copeland method. Economic Theory 8, 51–76.
    """
    above = preferences(ranks, importance)
    margin = above - above.T
    return _made("copeland", np.sign(np.where(np.abs(margin) > _NOISE, margin, 0.0)).sum(axis=1), above)


def schulze(ranks: Any, importance: Any = None, strength: str = "winning") -> Consensus:
    """i above j if the strongest path of majorities from i to j is stronger than any from j to i.

    A path is as strong as its weakest majority; a majority as strong as the preferences for it (``"winning"``) or these
    minus those against it (``"margins"``): they differ only where rankings tie candidates. The relation is transitive;
    the score is minus the number of candidates above. ``ranks`` (k, m), ``importance`` (k,). Schulze, M. (2011). A new
    monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method. Social
    Choice and Welfare 36(2), 267–303.
    """
    if strength not in ("winning", "margins"):
        raise MethodError("strength is winning or margins, not {strength}", strength=strength)
    above = preferences(ranks, importance)
    path = strongest_paths(above, strength)
    return _made("schulze", -(path - path.T > _NOISE).sum(axis=0).astype(float), above)


def strongest_paths(above: Floats, strength: str = "winning") -> Floats:
    """(m, m) the strength of the strongest path from i to j, 0 if there is none; ``above`` as from ``preferences``."""
    margin = above - above.T
    path = np.where(margin > _NOISE, above if strength == "winning" else margin, 0.0)
    for k in range(len(path)):
        path = np.maximum(path, np.minimum(path[:, k, None], path[k]))
    np.fill_diagonal(path, 0.0)
    return path
