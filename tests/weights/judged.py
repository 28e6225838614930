"""What tests of weights from judgements share."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from techprio.weights import WEIGHTINGS

IDS = ["a", "b", "c", "d"]
few = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Linear programs and eigenvalues take their time."""

FIGURES = {"candidates": ["p", "q", "r"], "x": [[1, 5], [2, 3], [4, 1]], "sense": [1, 1]}
"""What UTASTAR needs besides."""


def weigh(id: str, judgements: Any, nodes: Any = IDS, **settings: Any) -> Any:
    found = WEIGHTINGS[id].function(judgements, nodes, **settings)
    assert found.nodes == tuple([nodes] if isinstance(nodes, str) else nodes)
    assert not found.weights.flags.writeable
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert len(found.rows()) == len(found.nodes)
    assert "<table" in found._repr_html_()
    return found


def comparisons(a: np.ndarray) -> dict[str, dict[str, float]]:
    """The upper half of a matrix as judgements, NaN left out."""
    n = len(a)
    rows = {f"n{i}": {f"n{j}": float(a[i, j]) for j in range(i + 1, n) if a[i, j] == a[i, j]} for i in range(n)}
    return {node: row for node, row in rows.items() if row}


judged = st.integers(3, 6).flatmap(
    lambda n: st.lists(
        st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 9.0]),
        min_size=n * (n - 1) // 2,
        max_size=n * (n - 1) // 2,
    ).map(lambda upper: reciprocal(n, upper))
)


def reciprocal(n: int, upper: list[float]) -> np.ndarray:
    a = np.ones((n, n))
    for (i, j), value in zip(itertools.combinations(range(n), 2), upper, strict=True):
        a[i, j], a[j, i] = value, 1 / value
    return a


def ids(n: int) -> tuple[str, ...]:
    return tuple(f"n{i}" for i in range(n))
