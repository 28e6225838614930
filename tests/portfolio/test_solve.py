"""The best set: against every set, at size, and where there is none."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest

from portfolio.choices import best_by_trying, budget, every_set, random_choice, unit
from techprio.hall import frozen
from techprio.portfolio.conflict import conflict
from techprio.portfolio.model import Constraint, Model, Pair
from techprio.portfolio.questions import balance, curve, price
from techprio.portfolio.search import Found, searched
from techprio.portfolio.solve import Effort, feasible, solve


@pytest.mark.parametrize("seed", range(40))
def test_the_solver_finds_what_trying_every_set_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = random_choice(rng, int(rng.integers(3, 11)))
    found, expected = solve(model), best_by_trying(model)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert found.gap == 0
    assert model.broken(found.x) == []
    assert found.value == pytest.approx(model.value(found.x), abs=1e-12)


@pytest.mark.parametrize("seed", [100, 101])
def test_fifteen_candidates_agree_with_all_32768_sets(seed: int) -> None:
    model = random_choice(np.random.default_rng(seed), 15)
    x = every_set(15)
    for constraint in model.constraints:
        x = x[(x @ constraint.row <= constraint.high + 1e-7) & (x @ constraint.row >= constraint.low - 1e-7)]
    found = solve(model)
    assert (found is None) == (len(x) == 0)
    if found is not None:
        assert found.value == pytest.approx(model.worth(x).max(), abs=1e-9)


def test_a_sum_of_tenths_fits_its_limit() -> None:
    model = Model(("a", "b"), frozen([1.0, 1.0]), (budget(np.array([0.1, 0.2]), 0.3),))
    found = solve(model)
    assert found is not None
    assert found.x.all()


def test_no_solver_tolerance_lets_a_cost_above_the_limit_in() -> None:
    model = Model(("a", "b"), frozen([1.0, 1.0]), (budget(np.array([20000.0, 20000.001]), 40000.0),))
    found = solve(model)
    assert found is not None
    assert found.x.sum() == 1


def large(seed: int, *, spread: float, noise: float = 0.05) -> Model:
    """200 candidates with links and five yearly budgets: a total by candidate, cut into years, worth what it costs."""
    rng = np.random.default_rng(seed)
    m = 200
    total = rng.lognormal(7, 0.8, m)
    years = rng.dirichlet(np.full(5, spread), m) * total[:, None]
    values = 0.2 + 0.6 * total / total.max() + rng.uniform(0, noise, m)
    constraints = [budget(years[:, k], float(0.4 * years[:, k].sum()), f"year-{k}") for k in range(5)]
    pairs = []
    for n, (a, b) in enumerate(rng.permutation(m)[:60].reshape(30, 2)):
        if n < 15:
            constraints.append(Constraint(f"{a} → {b}", "needs", unit(m, (a, 1.0), (b, -1.0)), high=0.0))
        else:
            pairs.append(Pair(int(a), int(b), "complements", 0.05 if n < 25 else -0.05))
    return Model(tuple(f"C{i}" for i in range(m)), frozen(values), tuple(constraints), tuple(pairs))


WORK = 4e6
"""Sets begun in about three seconds on one core."""


@pytest.mark.parametrize("spread", [20.0, 2.0])
@pytest.mark.parametrize("noise", [0.05, 0.0])
def test_of_two_hundred_candidates_a_set_within_a_thousandth_is_found_and_its_gap_stated(
    noise: float, spread: float
) -> None:
    """Values that follow costs are the hardest, most of all where every candidate spends in years of its own."""
    model = large(2, spread=spread, noise=noise)
    nothing = Found(np.zeros(model.m, bool), 0.0, float("inf"))
    found = searched(model, nothing, WORK, 1e-3)
    assert model.broken(found.x) == []
    assert found.value == pytest.approx(model.value(found.x), abs=1e-9)
    assert found.gap <= 1e-3
    again = searched(model, nothing, WORK, 1e-3)
    assert (again.x == found.x).all()
    assert (again.value, again.bound) == (found.value, found.bound)


def test_a_limit_of_time_is_kept() -> None:
    model = large(0, spread=2.0, noise=0.0)
    begun = time.monotonic()
    found = solve(model, seconds=1.0)
    assert time.monotonic() - begun < 10  # the machine may be busy: the solver looks at the clock now and then
    assert found is not None
    assert model.broken(found.x) == []
    assert found.bound >= found.value


def test_a_smallest_conflict_is_named() -> None:
    """The budget conflicts with both that must be chosen; the others have no part in it."""
    m = 4
    must = [Constraint(f"C{i}", "must", unit(m, (i, 1.0)), low=1.0) for i in range(3)]
    model = Model(
        tuple("abcd"),
        frozen(np.ones(m)),
        (budget(np.array([5.0, 6.0, 1.0, 1.0]), 10.0), *must, Constraint("size", "size", frozen(np.ones(m)), high=4)),
    )
    assert solve(model) is None
    assert {c.id for c in conflict(model)} == {"budget", "C0", "C1"}


@pytest.mark.parametrize("seed", range(12))
def test_no_smaller_conflict_exists(seed: int) -> None:
    rng = np.random.default_rng(seed)
    base = random_choice(rng, 5)
    floors = [Constraint(f"all-{i}", "must", unit(5, (i, 1.0)), low=1.0) for i in range(5)]
    model = base.also(*floors)
    found = conflict(model)
    if not found:
        assert solve(model) is not None
        return
    assert feasible(5, list(found)) is None
    for smaller in combinations(model.constraints, len(found) - 1):
        assert feasible(5, list(smaller)) is not None


@pytest.mark.parametrize("seed", range(6))
def test_the_price_of_a_constraint_is_what_trying_every_set_without_it_gives(seed: int) -> None:
    model = random_choice(np.random.default_rng(seed), 7)
    base = solve(model)
    if base is None:
        return
    for constraint in model.constraints:
        gain = best_by_trying(model.without(constraint)) - base.value
        assert price(model, base, constraint, Effort()).gain == pytest.approx(gain, abs=1e-9)


def test_value_never_falls_as_budgets_grow_and_the_balance_peaks_at_the_best_set() -> None:
    model = random_choice(np.random.default_rng(3), 10)
    best = solve(model)
    assert best is not None
    values = [step.value for step in curve(model, [0.5, 0.75, 1.0, 1.5, 2.0], Effort()) if step.value is not None]
    assert values == sorted(values)
    members = frozen(np.arange(10) < 4, bool)
    steps = list(balance(model, members, Effort()))
    assert len(steps) == 5
    assert max(s.value for s in steps if s.value is not None) == pytest.approx(best.value, abs=1e-9)
    assert all((s.x & members).sum() == s.factor for s in steps if s.x is not None)
