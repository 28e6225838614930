"""Draws from the weight space, and exact answers about it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from techprio.errors import UsageError
from techprio.robustness.sampling import LEAST_ACCEPTED, Sampler
from techprio.robustness.space import WeightSpace

N = 40_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_draws_lie_in_the_box_and_sum_to_one() -> None:
    centre = np.array([0.4, 0.3, 0.2, 0.1, 0.0])
    w = Sampler.of(WeightSpace.around(centre, 0.5)).draw(rng(), N)
    assert w.shape == (N, 5)
    assert np.abs(w.sum(axis=1) - 1).max() < 1e-12
    assert (w >= centre * 0.5 - 1e-15).all()
    assert (w <= centre * 1.5 + 1e-15).all()
    assert (w[:, 4] == 0).all()


def test_draws_are_uniform_on_a_segment() -> None:
    w = Sampler.of(WeightSpace.around(np.array([0.5, 0.5]), 0.4)).draw(rng(), N)[:, 0]
    for share in (0.1, 0.25, 0.5, 0.9):
        p = (w <= 0.3 + 0.4 * share).mean()
        assert abs(p - share) < 4 * np.sqrt(share * (1 - share) / N)


def test_draws_are_uniform_on_a_cut_triangle() -> None:
    """Of the box [0.1, 0.5]³ on the simplex, the share with w1 below 0.2 is an area that geometry gives: 3/16 ÷ 7/8."""
    space = WeightSpace(np.full(3, 0.1), np.full(3, 0.5))
    w = Sampler.of(space).draw(rng(), N)
    # The plane's points with all w ≥ 0.1 make a triangle of side 0.7; cutting off w > 0.5 takes three corners of side
    # 0.3. A strip 0.1 ≤ w1 ≤ 0.2 of it has the area of side 0.7 minus side 0.6, less the two corners' parts in it.
    whole = 0.7**2 - 3 * 0.3**2
    strip = (0.7**2 - 0.6**2) - 2 * (0.3**2 - 0.2**2)
    p = strip / whole
    assert abs((w[:, 0] <= 0.2).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_without_a_box_draws_are_uniform_on_the_simplex() -> None:
    w = Sampler.of(WeightSpace.around(np.array([0.2, 0.3, 0.5]), None)).draw(rng(), N)
    p = (1 - 0.6) ** 2
    assert abs((w[:, 2] > 0.6).mean() - p) < 4 * np.sqrt(p * (1 - p) / N)


def test_a_point_is_drawn_as_it_is() -> None:
    centre = np.array([0.25, 0.75])
    assert np.allclose(Sampler.of(WeightSpace.around(centre, 0.0)).draw(rng(), 3), centre)


def test_the_same_seed_draws_the_same() -> None:
    space = WeightSpace.around(np.full(20, 0.05), 0.5)
    assert (Sampler.of(space).draw(rng(7), 500) == Sampler.of(space).draw(rng(7), 500)).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_greedy_bound_is_the_optimum_of_the_linear_programme(seed: int) -> None:
    r = rng(seed)
    centre = r.dirichlet(np.ones(6))
    space = WeightSpace.around(centre, 0.5)
    d = r.normal(size=(4, 6))
    best = [
        -linprog(-row, A_eq=np.ones((1, 6)), b_eq=[1], bounds=list(zip(space.lower, space.upper, strict=True))).fun
        for row in d
    ]
    assert space.largest(d) == pytest.approx(best, abs=1e-9)


# -- statements -----------------------------------------------------------------------------------------------------


def ordered(n: int) -> WeightSpace:
    """The bare simplex where every weight is at least the next one."""
    rows = np.zeros((n - 1, n))
    for i in range(n - 1):
        rows[i, i], rows[i, i + 1] = -1, 1
    return WeightSpace.around(np.full(n, 1 / n), None).where(
        rows, np.zeros(n - 1), tuple(f"w{i}" for i in range(n - 1))
    )


def narrow() -> WeightSpace:
    """A slice of a box that rejection hardly ever hits: two sums are almost fixed."""
    space = WeightSpace.around(np.full(8, 1 / 8), 0.5)
    rows = np.zeros((4, 8))
    rows[0, :4], rows[1, :4], rows[2, ::2], rows[3, ::2] = 1, -1, 1, -1
    bounds = np.array([0.501, -0.499, 0.521, -0.519])
    return space.where(rows, bounds, ("a", "b", "c", "d"))


def test_a_full_order_is_drawn_by_sorting() -> None:
    sampler = Sampler.of(ordered(5))
    assert sampler.way == "order"
    w = sampler.draw(rng(), N)
    assert (np.diff(w, axis=1) <= 0).all()
    centroid = [sum(1 / k for k in range(i, 6)) / 5 for i in range(1, 6)]
    assert np.abs(w.mean(axis=0) - centroid).max() < 4 * w.std(axis=0).max() / np.sqrt(N)


def test_statements_are_kept_by_rejection_where_that_is_quick() -> None:
    space = WeightSpace.around(np.array([0.4, 0.3, 0.3]), 0.5).where([[1.0, -1, 0]], [0.0], ("w1 <= w2",))
    sampler = Sampler.of(space)
    assert sampler.way == "box"
    assert sampler.accepted > LEAST_ACCEPTED
    w = sampler.draw(rng(), N)
    assert (w[:, 0] <= w[:, 1]).all()
    assert space.holds(w).all()


def test_a_narrow_space_is_walked_through() -> None:
    sampler = Sampler.of(narrow())
    assert sampler.way == "walk"
    w = sampler.draw(rng(), 2000)
    assert sampler.space.holds(w).all()
    assert np.abs(w.sum(axis=1) - 1).max() < 1e-9
    assert sampler.walk is not None
    assert sampler.walk.r_hat < 1.05
    assert sampler.walk.effective > 0.2


def test_a_walk_agrees_with_rejection() -> None:
    """On a space where both are possible, means and spreads agree within what the draws can tell."""
    from techprio.robustness.sampling import _walk

    space = WeightSpace.around(np.array([0.3, 0.25, 0.2, 0.15, 0.1]), 0.6).where([[1.0, -1, 0, 0, 0]], [0.05], ("s",))
    exact = Sampler.of(space).draw(rng(1), N)
    walk = _walk(space)
    walked = walk.draw(rng(2), N) @ space.basis
    error = exact.std(axis=0) * np.sqrt(1 / N + 1 / (N * walk.effective))
    assert (np.abs(exact.mean(axis=0) - walked.mean(axis=0)) < 4 * error).all()
    assert walked.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.05)


def test_mixtures_of_sets_stay_between_them() -> None:
    sets = np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2], [0.2, 0.2, 0.6]])
    sampler = Sampler.of(WeightSpace.mixtures(sets))
    assert sampler.way == "mixture"
    w = sampler.draw(rng(), N)
    assert w.min() >= 0.2 - 1e-12
    assert np.abs(w.mean(axis=0) - 1 / 3).max() < 4 * w.std(axis=0).max() / np.sqrt(N)
    assert WeightSpace.mixtures(sets).largest(np.array([1.0, 0, -1])) == pytest.approx(0.4)


def test_a_flat_space_is_walked_within_its_plane() -> None:
    """Two statements that make an equation leave no room on one side of them."""
    space = WeightSpace.around(np.full(4, 0.25), None).where([[1.0, -1, 0, 0], [-1, 1, 0, 0]], [0.0, 0.0], ("a", "b"))
    w = Sampler.of(space).draw(rng(), 1000)
    assert w[:, 0] == pytest.approx(w[:, 1])
    assert w[:, 2].std() > 0.1


def test_a_space_may_be_a_single_point() -> None:
    space = WeightSpace.around(np.array([0.5, 0.5]), None).where([[1.0, -1], [-1, 1]], [0.0, 0.0], ("a", "b"))
    assert Sampler.of(space).draw(rng(), 5) == pytest.approx(np.full((5, 2), 0.5))


def test_an_empty_space_is_refused_and_its_smallest_conflict_named() -> None:
    space = WeightSpace.around(np.full(3, 1 / 3), None).where(
        [[1.0, 0, 0], [-1, 1, 0], [0, -1, 0], [0, 0, -1]],
        [0.2, 0.0, -0.3, -0.1],
        ("w1 <= 20%", "w2 <= w1", "w2 >= 30%", "w3 >= 10%"),
    )
    assert space.conflict() == ("w1 <= 20%", "w2 <= w1", "w2 >= 30%")
    with pytest.raises(UsageError, match="no weights are admissible"):
        Sampler.of(space)


def test_a_space_that_is_not_empty_has_no_conflict() -> None:
    assert narrow().conflict() == ()


def test_the_optimum_keeps_the_statements() -> None:
    space = WeightSpace.around(np.full(3, 1 / 3), 0.5).where([[1.0, -1, 0]], [0.0], ("w1 <= w2",))
    best, w = space.optimum(np.array([1.0, 0, 0]))
    assert best == pytest.approx(5 / 12)
    assert space.holds(w)
    assert w @ np.array([1.0, 0, 0]) == pytest.approx(best)


@pytest.mark.parametrize("way", ["box", "walk", "mixture"])
def test_every_way_draws_the_same_for_the_same_seed(way: str) -> None:
    space = {
        "box": WeightSpace.around(np.full(6, 1 / 6), 0.5),
        "walk": narrow(),
        "mixture": WeightSpace.mixtures(np.eye(3)),
    }[way]
    sampler = Sampler.of(space)
    assert sampler.way == way
    assert (sampler.draw(rng(3), 300) == sampler.draw(rng(3), 300)).all()
