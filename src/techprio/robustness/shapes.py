"""Places in ranges, from 0 (the least figure) to 1 (the most), by the shape that each figure is spread in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats

SIGMAS = 6
"""A normal figure's range is so many of its standard deviations wide; what falls outside is drawn again."""
Cells = NDArray[np.intp]


def triangular(rng: np.random.Generator, mode: Floats, room: Floats) -> Floats:
    """(size, k) places with the given modes (k,), made in ``room`` (3, size, k): min(U, V) + c · |U − V|.

    Stein, W. E. & Keblis, M. F. (2009). A new method to simulate the triangular distribution. Mathematical and Computer
    Modelling 49, 1143–1147. It needs two random numbers a place, but no root, no choice and no memory beside the room,
    and so is faster than the inverse.
    """
    rng.random(out=room[:2])
    u: Floats = room[0]
    v, gap = room[1:]
    np.subtract(u, v, out=gap)
    np.abs(gap, out=gap)
    gap *= mode
    np.minimum(u, v, out=u)
    u += gap
    return u


def pert(rng: np.random.Generator, size: int, mode: Floats) -> Floats:
    """(size, k) places: beta with α = 1 + 4c and β = 5 − 4c, whose mean is (low + 4 · mode + high) / 6.

    Malcolm, D. G., Roseboom, J. H., Clark, C. E. & Fazar, W. (1959). Application of a technique for research and
    development program evaluation. Operations Research 7(5), 646–669.
    """
    return rng.beta(1 + 4 * mode, 5 - 4 * mode, (size, len(mode)))


def normal(rng: np.random.Generator, size: int, mode: Floats) -> Floats:
    """(size, k) places round the mode, a sixth of the range as standard deviation, cut off at the ends of the range."""
    t = mode + rng.standard_normal((size, len(mode))) / SIGMAS
    while len(outside := np.flatnonzero((t < 0) | (t > 1))):
        centre = mode[outside % len(mode)]
        t.reshape(-1)[outside] = centre + rng.standard_normal(len(outside)) / SIGMAS
    return t


def levels(rng: np.random.Generator, size: int, mode: Floats, odds: Floats) -> Floats:
    """(size, k) places: 0 and 1 with the probabilities ``odds`` (k, 2), else the mode."""
    u = rng.random((size, len(mode)))
    return np.where(u < odds[:, 0], 0.0, np.where(u >= 1 - odds[:, 1], 1.0, mode))


def pearson(rank: Floats) -> Floats:
    """The correlations of normal numbers whose rank correlations are ``rank``: 2 sin(π ρ / 6).

    Pearson, K. (1907). On further methods of determining correlation. Drapers' Company Research Memoirs, Biometric
    Series IV.
    """
    found: Floats = 2 * np.sin(np.pi / 6 * rank)
    return found


def reordered(t: Floats, rng: np.random.Generator, cells: Cells, factor: Floats, sign: Floats) -> None:
    """Put the draws of some cells, ``t`` (s, k) in place, into the order of correlated normal numbers.

    Each cell keeps exactly the places drawn for it. ``factor`` (c, c) times its transpose is the correlation matrix of
    the normal numbers; ``sign`` (c,) is −1 where a larger place is a smaller figure.

    Iman, R. L. & Conover, W. J. (1982). A distribution-free approach to inducing rank correlation among input
    variables. Communications in Statistics – Simulation and Computation 11(3), 311–334.
    """
    z = rng.standard_normal((len(t), len(cells))) @ factor.T * sign
    order = z.argsort(axis=0)
    drawn = np.sort(t[:, cells], axis=0)
    sorted_in = np.empty_like(drawn)
    np.put_along_axis(sorted_in, order, drawn, axis=0)
    t[:, cells] = sorted_in
