"""Draws of figures, and the chunks that make them the same for any number of workers."""

from __future__ import annotations

import numpy as np
import pytest
from problems import problem

from techprio.robustness.draws import CHUNK, FigureSpace, chunks, stated_figures, stated_values

N = 40_000


def test_only_uncertain_cells_are_drawn() -> None:
    space = FigureSpace.of(problem())
    assert list(zip(space.rows.tolist(), space.columns.tolist(), strict=True)) == [(0, 0), (0, 1), (0, 2)]
    assert FigureSpace.of(problem("neutral")).columns.tolist() == [0, 2]


def test_a_range_is_drawn_from_its_triangle() -> None:
    space = FigureSpace.of(problem())
    x = space.figures(space.draw(np.random.default_rng(1), N))[:, 0]
    assert x.min() >= 20
    assert x.max() <= 80
    mean, variance = (20 + 40 + 80) / 3, (20**2 + 40**2 + 80**2 - 20 * 40 - 20 * 80 - 40 * 80) / 18
    assert abs(x.mean() - mean) < 4 * np.sqrt(variance / N)
    p = (40 - 20) / (80 - 20)  # what lies below the mode
    assert abs((x <= 40).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_a_missing_figure_is_uniform_in_value() -> None:
    space = FigureSpace.of(problem())
    t = space.draw(np.random.default_rng(1), N)
    v, x = space.values(t)[:, 1], space.figures(t)[:, 1]
    assert abs(v.mean() - 0.5) < 4 * np.sqrt(1 / 12 / N)
    assert abs((v < 0.1).mean() - 0.1) < 4 * np.sqrt(0.09 / N)
    assert np.allclose(x, 10 - 10 * v)


def test_bent_values_follow_the_value_function() -> None:
    space = FigureSpace.of(problem())
    t = space.draw(np.random.default_rng(1), 1000)
    x, v = space.figures(t)[:, 2], space.values(t)[:, 2]
    assert v == pytest.approx(np.interp(x, [1, 2, 5], [0, 0.6, 1]))


@pytest.mark.parametrize(
    ("policy", "value", "figure"), [("interval", 0.5, 5.0), ("neutral", 0.5, 5.0), ("worst", 0, 10.0)]
)
def test_a_missing_figure_stands_for_what_its_policy_says(policy: str, value: float, figure: float) -> None:
    assert stated_values(problem(policy))[0].tolist() == [0.4, value, pytest.approx(0.6 + 0.4 / 3)]
    assert stated_figures(problem(policy))[0].tolist() == [40.0, figure, 3.0]


def test_chunks_make_up_the_draws() -> None:
    assert [chunk.size for chunk in chunks(2 * CHUNK + 5, 1)] == [CHUNK, CHUNK, 5]
    assert [chunk.size for chunk in chunks(5, 1)] == [5]


def test_more_draws_begin_with_the_same_ones() -> None:
    few, many = list(chunks(CHUNK, 3)), list(chunks(3 * CHUNK, 3))
    assert few[0].weights.generate_state(4).tolist() == many[0].weights.generate_state(4).tolist()


def test_chunks_are_not_alike() -> None:
    """A repeated stream would show as a correlation of 1; independent ones stay within four standard errors of 0."""
    streams = [np.random.default_rng(c.weights).random(CHUNK) for c in chunks(8 * CHUNK, 1)]
    streams += [np.random.default_rng(c.figures).random(CHUNK) for c in chunks(8 * CHUNK, 1)]
    z = np.corrcoef(streams)[np.triu_indices(16, 1)] * np.sqrt(CHUNK)
    assert np.abs(z).max() < 4.5
