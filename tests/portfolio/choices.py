"""Random choices, and the best set found by trying every one: the oracle of the solver."""

from __future__ import annotations

import numpy as np

from techprio.hall import Flags, frozen
from techprio.portfolio.model import Amount, Constraint, Model, Pair


def amount(row: np.ndarray) -> Amount:
    return Amount(frozen(np.ones(len(row))), "cost", frozen(row), frozen(row), frozen(row))


def budget(row: np.ndarray, limit: float, id: str = "budget") -> Constraint:
    return Constraint(id, "budget", frozen(row), high=limit, amount=amount(row))


def unit(m: int, *entries: tuple[int, float]) -> np.ndarray:
    row = np.zeros(m)
    for i, number in entries:
        row[i] = number
    return frozen(row)


def random_choice(rng: np.random.Generator, m: int) -> Model:
    """Two budgets, a floor and a ceiling on a part, needs, exclusions, and pairs that gain or lose together."""
    values = rng.uniform(-0.1, 1.0, m).round(3)
    constraints = []
    for k in range(2):
        cost = rng.integers(1, 30, m).astype(float)
        constraints.append(budget(cost, float(np.floor(cost.sum() * rng.uniform(0.2, 0.7))), f"budget-{k}"))
    part = frozen((rng.random(m) < 0.4).astype(float))
    constraints.append(Constraint("floor", "quota", part, low=float(min(2, part.sum()))))
    constraints.append(Constraint("ceiling", "quota", frozen(1 - part), high=float(rng.integers(1, m + 1))))
    for _ in range(m // 3):
        a, b = rng.choice(m, 2, replace=False)
        constraints.append(Constraint(f"{a} → {b}", "needs", unit(m, (a, 1.0), (b, -1.0)), high=0.0))
    a, b = rng.choice(m, 2, replace=False)
    constraints.append(Constraint(f"{a} × {b}", "exclusive", unit(m, (a, 1.0), (b, 1.0)), high=1.0))
    pairs = []
    for _ in range(m // 2):
        a, b = map(int, rng.choice(m, 2, replace=False))
        effect = round(float(rng.uniform(-0.3, 0.3)), 3)
        pairs.append(Pair(a, b, "complements" if effect > 0 else "substitutes", effect))
    return Model(tuple(f"C{i}" for i in range(m)), frozen(values), tuple(constraints), tuple(pairs))


def every_set(m: int) -> Flags:
    return ((np.arange(2**m)[:, None] >> np.arange(m)) & 1).astype(bool)


def best_by_trying(model: Model) -> float | None:
    """The greatest value of any set that keeps every constraint; written without the model's own arithmetic."""
    best = None
    for x in every_set(model.m):
        chosen = [i for i in range(model.m) if x[i]]
        sums = [(sum(c.row[i] for i in chosen), c.low, c.high) for c in model.constraints]
        if all(low - 1e-7 <= used <= high + 1e-7 for used, low, high in sums):
            value = sum(model.values[i] for i in chosen)
            value += sum(p.effect for p in model.pairs if p.first in chosen and p.second in chosen)
            best = value if best is None else max(best, value)
    return best
