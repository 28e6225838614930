"""Standard output kept clean of what compiled code writes past Python."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_one_at_a_time = threading.Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """While this lasts, what compiled code writes to file descriptor 1 is thrown away.

    HiGHS writes a stray line now and then, past ``sys.stdout``, which tells nobody but its makers anything.
    """
    with _one_at_a_time:
        sys.stdout.flush()
        try:
            kept = os.dup(1)
        except OSError:  # there is no standard output, so nothing to keep clean
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        try:
            yield
        finally:
            with suppress(OSError, AttributeError, TypeError):
                ctypes.CDLL(None).fflush(None)  # what C still holds back would come out after this
            os.dup2(kept, 1)
            os.close(kept)
