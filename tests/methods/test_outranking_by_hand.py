"""Outranking methods worked out again in plain loops from the formulas of the papers: their printed tables are few."""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import Any

import numpy as np
import pytest
from cases import settings_for, tables
from hypothesis import given, settings

from techprio.methods import METHODS
from techprio.methods.distillation import distilled
from techprio.relations import RELATIONS
from techprio.sorting import SORTINGS

Table = tuple[np.ndarray, np.ndarray, np.ndarray]
Rows = list[list[float]]


def goods(table: Table) -> tuple[Rows, list[float]]:
    """Figures as more-is-better, and weights divided by their sum."""
    x, w, sense = table
    return (x * sense).tolist(), (w / w.sum()).tolist()


# -- PROMETHEE and FlowSort -----------------------------------------------------------------------------------------


def preference(d: float, kind: str, q: float, p: float, s: float) -> float:
    """P(d) of Brans & Vincke (1985), types I to VI."""
    if kind == "usual":
        return float(d > 0)
    if kind == "u-shape":
        return float(d > q)
    if kind == "v-shape":
        return 0.0 if d <= 0 else min(d / p, 1.0)
    if kind == "level":
        return 0.0 if d <= q else 0.5 if d <= p else 1.0
    if kind == "linear":
        return 0.0 if d <= q else 1.0 if d > p else (d - q) / (p - q)
    return 0.0 if d <= 0 else 1 - exp(-d * d / (2 * s * s))


def flows(y: Rows, w: list[float], fed: dict[str, Any]) -> tuple[list[float], list[float]]:
    """φ⁺ and φ⁻ of each row among the others."""

    def pi(a: list[float], b: list[float]) -> float:
        return sum(
            w[j] * preference(a[j] - b[j], fed["types"][j], fed["q"][j], fed["p"][j], fed["s"][j])
            for j in range(len(w))
        )

    others = [[b for k, b in enumerate(y) if k != i] for i in range(len(y))]
    plus = [sum(pi(y[i], b) for b in others[i]) / len(others[i]) for i in range(len(y))]
    return plus, [sum(pi(b, y[i]) for b in others[i]) / len(others[i]) for i in range(len(y))]


def test_promethee_by_hand_with_many_candidates() -> None:
    """So many that flows are found by sorting; figures are round, so that leads hit the thresholds exactly."""
    r = np.random.default_rng(4)
    table = r.integers(0, 60, (150, 6)).astype(float), np.arange(1.0, 7), np.array([1.0, -1, 1, 1, -1, 1])
    check_promethee(table)


@settings(deadline=None)
@given(table=tables())
def test_promethee_by_hand(table: Table) -> None:
    check_promethee(table)


def check_promethee(table: Table) -> None:
    y, w = goods(table)
    fed = settings_for("promethee2", len(w))
    plus, minus = flows(y, w, fed)
    net = [a - b for a, b in zip(plus, minus, strict=True)]
    assert METHODS["promethee2"].function(*table, **fed) == pytest.approx(net, abs=1e-9)
    parts = METHODS["promethee2"].parts(*table, **fed)
    assert parts.phi_plus == pytest.approx(plus, abs=1e-9)
    assert parts.phi_minus == pytest.approx(minus, abs=1e-9)
    partial = [
        [round(plus[a], 9) >= round(plus[b], 9) and round(minus[a], 9) <= round(minus[b], 9) for b in range(len(net))]
        for a in range(len(net))
    ]
    assert RELATIONS["promethee1"].function(*table, **fed).tolist() == partial


@settings(deadline=None)
@given(table=tables())
def test_flowsort_by_hand(table: Table) -> None:
    """Each candidate among the profiles alone (Nemery & Lamboray 2008), limits and centres."""
    y, w = goods(table)
    n = len(w)
    rise = [[22.0 * h + j for j in range(n)] for h in range(5)]
    profiles = np.array(rise) * table[2]
    fed = settings_for("promethee2", n)
    expected: dict[str, list[int]] = {"limiting": [], "central": []}
    for a in y:
        plus, minus = flows([*rise, a], w, fed)
        *limits, own = (round(u - d, 9) for u, d in zip(plus, minus, strict=True))
        expected["limiting"].append(min(max(sum(own > limit for limit in limits) - 1, 0), 3))
        near = [round(abs(own - limit), 9) for limit in limits]
        expected["central"].append(near.index(min(near)))
    for kind, classes in expected.items():
        found = SORTINGS["flowsort"].function(*table, profiles=profiles, kind=kind, **fed)
        assert found.tolist() == classes, kind


# -- TODIM ----------------------------------------------------------------------------------------------------------


def todim(x: Rows, w: list[float], sense: list[float], theta: float) -> list[float]:
    """ξ of Gomes & Rangel (2009), with relative weights to the heaviest criterion as there."""
    m, n = len(x), len(w)
    share = [[0.0] * n for _ in range(m)]
    for j in range(n):
        column = [row[j] if sense[j] > 0 else 1 / row[j] for row in x]
        for i in range(m):
            share[i][j] = column[i] / sum(column)
    relative = [one / max(w) for one in w]

    def phi(i: int, k: int, c: int) -> float:
        lead = share[i][c] - share[k][c]
        if lead >= 0:
            return sqrt(relative[c] * lead / sum(relative))
        return -sqrt(sum(relative) * -lead / relative[c]) / theta

    total = [sum(phi(i, k, c) for k in range(m) for c in range(n)) for i in range(m)]
    return [(one - min(total)) / (max(total) - min(total)) for one in total]


