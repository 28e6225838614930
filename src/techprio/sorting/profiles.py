"""Profiles that bound or stand for classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats


def checked_profiles(profiles: Any, sense: Floats, least: int = 1) -> Floats:
    """``profiles`` (k, n), worst to best, as floats.

    Raises MethodError, naming row and column, unless each is at least as good everywhere as the one before it, and
    better somewhere.
    """
    if profiles is None:
        raise MethodError("profiles are needed, one a row, worst to best")
    found = np.asarray(profiles, float)
    n = len(sense)
    if found.ndim != 2 or found.shape[1] != n or len(found) < least:
        message = "profiles must be ({least} or more, {n}), one a row, and are {shape}"
        raise MethodError(message, least=least, n=n, shape=str(found.shape))
    if not np.isfinite(found).all():
        h, j = (int(k) for k in np.argwhere(~np.isfinite(found))[0])
        raise MethodError("the profile in row {h}, column {j} is not a finite number", h=h, j=j)
    good = found * sense
    if (good[1:] < good[:-1]).any():
        h, j = (int(k) for k in np.argwhere(good[1:] < good[:-1])[0])
        message = "profiles go from worst to best, and row {h} is worse than the one before it in column {j}"
        raise MethodError(message, h=h + 1, j=j)
    same = (good[1:] == good[:-1]).all(axis=1)
    if same.any():
        message = "row {h} of the profiles is the same as the one before it: the class between them is empty"
        raise MethodError(message, h=int(same.argmax()) + 1)
    return found
