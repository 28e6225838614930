"""The search under many prices: the same answer as trying every set, and bounds that no set is above."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.choices import best_by_trying, budget, every_set, random_choice, unit
from techprio.hall import frozen
from techprio.portfolio import parts as cutting
from techprio.portfolio.model import Constraint, Model, Pair
from techprio.portfolio.parts import parts
from techprio.portfolio.search import Found, searched


def worst(model: Model) -> Found | None:
    """The worst set that keeps the constraints, and no bound at all."""
    x = every_set(model.m)
    for constraint in model.constraints:
        x = x[constraint.keeps(x)]
    if not len(x):
        return None
    least = x[np.argmin(model.worth(x))]
    return Found(least, model.value(least), float("inf"))


@pytest.mark.parametrize("joined", [1, 2, 7])
@pytest.mark.parametrize("seed", range(25))
def test_the_search_finds_and_proves_what_trying_every_set_finds(
    seed: int, joined: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where links join more candidates than one part may have, so that some are relaxed."""
    monkeypatch.setattr(cutting, "MOST_JOINED", joined)
    rng = np.random.default_rng(seed)
    model = random_choice(rng, int(rng.integers(4, 11)))
    begin = worst(model)
    if begin is None:
        return
    found = searched(model, begin, 1e6, 0.0)
    best = best_by_trying(model)
    assert best is not None
    assert model.broken(found.x) == []
    assert found.value == pytest.approx(model.value(found.x), abs=1e-12)
    assert found.bound >= best - 1e-9
    assert found.value == pytest.approx(best, abs=1e-9)
    if joined == 7:
        assert found.gap == 0


@pytest.mark.parametrize("seed", range(10))
def test_no_set_is_above_the_bound_at_any_prices(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = random_choice(rng, 8)
    cut, best = parts(model), best_by_trying(model)
    assert cut is not None
    for _ in range(5):
        assert best is None or cut.bound(rng.exponential(1.0, len(cut.limits))) >= best - 1e-9


def test_candidates_that_links_join_are_one_part() -> None:
    m = 5
    needs = Constraint("C0 → C1", "needs", unit(m, (0, 1.0), (1, -1.0)), high=0.0)
    must = Constraint("C4", "must", unit(m, (4, 1.0)), low=1.0)
    model = Model(
        tuple(f"C{i}" for i in range(m)),
        frozen([1.0, 2.0, 3.0, 4.0, 5.0]),
        (budget(np.array([1.0, 1.0, 1.0, 1.0, 2.0]), 3.0), needs, must),
        (Pair(1, 2, "complements", 0.5),),
    )
    cut = parts(model)
    assert cut is not None
    assert sorted(len(part.sets) for part in cut.each) == [1, 2, 6]  # of C0, C1, C2 six of eight keep the need
    assert max(float(part.gains[:, 0].max()) for part in cut.each) == pytest.approx(1 + 2 + 3 + 0.5)
