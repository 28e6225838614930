"""Acceptability of weight draws: its cost against random numbers + product + sort, and against other libraries."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from techprio.hall import Cut
from techprio.robustness.draws import FigureSpace
from techprio.robustness.experiment import Experiment, Sum
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Effort, acceptability
from techprio.robustness.space import WeightSpace

M, N, DRAWS = 35, 12, 100 * 4096


def same(v: np.ndarray) -> np.ndarray:
    return v


def experiment(uncertain: bool, m: int = M) -> Experiment:
    r = np.random.default_rng(1)
    rows, columns = (each.ravel() for each in np.indices((m, N))) if uncertain else np.zeros((2, 0), int)
    low = r.random(len(rows)) / 2
    high, mode = low + 0.4, r.random(len(rows))
    figures = FigureSpace(rows, columns, low, high, mode, low, high, (), ())
    sampler = Sampler.of(WeightSpace.around(np.full(N, 1 / N), None))
    return Experiment(Sum(r.random((m, N)), same, None, figures), sampler, "one", Cut(10), m)


def seconds(*works: Callable[[], object], rounds: int = 15) -> list[float]:
    """The least processor time of each, in turns: what else the machine does then slows all of them alike."""
    best = [np.inf] * len(works)
    for _ in range(rounds):
        for i, work in enumerate(works):
            begun = time.process_time()
            work()
            best[i] = min(best[i], time.process_time() - begun)
    return [float(each) for each in best]


def floor(draws: int, m: int = M) -> None:
    """What cannot be saved: random numbers, the product, one sort."""
    r, terms, rows = np.random.default_rng(1), np.random.default_rng(2).random((N, m)), 15_000 // m
    for _ in range(draws // rows):
        w = r.standard_exponential((rows, N))
        scores = w @ terms
        scores.sort(axis=1)


def counted(ranked: Callable[[np.ndarray], np.ndarray], draws: int) -> np.ndarray:
    """The same table draw by draw: what ranks one weight vector, in a loop, and a count."""
    r, counts = np.random.default_rng(1), np.zeros((M, M), int)
    for w in r.dirichlet(np.ones(N), draws):
        counts[np.arange(M), ranked(w).astype(int) - 1] += 1
    return counts


def peers() -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """How other libraries rank by a weighted sum; scaling is left to each, for none can do without at no cost."""
    from pymcdm.helpers import rankdata
    from pymcdm.methods import WSM
    from pyrepo_mcda.additions import rank_preferences
    from pyrepo_mcda.mcda_methods import SAW
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    terms, types = np.random.default_rng(2).random((M, N)), np.ones(N)
    wsm, saw, model = WSM(), SAW(), WeightedSumModel()
    return {
        "pymcdm": lambda w: rankdata(wsm(terms, w, types, validation=False), reverse=True),
        "pyrepo-mcda": lambda w: rank_preferences(saw(terms, w, types), reverse=True),
        "scikit-criteria": lambda w: model.evaluate(mkdm(terms, [1] * N, weights=w)).rank_,
    }


def test_acceptability_of_weights(benchmark: Callable[..., object]) -> None:
    setup = experiment(uncertain=False)
    benchmark(acceptability, setup, Effort(DRAWS, 1))
    draws, few = 1_000_000, 100
    loops = [lambda ranked=ranked: counted(ranked, few) for ranked in peers().values()]
    ours, least, *rest = seconds(lambda: acceptability(setup, Effort(draws, 1)), lambda: floor(draws), *loops, rounds=8)
    ours, least = ours / draws, least / draws
    others = {name: each / few / ours for name, each in zip(peers(), rest, strict=True)}
    benchmark.extra_info.update(us_a_draw=1e6 * ours, of_floor=ours / least, times_as_long=others)  # type: ignore[attr-defined]
    assert ours <= 2 * least
    assert min(others.values()) >= 200


def test_weights_and_figures_together(benchmark: Callable[..., object]) -> None:
    setup, draws = experiment(uncertain=True), 20 * 4096
    benchmark(acceptability, setup, Effort(draws, 1))
    r, room = np.random.default_rng(1), np.empty((2, 35, M * N))
    ours, numbers = seconds(
        lambda: acceptability(setup, Effort(draws, 1)),
        lambda: [r.random(out=room) for _ in range(draws // 35)],
        rounds=6,
    )
    ours, numbers = ours / draws, numbers / draws
    benchmark.extra_info.update(us_a_draw=1e6 * ours, of_random_numbers=ours / numbers)  # type: ignore[attr-defined]
    assert ours <= 2.5 * numbers


@pytest.mark.parametrize("m", [35, 200])
def test_wins_in_pairs(benchmark: Callable[..., object], m: int) -> None:
    """Every pair compared in every draw: at 200 candidates, 19,900 comparisons a draw."""
    setup, draws = experiment(uncertain=False, m=m), 20 * 4096
    benchmark(acceptability, setup, Effort(draws, 1), detail=True)
    ours, plain, least = (
        each / draws
        for each in seconds(
            lambda: acceptability(setup, Effort(draws, 1), detail=True),
            lambda: acceptability(setup, Effort(draws, 1)),
            lambda: floor(draws, m),
            rounds=5,
        )
    )
    benchmark.extra_info.update(us_a_draw=1e6 * ours, without_wins=1e6 * plain, of_floor=ours / least)  # type: ignore[attr-defined]
    assert ours <= 8 * least
    assert plain <= 2.5 * least
