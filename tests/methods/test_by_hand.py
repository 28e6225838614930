"""Methods worked out again in plain loops from the formulas of the papers: their printed tables are few."""

from __future__ import annotations

from itertools import combinations, product
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from cases import tables
from hypothesis import given

from techprio.methods import METHODS

Table = tuple[np.ndarray, np.ndarray, np.ndarray]
Rows = list[list[float]]


def listed(table: Table) -> tuple[Rows, list[float], list[float]]:
    x, w, sense = table
    return x.tolist(), (w / w.sum()).tolist(), sense.tolist()


def column(x: Rows, j: int) -> list[float]:
    return [row[j] for row in x]


def minmax(x: Rows, sense: list[float]) -> Rows:
    found = []
    for row in x:
        values = []
        for j, figure in enumerate(row):
            low, high = min(column(x, j)), max(column(x, j))
            part = 1.0 if low == high else (figure - low) / (high - low)
            values.append(part if sense[j] > 0 or low == high else 1 - part)
        found.append(values)
    return found


def is_like(id: str, table: Table, expected: Any, **settings: Any) -> None:
    found = METHODS[id].function(*table, **settings)
    assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9)


@given(table=tables())
def test_waspas(table: Table) -> None:
    x, w, sense = listed(table)
    expected = []
    for row in x:
        ratios = [
            figure / max(column(x, j)) if sense[j] > 0 else min(column(x, j)) / figure for j, figure in enumerate(row)
        ]
        total = sum(weight * ratio for weight, ratio in zip(w, ratios, strict=True))
        power = 1.0
        for weight, ratio in zip(w, ratios, strict=True):
            power *= ratio**weight
        expected.append(0.3 * total + 0.7 * power)
    is_like("waspas", table, expected, lambda_=0.3)


@given(table=tables())
def test_moora(table: Table) -> None:
    x, w, sense = listed(table)
    length = [sqrt(sum(figure**2 for figure in column(x, j))) for j in range(len(w))]
    expected = []
    for row in x:
        expected.append(sum(sign * weight * f / by for sign, weight, f, by in zip(sense, w, row, length, strict=True)))
    is_like("moora", table, expected)


@given(table=tables())
def test_spotis(table: Table) -> None:
    x, w, sense = listed(table)
    low, high = -20.0, 110.0
    expected = []
    for row in x:
        distance = 0.0
        for weight, figure, sign in zip(w, row, sense, strict=True):
            ideal = high if sign > 0 else low
            distance += weight * abs(figure - ideal) / abs(high - low)
        expected.append(-distance)
    is_like("spotis", table, expected, bounds=[[low, high]] * len(w))


@given(table=tables())
def test_mabac(table: Table) -> None:
    x, w, sense = listed(table)
    v = [[weight * (n + 1) for weight, n in zip(w, row, strict=True)] for row in minmax(x, sense)]
    border = [exp(sum(log(entry) for entry in column(v, j)) / len(v)) for j in range(len(w))]
    is_like("mabac", table, [sum(entry - g for entry, g in zip(row, border, strict=True)) for row in v])


@given(table=tables())
def test_mairca(table: Table) -> None:
    x, w, sense = listed(table)
    expected = []
    for row in minmax(x, sense):
        gap = 0.0
        for weight, n in zip(w, row, strict=True):
            theoretical = weight / len(x)
            gap += theoretical - theoretical * n
        expected.append(-gap)
    is_like("mairca", table, expected)


@given(table=tables())
def test_multimoora(table: Table) -> None:
    x, w, sense = listed(table)
    length = [sqrt(sum(figure**2 for figure in column(x, j))) for j in range(len(w))]
    share = [[figure / by for figure, by in zip(row, length, strict=True)] for row in x]
    best = [max(column(share, j)) if sense[j] > 0 else min(column(share, j)) for j in range(len(w))]
    y = [sum(weight * s * sign for weight, s, sign in zip(w, row, sense, strict=True)) for row in share]
    z = [max(weight * abs(r - s) for weight, r, s in zip(w, best, row, strict=True)) for row in share]
    u = [sum(weight * sign * log(figure) for weight, sign, figure in zip(w, sense, row, strict=True)) for row in x]
    parts = METHODS["multimoora"].parts
    assert parts is not None
    found = parts(*table)
    assert found.y == pytest.approx(np.array(y), abs=1e-12)
    assert found.z == pytest.approx(np.array(z), abs=1e-12)
    assert np.log(found.u) == pytest.approx(np.array(u), abs=1e-9)
    expected = np.zeros(len(x))
    for scores in (y, [-far for far in z], u):
        for i, score in enumerate(scores):
            expected[i] -= 1 + sum(round(other, 10) > round(score, 10) for other in scores)
    assert METHODS["multimoora"].function(*table) == pytest.approx(expected, abs=0.1) or _near_a_tie(y, z, u)


