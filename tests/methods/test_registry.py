"""What every method of the registry promises, tried on tables that nobody chose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from cases import rank_like, settings_for, tables
from hypothesis import assume, given

from techprio.errors import MethodError
from techprio.methods import METHODS
from techprio.methods.registry import PROMISES, method

Table = tuple[np.ndarray, np.ndarray, np.ndarray]
every_method = pytest.mark.parametrize("id", METHODS)


def scores(id: str, x: Any, w: Any, sense: Any, **more: Any) -> np.ndarray:
    found = METHODS[id].function(x, w, sense, **{**settings_for(id, np.shape(x)[-1]), **more})
    assert np.isfinite(found).all()
    return found


def scored(id: str, x: Any, w: Any, sense: Any, **more: Any) -> np.ndarray:
    """Scores, or no test at all where the method says that it does not take such figures."""
    try:
        return scores(id, x, w, sense, **more)
    except MethodError:
        assume(False)
        raise


def per_criterion(id: str, n: int, columns: Any) -> dict[str, Any]:
    """The settings of a method with the criteria in another order, or some of them repeated or left out."""
    settings = settings_for(id, n)
    chosen = METHODS[id].per_criterion
    return {key: np.asarray(value)[columns] if key in chosen else value for key, value in settings.items()}


@every_method
@given(table=tables())
def test_the_order_of_candidates_does_not_matter(id: str, table: Table) -> None:
    x, w, sense = table
    turned = np.roll(np.arange(len(x)), 1)
    assert scored(id, x[turned], w, sense) == pytest.approx(scores(id, x, w, sense)[turned], rel=1e-7, abs=1e-9)


@every_method
@given(table=tables())
def test_the_order_of_criteria_does_not_matter(id: str, table: Table) -> None:
    x, w, sense = table
    turned = np.roll(np.arange(len(w)), 1)
    found = scored(id, x[:, turned], w[turned], sense[turned], **per_criterion(id, len(w), turned))
    assert found == pytest.approx(scores(id, x, w, sense), rel=1e-7, abs=1e-9)


@every_method
@given(table=tables())
def test_many_weight_vectors_score_like_one_by_one(id: str, table: Table) -> None:
    x, w, sense = table
    many = np.array([w, w[::-1] + 0.1, np.ones_like(w)])
    one_by_one = [scored(id, x, row, sense) for row in many]
    assert scores(id, x, many, sense) == pytest.approx(np.array(one_by_one), rel=1e-9, abs=1e-12)


@every_method
def test_very_many_weight_vectors_are_scored_block_by_block_alike(id: str) -> None:
    r = np.random.default_rng(1)
    x, sense = r.uniform(1, 100, (7, 4)), np.array([1.0, -1, 1, -1])
    many = r.dirichlet(np.ones(4), 9000)
    found = scores(id, x, many, sense)
    assert found.shape == (9000, 7)
    for s in (0, 1, 4500, 8999):
        assert found[s] == pytest.approx(scores(id, x, many[s], sense), rel=1e-9, abs=1e-12)


@every_method
@given(table=tables())
def test_figures_that_vary_score_like_one_by_one(id: str, table: Table) -> None:
    x, w, sense = table
    vary = np.stack([x, x[::-1], np.sqrt(x) + 1])
    one_by_one = [scored(id, each, w, sense) for each in vary]
    assert scores(id, vary, w, sense) == pytest.approx(np.array(one_by_one), rel=1e-9, abs=1e-12)
    many = np.array([w, w[::-1] + 0.1, np.ones_like(w)])
    paired = [scored(id, each, row, sense) for each, row in zip(vary, many, strict=True)]
    assert scores(id, vary, many, sense) == pytest.approx(np.array(paired), rel=1e-9, abs=1e-12)


@every_method
@given(table=tables())
def test_the_sum_of_the_weights_does_not_matter(id: str, table: Table) -> None:
    x, w, sense = table
    assert scored(id, x, w * 1000, sense) == pytest.approx(scores(id, x, w, sense), rel=1e-7, abs=1e-10)


@every_method
@given(table=tables())
def test_identical_candidates_tie(id: str, table: Table) -> None:
    x, w, sense = table
    found = scored(id, np.concatenate([x, x[:1]]), w, sense)
    assert found[-1] == pytest.approx(found[0], rel=1e-9, abs=1e-12)


@every_method
@given(table=tables())
def test_dominance(id: str, table: Table) -> None:
    """``PROMISES["dominance"]``: the first candidate is made at least as good everywhere as the second."""
    if "dominance" in METHODS[id].lacks:
        return
    x, w, sense = table
    x = x.copy()
    x[0] = np.where(sense > 0, np.maximum(x[0], x[1]), np.minimum(x[0], x[1]))
    found = scored(id, x, w, sense)
    assert found[0] >= found[1] - 1e-9 * max(1.0, np.abs(found).max())


@every_method
@given(table=tables())
def test_unit(id: str, table: Table) -> None:
    if "unit" in METHODS[id].lacks:
        return
    x, w, sense = table
    factor = np.where(np.arange(len(w)) == 0, 1024.0, 1.0)
    assert rank_like(scores(id, x, w, sense), scored(id, x * factor, w, sense))


@every_method
@given(table=tables())
def test_split(id: str, table: Table) -> None:
    if "split" in METHODS[id].lacks:
        return
    x, w, sense = table
    columns = [*range(len(w)), 0]
    halved = w.copy()
    halved[0] /= 2
    more = per_criterion(id, len(w), columns)
    assert rank_like(scores(id, x, w, sense), scored(id, x[:, columns], halved[columns], sense[columns], **more))


@every_method
@given(table=tables())
def test_zero_weight(id: str, table: Table) -> None:
    if "zero_weight" in METHODS[id].lacks:
        return
    x, w, sense = table
    assume(len(w) > 1)
    without = scores(id, x[:, 1:], w[1:], sense[1:], **per_criterion(id, len(w), slice(1, None)))
    assert rank_like(scored(id, x, np.where(np.arange(len(w)) == 0, 0.0, w), sense), without)


@every_method
@given(table=tables(least=3))
def test_no_rank_is_reversed_in_a_study_unless_declared(id: str, table: Table) -> None:
    entry = METHODS[id]
    if entry.reverses_ranks:
        return
    v, w = table[0] / 100, table[1]
    settings = {**entry.study_settings, "scaling": "none"} if "scaling" in entry.study_settings else {}
    more = {**settings_for(id, len(w)), **settings}
    full = entry.function(v, w, np.ones(len(w)), **more)
    less = entry.function(v[1:], w, np.ones(len(w)), **more)
    assert rank_like(full[1:], less)


# -- figures that break formulas ------------------------------------------------------------------------------------

ODD = {
    "a constant column": [[3.0, 1, 5], [3, 4, 2], [3, 2, 8]],
    "a zero column": [[0.0, 1, 5], [0, 4, 2], [0, 2, 8]],
    "a column of zero costs": [[3.0, 0, 5], [2, 0, 2], [7, 0, 8]],
    "zeros": [[0.0, 1, 5], [3, 0, 2], [2, 2, 0]],
    "negatives": [[-3.0, 1, 5], [3, -4, 2], [2, 2, -8]],
    "one candidate": [[3.0, 1, 5]],
    "identical candidates": [[3.0, 1, 5]] * 3,
    "all zero": [[0.0, 0, 0]] * 3,
    "huge": [[1e300, 1, 5], [2e300, 4, 2], [3e300, 2, 8]],
    "tiny": [[1e-300, 1, 5], [2e-300, 4, 2], [3e-300, 2, 8]],
    "huge and tiny": [[1e300, 1e-300, 5], [1e-300, 1e300, 2], [1e300, 1e300, 8]],
    "the ends of the numbers": [[1.7e308, 1, 5], [-1.7e308, 4, 2], [5e-324, 2, 8]],
}  # fmt: skip


@every_method
@pytest.mark.parametrize("figures", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "weights", [[0.5, 0.3, 0.2], [0.5, 0.5, 0.0], [1e300, 1e-300, 1.0]], ids=["usual", "zero", "huge"]
)
def test_odd_figures_give_a_finite_score_or_a_sentence(id: str, figures: Any, weights: Any) -> None:
    try:
        scores(id, np.array(figures, float), weights, [1, -1, 1])
    except MethodError as error:
        refusal = str(error)
    else:
        return
    assert any(word in refusal for word in ("column", "row", "weight"))


@every_method
def test_one_criterion_is_ranked_by_its_sense(id: str) -> None:
    x = np.array([[3.0], [1.0], [2.0]])
    if "dominance" in METHODS[id].lacks:
        return
    assert rank_like(scores(id, x, [1.0], [1]), np.array([3.0, 1, 2]))
    assert rank_like(scores(id, x, [1.0], [-1]), np.array([-3.0, -1, -2]))


@every_method
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_figure_is_refused_by_row_and_column(id: str, bad: float) -> None:
    x = np.array([[3.0, 1, 5], [3, bad, 2]])
    with pytest.raises(MethodError, match="row 1, column 1"):
        scores(id, x, [0.5, 0.3, 0.2], [1, -1, 1])


@every_method
@pytest.mark.parametrize("bad", [[0.5, -0.1, 0.6], [0, 0, 0], [float("nan"), 1, 1], [1, 1], [[1, 1, 1, 1]]])
def test_what_are_no_weights_is_refused(id: str, bad: Any) -> None:
    with pytest.raises(MethodError, match="weight"):
        METHODS[id].function(np.ones((2, 3)), bad, [1, -1, 1], **settings_for(id, 3))


@every_method
@pytest.mark.parametrize("bad", [[1, 0, 1], [1, 1], [2, 1, 1]])
def test_what_is_no_sense_is_refused(id: str, bad: Any) -> None:
    with pytest.raises(MethodError, match="sense"):
        METHODS[id].function(np.ones((2, 3)), [1, 1, 1], bad, **settings_for(id, 3))


@every_method
def test_a_method_leaves_its_inputs_as_they_were(id: str) -> None:
    x, w, sense = np.array([[3.0, 1, 5], [3, 4, 2]]), np.array([0.5, 0.3, 0.2]), np.array([1.0, -1, 1])
    before = x.copy(), w.copy(), sense.copy()
    scores(id, x, w, sense)
    assert all((a == b).all() for a, b in zip(before, (x, w, sense), strict=True))


@every_method
def test_every_declaration_is_one_that_is_known(id: str) -> None:
    entry = METHODS[id]
    assert set(entry.lacks) <= set(PROMISES)
    assert set(entry.per_criterion) <= set(entry.settings)
    assert all(entry.lacks.values())
    assert entry.citation
    assert (entry.function.__doc__ or "").count("\n\n") >= 1


def test_an_id_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"additive is registered by techprio\.methods\.additive and again by"):
        method("additive", "", "")(lambda x, w, sense: x)
