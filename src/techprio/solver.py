"""Linear and mixed-integer programs by HiGHS, with standard output kept clean."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats

_one_at_a_time = threading.Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """While this lasts, what compiled code writes to file descriptor 1 goes to standard error.

    HiGHS writes a stray line now and then, past ``sys.stdout``, and machine output must stay clean.
    """
    with _one_at_a_time:
        sys.stdout.flush()
        try:
            kept = os.dup(1)
            os.dup2(2, 1)
        except OSError:  # there is no standard output or no standard error, so nothing to keep clean
            yield
            return
        try:
            yield
        finally:
            with suppress(OSError, AttributeError, TypeError):
                ctypes.CDLL(None).fflush(None)  # what C still holds back would come out after this
            os.dup2(kept, 1)
            os.close(kept)


def lp(
    cost: Floats,
    *,
    upper: tuple[Floats, Floats] | None = None,
    equal: tuple[Floats, Floats] | None = None,
    bounds: Any = (0, None),
) -> Floats | None:
    """The x that makes cost · x least, or None if no x is feasible.

    ``upper`` (A, b): A x ≤ b; ``equal`` (A, b): A x = b; ``bounds`` as for ``scipy.optimize.linprog``. Raises
    MethodError if the program is unbounded or HiGHS gives up.
    """
    from scipy.optimize import linprog

    a_ub, b_ub = upper or (None, None)
    a_eq, b_eq = equal or (None, None)
    with quiet():
        found = linprog(cost, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq, bounds=bounds, method="highs")
    if found.status == 2:
        return None
    if found.status != 0:
        raise MethodError("the linear program was not solved: {why}", why=str(found.message))
    return np.asarray(found.x, float)
