"""The kernel of an outranking relation: the set that is left to choose from, circles counting as one candidate."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import UsageError
from techprio.hall import Flags


def circles(outranks: Flags) -> Flags:
    """(…, m, m) who outranks each other, directly or by way of others; everyone is in a circle with itself."""
    m = outranks.shape[-1]
    reach = outranks | np.eye(m, dtype=bool)
    for _ in range(max(m - 1, 1).bit_length()):
        reach = _then(reach, reach)
    together: Flags = reach & reach.swapaxes(-1, -2)
    return together


def kernel(outranks: Any) -> Flags:
    """Who is in the kernel: (m, m) or (s, m, m) of yes and no → (m,) or (s, m).

    Candidates that outrank each other, directly or by way of others, are condensed to one first (Roy 1968), so that the
    kernel exists and is the only one: nobody in it outranks another one of it (but for those of one circle, who are in
    or out together), and everybody outside is outranked by someone in it. Raises UsageError for another shape.
    """
    outranks = np.asarray(outranks, bool)
    if outranks.ndim not in (2, 3) or outranks.shape[-1] != outranks.shape[-2]:
        raise UsageError("a relation must be (m, m) or (s, m, m) and is {shape}", shape=str(outranks.shape))
    together = circles(outranks)
    above = _then(_then(together, outranks & ~together), together)
    found = np.zeros(outranks.shape[:-1], bool)
    open_ = np.ones(outranks.shape[:-1], bool)
    while open_.any():
        enter = open_ & ~(above & open_[..., :, None]).any(axis=-2)  # outranked by none but those who are out
        out = (above & enter[..., :, None]).any(axis=-2)
        found |= enter
        open_ &= ~(enter | out)
    return found


def _then(first: Flags, second: Flags) -> Flags:
    """(…, m, m) whether some c has a ``first`` c and c ``second`` b; counted by products, the fastest way."""
    found: Flags = np.matmul(first.astype(np.float32), second.astype(np.float32)) > 0.5
    return found
