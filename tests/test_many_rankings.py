"""Rankings by several methods under all weight sets."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import techprio
from techprio.agreement import kendall

SHIPPED = Path(__file__).parents[1] / "criteria" / "strategic-technologies.yaml"
METHODS = ["additive", "geometric", "topsis", "marcos"]


@pytest.fixture(scope="module")
def shipped() -> techprio.Study:
    return techprio.load(SHIPPED)


@pytest.fixture(scope="module")
def found(shipped: techprio.Study):
    return techprio.compare_methods(shipped, METHODS)


def test_every_method_ranks_under_every_weight_set(shipped: techprio.Study, found):
    sets = ["base", *(weight_set.id for weight_set in shipped.criteria.weight_sets)]
    assert [(v.method, v.weight_set) for v in found.verdicts] == [(m, s) for m in METHODS[:3] for s in sets]
    for verdict in found.verdicts:
        alone = techprio.rank(shipped, method=verdict.method, weights=verdict.weight_set, draws=1)
        assert alone.ranks.tolist() == verdict.ranks.tolist()


def test_a_method_that_cannot_take_the_figures_says_why(found):
    [(id, error)] = found.refused
    assert id == "marcos"
    assert "column time_to_market (" in str(error)
    assert str(error) in found.to_json()["refused"][0]["reason"]


def test_without_names_the_multiverse_of_the_study_is_compared(shipped: techprio.Study):
    named = {world.method for world in shipped.criteria.analysis.multiverse}
    found = techprio.compare_methods(shipped)
    assert {verdict.method for verdict in found.verdicts} == named | {shipped.criteria.analysis.method}


def test_the_consensus_is_no_farther_from_the_rankings_than_any_other_order(study: techprio.Study):
    found = techprio.compare_methods(study, ["additive", "topsis", "edas"])
    m = found.first.problem.m

    def distance(order: tuple[int, ...]) -> float:
        against = 0.0
        for ranks in found.ranks:
            for a in range(m):
                for b in range(a + 1, m):
                    against += 0.5 if ranks[order[a]] == ranks[order[b]] else float(ranks[order[a]] > ranks[order[b]])
        return against

    best = min(distance(order) for order in permutations(range(m)))
    assert distance(tuple(np.argsort(found.consensus.ranks, kind="stable"))) == best


def test_what_decides_who_is_listed_is_found_one_pair_of_rankings_after_the_other(found):
    assert found.listed is not None
    for i, said in enumerate(found.depends()):
        pairs = [(a, b) for a in range(len(found.verdicts)) for b in range(a)]
        differ = [(a, b) for a, b in pairs if found.listed[a, i] != found.listed[b, i]]
        by_method = any(found.verdicts[a].weight_set == found.verdicts[b].weight_set for a, b in differ)
        by_weights = any(found.verdicts[a].method == found.verdicts[b].method for a, b in differ)
        assert said == {(1, 1): "both", (1, 0): "method", (0, 1): "weights"}.get((by_method, by_weights))


def test_agreement_is_kendalls_tau(found):
    taus = found.agreement()
    for a, verdict in enumerate(found.verdicts):
        assert taus[a][0] == pytest.approx(kendall(verdict.ranks, found.first.ranks))


def test_rows_tell_best_and_worst_rank(found):
    for row in found.rows():
        assert row["rank_best"] == min(row["rank"].values())
        assert row["rank_worst"] == max(row["rank"].values())
        assert row["listed_share"] == pytest.approx(found.listed[:, found.first.problem.row(row["id"])].mean())
