"""Memory that is used again: to have it from the system anew for each block of draws costs more than the block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_free: defaultdict[int, list[NDArray[np.uint8]]] = defaultdict(list)
"""What nobody uses now, by the power of two that is its size; and lists are safe in threads."""


@contextmanager
def lent(shape: tuple[int, ...], dtype: DTypeLike = float) -> Iterator[NDArray[Any]]:
    """An array with anything in it, to be given back."""
    size = prod(shape) * np.dtype(dtype).itemsize
    power = size.bit_length()
    try:
        memory = _free[power].pop()
    except IndexError:
        memory = np.empty(1 << power, np.uint8)
    try:
        yield memory[:size].view(dtype).reshape(shape)
    finally:
        _free[power].append(memory)


def keep_what_is_freed() -> None:
    """From now on arrays of up to 30 MiB, once freed, are not given back to the system but used again by the next.

    The C library gives back whatever is larger than the largest array that was freed so far. This one is never touched,
    so it takes no memory.
    """
    np.empty(30 << 20, np.uint8)