@pytest.mark.parametrize("theta", [1.0, 2.5])
def test_todim_by_hand(theta: float) -> None:
    """Seven materials (from the documentation of MCDASupport), and random tables of many candidates."""
    materials = np.array(
        [
            [75.5, 95, 770, 187, 179, 239, 273],
            [420, 91, 1365, 1120, 875, 1190, 200],
            [74.2, 70, 189, 210, 112, 217, 112],
            [2.8, 2.68, 7.9, 7.9, 4.43, 8.51, 8.53],
            [21.4, 22.1, 16.9, 14.4, 9.4, 11.5, 19.9],
            [0.37, 0.33, 0.04, 0.03, 0.016, 0.31, 0.29],
            [0.16, 0.16, 0.08, 0.08, 0.09, 0.07, 0.06],
        ]
    ).T
    w, sense = [0.28, 0.14, 0.05, 0.24, 0.19, 0.05, 0.05], [1.0, 1, 1, -1, -1, -1, -1]
    found = METHODS["todim"].function(materials, w, sense, theta=theta)
    assert found == pytest.approx(todim(materials.tolist(), w, sense, theta), abs=1e-12)
    r = np.random.default_rng(2)
    x, w = r.uniform(1, 9, (450, 3)).round(1), [0.2, 0.5, 0.3]
    many = METHODS["todim"].function(x, w, [1, -1, 1], theta=theta)
    assert many == pytest.approx(todim(x.tolist(), w, [1, -1, 1], theta), abs=1e-10)


def test_todim_leaves_out_a_criterion_of_weight_0_and_ties_are_no_noise() -> None:
    assert METHODS["todim"].function([[1.0, 2], [2, 1]], [1, 1], [1, 1]).tolist() == [0, 0]
    assert METHODS["todim"].function([[1.0, 9], [2, 1]], [1, 0], [1, 1]).tolist() == [0, 1]
    with pytest.raises(ValueError, match="theta"):
        METHODS["todim"].function([[1.0, 2], [2, 1]], [1, 1], [1, 1], theta=0)


# -- ELECTRE --------------------------------------------------------------------------------------------------------


def credibility(a: list[float], b: list[float], w: list[float], fed: dict[str, Any]) -> float:
    """σ(a, b) of Roy (1978) with constant thresholds."""

    def ramp(t: float, low: float, high: float) -> float:
        return 0.0 if t <= low else 1.0 if t >= high else (t - low) / (high - low)

    lead = [t - s for s, t in zip(a, b, strict=True)]
    n = range(len(w))
    agree = sum(w[j] * (1 - ramp(lead[j], fed["q"][j], fed["p"][j])) for j in n)
    found = agree
    for j in n:
        against = 0.0 if fed["v"][j] == inf else ramp(lead[j], fed["p"][j], fed["v"][j])
        if against > agree + 1e-12:
            found *= (1 - against) / (1 - agree)
    return found


def distillation(sigma: Rows, *, ascending: bool) -> list[int]:
    """Classes by sets of candidates, as Vallée & Zielniewicz (1994) tell it."""
    left, number, found = set(range(len(sigma))), 0, [0] * len(sigma)

    def strict(a: int, b: int, level: float) -> bool:
        s = round(sigma[a][b], 10)
        return s > level and s - round(sigma[b][a], 10) > 0.3 - 0.15 * s + 5e-11

    while left:
        number += 1
        stay = set(left)
        level = max((round(sigma[a][b], 10) for a in stay for b in stay if a != b), default=0.0)
        while True:
            below = [
                s
                for a in stay
                for b in stay
                if a != b and (s := round(sigma[a][b], 10)) < level - (0.3 - 0.15 * level) - 5e-11
            ]
            level = max(below, default=0.0)
            merit = {
                a: sum(strict(a, b, level) for b in stay - {a}) - sum(strict(b, a, level) for b in stay - {a})
                for a in stay
            }
            best = min(merit.values()) if ascending else max(merit.values())
            stay = {a for a in stay if merit[a] == best}
            if len(stay) == 1 or level == 0:
                break
        for a in stay:
            found[a] = number
        left -= stay
    return [number + 1 - one for one in found] if ascending else found


@settings(deadline=None)
@given(table=tables())
def test_electre3_by_hand(table: Table) -> None:
    y, w = goods(table)
    fed = settings_for("electre3", len(w))
    sigma = [[1.0 if a is b else credibility(a, b, w, fed) for b in y] for a in y]
    parts = METHODS["electre3"].parts(*table, **fed)
    assert parts.credibility == pytest.approx(np.array(sigma), abs=1e-9)
    exact = parts.credibility.tolist()
    assert parts.descending.tolist() == distillation(exact, ascending=False)
    assert parts.ascending.tolist() == distillation(exact, ascending=True)


