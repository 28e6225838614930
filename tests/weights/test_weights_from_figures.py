"""What every weighting from figures promises, tried on tables that nobody chose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techprio.errors import MethodError, UsageError
from techprio.weights import WEIGHTINGS, find

Table = tuple[np.ndarray, np.ndarray]
IDS = [id for id, entry in WEIGHTINGS.items() if entry.kind == "objective"]
POSITIVE = ("cilos", "entropy", "gini", "idocriw", "merec")
"""Do not take negatives."""

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault."""

every = pytest.mark.parametrize("id", IDS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """(x, sense) with figures between 1 and 100, some of them equal, costs among the criteria."""
    m, n = draw(st.integers(2, 7)), draw(st.integers(2, 5))
    figure = st.one_of(st.integers(1, 100).map(float), st.floats(1, 100, width=32))
    x = draw(arrays(float, (m, n), elements=figure))
    return x, draw(arrays(float, n, elements=st.sampled_from([1.0, -1.0])))


def weights(id: str, x: Any, sense: Any, **more: Any) -> np.ndarray:
    found = WEIGHTINGS[id].function(x, sense, **more)
    assert found.shape == (np.shape(x)[1],)
    assert not found.flags.writeable
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    return np.asarray(found)


def weighed(id: str, x: Any, sense: Any) -> np.ndarray:
    """Weights, or no test where the method says that such figures cannot be weighed."""
    try:
        return weights(id, x, sense)
    except MethodError:
        assume(False)
        raise


def nearly(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-6, abs=1e-8)


def well_spread(x: np.ndarray) -> None:
    """Columns are constant, or vary by more than rounding: what hardly varies has hardly any digits left to weigh."""
    spread = np.ptp(x, axis=0)
    assume(((spread == 0) | (spread > 1e-3)).all())


@every
@calm
@given(table=tables())
def test_the_order_of_candidates_does_not_matter(id: str, table: Table) -> None:
    x, sense = table
    well_spread(x)
    assert weighed(id, x[::-1], sense) == nearly(weights(id, x, sense))


@every
@calm
@given(table=tables())
def test_the_order_of_criteria_does_not_matter(id: str, table: Table) -> None:
    x, sense = table
    well_spread(x)
    assert weighed(id, x[:, ::-1], sense[::-1])[::-1] == nearly(weights(id, x, sense))


@every
@calm
@given(table=tables(), unit=st.sampled_from([1e-3, 0.25, 7.0, 1e6]))
def test_a_change_of_unit_does_not_matter(id: str, table: Table, unit: float) -> None:
    x, sense = table
    well_spread(x)
    other = x.copy()
    other[:, 0] *= unit
    assert weighed(id, other, sense) == nearly(weights(id, x, sense))


@every
@calm
@given(table=tables())
def test_a_constant_column_has_no_weight(id: str, table: Table) -> None:
    x, sense = table
    more = np.column_stack([x, np.full(len(x), 5.0)])
    assert weighed(id, more, np.append(sense, -1.0))[-1] == 0


@pytest.mark.parametrize("id", [id for id in IDS if id != "merec"])  # MEREC counts the criteria
@calm
@given(table=tables())
def test_a_constant_column_changes_no_other_weight(id: str, table: Table) -> None:
    x, sense = table
    well_spread(x)
    more = np.column_stack([x, np.full(len(x), 5.0)])
    assert weighed(id, more, np.append(sense, 1.0))[:-1] == nearly(weights(id, x, sense))


@pytest.mark.parametrize("id", ["entropy", "gini", "std"])
@calm
@given(table=tables())
def test_where_the_sense_plays_no_part(id: str, table: Table) -> None:
    x, sense = table
    well_spread(x)
    assert weighed(id, x, -sense) == nearly(weights(id, x, sense))


@every
@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_huge_and_tiny_figures(id: str, size: float) -> None:
    x = np.array([[1.0, 2, 7], [3, 5, 2], [2, 9, 4], [6, 3, 3]])
    sense = np.array([1.0, -1, 1])
    assert weights(id, x * size, sense) == nearly(weights(id, x, sense))


@every
def test_one_criterion_has_all_weight(id: str) -> None:
    assert weights(id, [[3.0], [5]], [-1]).tolist() == [1]
    assert weights(id, [[3.0]], [1]).tolist() == [1]


@every
def test_one_varying_criterion_has_all_weight(id: str) -> None:
    if id == "lopcow":  # |100 ln| of a column that varies may be anything, and alone it is all
        return
    assert weights(id, [[3.0, 1], [5, 1], [4, 1]], [1, 1]).tolist() == [1, 0]


@every
def test_nothing_varies(id: str) -> None:
    for x in ([[1.0, 2, 3]], [[1.0, 2], [1, 2]]):
        with pytest.raises(MethodError, match="nothing to weigh"):
            WEIGHTINGS[id].function(x, [1] * len(x[0]))


@every
def test_identical_candidates(id: str) -> None:
    x = np.array([[1.0, 2, 7], [3, 5, 2], [2, 9, 4], [6, 3, 3], [6, 3, 3]])
    weights(id, x, [1, 1, -1])


@every
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_named(id: str, bad: float) -> None:
    with pytest.raises(MethodError, match="row 1, column 0"):
        WEIGHTINGS[id].function([[1.0, 2], [bad, 4]], [1, 1])


@every
def test_shapes_and_senses(id: str) -> None:
    for x, sense in (([1.0, 2], [1, 1]), ([[1.0, 2], [2, 1]], [1]), ([[1.0, 2], [2, 1]], [1, 0]), ([[]], [])):
        with pytest.raises(MethodError):
            WEIGHTINGS[id].function(x, sense)


@every
def test_negatives_are_taken_or_refused_by_column(id: str) -> None:
    x, sense = [[4.0, -2, 3], [4, 5, 1], [4, 3, 2], [4, 9, 5]], [1, 1, -1]
    if id in POSITIVE:
        with pytest.raises(MethodError, match="column 1"):
            WEIGHTINGS[id].function(x, sense)
    else:
        weights(id, x, sense)


def test_zeros() -> None:
    x, sense = [[0.0, 2, 3], [2, 5, 1], [4, 3, 2], [3, 9, 5]], [1, 1, -1]
    for id in IDS:
        if id == "merec":
            with pytest.raises(MethodError, match="column 0"):
                WEIGHTINGS[id].function(x, sense)
        else:
            weights(id, x, sense)
    with pytest.raises(MethodError, match="a cost of zero in column 0"):
        WEIGHTINGS["cilos"].function(x, [-1, 1, 1])


@every
def test_a_zero_column_has_no_weight_or_is_refused_where_shares_are_taken(id: str) -> None:
    x, sense = [[0.0, 2, 3], [0, 5, 1], [0, 3, 2]], [1, 1, 1]
    if id in ("entropy", "gini", "idocriw", "merec"):
        with pytest.raises(MethodError, match="column 0"):
            WEIGHTINGS[id].function(x, sense)
    else:
        assert weights(id, x, sense)[0] == 0


def test_perfectly_correlated_columns_have_no_conflict() -> None:
    with pytest.raises(MethodError, match="perfectly correlated"):
        WEIGHTINGS["critic"].function([[1.0, 2], [2, 4], [3, 6]], [1, 1])


def test_one_candidate_best_on_all_has_no_loss() -> None:
    with pytest.raises(MethodError, match="loses anything"):
        WEIGHTINGS["cilos"].function([[9.0, 8, 7], [2, 4, 1], [3, 6, 2]], [1, 1, 1])


def test_two_candidates_are_too_few_for_lopcow() -> None:
    with pytest.raises(MethodError, match="two candidates"):
        WEIGHTINGS["lopcow"].function([[1.0, 5], [2, 3]], [1, 1])


def test_settings_are_known() -> None:
    x, sense = [[1.0, 5], [2, 3], [4, 9]], [1, -1]
    with pytest.raises(MethodError, match="pearson or spearman"):
        WEIGHTINGS["critic"].function(x, sense, correlation="kendall")
    with pytest.raises(MethodError, match="inverted"):
        WEIGHTINGS["entropy"].function(x, sense, costs="turned")
    weights("critic", x, sense, correlation="spearman")
    weights("entropy", x, sense, costs="inverted")
    weights("std", x, sense, scaling="vector")


@calm
@given(table=tables())
def test_critic_is_what_its_formula_says(table: Table) -> None:
    """Plain loops over eq. (1)–(5)."""
    x, sense = table
    assume((np.ptp(x, axis=0) > 1e-2).all() and len(x) > 2)
    m, n = x.shape
    scaled = [[(x[i, j] - x[:, j].min()) / np.ptp(x[:, j]) for j in range(n)] for i in range(m)]
    v = np.array([[row[j] if sense[j] > 0 else 1 - row[j] for j in range(n)] for row in scaled])
    information = []
    for j in range(n):
        conflict = sum(1 - np.corrcoef(v[:, j], v[:, k])[0, 1] for k in range(n))
        information.append(np.std(v[:, j], ddof=1) * conflict)
    assume(sum(information) > 1e-6)
    assert weights("critic", x, sense) == pytest.approx(np.array(information) / sum(information), rel=1e-6, abs=1e-9)


@calm
@given(table=tables())
def test_cilos_solves_its_system(table: Table) -> None:
    x, sense = table
    parts = WEIGHTINGS["cilos"].parts
    assert parts is not None
    well_spread(x)
    assume((np.ptp(x, axis=0) > 0).all())
    w = weighed("cilos", x, sense)
    assert parts(x, sense).F @ w == pytest.approx(np.zeros(len(w)), abs=1e-9)


@calm
@given(table=tables())
def test_idocriw_is_the_product_of_its_parts(table: Table) -> None:
    x, sense = table
    w = weighed("idocriw", x, sense)
    product = weights("entropy", x, sense) * weights("cilos", x, sense)
    assert w == pytest.approx(product / product.sum())


@calm
@given(table=tables())
def test_merec_is_what_its_formula_says(table: Table) -> None:
    """Plain loops over eq. (1)–(6)."""
    x, sense = table
    well_spread(x)
    w = weighed("merec", x, sense)
    m, n = x.shape
    scaled = [
        [x[:, j].min() / x[i, j] if sense[j] > 0 else x[i, j] / x[:, j].max() for j in range(n)] for i in range(m)
    ]
    effects = []
    for j in range(n):
        effect = 0.0
        for row in scaled:
            whole = np.log(1 + sum(abs(np.log(v)) for v in row) / n)
            part = np.log(1 + sum(abs(np.log(row[k])) for k in range(n) if k != j) / n)
            effect += abs(part - whole)
        effects.append(effect)
    assert w == pytest.approx(np.array(effects) / sum(effects), rel=1e-6, abs=1e-9)


def test_an_unknown_weighting_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean critic"):
        find("critc")
    with pytest.raises(UsageError, match="cannot be found by xyzzy"):
        find("xyzzy")
    assert find("ahp").settings == {"priorities": "eigenvector", "scale": 9}


@pytest.mark.parametrize("id", WEIGHTINGS)
def test_every_card_is_complete(id: str) -> None:
    entry = WEIGHTINGS[id]
    assert entry.title
    assert entry.citation.endswith(".")
    assert entry.function.__doc__
    assert all(entry.says.values())
