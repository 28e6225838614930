"""SMAA as a public result, on any method: closed forms, a count by hand, and precision on demand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.wording import language


def table(rows: list[list[float]], cut: int = 1) -> tp.Problem:
    ids = [f"c{i}" for i in range(len(rows))]
    return tp.Problem.from_frame(pd.DataFrame(rows, index=ids), cut=cut)


def test_shares_add_up_and_wins_mirror_each_other() -> None:
    found = tp.smaa(table(np.random.default_rng(1).random((6, 3)).tolist(), cut=2), draws=5000)
    assert found.acceptability.sum(axis=0) == pytest.approx(1)
    assert found.acceptability.sum(axis=1) == pytest.approx(1)
    assert found.pairwise + found.pairwise.T == pytest.approx(1)
    assert found.p_cut == pytest.approx(found.acceptability[:, :2].sum(axis=1))
    mean_rank = found.acceptability @ np.arange(1, 7)
    assert 6 - (found.pairwise.sum(axis=1) - 0.5) == pytest.approx(mean_rank)


def test_central_weights_are_the_middle_of_the_weights_that_put_a_candidate_first() -> None:
    """Two criteria, weights within ±50 %: a wins where w1 > ½, so its weights are uniform from ½ to ¾."""
    found = tp.smaa(table([[1, 0], [0, 1]]), draws=20_000)
    assert found.central[0] == pytest.approx([0.625, 0.375], abs=0.003)
    assert found.central[1] == pytest.approx([0.375, 0.625], abs=0.003)
    assert found.confidence.tolist() == [1, 1]


def test_a_candidate_that_is_never_first_has_no_central_weights() -> None:
    found = tp.smaa(table([[1, 1], [0, 0]]), draws=100)
    assert np.isnan(found.central[1]).all()
    row = found.rows()[1]
    assert row["central"] is None
    assert row["confidence"] is None
    assert found.to_json()["candidates"][1]["confidence"] is None


def test_confidence_counts_the_draws_of_figures() -> None:
    """A missing figure is anything from worst to best: at even weights c0 wins while it is above a half."""
    found = tp.smaa(table([[float("nan"), 0.5], [0.5, 0.5], [0, 0], [1, 0]]), draws=20_000)
    weight = found.central[0, 0]
    assert 0 < found.confidence[0] < 1
    assert abs(found.confidence[0] - 0.5) < 0.5
    assert weight > 0


def test_any_method_has_its_acceptability() -> None:
    p = table(np.random.default_rng(2).random((5, 3)).tolist())
    assert tp.smaa(p, draws=500, method="geometric").acceptability.sum() == pytest.approx(5)


def test_drawing_stops_at_the_precision_asked_for() -> None:
    p = table(np.random.default_rng(3).random((6, 3)).tolist(), cut=2)
    found = tp.smaa(p, precision=0.005)
    assert found.error(found.p_cut).max() <= 0.005
    assert found.draws < 20_000
    assert tp.smaa(p, precision=0.005, workers=2).draws == found.draws
    rough = tp.smaa(p, draws=4096, precision=0.5)
    assert rough.draws == 4096


def test_the_sentence_is_true_and_said_in_both_languages() -> None:
    sure = tp.smaa(table([[1, 0.9], [0, 1], [0.2, 0.2]]), draws=5000)
    assert sure.sentence(language("en")) == "Listed in at least 95% of the draws: c0."
    found = tp.smaa(table([[1, 0.3], [0, 1], [0.2, 0.2]]), draws=5000)
    best = int(np.argmax(found.p_cut))
    for code in ("en", "vi"):
        assert f"c{best}" in found.sentence(language(code))
    assert found.sentence(language("en")).startswith("Listed most often: c0, in ")
    assert "P(first)" in found._repr_html_()


def test_standard_errors_cover_the_exact_share() -> None:
    """The share of a segment is known: of 60 seeds, at most a few lie beyond two standard errors, none beyond four."""
    exact = (0.75 - 0.375 / 1) / 0.5  # w1 uniform on ¼ … ¾; a = (1, 0) beats b = (0, .6) where w1 > .375
    p = tp.Problem.from_frame(pd.DataFrame([[1.0, 0.0], [0.0, 0.6], [0.0, 1.0]], index=["a", "b", "c"]), cut=2)
    z = []
    for seed in range(60):
        found = tp.smaa(p, draws=500, seed=seed)
        z.append((found.pairwise[0, 1] - exact) / np.sqrt(exact * (1 - exact) / 500))
    assert np.abs(z).max() < 4
    assert (np.abs(z) > 2).sum() < 10
    assert 0.6 < np.std(z) < 1.4
