"""Pairwise winning indices on the bare simplex, exactly."""

from __future__ import annotations

import numpy as np

from techprio.hall import Floats


def simplex_share(d: Floats) -> float:
    """The share of the simplex { w ≥ 0, Σw = 1 } in which w·d ≤ 0, for ``d`` (n,).

    Varsi, G. (1973). The multidimensional content of the frustum of the simplex. Pacific Journal of Mathematics 46(1),
    303–314. Each step is a mean of two shares, so nothing cancels and nothing is lost.
    """
    above, below = d[d >= 0].tolist(), d[d < 0].tolist()
    share = [1.0] + [0.0] * len(above)
    for x in below:
        for k, y in enumerate(above, start=1):
            share[k] = (y * share[k] - x * share[k - 1]) / (y - x)
    return share[-1]


def pairwise_winning(terms: Floats) -> Floats:
    """(m, m) the share of the simplex in which the row's Σ w_j t_j is above the column's, a tie counting half.

    ``terms`` (m, n): what a linear method weighs and adds up.
    """
    m = len(terms)
    found = np.full((m, m), 0.5)
    for a in range(m):
        for b in range(a + 1, m):
            d = terms[b] - terms[a]
            if d.any():
                found[a, b] = simplex_share(d)
                found[b, a] = 1 - found[a, b]
    return found
