"""Where weight spaces meet, against closed forms and a search over a grid."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.robustness.ground import meeting, shared_space
from techprio.robustness.space import WeightSpace


def box(*centre: float, within: float = 0.2) -> WeightSpace:
    return WeightSpace.around(np.array(centre), within)


def test_spaces_that_overlap_have_common_ground() -> None:
    spaces = [box(0.5, 0.5), box(0.6, 0.4)]
    met = meeting(spaces)
    assert met.common
    assert all(space.holds(met.weights) for space in spaces)
    ends, middle = shared_space(spaces)
    assert ends == [pytest.approx((0.52, 0.6)), pytest.approx((0.4, 0.48))]
    assert middle == pytest.approx([0.56, 0.44])


def test_spaces_apart_meet_in_the_middle() -> None:
    """(0.2 ± 20 %, …) reaches 0.24, (0.8 ± 20 %, …) with 0.2 ± 20 % reaches 0.76: each moves half of the rest."""
    met = meeting([box(0.2, 0.8), box(0.8, 0.2)])
    assert not met.common
    assert met.weights == pytest.approx([0.5, 0.5])
    assert met.concessions == pytest.approx([0.26, 0.26])
    assert met.nearest == pytest.approx(np.array([[0.24, 0.76], [0.76, 0.24]]))


def test_statements_and_mixtures_meet_too() -> None:
    ordered = WeightSpace.around(np.full(3, 1 / 3), None).where([[1.0, -1, 0]], [0.0], ("w1 <= w2",))
    mixed = WeightSpace.mixtures(np.array([[0.8, 0.1, 0.1], [0.2, 0.6, 0.2]]))
    met = meeting([ordered, mixed])
    assert met.common
    assert ordered.holds(met.weights)
    ends, middle = shared_space([ordered, mixed])
    assert ends[0] == pytest.approx((0.2, 0.2 + 0.6 * (0.4 / 1.1)))
    assert ordered.holds(middle)


@pytest.mark.parametrize("seed", range(3))
def test_no_weights_of_a_grid_ask_for_less(seed: int) -> None:
    r = np.random.default_rng(seed)
    spaces = [WeightSpace.around(r.dirichlet(np.ones(3)), 0.1) for _ in range(3)]
    met = meeting(spaces)
    grid = [(i / 12, j / 12, (12 - i - j) / 12) for i in range(13) for j in range(13 - i)]
    for w in grid:
        each = [meeting([WeightSpace.around(np.array(w), 0.0), space]).concessions.sum() for space in spaces]
        assert max(each) >= met.concessions.max() - 1e-6