def _near_a_tie(*three: list[float]) -> bool:
    """Whether some two scores are so close that rounding, here or there, decides whether they tie."""
    gaps = [abs(a - b) for scores in three for a, b in combinations(scores, 2)]
    return any(1e-11 < gap < 1e-9 for gap in gaps)


@given(table=tables())
def test_probid(table: Table) -> None:
    x, w, sense = listed(table)
    m, n = len(x), len(w)
    length = [sqrt(sum(figure**2 for figure in column(x, j))) for j in range(n)]
    v = [[weight * figure / by for weight, figure, by in zip(w, row, length, strict=True)] for row in x]
    ideals = list(zip(*[sorted(column(v, j), reverse=sense[j] > 0) for j in range(n)], strict=True))
    average = [sum(column(v, j)) / m for j in range(n)]
    expected = []
    for row in v:
        s = [sqrt(sum((a - b) ** 2 for a, b in zip(row, ideal, strict=True))) for ideal in ideals]
        s_avg = sqrt(sum((a - b) ** 2 for a, b in zip(row, average, strict=True)))
        if m % 2:
            better, worse = range(1, (m + 1) // 2 + 1), range((m + 1) // 2, m + 1)
        else:
            better, worse = range(1, m // 2 + 1), range(m // 2 + 1, m + 1)
        pos = sum(s[k - 1] / k for k in better)
        neg = sum(s[k - 1] / (m - k + 1) for k in worse)
        alike = 0.0 if pos > 1e-12 else 0.5
        share = 1 / (1 + (pos / neg) ** 2) if neg > 1e-12 else alike
        expected.append(share + s_avg)
    if all(max(column(x, j)) == min(column(x, j)) for j in range(n)):
        expected = [0.5] * m
    is_like("probid", table, expected)


@given(table=tables())
def test_ram(table: Table) -> None:
    x, w, sense = listed(table)
    expected = []
    for row in x:
        plus = sum(w[j] * row[j] / sum(column(x, j)) for j in range(len(w)) if sense[j] > 0)
        minus = sum(w[j] * row[j] / sum(column(x, j)) for j in range(len(w)) if sense[j] < 0)
        expected.append((2 + plus) ** (1 / (2 + minus)))
    is_like("ram", table, expected)


@given(table=tables())
def test_ocra(table: Table) -> None:
    x, w, sense = listed(table)
    of_costs, of_benefits = [], []
    for row in x:
        costs = benefits = 0.0
        for j, figure in enumerate(row):
            low, high = min(column(x, j)), max(column(x, j))
            costs += w[j] * (high - figure) / low if sense[j] < 0 else 0
            benefits += w[j] * (figure - low) / low if sense[j] > 0 else 0
        of_costs.append(costs)
        of_benefits.append(benefits)
    both = [a - min(of_costs) + b - min(of_benefits) for a, b in zip(of_costs, of_benefits, strict=True)]
    is_like("ocra", table, [rating - min(both) for rating in both])


@given(table=tables())
def test_gra(table: Table) -> None:
    x, w, sense = listed(table)
    n = minmax(x, sense)
    delta = [[max(column(n, j)) - value for j, value in enumerate(row)] for row in n]
    least, most = min(map(min, delta)), max(map(max, delta))
    expected = []
    for row in delta:
        gammas = [1.0 if most == 0 else (least + 0.4 * most) / (d + 0.4 * most) for d in row]
        expected.append(sum(weight * gamma for weight, gamma in zip(w, gammas, strict=True)))
    is_like("gra", table, expected, zeta=0.4)


@given(table=tables())
def test_rim(table: Table) -> None:
    x, w, _ = listed(table)
    (a, b), (c, d) = (-20.0, 110.0), (25.0, 60.0)
    expected = []
    for row in x:
        y = []
        for figure in row:
            if c <= figure <= d:
                y.append(1.0)
            elif figure < c:
                y.append(1 - min(abs(figure - c), abs(figure - d)) / abs(a - c))
            else:
                y.append(1 - min(abs(figure - c), abs(figure - d)) / abs(d - b))
        plus = sqrt(sum((weight * value - weight) ** 2 for weight, value in zip(w, y, strict=True)))
        minus = sqrt(sum((weight * value) ** 2 for weight, value in zip(w, y, strict=True)))
        expected.append(minus / (plus + minus))
    n = len(w)
    is_like("rim", table, expected, bounds=[[a, b]] * n, reference_ideal=[[c, d]] * n)


@given(table=tables())
def test_comet(table: Table) -> None:
    x, w, sense = listed(table)
    values = [[0.0, 30.0, 100.0] if j % 2 else [-10.0, 120.0] for j in range(len(w))]
    objects = list(product(*values))
    worth = []
    for o in objects:
        good = [
            (o[j] - values[j][0]) / (values[j][-1] - values[j][0])
            if sense[j] > 0
            else (values[j][-1] - o[j]) / (values[j][-1] - values[j][0])
            for j in range(len(w))
        ]
        near = sqrt(sum((weight * g) ** 2 for weight, g in zip(w, good, strict=True)))
        far = sqrt(sum((weight * (1 - g)) ** 2 for weight, g in zip(w, good, strict=True)))
        worth.append(near / (near + far))
    sj = [sum(0.5 if abs(a - b) < 1e-10 else float(a > b) for b in worth) for a in worth]
    places = sorted(set(sj))
    p = [places.index(judgement) / (len(places) - 1) for judgement in sj]
    expected = []
    for row in x:
        score = 0.0
        for o, preference in zip(objects, p, strict=True):
            member = 1.0
            for j, figure in enumerate(row):
                member *= _triangle(figure, values[j], values[j].index(o[j]))
            score += member * preference
        expected.append(score)
    found = METHODS["comet"].function(*table, characteristic_values=values)
    close = any(1e-11 < abs(a - b) < 1e-9 for a, b in combinations(worth, 2))
    assert found == pytest.approx(np.array(expected), abs=1e-9) or close


def _triangle(figure: float, values: list[float], k: int) -> float:
    if k > 0 and values[k - 1] <= figure <= values[k]:
        return (figure - values[k - 1]) / (values[k] - values[k - 1])
    if k + 1 < len(values) and values[k] <= figure <= values[k + 1]:
        return (values[k + 1] - figure) / (values[k + 1] - values[k])
    return 0.0


@given(table=tables())
@pytest.mark.parametrize("orness", [0.2, 0.5, 0.8])
def test_owa(orness: float, table: Table) -> None:
    x, w, sense = listed(table)
    power = (1 - orness) / orness
    expected = []
    for row in minmax(x, sense):
        order = sorted(range(len(w)), key=lambda j: -row[j])
        score = reached = 0.0
        for j in order:
            score += (min(reached + w[j], 1) ** power - reached**power) * row[j]
            reached = min(reached + w[j], 1)
        expected.append(score)
    is_like("owa", table, expected, orness=orness)


@given(table=tables())
def test_owa_with_order_weights_and_equal_importances_is_yagers(table: Table) -> None:
    x, _, sense = listed(table)
    n = len(sense)
    order_weights = [2 * (k + 1) / n / (n + 1) for k in range(n)]
    expected = [
        sum(a * b for a, b in zip(order_weights, sorted(row, reverse=True), strict=True)) for row in minmax(x, sense)
    ]
    is_like("owa", (table[0], np.ones(n), table[2]), expected, order_weights=order_weights)


@given(table=tables())
def test_choquet(table: Table) -> None:
    """The integral by its definition, from the capacity of every set of criteria."""
    x, w, sense = listed(table)
    n = len(w)
    pairs = {(a, b): (-1) ** (a + b) * 1.6 * min(w) / max(n - 1, 1) for a, b in combinations(range(n), 2)}
    alone = [w[j] - sum(i for pair, i in pairs.items() if j in pair) / 2 for j in range(n)]

    def capacity(criteria: set[int]) -> float:
        return sum(alone[j] for j in criteria) + sum(i for pair, i in pairs.items() if set(pair) <= criteria)

    expected = []
    for row in minmax(x, sense):
        order = sorted(range(n), key=lambda j: row[j])
        below = score = 0.0
        for place, j in enumerate(order):
            score += (row[j] - below) * capacity(set(order[place:]))
            below = row[j]
        expected.append(score)
    is_like("choquet", table, expected, interactions=pairs)
    parts = METHODS["choquet"].parts
    assert parts is not None
    assert sum(parts(*table, interactions=pairs)) == pytest.approx(np.array(expected), abs=1e-9)
