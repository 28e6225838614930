"""What every outranking relation promises, the partial order that is read from it, and the kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techprio.errors import MethodError, UsageError
from techprio.relations import RELATIONS, PartialOrder, kernel

every_relation = pytest.mark.parametrize("id", RELATIONS)

FEED: dict[str, Any] = {
    "types": lambda n: [("linear", "usual", "level", "gaussian")[j % 4] for j in range(n)],
    "q": lambda n: [2.0 + j for j in range(n)],
    "p": lambda n: [10.0 + 3 * j for j in range(n)],
    "s": lambda n: [8.0 + j for j in range(n)],
    "v": lambda n: [30.0 + 9 * j if j % 2 else np.inf for j in range(n)],
}


def settings_for(id: str, n: int) -> dict[str, Any]:
    entry = RELATIONS[id]
    return {key: FEED[key](n) for key, default in entry.settings.items() if default is None}


def found(id: str, x: Any, w: Any, sense: Any) -> np.ndarray:
    return RELATIONS[id].function(x, w, sense, **settings_for(id, np.shape(x)[-1]))


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    m, n = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    x = draw(arrays(float, (m, n), elements=st.integers(1, 60).map(float)))
    w = draw(arrays(float, n, elements=st.floats(0.0625, 1, width=16)))
    return x, w, draw(arrays(float, n, elements=st.sampled_from([1.0, -1.0])))


Table = tuple[np.ndarray, np.ndarray, np.ndarray]


@every_relation
@settings(deadline=None)
@given(table=tables())
def test_shapes_order_and_batches(id: str, table: Table) -> None:
    x, w, sense = table
    turned = np.roll(np.arange(len(x)), 1)
    one = found(id, x, w, sense)
    assert one.shape == (len(x), len(x))
    assert found(id, x[turned], w, sense) == pytest.approx(one[np.ix_(turned, turned)])
    many = np.array([w, w[::-1] + 0.1, np.ones_like(w)])
    assert found(id, x, many, sense) == pytest.approx(np.stack([found(id, x, row, sense) for row in many]))
    vary = np.stack([x, x[::-1], np.sqrt(x)])
    assert found(id, vary, w, sense) == pytest.approx(np.stack([found(id, each, w, sense) for each in vary]))
    paired = np.stack([found(id, each, row, sense) for each, row in zip(vary, many, strict=True)])
    assert found(id, vary, many, sense) == pytest.approx(paired)


@every_relation
@settings(deadline=None)
@given(table=tables())
def test_who_is_at_least_as_good_everywhere_outranks(id: str, table: Table) -> None:
    x, w, sense = table
    x = x.copy()
    x[0] = np.where(sense > 0, np.maximum(x[0], x[1]), np.minimum(x[0], x[1]))
    assert found(id, x, w, sense)[0, 1] == 1
    assert (np.diagonal(found(id, x, w, sense)) == 1).all()


@every_relation
@settings(deadline=None)
@given(table=tables())
def test_identical_candidates_are_indifferent(id: str, table: Table) -> None:
    x, w, sense = table
    order = PartialOrder.of(found(id, np.concatenate([x, x[:1]]), w, sense), cut=0.7)
    assert order.indifference[0, -1]
    assert (order.outranks[0] == order.outranks[-1]).all()
    assert (order.preference + order.preference.T + order.indifference + order.incomparability == 1).all()


@every_relation
def test_very_many_weight_vectors_block_by_block(id: str) -> None:
    r = np.random.default_rng(3)
    x, sense, many = r.uniform(1, 60, (40, 3)), np.array([1.0, -1, 1]), r.dirichlet(np.ones(3), 1500)
    relation = found(id, x, many, sense)
    assert relation.shape == (1500, 40, 40)
    for s in (0, 700, 1499):
        assert relation[s] == pytest.approx(found(id, x, many[s], sense))


@every_relation
@pytest.mark.parametrize(
    "x",
    [
        [[3.0, 1]],
        [[3.0, 1], [3, 2]],
        [[0.0, 0], [0, 0]],
        [[1e300, 1e-300], [-1e300, 5e-324]],
        [[1.7e308, 1], [-1.7e308, 2]],
    ],
)
def test_odd_figures_have_an_answer(id: str, x: Any) -> None:
    relation = found(id, np.array(x), [0.5, 0.5], [1, -1])
    assert np.isfinite(relation.astype(float)).all()


@every_relation
def test_what_is_no_figure_is_refused(id: str) -> None:
    with pytest.raises(MethodError, match="row 1, column 1"):
        found(id, [[1.0, 2], [3, np.nan]], [0.5, 0.5], [1, -1])
    assert RELATIONS[id].citation


def test_electre1_refuses_what_it_does_not_know() -> None:
    x = [[1.0, 2], [3, 4]]
    with pytest.raises(MethodError, match="own or largest"):
        RELATIONS["electre1"].function(x, [1, 1], [1, 1], divisor="mine")
    with pytest.raises(MethodError, match="concordance must be in"):
        RELATIONS["electre1"].function(x, [1, 1], [1, 1], concordance=1.5)


# -- the partial order ----------------------------------------------------------------------------------------------


def test_incomparable_is_not_tied() -> None:
    x, w, sense = [[9.0, 1], [1, 9], [9, 1], [0, 0]], [0.5, 0.5], [1, 1]
    order = PartialOrder.of(RELATIONS["electre1"].function(x, w, sense), ["a", "b", "c", "d"])
    assert order.rows()[0] == {
        "id": "a",
        "preferred_to": ["d"],
        "worse_than": [],
        "indifferent_to": ["c"],
        "incomparable_to": ["b"],
    }
    with pytest.raises(ValueError, match="read-only"):
        order.outranks[0, 0] = False


def test_a_partial_order_needs_a_square_and_a_cut() -> None:
    with pytest.raises(UsageError, match=r"\(m, m\)"):
        PartialOrder.of(np.ones((2, 3), bool))
    with pytest.raises(UsageError, match="name it"):
        PartialOrder.of(np.ones((2, 2)))
    with pytest.raises(UsageError, match="1 names"):
        PartialOrder.of(np.ones((2, 2), bool), ["a"])
    assert PartialOrder.of(np.array([[1, 0.7], [0.69, 1]]), cut=0.7).preference[0, 1]


# -- the kernel -----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(relation=arrays(bool, st.integers(1, 7).map(lambda m: (m, m))))
def test_nobody_in_the_kernel_outranks_another_and_everybody_else_is_outranked(relation: np.ndarray) -> None:
    chosen = kernel(relation)
    m = len(relation)
    reach = relation | np.eye(m, dtype=bool)
    for via in range(m):
        reach |= reach[:, [via]] & reach[[via], :]
    together = reach & reach.T
    across = relation & ~together
    for a in range(m):
        assert all(chosen[b] == chosen[a] for b in np.flatnonzero(together[a]))
        circle = np.flatnonzero(together[a])
        beaten = any(across[c, b] for b in circle for c in np.flatnonzero(chosen))
        assert beaten != chosen[a]


def test_kernels_of_many_relations_are_those_one_by_one() -> None:
    many = np.random.default_rng(5).random((50, 9, 9)) < 0.2
    assert (kernel(many) == np.stack([kernel(one) for one in many])).all()
    with pytest.raises(UsageError, match=r"\(m, m\)"):
        kernel(np.ones(3, bool))


# -- published examples ---------------------------------------------------------------------------------------------

FOLDER = Path(__file__).parent / "golden"


def examples() -> list[Any]:
    return [
        pytest.param(path.stem, example, id=f"{path.stem}-{i + 1}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for i, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["examples"])
    ]


@pytest.mark.parametrize(("id", "example"), examples())
def test_a_published_relation_comes_out_as_printed(id: str, example: dict[str, Any]) -> None:
    entry = RELATIONS[id]
    arguments = (np.array(example["x"], float), example["w"], example["sense"])
    settings, expected = example.get("settings", {}), example["expected"]
    relation = entry.function(*arguments, **settings)
    if "relation" in expected:
        printed = np.array(expected["relation"], float)
        off = np.abs(relation - printed)
        np.fill_diagonal(off, 0.0)  # which tables leave out
        assert off.max() <= 0.5 * 10.0 ** -expected.get("decimals", 9) + 1e-9, relation.round(4)
    for kind in ("preference", "indifference", "incomparability"):
        if kind in expected:
            flags = getattr(PartialOrder.of(relation, cut=expected.get("cut")), kind)
            pairs = {(int(a), int(b)) for a, b in np.argwhere(flags) if a != b and (a < b or kind == "preference")}
            assert pairs == {tuple(pair) for pair in expected[kind]}, kind
    if "kernel" in expected:
        assert np.flatnonzero(kernel(relation)).tolist() == expected["kernel"]
    for name, printed in expected.get("parts", {}).items():
        assert entry.parts is not None
        value, wanted = getattr(entry.parts(*arguments, **settings), name), np.array(printed["values"], float)
        off = np.abs(np.where(np.isnan(wanted), 0.0, value - wanted))
        assert off.max() <= 0.5 * 10.0 ** -printed["decimals"] + 1e-9, f"{name}: {value.round(5)}"
    assert example["source"]
    assert set(expected) & {"relation", "preference", "kernel", "parts"}
