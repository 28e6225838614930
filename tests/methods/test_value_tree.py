"""Values put together up a tree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import techprio
from techprio.hall import Branching
from techprio.methods import METHODS
from techprio.methods.value_tree import AGGREGATES, branch_values, tree_values

V = np.array([[0.9, 0.4, 0.6, 0.0], [0.5, 0.5, 0.5, 0.5], [0.1, 1.0, 0.3, 0.8]])
W = np.array([0.3, 0.1, 0.4, 0.2])


def tree(aggregate: str, orness: float = 0.3) -> Branching:
    """Two branches of two leaves, the first put together in its own way."""
    return Branching("", (Branching("a", (0, 1), aggregate, orness), Branching("b", (2, 3))))


@pytest.mark.parametrize(
    ("aggregate", "first_branch"),
    [
        ("arithmetic", 0.75 * 0.9 + 0.25 * 0.4),
        ("geometric", 0.9**0.75 * 0.4**0.25),
        ("harmonic", 1 / (0.75 / 0.9 + 0.25 / 0.4)),
        ("minimum", 0.4),
        ("owa", 0.75 ** (7 / 3) * 0.9 + (1 - 0.75 ** (7 / 3)) * 0.4),
    ],
)
def test_a_branch_follows_its_formula(aggregate: str, first_branch: float) -> None:
    found = branch_values(V, W, tree(aggregate))
    assert found[0, 0] == pytest.approx(first_branch)
    assert found[0, 1] == pytest.approx((0.4 * 0.6 + 0.2 * 0.0) / 0.6)
    assert tree_values(V, W, tree(aggregate))[0] == pytest.approx(0.4 * first_branch + 0.6 * found[0, 1])


def test_a_tree_of_sums_is_the_sum() -> None:
    assert tree_values(V, W, tree("arithmetic")) == pytest.approx(V @ W)


def test_half_orness_is_the_sum() -> None:
    assert tree_values(V, W, tree("owa", 0.5)) == pytest.approx(V @ W)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_equal_values_stay_what_they_are(aggregate: str) -> None:
    assert tree_values(V, W, tree(aggregate))[1] == pytest.approx(0.5)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_many_weights_and_figures_are_put_together_one_by_one(aggregate: str) -> None:
    many = np.random.default_rng(1).dirichlet(np.ones(4), 5)
    one_by_one = np.stack([tree_values(V, w, tree(aggregate)) for w in many])
    assert tree_values(V, many, tree(aggregate)) == pytest.approx(one_by_one)
    vary = np.random.default_rng(2).random((5, 3, 4))
    paired = np.stack([tree_values(v, w, tree(aggregate)) for v, w in zip(vary, many, strict=True)])
    assert tree_values(vary, many, tree(aggregate)) == pytest.approx(paired)
    assert tree_values(vary, W, tree(aggregate)) == pytest.approx(
        np.stack([tree_values(v, W, tree(aggregate)) for v in vary])
    )


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_a_leaf_without_weight_counts_for_nothing(aggregate: str) -> None:
    w = np.array([0.4, 0.0, 0.4, 0.2])
    without = Branching("", (Branching("a", (0,), aggregate, 0.3), Branching("b", (1, 2))))
    expected = tree_values(V[:, [0, 2, 3]], w[[0, 2, 3]], without)
    assert tree_values(V, w, tree(aggregate, 0.3)) == pytest.approx(expected)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_a_branch_without_weight_is_no_division_by_zero(aggregate: str) -> None:
    assert np.isfinite(tree_values(V, np.array([0, 0, 0.5, 0.5]), tree(aggregate))).all()


def test_a_study_honours_its_branches_and_says_so(study_folder: Path) -> None:
    path = study_folder / "criteria" / "study.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    criteria:\n", "    aggregate: geometric\n    criteria:\n", 1), encoding="utf-8")
    found = techprio.rank(techprio.load(path))
    assert found.settings == {"scaling": "value", "aggregate": {"impact": "geometric"}}
    a = next(row for row in found.rows() if row["id"] == "A")
    impact = 0.75 ** (2 / 3) * 0.3 ** (1 / 3)
    assert a["score"] == pytest.approx(0.6 * impact + 0.4 * 0.76)
    assert a["contributions"] is None
    assert a["branches"] == {"impact": pytest.approx(impact), "funding": pytest.approx(0.76)}
    assert all(certified == "none" for certified in found.trust.certified)


def test_other_methods_read_leaves(study_folder: Path) -> None:
    path = study_folder / "criteria" / "study.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    criteria:\n", "    aggregate: minimum\n    criteria:\n", 1), encoding="utf-8")
    assert "aggregate" not in techprio.rank(techprio.load(path), method="geometric").settings
    assert METHODS["geometric"].needs == {}
