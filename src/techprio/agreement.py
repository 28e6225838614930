"""How far rankings agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_BLOCK = 512


def kendall(a: Ints, b: Ints) -> float:
    """Kendall's tau-b of two rankings (m,), from −1 (reversed) to 1 (the same); ties in either are corrected for.

    NaN if one of them ties all candidates. Kendall, M. G. (1945). The treatment of ties in ranking problems.
    Biometrika 33(3), 239–251.
    """
    concordant = untied_a = untied_b = 0.0
    for begin in range(0, len(a), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        sign_a, sign_b = np.sign(a[part, None] - a), np.sign(b[part, None] - b)
        concordant += float((sign_a * sign_b).sum())
        untied_a += float(np.abs(sign_a).sum())
        untied_b += float(np.abs(sign_b).sum())
    return concordant / np.sqrt(untied_a * untied_b) if untied_a and untied_b else float("nan")
