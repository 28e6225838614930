"""Figures, weights and settings that every ranking method can be tried on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techprio.methods import METHODS

_SHAPES = ("linear", "usual", "v-shape", "level", "gaussian", "u-shape")

FEED: dict[str, Callable[[int], Any]] = {
    "bounds": lambda n: np.tile([-200.0, 200.0], (n, 1)),
    "reference_ideal": lambda n: np.tile([30.0, 45.0], (n, 1)),
    "characteristic_values": lambda n: np.tile([-200.0, 10, 50, 200], (n, 1)),
    "types": lambda n: [_SHAPES[j % len(_SHAPES)] for j in range(n)],
    "q": lambda n: [2.0 + j for j in range(n)],
    "p": lambda n: [10.0 + 3 * j for j in range(n)],
    "s": lambda n: [8.0 + j for j in range(n)],
    "v": lambda n: [30.0 + 9 * j if j % 2 else np.inf for j in range(n)],
}
"""Setting without which some method cannot run → its value for n criteria."""

TOLERANCE = 1e-9


def settings_for(id: str, n: int) -> dict[str, Any]:
    """What a method needs besides its defaults."""
    method = METHODS[id]
    return {key: FEED[key](n) for key in method.settings if key in FEED and method.settings[key] is None}


def rank_like(a: np.ndarray, b: np.ndarray, tolerance: float = TOLERANCE) -> bool:
    """Whether no pair that ``a`` clearly orders is clearly ordered the other way by ``b``."""
    unit_a, unit_b = (max(np.abs(s).max(), 1e-300) for s in (a, b))
    gap_a, gap_b = (a[:, None] - a) / unit_a, (b[:, None] - b) / unit_b
    return not ((gap_a > tolerance) & (gap_b < -tolerance)).any()


@st.composite
def tables(draw: st.DrawFn, least: int = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(x, w, sense) with figures between 1 and 100, some of them equal, costs among the criteria."""
    m, n = draw(st.integers(least, 7)), draw(st.integers(1, 5))
    figure = st.one_of(st.integers(1, 100).map(float), st.floats(1, 100, width=32))
    x = draw(arrays(float, (m, n), elements=figure))
    w = draw(arrays(float, n, elements=st.floats(0.0625, 1, width=16)))
    sense = draw(arrays(float, n, elements=st.sampled_from([1.0, -1.0])))
    return x, w, sense
