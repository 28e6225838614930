"""Published examples: every measure of agreement and every consensus comes out as it was printed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techprio import agreement
from techprio.agreement.consensus import strongest_paths

FOLDER = Path(__file__).parent / "golden"
CONSENSUS = ("borda", "copeland", "kemeny", "schulze")
MEASURES = ("kendall", "kendall_w", "rbo", "spearman", "top_k", "weighted_spearman", "ws")


def examples(ids: tuple[str, ...]) -> list[Any]:
    found = []
    for id in ids:
        for i, example in enumerate(yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))["examples"]):
            found.append(pytest.param(id, example, id=f"{id}-{i + 1}"))
    return found


def ballots(orders: dict[str, float]) -> tuple[list[list[int]], list[float]]:
    """``{a b c: votes}`` as ranks of the candidates in the order of their names, and votes."""
    names = sorted(next(iter(orders)).split())
    return [[order.split().index(name) + 1 for name in names] for order in orders], list(orders.values())


def over_all_rankings(measure: Callable[..., float], m: int) -> np.ndarray:
    """What the measure says of 1 … m against each of the m! rankings without ties."""
    reference = np.arange(1.0, m + 1)
    return np.array([measure(reference, np.array(ranking)) for ranking in itertools.permutations(reference)])


@pytest.mark.parametrize(("id", "example"), examples(MEASURES))
def test_a_measure_comes_out_as_printed(id: str, example: dict[str, Any]) -> None:
    expected, measure = example["expected"], getattr(agreement, id)
    if "mean" in expected:
        found, printed = over_all_rankings(measure, example["rankings_of"]).mean(), expected["mean"]
    elif "correlates" in expected:
        ((other, printed),) = expected["correlates"].items()
        values = [over_all_rankings(each, example["rankings_of"]) for each in (measure, getattr(agreement, other))]
        found = np.corrcoef(values)[0, 1]
    else:
        found, printed = measure(*example["arguments"], **example.get("settings", {})), expected["value"]
    assert example["source"]
    assert abs(found - printed) <= 0.5 * 10.0 ** -expected["decimals"] + 1e-9, found


@pytest.mark.parametrize(("id", "example"), examples(CONSENSUS))
def test_a_consensus_comes_out_as_printed(id: str, example: dict[str, Any]) -> None:
    expected = example["expected"]
    rankings, votes = ballots(example["orders"]) if "orders" in example else (example["ranks"], None)
    more = {"count": True} if id == "kemeny" else {}
    found = getattr(agreement, id)(rankings, votes, **more)
    assert example["source"]
    assert found.ranks.tolist() == expected["ranks"]
    for name in ("scores", "distance", "count", "optimal"):
        if name in expected:
            assert np.asarray(getattr(found, name)).tolist() == expected[name], name
    if "paths" in expected:
        assert strongest_paths(found.preferences).tolist() == expected["paths"]


@pytest.mark.parametrize("id", [*MEASURES, *CONSENSUS])
def test_everything_has_two_examples(id: str) -> None:
    assert len(yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))["examples"]) >= 2
    assert id in agreement.__all__
