"""What every sorting method promises, and published examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techprio.errors import MethodError
from techprio.sorting import SORTINGS

Table = tuple[np.ndarray, np.ndarray, np.ndarray]

VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "pessimistic": ("electre_tri", {"cut": 0.6}),
    "optimistic": ("electre_tri", {"cut": 0.6, "rule": "optimistic"}),
    "limiting": ("flowsort", {}),
    "limiting, positive": ("flowsort", {"flow": "positive"}),
    "limiting, negative": ("flowsort", {"flow": "negative"}),
    "central": ("flowsort", {"kind": "central"}),
    "limits": ("thresholds", {"limits": [0.3, 0.5, 0.8]}),
    "limits on flows": ("thresholds", {"limits": [-0.2, 0.4], "method": "promethee2"}),
}
every_variant = pytest.mark.parametrize("variant", VARIANTS)


def profiles_for(sense: np.ndarray) -> np.ndarray:
    rise = np.arange(1.0, 5)[:, None] * (12 + np.arange(len(sense)))
    return np.where(sense > 0, rise, 70 - rise)


FEED: dict[str, Any] = {
    "profiles": profiles_for,
    "types": lambda sense: [("linear", "usual", "level", "gaussian")[j % 4] for j in range(len(sense))],
    "q": lambda sense: [2.0 + j for j in range(len(sense))],
    "p": lambda sense: [6.0 + 3 * j for j in range(len(sense))],
    "s": lambda sense: [8.0 + j for j in range(len(sense))],
    "v": lambda sense: [(20.0 + 9 * j, 0.1) if j % 2 else (np.inf, 0) for j in range(len(sense))],
}


def classes(variant: str, x: Any, w: Any, sense: Any, **more: Any) -> np.ndarray:
    id, settings = VARIANTS[variant]
    entry = SORTINGS[id]
    fed = {key: FEED[key](np.asarray(sense)) for key, default in entry.settings.items() if key in FEED}
    found = entry.function(x, w, sense, **{**fed, **settings, **more})
    assert found.dtype == np.int64
    return found


@st.composite
def tables(draw: st.DrawFn) -> Table:
    m, n = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    x = draw(arrays(float, (m, n), elements=st.integers(1, 70).map(float)))
    w = draw(arrays(float, n, elements=st.floats(0.0625, 1, width=16)))
    return x, w, draw(arrays(float, n, elements=st.sampled_from([1.0, -1.0])))


@every_variant
@settings(deadline=None)
@given(table=tables())
def test_order_and_batches(variant: str, table: Table) -> None:
    x, w, sense = table
    turned = np.roll(np.arange(len(x)), 1)
    one = classes(variant, x, w, sense)
    assert one.shape == (len(x),)
    assert classes(variant, x[turned], w, sense).tolist() == one[turned].tolist()
    many = np.array([w, w[::-1] + 0.1, np.ones_like(w)])
    assert classes(variant, x, many, sense).tolist() == [classes(variant, x, row, sense).tolist() for row in many]
    vary = np.stack([x, x[::-1], np.sqrt(x) + 20])
    assert classes(variant, vary, w, sense).tolist() == [classes(variant, each, w, sense).tolist() for each in vary]
    pairs = zip(vary, many, strict=True)
    paired = [classes(variant, each, row, sense).tolist() for each, row in pairs]
    assert classes(variant, vary, many, sense).tolist() == paired


@every_variant
@settings(deadline=None)
@given(table=tables())
def test_who_is_at_least_as_good_everywhere_is_in_no_lower_class(variant: str, table: Table) -> None:
    x, w, sense = table
    x = x.copy()
    x[0] = np.where(sense > 0, np.maximum(x[0], x[1]), np.minimum(x[0], x[1]))
    found = classes(variant, x, w, sense)
    assert found[0] >= found[1]


@every_variant
@settings(deadline=None)
@given(table=tables())
def test_identical_candidates_are_in_one_class(variant: str, table: Table) -> None:
    x, w, sense = table
    found = classes(variant, np.concatenate([x, x[:1]]), w, sense)
    assert found[0] == found[-1]


@settings(deadline=None)
@given(table=tables())
def test_the_pessimistic_class_is_never_above_the_optimistic_one(table: Table) -> None:
    low, high = (classes(variant, *table) for variant in ("pessimistic", "optimistic"))
    assert (low <= high).all()


@pytest.mark.parametrize("variant", [v for v, (id, _) in VARIANTS.items() if id != "thresholds"])
@settings(deadline=None)
@given(table=tables())
def test_a_class_does_not_depend_on_other_candidates(variant: str, table: Table) -> None:
    x, w, sense = table
    assert classes(variant, x[:1], w, sense)[0] == classes(variant, x, w, sense)[0]


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        ("pessimistic", [1, 2, 3, 4]),
        ("optimistic", [1, 2, 3, 4]),
        ("limiting", [0, 0, 1, 2]),
        ("central", [0, 1, 2, 3]),
    ],
)
@settings(deadline=None)
@given(sense=arrays(float, 3, elements=st.sampled_from([1.0, -1.0])))
def test_a_candidate_on_a_profile(variant: str, expected: list[int], sense: np.ndarray) -> None:
    """ELECTRE TRI: in the class above it, which peers get wrong by one class; FlowSort: not above a limit."""
    assert classes(variant, profiles_for(sense), [0.5, 0.3, 0.2], sense).tolist() == expected


@every_variant
def test_very_many_weight_vectors_block_by_block(variant: str) -> None:
    r = np.random.default_rng(3)
    x, sense, many = r.uniform(1, 70, (40, 3)), np.array([1.0, -1, 1]), r.dirichlet(np.ones(3), 9000)
    found = classes(variant, x, many, sense)
    assert found.shape == (9000, 40)
    for s in (0, 7000, 8999):
        assert found[s].tolist() == classes(variant, x, many[s], sense).tolist()


@every_variant
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
def test_odd_figures_have_a_class(variant: str, x: Any) -> None:
    assert (classes(variant, np.array(x), [0.5, 0.5], [1, -1]) >= 0).all()


@every_variant
def test_what_is_no_figure_is_refused(variant: str) -> None:
    with pytest.raises(MethodError, match="row 1, column 1"):
        classes(variant, [[1.0, 2], [3, np.nan]], [0.5, 0.5], [1, -1])
    assert SORTINGS[VARIANTS[variant][0]].citation


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"profiles": None}, "profiles are needed"),
        ({"profiles": [[1.0, 2, 3]]}, "profiles must be"),
        ({"profiles": [[1.0, np.inf]]}, "row 0, column 1"),
        ({"profiles": [[5.0, 5], [4, 6]]}, "row 1 is worse than the one before it in column 0"),
        ({"profiles": [[5.0, 5], [5, 5]]}, "the class between them is empty"),
        ({"cut": 0.4}, "0.5 … 1"),
        ({"rule": "hopeful"}, "pessimistic or optimistic"),
        ({"q": None}, "q of column 0 is missing"),
        ({"q": 9.0, "p": 5.0}, "above p"),
        ({"q": 0, "p": (0.0, 1.5), "v": None}, "must not be above 1"),
    ],
)
def test_electre_tri_refuses(more: dict[str, Any], why: str) -> None:
    settings: dict[str, Any] = {"profiles": [[5.0, 5], [9, 9]], "q": 1.0, "p": 2.0, **more}
    if settings["p"] == (0.0, 1.5):
        settings["p"] = [(0.0, 1.5)] * 2
    with pytest.raises(MethodError, match=why):
        SORTINGS["electre_tri"].function([[1.0, 2], [3, 4]], [1, 1], [1, 1], **settings)


@pytest.mark.parametrize(
    ("id", "more", "why"),
    [
        ("flowsort", {"profiles": [[5.0, 5]]}, "2 or more"),
        ("flowsort", {"profiles": [[5.0, 5], [9, 9]], "kind": "other"}, "one of limiting, central"),
        ("flowsort", {"profiles": [[5.0, 5], [9, 9]], "flow": "other"}, "one of net, positive, negative"),
        ("thresholds", {}, "limits of the classes are needed"),
        ("thresholds", {"limits": [0.5, 0.2]}, "rise"),
        ("thresholds", {"limits": [0.5], "method": "topsy"}, "no ranking method"),
    ],
)
def test_the_others_refuse(id: str, more: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SORTINGS[id].function([[1.0, 2], [3, 4]], [1, 1], [1, 1], **more)


def test_a_score_on_a_limit_reaches_it() -> None:
    x = [[0.1 + 0.2, 0], [0.7, 0], [0.2, 0]]
    settings = {"limits": [0.3, 0.7], "settings": {"scaling": "none"}}
    assert SORTINGS["thresholds"].function(x, [1, 0], [1, 1], **settings).tolist() == [1, 2, 0]


# -- published examples ---------------------------------------------------------------------------------------------

FOLDER = Path(__file__).parent / "golden"


def examples() -> list[Any]:
    return [
        pytest.param(path.stem, example, id=f"{path.stem}-{i + 1}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for i, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["examples"])
    ]


@pytest.mark.parametrize(("id", "example"), examples())
def test_a_published_sorting_comes_out_as_printed(id: str, example: dict[str, Any]) -> None:
    entry = SORTINGS[id]
    arguments = (np.array(example["x"], float), example["w"], example["sense"])
    settings, expected = example.get("settings", {}), example["expected"]
    for wanted in expected["classes"]:
        found = entry.function(*arguments, **settings, **wanted.get("settings", {}))
        assert found.tolist() == wanted["values"], wanted.get("settings")
    for name, printed in expected.get("parts", {}).items():
        assert entry.parts is not None
        found = getattr(entry.parts(*arguments, **settings), name)
        off = np.abs(found - np.array(printed["values"], float))
        assert off.max() <= 0.5 * 10.0 ** -printed["decimals"] + 1e-9, f"{name}: {found.round(5)}"
    assert example["source"]