def test_distillations_pair_by_pair_by_hand() -> None:
    """One draw is distilled so, whatever the number of candidates."""
    r = np.random.default_rng(8)
    for m, decimals in ((40, 1), (50, 6), (60, 2)):
        sigma = r.random((m, m)).round(decimals)
        for found, ascending in zip(distilled(sigma[None], 0.3, -0.15), (False, True), strict=True):
            assert found[0].tolist() == distillation(sigma.tolist(), ascending=ascending)


@settings(deadline=None)
@given(table=tables())
def test_electre_tri_by_hand(table: Table) -> None:
    y, w = goods(table)
    n = len(w)
    fed = settings_for("electre3", n)
    rise = [[22.0 * h + j for j in range(n)] for h in range(1, 5)]
    up = [[round(credibility(a, b, w, fed), 9) >= 0.6 for b in rise] for a in y]
    down = [[round(credibility(b, a, w, fed), 9) >= 0.6 for b in rise] for a in y]
    low = [max((h + 1 for h in range(4) if row[h]), default=0) for row in up]
    pairs = zip(up, down, strict=True)
    high = [min((h for h in range(4) if d[h] and not u[h]), default=4) for u, d in pairs]
    settings = {"profiles": np.array(rise) * table[2], "cut": 0.6, **fed}
    assert SORTINGS["electre_tri"].function(*table, **settings).tolist() == low
    assert SORTINGS["electre_tri"].function(*table, rule="optimistic", **settings).tolist() == high


@pytest.mark.parametrize("divisor", ["own", "largest"])
@settings(deadline=None)
@given(table=tables())
def test_electre1_by_hand(divisor: str, table: Table) -> None:
    y, w = goods(table)
    n = range(len(w))
    ranges = [max(row[j] for row in y) - min(row[j] for row in y) for j in n]
    width = [ranges[j] if divisor == "own" else max(ranges) for j in n]

    def outranks(a: list[float], b: list[float]) -> bool:
        agree = sum(w[j] for j in n if a[j] >= b[j])
        against = max((max(b[j] - a[j], 0) / width[j] for j in n if width[j]), default=0)
        return round(agree, 9) >= 0.6 and round(against, 9) <= 0.4

    found = RELATIONS["electre1"].function(*table, divisor=divisor)
    assert found.tolist() == [[outranks(a, b) for b in y] for a in y]


def test_both_distillations_of_twelve_candidates() -> None:
    """Credibilities and classes of the tests of electre-methods (the paper is not named there)."""
    sigma = np.array(
        [
            [1.0, 1.0, 0.9977, 0.606, 1.0, 0.9977, 0.8175, 1.0, 0.803, 0.8775, 0.548, 0.5318],
            [1.0, 1.0, 0.9977, 0.4047, 0.9973, 0.9816, 0.7762, 1.0, 0.6612, 0.8775, 0.4951, 0.443],
            [0.7734, 0.8946, 1.0, 0.2775, 0.8041, 0.8014, 0.6083, 0.916, 0.499, 0.8775, 0.382, 0.3598],
            [0.85, 0.85, 0.9317, 1.0, 0.85, 0.9317, 0.7739, 0.916, 0.8742, 0.8775, 0.7464, 0.7912],
            [0.9786, 0.9854, 0.9977, 0.5903, 1.0, 0.9816, 0.7184, 1.0, 0.7288, 0.8775, 0.4546, 0.3839],
            [0.8946, 0.9014, 1.0, 0.5999, 0.916, 1.0, 0.7488, 0.916, 0.7128, 0.8775, 0.464, 0.464],
            [1.0, 1.0, 1.0, 0.691, 1.0, 1.0, 1.0, 1.0, 0.803, 0.8775, 0.6875, 0.6875],
            [0.5299, 0.7279, 0.7849, 0.2795, 0.7057, 0.5066, 0.3148, 1.0, 0.3638, 0.8118, 0.2394, 0.1979],
            [0.8692, 0.934, 1.0, 0.773, 0.9352, 0.9352, 0.7297, 1.0, 1.0, 0.8775, 0.7647, 0.8393],
            [0.5803, 0.8033, 0.9186, 0.3486, 0.7385, 0.5779, 0.4384, 0.916, 0.5775, 1.0, 0.4959, 0.3625],
            [0.8692, 0.934, 0.9317, 0.773, 0.8692, 0.8669, 0.8669, 1.0, 0.9688, 1.0, 1.0, 0.9977],
            [0.8692, 0.934, 0.9537, 0.7835, 0.8822, 0.8822, 0.8692, 1.0, 0.993, 1.0, 1.0, 1.0],
        ]
    )
    descending, ascending = (one[0].tolist() for one in distilled(sigma[None], 0.3, -0.15))
    assert descending == [4, 6, 7, 2, 5, 4, 2, 7, 3, 7, 1, 1]
    assert ascending == [3, 4, 6, 1, 4, 4, 2, 7, 2, 5, 1, 1]
