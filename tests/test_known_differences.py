"""The numbers that docs/known-differences.md gives for other libraries are what they answer."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pytest

pymcdm = pytest.importorskip("pymcdm")
pyrepo = pytest.importorskip("pyrepo_mcda.mcda_methods")
from pymcdm import methods, weights  # noqa: E402
from pyrepo_mcda import correlations, weighting_methods  # noqa: E402

A = np.array([[3, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]])
LAST_COSTS = np.array([1, 1, -1])
HALVES, BENEFITS = np.array([0.5, 0.5]), np.array([1, 1])


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What they warn of is theirs."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def gives(found: np.ndarray, *printed: float, decimals: int = 4) -> bool:
    return bool(np.allclose(found, printed, atol=0.5 * 10.0**-decimals + 1e-9, equal_nan=True))


def test_critic_and_deviation() -> None:
    assert gives(weights.critic_weights(A), 0.2437, 0.2428, 0.2639, 0.2497)
    assert gives(weighting_methods.critic_weighting(A), 0.2437, 0.2428, 0.2639, 0.2497)
    assert gives(weights.standard_deviation_weights(A), 0.0173, 0.7138, 0.1804, 0.0885)
    assert gives(weights.standard_deviation_weights(A / [1, 100, 1, 1]), 0.0591, 0.0243, 0.6148, 0.3018)


def test_a_constant_column() -> None:
    x = np.array([[1, 5, 3], [2, 5, 1], [4, 5, 2], [3, 5, 9.0]])
    assert np.isnan(weights.critic_weights(x)).all()
    assert gives(weights.lopcow_weights(x, LAST_COSTS), 0, np.nan, 0)
    assert gives(weights.cilos_weights(x, LAST_COSTS), 0, 1, 0)
    assert np.isnan(weights.idocriw_weights(x, LAST_COSTS)).all()


def test_cilos_goes_by_the_order_of_the_file() -> None:
    x = np.array([[9, 2, 3], [9, 5, 1], [4, 6, 2], [3, 9, 9.0]])
    assert gives(weights.cilos_weights(x, LAST_COSTS), 0.5304, 0.3652, 0.1043)
    assert gives(weights.cilos_weights(x[[1, 0, 2, 3]], LAST_COSTS), 0.3077, 0.4615, 0.2308)


def test_negatives_in_entropy_and_merec() -> None:
    x = np.array([[1, -4, 3], [2, 5, 1], [4, 6, 2], [3, 9, 9.0]])
    assert gives(weighting_methods.entropy_weighting(x), 0.2661, -0.0380, 0.7719)
    assert gives(weighting_methods.merec_weighting(x, LAST_COSTS), 0.3213, 0.1468, 0.5319)


def test_ties_in_agreement() -> None:
    a, b = np.array([1, 2, 2, 4, 5.0]), np.array([1, 1, 3, 4, 5.0])
    assert correlations.spearman(a, b) == pytest.approx(0.9)
    assert pymcdm.correlations.spearman(a, b) == pytest.approx(0.9186, abs=5e-5)
    assert pymcdm.correlations.kendall_tau(a, b) == pytest.approx(0.8)
    assert pymcdm.correlations.ws(a, b) == pytest.approx(0.8333, abs=5e-5)


def test_copras_rewards_costs() -> None:
    found = methods.COPRAS()(np.array([[1, 1], [1, 50], [1, 100.0]]), HALVES, np.array([1, -1]))
    assert gives(found, 0.341, 0.667, 1, decimals=3)


def test_vikor_with_nothing_to_divide_by() -> None:
    x = np.array([[1, 0], [0, 1], [0.5, 0.5]])
    assert np.isnan(methods.VIKOR()(x, HALVES, BENEFITS)).all()
    assert gives(pyrepo.VIKOR()(x, HALVES, BENEFITS), 0.75, 0.75, 0.25)
    assert gives(pyrepo.VIKOR()(np.array([[3.0, 7]] * 3), HALVES, BENEFITS), -2.5, -2.5, -2.5)


def test_edas_cocoso_probid_ocra() -> None:
    assert gives(methods.EDAS()(np.array([[-1, 3], [-3, 5], [1, 4.0]]), HALVES, BENEFITS), 0.4375, 1, 0)
    x, senses = np.array([[3, 4], [5, 5], [4, 7.0]]), np.array([1, -1])
    assert gives(methods.COCOSO()(x, np.array([1, 2.0]), senses), 3.618, 4.556, 1.206, decimals=3)
    x = np.array([[6, 4], [3, 4], [8, 9], [2, 6.0]])
    assert gives(methods.PROBID()(x, np.array([0.6, 0.4]), senses), 1.0057, 0.4528, 1.0280, 0.3195)
    assert gives(methods.OCRA()(np.array([[-1, 2], [3, 4], [5, 1.0]]), HALVES, senses), 3, 0, 0.5)


def test_a_lead_that_equals_the_threshold_but_for_rounding() -> None:
    method = pyrepo.PROMETHEE_II()
    steps = {"preference_functions": [method._ushape_function] * 2, "q": HALVES / 5, "p": HALVES}
    assert gives(method(np.array([[0.8, 1], [0.7, 2]]), HALVES, BENEFITS, **steps), 0, 0)
