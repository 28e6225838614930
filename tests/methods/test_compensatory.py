"""What the compensatory methods answer where their papers are silent, and VIKOR's compromise set."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techprio.errors import MethodError
from techprio.methods import METHODS, codas, copras, topsis, vikor

HYDROPOWER = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]
SENSE = [1, -1, 1, 1, -1, -1, -1, 1]


def scores(id: str, x: Any, w: Any, sense: Any, **settings: Any) -> np.ndarray:
    return METHODS[id].function(x, w, sense, **settings)


# -- VIKOR: whom it proposes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "advantage", "members"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1], True, [4]),
        ([2, 2, 2, 2, 1, 1, 1, 1], True, [4]),
        ([1, 1, 1, 1, 2, 2, 2, 2], False, [2, 4, 5]),
        ([1, 1, 1, 1, 3.2, 3.2, 3.2, 3.2], False, [2, 4, 5]),
    ],
)
def test_the_compromise_sets_of_opricovic_and_tzeng_2007(weights: Any, advantage: bool, members: list[int]) -> None:
    found = vikor.compromise(HYDROPOWER, weights, SENSE)
    assert np.flatnonzero(found.members).tolist() == members
    assert bool(found.advantage) is advantage
    assert bool(found.stability)


UNSTABLE = [
    [1.0, 101, 1, 101, 1],
    [101, 1, 101, 1, 101],
    [1, 1, 1, 1, 101],
    [11, 11, 11, 16, 61],
    [56, 56, 56, 56, 56],
]  # the fourth is first by Q, the third by S, the fifth by R


def test_without_stability_the_second_is_proposed_too() -> None:
    found = vikor.compromise(UNSTABLE, np.ones(5), -np.ones(5))
    assert pytest.approx([0.75, 1, 0.5, 0.068056, 0.4375], abs=1e-6) == found.measures.Q
    assert (bool(found.advantage), bool(found.stability)) == (True, False)
    assert np.flatnonzero(found.members).tolist() == [3, 4]


def test_those_that_tie_for_first_are_proposed_together() -> None:
    found = vikor.compromise([[1.0, 5], [1, 5], [0, 0], [0, 0], [0, 0]], [0.5, 0.5], [1, 1])
    assert np.flatnonzero(found.members).tolist() == [0, 1]
    assert not found.advantage


def test_one_candidate_is_the_compromise() -> None:
    found = vikor.compromise([[3.0, 4]], [1, 1], [1, -1])
    assert found.members.tolist() == [True]
    assert found.advantage
    assert found.stability


def test_compromise_sets_of_many_draws_are_those_of_each() -> None:
    many = np.random.default_rng(1).dirichlet(np.ones(8), 200)
    found = vikor.compromise(HYDROPOWER, many, SENSE)
    for s, weights in enumerate(many):
        one = vikor.compromise(HYDROPOWER, weights, SENSE)
        assert found.members[s].tolist() == one.members.tolist()
        assert (found.advantage[s], found.stability[s]) == (one.advantage, one.stability)


@pytest.mark.parametrize("v", [-0.1, 1.1, float("nan")])
def test_the_weight_of_group_utility_lies_between_0_and_1(v: float) -> None:
    with pytest.raises(MethodError, match="0 … 1"):
        scores("vikor", HYDROPOWER, np.ones(8), SENSE, v=v)


# -- TOPSIS: its ideals and distances -------------------------------------------------------------------------------


def test_the_ends_of_the_scale_can_be_the_ideals() -> None:
    x, bounds = [[2.0, 30], [4, 10]], [[0, 10], [0, 40]]
    found = scores("topsis", x, [1, 1], [1, -1], scaling="scale", ideal="scale", bounds=bounds)
    plus, minus = np.hypot([0.8, 0.6], [0.75, 0.25]), np.hypot([0.2, 0.4], [0.25, 0.75])
    assert found == pytest.approx(minus / (plus + minus))


def test_with_the_scale_no_rank_depends_on_who_else_is_there() -> None:
    x = np.random.default_rng(2).uniform(0, 10, (8, 3))
    more: dict[str, Any] = {"scaling": "scale", "ideal": "scale", "bounds": [[0, 10]] * 3}
    full = scores("topsis", x, [5, 3, 2], [1, -1, 1], **more)
    assert scores("topsis", x[2:], [5, 3, 2], [1, -1, 1], **more) == pytest.approx(full[2:])


def test_a_figure_beyond_the_ends_of_the_scale_is_refused() -> None:
    with pytest.raises(MethodError, match="row 1, column 0"):
        scores("topsis", [[2.0], [12]], [1], [1], scaling="scale", ideal="scale", bounds=[[0, 10]])


def test_the_greatest_distance_is_the_limit_of_large_p() -> None:
    x = np.random.default_rng(3).uniform(1, 10, (6, 4))
    arguments = (x, [4, 3, 2, 1], [1, -1, 1, 1])
    assert scores("topsis", *arguments, p=300) == pytest.approx(scores("topsis", *arguments, p=np.inf), rel=1e-2)


@pytest.mark.parametrize("settings", [{"p": 0.5}, {"p": float("nan")}, {"ideal": "best"}])
def test_topsis_refuses_what_is_no_distance_and_no_ideal(settings: Any) -> None:
    with pytest.raises(MethodError):
        topsis.topsis([[1.0, 2], [2, 1]], [1, 1], [1, 1], **settings)


# -- CODAS: the step, and many candidates ---------------------------------------------------------------------------


def test_a_difference_of_tau_counts() -> None:
    x = [[1.0, 0.5], [0.98, 1], [0, 0.25]]
    assessment = codas.assessment(x, [1, 0], [1, 1])  # the first two differ by 0.02 in E, but for rounding
    assert assessment.H[0] - assessment.H[1] == pytest.approx(3 * 0.02 + 2 * 0.02 + 0.02)


def test_codas_of_many_candidates_is_that_of_all_pairs() -> None:
    r = np.random.default_rng(4)
    x, w = r.uniform(1, 100, (150, 4)), r.dirichlet(np.ones(4), 3)
    E, T, H = codas.assessment(x, w, [1, -1, 1, 1])
    far = np.abs(E[:, :, None] - E[:, None]) >= 0.02
    pairs = E[:, :, None] - E[:, None] + far * (T[:, :, None] - T[:, None])
    assert pytest.approx(pairs.sum(axis=2), abs=1e-9) == H
    assert scores("codas", x, w, [1, -1, 1, 1]) == pytest.approx(H)


def test_without_a_threshold_every_taxicab_distance_counts() -> None:
    x = np.random.default_rng(5).uniform(1, 100, (150, 3))
    found = codas.assessment(x, [1, 2, 3], [1, 1, 1], tau=0)
    both = found.E + found.T
    assert pytest.approx(len(x) * both - both.sum()) == found.H


def test_a_better_candidate_can_be_placed_below_as_the_card_says() -> None:
    found = scores("codas", [[9.0, 9], [9, 8], [5, 2], [10, 2]], [8, 3], [1, 1])
    assert found[0] < found[1]
    assert "dominance" in METHODS["codas"].lacks


def test_a_negative_threshold_is_refused() -> None:
    with pytest.raises(MethodError, match="tau"):
        scores("codas", [[1.0], [2]], [1], [1], tau=-1)


# -- divisions by zero ----------------------------------------------------------------------------------------------


def test_copras_shares_out_the_costs_as_they_go_to_zero() -> None:
    sense, w = [1, -1], [1, 1]
    nearly = scores("copras", [[3.0, 1e-13], [2, 1], [4, 2]], w, sense)
    assert scores("copras", [[3.0, 0], [2, 1], [4, 2]], w, sense) == pytest.approx(nearly)
    two = copras.significance([[3.0, 0], [2, 0], [4, 2]], w, sense)
    assert pytest.approx([0.25, 0.25, 0]) == two.Q - two.S_plus


def test_copras_of_benefits_alone_is_their_sum() -> None:
    found = copras.significance([[3.0, 1], [1, 1]], [1, 1], [1, 1])
    assert pytest.approx([(0.75 + 0.5) / 2, (0.25 + 0.5) / 2]) == found.Q


def test_a_cost_is_a_cost_to_copras() -> None:
    found = scores("copras", [[1.0, 1], [1, 50], [1, 100]], [1, 1], [1, -1])
    assert found[0] == 1
    assert (np.diff(found) < 0).all()


def test_cocoso_of_a_candidate_that_is_the_worst_in_everything() -> None:
    found = scores("cocoso", [[1.0, 1], [2, 3], [3, 2]], [1, 1], [1, 1])
    assert found[0] == 0
    assert found[1] == pytest.approx(found[2])


def test_cocoso_of_very_many_draws_is_that_of_each() -> None:
    r = np.random.default_rng(6)
    x = r.uniform(1, 100, (20, 6))
    x[3], x[4, 0] = x.min(axis=0), x[:, 0].min() + 1e-200
    sense = np.array([1.0, -1, 1, 1, -1, 1])
    for spread in (np.ones(6), np.full(6, 0.1), np.full(6, 1000)):
        many = r.dirichlet(spread, 500)
        many[7] = [0, 0, 0.5, 0.5, 0, 0]
        found = scores("cocoso", x, many, sense)
        for s in (0, 7, 250, 499):
            assert found[s] == pytest.approx(scores("cocoso", x, many[s], sense), rel=1e-12)


@pytest.mark.parametrize(
    ("id", "score"),
    [
        ("topsis", 0.5),
        ("vikor", 0),
        ("edas", 0.5),
        ("codas", 0),
        ("aras", 1),
        ("copras", 1),
        ("marcos", 2 / 3),
        ("cradis", 1),
    ],
)
@pytest.mark.parametrize("x", [[[3.0, 4, 5]], [[3.0, 4, 5]] * 3], ids=["one", "identical"])
def test_one_candidate_and_identical_ones_score_as_documented(id: str, score: float, x: Any) -> None:
    assert scores(id, x, [3, 2, 1], [1, -1, 1]) == pytest.approx(score)


@pytest.mark.parametrize("id", ["aras", "codas", "copras", "cradis", "marcos"])
def test_negatives_are_refused_by_column(id: str) -> None:
    with pytest.raises(MethodError, match="column 1"):
        scores(id, [[1.0, -2], [2, 3]], [1, 1], [1, 1])


def test_cocoso_refuses_figures_that_are_negative_once_scaled() -> None:
    assert np.isfinite(scores("cocoso", [[1.0, -2], [2, 3]], [1, 1], [1, 1])).all()
    with pytest.raises(MethodError, match="column 0"):
        scores("cocoso", [[1.0, -2], [2, 3]], [1, 1], [1, 1], scaling="zscore")


def test_edas_refuses_an_average_that_is_not_above_zero() -> None:
    with pytest.raises(MethodError, match="column 1"):
        scores("edas", [[1.0, -2], [2, 1]], [1, 1], [1, 1])
