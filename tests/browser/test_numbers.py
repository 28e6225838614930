"""What the module computes is what Python computes."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import techprio
from techprio.build import node_weights, shares
from techprio.explorer.exploration import exploration
from techprio.explorer.page import module
from techprio.hall import Cut, Floor
from techprio.methods import METHODS
from techprio.methods.registry import find
from techprio.methods.value_tree import AGGREGATES
from techprio.ranking import listed, ordered, ranks
from techprio.run import Choices
from techprio.scoring import scoring

DRAWN = 200
FOLLOWED = [id for id, method in METHODS.items() if method.terms is not None and method.link in (None, np.exp)]
BENT = {"fit": "geometric", "impact": "harmonic", "autonomy": "minimum", "capability": "owa, orness: 0.3"}


@pytest.fixture(scope="module")
def inside(browser: Browser) -> Page:
    """A page where the parts of the module can be called."""
    tab = browser.new_page()
    text = f"{module()}\nexport {{ scores, shares, ranked, listed, rebalanced, asYaml }};"
    address = f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"
    tab.evaluate("async (address) => { globalThis.explorer = await import(address); }", address)
    return tab


def bent(folder: Path) -> techprio.Study:
    """The shipped study with its branches put together in every way there is."""
    root = Path(__file__).parents[2]
    text = (root / "criteria" / "strategic-technologies.yaml").read_text(encoding="utf-8")
    for id, how in BENT.items():
        kind, *rest = how.split(", ")
        lines = "".join(f"    {line}\n" for line in [f"aggregate: {kind}", *rest])
        text = text.replace(f"  - id: {id}\n", f"  - id: {id}\n{lines}", 1)
    (folder / "criteria").mkdir()
    path = folder / "criteria" / "bent.yaml"
    path.write_text(text, encoding="utf-8")
    return techprio.load(path, root / "candidates" / "decision-21-2026")


@pytest.mark.parametrize("variant", [*FOLLOWED, "tree"])
def test_scores_and_lists_equal_those_of_python(
    inside: Page, shipped: techprio.Study, tmp_path: Path, variant: str
) -> None:
    study = bent(tmp_path) if variant == "tree" else shipped
    if variant == "tree":
        assert {how.split(",")[0] for how in BENT.values()} == set(AGGREGATES) - {"arithmetic"}
    found = exploration(study, Choices(method="additive" if variant == "tree" else variant, draws=10))
    problem, method = found.verdict.problem, find(found.verdict.method)
    assert found.data["method"]["asked"] is None
    if variant in ("additive", "geometric", "tree"):
        assert found.data["score"]["by"] == {"additive": "sum", "geometric": "exp", "tree": "tree"}[variant]
    rng = np.random.default_rng(7)
    nodes = list(node_weights(study, "base"))
    vectors = [dict(zip(nodes, (rng.random(len(nodes)) * 30).tolist(), strict=True)) for _ in range(DRAWN)]
    for vector in vectors[:20]:
        vector[nodes[int(rng.integers(len(nodes)))]] = 0.0
    plain = {key: value for key, value in found.data.items() if key not in ("evidence", "words")}
    ours: list[dict[str, Any]] = inside.evaluate(
        """([data, vectors]) => vectors.map((weights) => {
          const found = explorer.scores(data, weights);
          const ranking = explorer.ranked(found, data.score.unit);
          return { scores: found, ranks: ranking.ranks, listed: explorer.listed(ranking, data.cut).map(Boolean) };
        })""",
        [json.loads(json.dumps(plain, default=dict)), vectors],
    )
    way = scoring(problem, method, found.verdict.settings)
    for vector, result in zip(vectors, ours, strict=True):
        whole = shares(study, vector)
        scores = way.scorer(np.array([whole[id] for id in problem.criteria]), None)
        unit = 1.0 if method.score_unit == "one" else max(1.0, float(np.abs(scores).max()))
        assert np.abs(scores - result["scores"]).max() <= 1e-12 * unit
        assert ranks(scores, method.score_unit).tolist() == result["ranks"]
        order, better = ordered(scores[None, :], method.score_unit)
        on_list = np.zeros(problem.m, bool)
        assert problem.cut is not None
        on_list[order[0]] = listed(order, better, problem.cut)[0]
        assert on_list.tolist() == result["listed"]


@pytest.mark.parametrize("unit", ["one", "largest"])
def test_ties_and_floors_are_treated_as_in_python(inside: Page, unit: Any) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        m = int(rng.integers(1, 14))
        scores = rng.integers(-3, 5, m) / 4 + rng.choice([0, 4e-11, 6e-11, 1e-9], m)
        members = [rng.random(m) < 0.4 for _ in range(2)]
        floors = tuple(Floor("tier", str(k), int(rng.integers(1, 4)), there) for k, there in enumerate(members))
        cut = Cut(int(rng.integers(6, 9)), floors)
        order, better = ordered(scores[None, :], unit)
        on_list = np.zeros(m, bool)
        on_list[order[0]] = listed(order, better, cut)[0]
        plain = np.zeros(m, bool)
        plain[order[0]] = listed(order, better, Cut(cut.total))[0]
        data = {
            "total": cut.total,
            "floors": [{"count": f.count, "members": np.flatnonzero(f.members).tolist()} for f in floors],
        }
        found = inside.evaluate(
            """([scores, unit, cut]) => {
              const ranking = explorer.ranked(scores, unit);
              return { ranks: ranking.ranks, order: ranking.order, by: explorer.listed(ranking, cut) };
            }""",
            [scores.tolist(), unit, data],
        )
        assert found["ranks"] == ranks(scores, unit).tolist()
        assert found["order"] == order[0].tolist()
        assert found["by"] == [
            None if not on else "score" if best else "floor" for on, best in zip(on_list, plain, strict=True)
        ]


def rebalance(inside: Page, weights: dict[str, float], id: str, percent: float, held: tuple[str, ...] = ()) -> Any:
    return inside.evaluate(
        """([weights, id, percent, held]) =>
          explorer.rebalanced(Object.keys(weights).map((id) => ({ id })), weights, new Set(held), id, percent)""",
        [weights, id, percent, list(held)],
    )


def test_siblings_share_the_rest_in_their_proportions(inside: Page) -> None:
    assert rebalance(inside, {"a": 50, "b": 30, "c": 20}, "a", 75) == {"a": 75, "b": 15, "c": 10}


def test_siblings_held_stay_and_bound_the_others(inside: Page) -> None:
    weights = {"a": 50, "b": 30, "c": 20}
    assert rebalance(inside, weights, "a", 60, ("b",)) == {"a": 60, "b": 30, "c": 10}
    assert rebalance(inside, weights, "a", 90, ("b",)) == {"a": 70, "b": 30, "c": 0}
    assert rebalance(inside, weights, "a", 90, ("b", "c")) == {"a": 50, "b": 30, "c": 20}


def test_siblings_without_weight_share_equally_what_is_given_up(inside: Page) -> None:
    assert rebalance(inside, {"a": 8, "b": 0, "c": 0}, "a", 40) == {"a": 40, "b": 30, "c": 30}


def test_ids_that_yaml_would_read_as_something_else_are_quoted(inside: Page) -> None:
    text = inside.evaluate(
        """() => explorer.asYaml({
          sets: [{ id: "explored" }], has_weight_sets: true,
          tree: ["a", "1.5", "null", "NO", "x-1"].map((id) => ({ id })),
        }, { a: 1, "1.5": 2, null: 3, NO: 4, "x-1": 5 }, "here")"""
    )
    assert text == (
        '# here\n  - id: explored-2\n    weights:\n      a: 1\n      "1.5": 2\n      "null": 3\n      "NO": 4\n'
        "      x-1: 5\n"
    )
