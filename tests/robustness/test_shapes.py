"""The shapes that figures are spread in, against their distribution functions; rank correlations as declared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from problems import problem
from scipy import stats

from techprio.hall import SHAPES, Problem, frozen
from techprio.robustness.draws import FigureSpace

N = 40_000


def shaped(shape: str, odds: tuple[float, float] = (0, 0)) -> Problem:
    p = problem()
    shapes, both = np.zeros((2, 3), np.int8), np.zeros((2, 3, 2))
    shapes[0, 0], both[0, 0] = SHAPES.index(shape), odds
    return replace(p, shapes=frozen(shapes, np.int8), odds=frozen(both))


def drawn(p: Problem, size: int = N) -> np.ndarray:
    space = FigureSpace.of(p)
    return space.draw(np.random.default_rng(3), size)


@pytest.mark.parametrize(
    ("shape", "law"),
    [
        ("triangular", stats.triang(1 / 3)),
        ("uniform", stats.uniform()),
        ("pert", stats.beta(1 + 4 / 3, 5 - 4 / 3)),
        ("normal", stats.truncnorm(-2, 4, loc=1 / 3, scale=1 / 6)),
    ],
)
def test_a_shape_has_its_distribution(shape: str, law: object) -> None:
    """Kolmogorov's distance of 40,000 draws stays below 1.95 / √n in all but one of a thousand cases."""
    t = drawn(shaped(shape))[:, 0]
    assert t.min() >= 0
    assert t.max() <= 1
    assert stats.kstest(t, law.cdf).statistic < 1.95 / np.sqrt(N)


def test_a_level_is_one_lower_or_higher_with_its_odds() -> None:
    t = drawn(shaped("levels", (0.2, 0.3)))[:, 0]
    for place, p in ((0.0, 0.2), (1 / 3, 0.5), (1.0, 0.3)):
        assert abs(np.isclose(t, place).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def correlated(rank: float, shape: str = "triangular") -> Problem:
    matrix = np.eye(3)
    matrix[0, 2] = matrix[2, 0] = matrix[0, 1] = matrix[1, 0] = rank
    return replace(shaped(shape), correlations=frozen(matrix))


@pytest.mark.parametrize("rank", [-0.6, 0.3, 0.6])
@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_figures_have_the_rank_correlation_declared(rank: float, shape: str) -> None:
    """The missing figure is of a cost: it is drawn as a value, which falls with the figure."""
    p = correlated(rank, shape)
    x = FigureSpace.of(p).figures(drawn(p))
    found = stats.spearmanr(x).statistic
    assert abs(found[0, 2] - rank) < 4 / np.sqrt(N)
    assert abs(found[0, 1] - rank) < 4 / np.sqrt(N)


def test_correlation_changes_no_marginal_distribution() -> None:
    t, free = drawn(correlated(0.6)), drawn(problem())
    assert np.sort(t, axis=0) == pytest.approx(np.sort(free, axis=0))
