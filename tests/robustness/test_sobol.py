"""Sobol indices against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.robustness.sobol import sobol


def uniform(low: float, high: float, factors: int):  # type: ignore[no-untyped-def]
    return lambda rng, n: [rng.uniform(low, high, (n, 1)) for _ in range(factors)]


def test_ishigami() -> None:
    """Ishigami & Homma (1990) with a = 7, b = 0.1: first .3139, .4424, 0; total .5576, .4424, .2437."""

    def ishigami(x):  # type: ignore[no-untyped-def]
        a, b, c = (block[:, 0] for block in x)
        return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)

    found = sobol(ishigami, uniform(-np.pi, np.pi, 3), 2**14, np.random.default_rng(1))
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    assert (found.first_range[:, 0] <= found.first).all()
    assert (found.total <= found.total_range[:, 1]).all()


def test_of_a_sum_each_part_has_its_share_of_the_variance() -> None:
    weights = np.array([1.0, 2.0, 3.0])
    shares = weights**2 / (weights**2).sum()
    found = sobol(
        lambda x: sum(w * block[:, 0] for w, block in zip(weights, x, strict=True)),  # type: ignore[misc]
        uniform(0, 1, 3),
        2**13,
        np.random.default_rng(2),
    )
    assert found.first == pytest.approx(shares, abs=0.04)
    assert found.total == pytest.approx(shares, abs=0.04)
    inside = (found.total_range[:, 0] - 0.02 <= shares) & (shares <= found.total_range[:, 1] + 0.02)
    assert inside.all()


def test_what_never_varies_has_no_driver() -> None:
    found = sobol(lambda x: np.ones(len(x[0])), uniform(0, 1, 2), 64, np.random.default_rng(3))
    assert found.first.tolist() == found.total.tolist() == [0.0, 0.0]
