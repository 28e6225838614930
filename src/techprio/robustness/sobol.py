"""What drives a result that varies: Sobol indices of blocks of independent inputs.

Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications 181(2),
259–270: first-order indices by its eq. (b) of table 2, total indices by Jansen's (f). Intervals by the bootstrap over
rows (Archer, Saltelli & Sobol 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen

Blocks = Sequence[NDArray[Any]]
"""One array a factor, each with one row a draw."""


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Sobol indices (f,) of each factor, with the ends of their 95 % bootstrap intervals (f, 2)."""

    first: Floats
    """The share of variance that the factor explains alone."""
    first_range: Floats
    total: Floats
    """The share of variance that remains while all other factors are known."""
    total_range: Floats
    mean: float
    variance: float
    """Of the result."""


def sobol(
    result: Callable[[Blocks], Floats],
    draw: Callable[[np.random.Generator, int], Blocks],
    size: int,
    rng: np.random.Generator,
    *,
    resamples: int = 400,
) -> Indices:
    """Indices from ``size`` · (factors + 2) results.

    ``draw`` gives independent blocks; ``result`` takes blocks (s rows) to results (s,). Where the result never varies,
    all indices are 0.
    """
    a, b = draw(rng, size), draw(rng, size)
    y_a, y_b = result(a), result(b)
    mixed = np.stack([result([*a[:k], b[k], *a[k + 1 :]]) for k in range(len(a))])
    first, total = _indices(y_a[None], y_b[None], mixed[:, None])
    rows = rng.integers(0, size, (resamples, size))
    firsts, totals = _indices(y_a[rows], y_b[rows], mixed[:, rows])
    both = np.concatenate([y_a, y_b])
    return Indices(
        frozen(first[:, 0]),
        frozen(np.quantile(firsts, [0.025, 0.975], axis=1).T),
        frozen(total[:, 0]),
        frozen(np.quantile(totals, [0.025, 0.975], axis=1).T),
        float(both.mean()),
        float(both.var()),
    )


def _indices(y_a: Floats, y_b: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """(first, total), each (f, r), from results (r, s), (r, s) and (f, r, s)."""
    both = np.concatenate([y_a, y_b], axis=-1)
    variance = both.var(axis=-1)
    safe = np.where(variance > 0, variance, 1.0)
    centred = y_b - both.mean(axis=-1, keepdims=True)
    first = (centred * (mixed - y_a)).mean(axis=-1) / safe
    total = ((y_a - mixed) ** 2).mean(axis=-1) / (2 * safe)
    return np.where(variance > 0, first, 0.0), np.where(variance > 0, total, 0.0)
