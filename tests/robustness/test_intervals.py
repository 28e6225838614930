"""Stability intervals: a published theorem on an example of ours, and random studies tried on a grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from techprio.hall import Branching, Cut, Problem, frozen
from techprio.robustness.intervals import Judge, Line, interval, leaf_lines, named_lines, node_lines

WEIGHTS = np.array([0.33, 0.31, 0.28, 0.08])
FIGURES = np.array(
    [[0.31, 0.29, 0.39, 0.19], [0.22, 0.35, 0.18, 0.63], [0.45, 0.25, 0.12, 0.06], [0.02, 0.12, 0.32, 0.12]]
)


def example() -> Problem:
    return Problem.from_rows("ABCD", ["c1", "c2", "c3", "c4"], FIGURES.tolist(), weights=WEIGHTS.tolist(), cut=2)


def judge(terms: np.ndarray, cut: int) -> Judge:
    return Judge(lambda w: w @ terms.T, "one", Cut(cut))


def test_the_order_of_a_pair_turns_where_theorem_2_says() -> None:
    """Criterion k turns A_i and A_j if its weight falls by δ = (P_j − P_i) / (a_jk − a_ik), before the weights are
    divided by their sum again. The first δ on either side bounds the interval of the order.

    Triantaphyllou & Sánchez (1997), Decision Sciences 28(1), 151–194, theorem 2.
    """
    p = example()
    total = WEIGHTS / WEIGHTS.sum()
    scores = FIGURES @ total
    for k, line in enumerate(leaf_lines(p)):
        found = interval(line, judge(FIGURES, 2), "order", FIGURES)
        ends = []
        for i in range(4):
            for j in range(i + 1, 4):
                delta = (scores[j] - scores[i]) / (FIGURES[j, k] - FIGURES[i, k])
                if delta <= total[k]:  # a weight cannot fall below 0
                    ends.append((total[k] - delta) / (1 - delta))
        below = [end for end in ends if end < total[k]]
        above = [end for end in ends if total[k] < end]
        assert found.low == pytest.approx(max(below, default=0.0), abs=1e-12)
        assert found.high == pytest.approx(min(above, default=1.0), abs=1e-12)


def tree(n: int) -> Branching:
    """Two branches, the first with half of the criteria."""
    half = n // 2
    return Branching("", (Branching("a", tuple(range(half))), Branching("b", tuple(range(half, n)))))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("aim", ["winner", "list", "order"])
def test_inside_an_interval_nothing_changes_and_beyond_it_something_does(seed: int, aim: str) -> None:
    r = np.random.default_rng(seed)
    terms = r.random((6, 4))
    p = Problem.from_rows([f"c{i}" for i in range(6)], "wxyz", terms.tolist(), weights=r.dirichlet(np.ones(4)).tolist())
    p = replace(p, tree=tree(4))
    lines = named_lines(node_lines(p), p) + leaf_lines(p)
    for line in lines:
        judging = judge(terms, 2)
        found = interval(line, judging, aim, terms)  # type: ignore[arg-type]
        low, high = found.low / line.above, found.high / line.above
        now = judging.states(line.at(np.array([line.now])), aim)  # type: ignore[arg-type]
        inside = judging.states(line.at(np.linspace(low, high, 50)[1:-1]), aim)  # type: ignore[arg-type]
        assert (inside == now).all()
        for end, step, change in ((low, -1e-7, found.before), (high, 1e-7, found.after)):
            if change is None:
                assert end in (0.0, 1.0)
            else:
                assert (judging.states(line.at(np.array([end + step])), aim) != now).any()  # type: ignore[arg-type]


def test_lines_keep_the_sum_and_pass_through_the_stated_weights() -> None:
    p = replace(example(), tree=tree(4))
    for line in node_lines(p) + leaf_lines(p):
        w = line.at(np.linspace(0, 1, 11))
        assert np.allclose(w.sum(axis=1), 1)
        assert np.allclose(line.at(np.array([line.now]))[0], p.weights)


@pytest.mark.parametrize("seed", range(10))
def test_trying_and_solving_agree(seed: int) -> None:
    r = np.random.default_rng(seed)
    terms = r.random((6, 4))
    p = Problem.from_rows([f"c{i}" for i in range(6)], "wxyz", terms.tolist(), weights=r.dirichlet(np.ones(4)).tolist())
    for line in leaf_lines(p):
        solved = interval(line, judge(terms, 2), "list", terms)
        tried = interval(line, judge(terms, 2), "list", None)
        assert tried.low >= solved.low - 1e-9 or tried.low == pytest.approx(solved.low, abs=1e-2)
        assert (tried.low, tried.high) == pytest.approx((solved.low, solved.high), abs=1e-2)


def test_a_criterion_that_has_all_the_weight_has_no_line() -> None:
    p = replace(example(), weights=frozen([1.0, 0, 0, 0]))
    assert [line.node for line in leaf_lines(p)] == ["c2", "c3", "c4"]
    assert all(isinstance(line, Line) for line in leaf_lines(p))
