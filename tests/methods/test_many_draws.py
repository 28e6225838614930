"""Short cuts for many draws: threads, blocks, series and sorting change no score."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.errors import MethodError
from techprio.methods import METHODS, arrays, cocoso, codas, draws, powers, topsis

Table = tuple[np.ndarray, np.ndarray, np.ndarray]


def table(m: int, n: int, draws: int, seed: int = 1) -> Table:
    r = np.random.default_rng(seed)
    return r.uniform(1, 100, (m, n)), r.dirichlet(np.full(n, 0.7), draws), np.where(np.arange(n) % 2, -1, 1)


@pytest.mark.parametrize(
    "id",
    ["additive", "topsis", "cocoso", "copras", "cradis", "edas", "marcos", "moora", "aras", "vikor", "waspas", "codas"],
)
def test_so_many_draws_that_threads_share_them(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "BLOCK", 40 * 819)
    monkeypatch.setattr(draws, "_processors", lambda: 3)
    x, w, sense = table(40, 6, 5000)
    by_one = METHODS[id].function(x, w, sense)
    monkeypatch.setattr(draws, "MANY", 1000)
    found = METHODS[id].function(x, w, sense)
    assert (found == by_one).all()
    some = [0, 1, 818, 819, 820, 2500, 4998, 4999]
    alone = [METHODS[id].function(x, w[i], sense) for i in some]
    assert found[some] == pytest.approx(np.array(alone), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("id", ["additive", "gra", "mabac", "topsis", "codas"])
def test_figures_that_vary_in_blocks(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    r = np.random.default_rng(2)
    x, (_, w, sense) = r.uniform(1, 100, (50, 9, 4)), table(9, 4, 50)
    whole = METHODS[id].function(x, w, sense)
    monkeypatch.setattr(draws, "FIGURES", 7 * 36)
    monkeypatch.setattr(draws, "MANY", 100)
    monkeypatch.setattr(draws, "_processors", lambda: 2)
    assert METHODS[id].function(x, w, sense) == pytest.approx(whole, rel=1e-14, abs=1e-14)
    assert METHODS[id].function(x, w[0], sense)[7] == pytest.approx(METHODS[id].function(x[7], w[0], sense))


def test_a_fault_in_a_thread_is_told_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "FIGURES", 8)
    monkeypatch.setattr(draws, "MANY", 1)
    monkeypatch.setattr(draws, "_processors", lambda: 2)
    x = np.ones((20, 2, 2))
    x[13, 1, 0] = np.nan
    with pytest.raises(MethodError, match="the figure in row 1, column 0 is not a finite number"):
        METHODS["additive"].function(x, [1, 1], [1, 1])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_score_that_is_not_finite_is_found_in_any_block(bad: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "BLOCK", 12)
    x, w, _ = table(4, 2, 30)
    some = np.tile(1e308, 4)  # whose sum is not finite, while each is
    assert draws.over_draws(lambda w: np.tile(some, (len(w), 1)), x, w).shape == (30, 4)
    some[2] = bad
    with pytest.raises(MethodError, match="no finite score for the candidate in row 2"):
        draws.over_draws(lambda part: np.where((part == w[17]).all(axis=1)[:, None], some, 1.0), x, w)
    with pytest.raises(MethodError, match="no finite score for the candidate in row 2"):
        draws.over_figures(lambda x, w: some, x, w[0])


def test_draws_of_figures_and_of_weights_must_be_as_many() -> None:
    with pytest.raises(MethodError, match="20,000 draws of figures and 7 of weights"):
        METHODS["topsis"].function(np.ones((20_000, 4, 4)), np.ones((7, 4)), [1, 1, 1, 1])


def test_weights_that_sum_to_one_but_for_rounding_are_left_as_they_are() -> None:
    w = np.array([[0.1] * 10, [0.3, 0.7, *[0.0] * 8]])
    assert arrays.normalised(w) is w
    assert arrays.normalised(2 * w) == pytest.approx(w, rel=1e-15)


@pytest.mark.parametrize(("m", "n"), [(35, 12), (200, 5), (3, 2), (90, 20)])
def test_a_series_of_powers_is_the_sum_of_powers(m: int, n: int) -> None:
    x, w, _ = table(m, n, 400)
    r = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    w[5, 1], w[7] = 0.0, np.eye(n)[0]
    assert powers._Series.of(r, w) is not None
    expected = np.array([(r**one).sum(axis=1) for one in w])
    assert powers.sum_of_powers(r, w)(w) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("least", [1e-300, 1e-12, 0.0])
def test_tiny_figures_and_sums_lose_nothing(least: float) -> None:
    w = np.random.default_rng(3).dirichlet([1, 1], 300)
    r = np.array([[1.0, least], [least, least], [0.5, 0.2]])
    expected = np.array([(r**one).sum(axis=1) for one in w])
    assert powers.sum_of_powers(r, w)(w) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("tau", [0.0, 0.02, 0.05, 1e9])
@pytest.mark.parametrize("m", [1, 2, 35, 120])
def test_codas_sorted_is_codas_pair_by_pair(m: int, tau: float) -> None:
    r = np.random.default_rng(4)
    E, T = np.round(r.random((30, m)) * 0.3, 2), r.random((30, m))
    E[3] = 0.1
    nearly = max(tau - codas.HAIR, 0.0)
    e, t = (one[:, :, None] - one[:, None, :] for one in (E, T))
    expected = (e + (np.abs(e) >= nearly) * t).sum(axis=2)
    assert codas._of_draws(E, T, nearly) == pytest.approx(expected, abs=1e-11)


def test_codas_orders_numbers_that_differ_in_their_last_bit() -> None:
    E = 0.1 + np.arange(60)[::-1] * np.spacing(0.1)
    E = np.vstack([E, E[::-1], np.full(60, 0.1)])
    found = E.take(codas._order(E))
    assert (found == np.sort(E, axis=1)).all()


def test_cube_roots_are_those_of_numpy_and_that_of_nothing_is_nothing() -> None:
    x = np.concatenate([[0.0, 1.0, 27.0], np.random.default_rng(1).lognormal(0, 50, 1000)])
    for some in (x, x[1:]):
        root, *spare = (np.empty_like(some) for _ in range(3))
        powers.cube_root(some, root, *spare)
        assert root == pytest.approx(np.cbrt(some), rel=1e-14, abs=0)


@pytest.mark.parametrize("lambda_", [0.0, 0.3, 0.5, 1.0])
def test_cocoso_of_many_draws_is_its_three_strategies(lambda_: float) -> None:
    r = np.random.default_rng(2)
    x, w, sense = r.random((9, 4)), r.dirichlet(np.ones(4), 50), np.array([1, -1, 1, 1])
    parts = cocoso.strategies(x, w, sense, lambda_=lambda_)
    three = parts.k_a, parts.k_b, parts.k_c
    expected = np.cbrt(three[0] * three[1] * three[2]) + sum(three) / 3
    assert cocoso.cocoso(x, w, sense, lambda_=lambda_) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("least", [0.0, 1e-90, 1e-9])
def test_topsis_of_extreme_weights_is_by_its_distances(least: float) -> None:
    r = np.random.default_rng(3)
    x, w, sense = r.random((9, 3)), np.array([[1, least, least], [least, 1, least], [0.2, 0.3, 0.5]]), np.ones(3)
    x[1], x[2] = x.max(axis=0) + 1, x.min(axis=0) - 1
    C = topsis.separations(x, w, sense).C
    assert topsis.topsis(x, w, sense) == pytest.approx(C, rel=1e-12, abs=1e-15)
    assert C[:, 1] == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("m", [1, 2, 7, 130, 300])
def test_probid_of_one_table_of_many_weights_and_of_many_tables_is_the_same(m: int) -> None:
    r = np.random.default_rng(m)
    x = np.repeat(np.sort(r.random(m))[:, None], 3, axis=1) ** [1, 2, 3]  # in a row, so that ideals are candidates
    x[m // 2] = x[0]
    w, sense = r.dirichlet(np.ones(3), 5), np.array([1, 1, -1])
    many = METHODS["probid"].function(x, w, sense)
    tables = METHODS["probid"].function(np.broadcast_to(x, (5, m, 3)), w, sense)
    for i in range(5):
        one = METHODS["probid"].function(x, w[i], sense)
        assert one == pytest.approx(many[i], rel=1e-12)
        assert one == pytest.approx(tables[i], rel=1e-12)
