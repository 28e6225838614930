"""Acceptability over the draws, against closed forms and a count by hand."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from problems import problem

from techprio.hall import Cut
from techprio.methods import METHODS
from techprio.ranking import ranks
from techprio.robustness import experiment as experiments
from techprio.robustness import smaa
from techprio.robustness import tally as tallies
from techprio.robustness.draws import FigureSpace, chunks, stated_values
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Acceptability, Batch, Effort, Experiment, Sum, acceptability, groups
from techprio.robustness.space import WeightSpace
from techprio.robustness.tally import Wanted, tally

N = 40_000


def certain(m: int, n: int) -> FigureSpace:
    none = np.zeros(0)
    return FigureSpace(none.astype(int), none.astype(int), none, none, none, none, none, (), ())


def same(v: np.ndarray) -> np.ndarray:
    return v


def experiment(terms: np.ndarray, total: int, within: float | None = None) -> Experiment:
    m, n = terms.shape
    space = WeightSpace.around(np.full(n, 1 / n), within)
    return Experiment(Sum(terms, same, None, certain(m, n)), Sampler.of(space), "one", Cut(total), m)


def test_two_criteria_have_a_closed_form() -> None:
    """a = (1, 0), b = (0, .6): with w1 uniform on 0 … 1, a wins where w1 > .6 w2, that is w1 > .375."""
    found = acceptability(experiment(np.array([[1.0, 0.0], [0.0, 0.6]]), 1), Effort(N, 1))
    p = 1 - 0.375
    assert found.p_cut is not None
    assert abs(found.p_cut[0] - p) < 4 * np.sqrt(p * (1 - p) / N)
    assert found.p_cut.sum() == pytest.approx(1)


def test_three_criteria_have_a_closed_form() -> None:
    """Each of three specialists wins where its weight is the largest: a third of the simplex each."""
    found = acceptability(experiment(np.eye(3), 1), Effort(N, 1))
    assert found.p_cut is not None
    assert np.abs(found.p_cut - 1 / 3).max() < 4 * np.sqrt(2 / 9 / N)


def test_ranks_are_counted_as_they_fall() -> None:
    terms = np.random.default_rng(3).random((7, 4))
    setup = experiment(terms, 3)
    chunk = next(chunks(1000, 5))
    w = setup.sampler.draw(np.random.default_rng(chunk.weights), 1000)
    by_hand = ranks(w @ terms.T)
    found = acceptability(setup, Effort(1000, 5))
    assert found.counts is not None
    assert found.counts.tolist() == [[int((by_hand[:, i] == r).sum()) for r in range(1, 8)] for i in range(7)]
    assert found.p_cut is not None
    assert found.p_cut.tolist() == ((by_hand <= 3).mean(axis=0)).tolist()
    inverted = np.sort(by_hand, axis=0)
    assert found.rank_low.tolist() == inverted[49].tolist()
    assert found.rank_high.tolist() == inverted[949].tolist()


@pytest.mark.parametrize("most_bytes", [0, 2**28])
@pytest.mark.parametrize("twins", [False, True])
def test_large_studies_get_the_same_quantiles(monkeypatch: pytest.MonkeyPatch, most_bytes: int, twins: bool) -> None:
    """Very many candidates are counted in bins and drawn twice, or in one table where it is small enough."""
    terms = np.random.default_rng(3).random((40, 4))
    if twins:
        terms[7] = terms[30]
    setup = experiment(terms, 10)
    counted = acceptability(setup, Effort(9000, 5))
    for module in (smaa, tallies, experiments):
        monkeypatch.setattr(module, "DENSE", 10)
    monkeypatch.setattr(smaa, "MOST_BYTES", most_bytes)
    monkeypatch.setattr(experiments, "SMALL_CHUNK", experiments.CHUNK)  # the same draws
    large = acceptability(setup, Effort(9000, 5))
    assert large.counts is None
    assert large.rank_low.tolist() == counted.rank_low.tolist()
    assert large.rank_high.tolist() == counted.rank_high.tolist()
    assert large.p_cut is not None
    assert counted.p_cut is not None
    assert large.p_cut.tolist() == counted.p_cut.tolist()


@pytest.mark.parametrize("m", [5, 300])
def test_wins_and_winning_weights_are_counted_as_they_fall(m: int) -> None:
    """Over more draws than are compared at once, some with ties."""
    terms = np.random.default_rng(3).random((m, 4))
    terms[3] = terms[1]
    setup = experiment(terms, 3)
    found = acceptability(setup, Effort(2500, 5), detail=True)
    chunk = next(chunks(2500, 5))
    w = setup.sampler.draw(np.random.default_rng(chunk.weights), 2500)
    by_hand = ranks(w @ terms.T).astype(np.int16)
    assert found.wins is not None
    assert found.central is not None
    for a in range(m):
        above = (by_hand[:, [a]] < by_hand).mean(axis=0) + (by_hand[:, [a]] == by_hand).mean(axis=0) / 2
        assert found.wins[a] == pytest.approx(above, abs=1e-12)
        if (by_hand[:, a] == 1).any():
            assert found.central[a] == pytest.approx(w[by_hand[:, a] == 1].mean(axis=0))


def test_several_processes_count_the_same() -> None:
    setup = experiment(np.random.default_rng(3).random((6, 4)), 2, 0.5)
    one, two = acceptability(setup, Effort(10_000, 1)), acceptability(setup, Effort(10_000, 1, workers=2))
    assert one.counts is not None
    assert two.counts is not None
    assert one.counts.tolist() == two.counts.tolist()
    assert one.kept.tolist() == two.kept.tolist()


def test_the_fast_way_scores_like_the_method_itself() -> None:
    """Where figures vary, a sum corrected cell by cell equals the method called on whole tables of drawn figures."""
    p = problem()
    figures, v = FigureSpace.of(p), stated_values(p)
    t = figures.draw(np.random.default_rng(2), 200)
    w = Sampler.of(WeightSpace.around(p.weights, 0.5)).draw(np.random.default_rng(3), 200)
    for id in ("additive", "geometric"):
        method = METHODS[id]
        rest = {key: value for key, value in method.study_settings.items() if key != "scaling"}
        term = partial(method.terms, sense=np.ones(1), scaling="none", **rest)
        whole = partial(method.function, sense=np.ones(3), scaling="none", **rest)
        fast = Sum(term(v), term, method.link, figures)
        slow = Batch(v, whole, figures, as_values=True)
        assert fast(w, t) == pytest.approx(slow(w, t), abs=1e-12)
        assert fast(p.weights, None) == pytest.approx(slow(p.weights, None), abs=1e-12)


def test_groups_open_where_the_draws_tell_apart() -> None:
    scores = np.array([[0.9, 0.8, 0.3], [0.7, 0.8, 0.2], [0.9, 0.6, 0.1], [0.8, 0.7, 0.2]])
    found = Acceptability(4, None, np.ones(3, int), np.ones(3, int), None, scores)
    assert found.apart(0, 1) == 0.75
    assert groups(found, np.array([0, 1, 2])).tolist() == [1, 1, 2]
    assert groups(found, np.array([0, 1, 2]), confidence=0.7).tolist() == [1, 2, 3]


def test_ties_count_half_when_candidates_are_told_apart() -> None:
    found = Acceptability(2, None, np.ones(2, int), np.ones(2, int), None, np.array([[0.5, 0.5], [0.6, 0.5]]))
    assert found.apart(0, 1) == 0.75
    assert found.apart(1, 0) == 0.25


def test_progress_is_told_chunk_by_chunk() -> None:
    told: list[tuple[int, int]] = []
    acceptability(experiment(np.eye(2), 1), Effort(9000, 1, progress=lambda done, total: told.append((done, total))))
    assert told == [(4096, 9000), (8192, 9000), (9000, 9000)]


def test_a_tally_keeps_no_more_scores_than_asked() -> None:
    found = tally(experiment(np.eye(2), 1), Wanted(kept=10), [next(chunks(100, 1))])
    assert sum(len(part) for part in found.kept) == 10


def test_scores_kept_do_not_grow_with_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = experiment(np.random.default_rng(3).random((40, 4)), 2)
    everything = acceptability(setup, Effort(20_000, 1))
    monkeypatch.setattr(tallies, "MOST_KEPT", 40 * 6000)
    some = acceptability(setup, Effort(20_000, 1))
    assert some.kept.tolist() == everything.kept[:6000].tolist()
    assert some.draws == 20_000
