"""The compensatory methods worked out again in plain loops, from the formulas of the papers alone."""

from __future__ import annotations

from math import prod, sqrt
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


def columns(x: Rows) -> Rows:
    return [list(column) for column in zip(*x, strict=True)]


def by_column(x: Rows, sense: list[float], scale: Any) -> Rows:
    """``scale(figures, benefit)`` of every column, rows again."""
    return columns([scale(column, s > 0) for column, s in zip(columns(x), sense, strict=True)])


def share_of_best(column: list[float], benefit: bool) -> list[float]:
    return [a / max(column) if benefit else min(column) / a for a in column]


def share_of_range(column: list[float], benefit: bool) -> list[float]:
    low, high = min(column), max(column)
    if low == high:
        return [1.0 for _ in column]
    return [(a - low if benefit else high - a) / (high - low) for a in column]


def share_of_sum(column: list[float], benefit: bool) -> list[float]:
    turned = [a if benefit else 1 / a for a in column]
    return [a / sum(turned) for a in turned]


def weighed(rows: Rows, w: list[float]) -> Rows:
    return [[a * b for a, b in zip(row, w, strict=True)] for row in rows]


def share(part: float, whole: float) -> float:
    return part / whole if whole > 1e-12 else 0.0


def is_like(id: str, table: Table, expected: Any, **settings: Any) -> None:
    found = METHODS[id].function(*table, **settings)
    assert found == pytest.approx(np.array(expected), rel=1e-8, abs=1e-9)


@given(table=tables())
def test_additive(table: Table) -> None:
    x, w, sense = listed(table)
    is_like("additive", table, [sum(row) for row in weighed(by_column(x, sense, share_of_range), w)])


@given(table=tables())
def test_geometric(table: Table) -> None:
    x, w, sense = listed(table)
    is_like("geometric", table, [prod(a ** (b * s) for a, b, s in zip(row, w, sense, strict=True)) for row in x])


@pytest.mark.parametrize("p", [1.0, 2.0, 3.0])
@given(table=tables())
def test_topsis(p: float, table: Table) -> None:
    x, w, sense = listed(table)
    v = weighed(by_column(x, [1.0] * len(w), lambda c, _: [a / sqrt(sum(b * b for b in c)) for a in c]), w)
    best = [max(c) if s > 0 else min(c) for c, s in zip(columns(v), sense, strict=True)]
    worst = [min(c) if s > 0 else max(c) for c, s in zip(columns(v), sense, strict=True)]
    expected = []
    for row in v:
        to_best = sum(abs(a - b) ** p for a, b in zip(row, best, strict=True)) ** (1 / p)
        to_worst = sum(abs(a - b) ** p for a, b in zip(row, worst, strict=True)) ** (1 / p)
        expected.append(to_worst / (to_best + to_worst) if to_best + to_worst > 0 else 0.5)
    is_like("topsis", table, expected, p=p)


@given(table=tables())
def test_vikor(table: Table) -> None:
    x, w, sense = listed(table)
    gaps = weighed(by_column(x, sense, lambda c, up: [1 - a for a in share_of_range(c, up)]), w)
    S, R = [sum(row) for row in gaps], [max(row) for row in gaps]
    is_like(
        "vikor",
        table,
        [
            -0.3 * share(s - min(S), max(S) - min(S)) - 0.7 * share(r - min(R), max(R) - min(R))
            for s, r in zip(S, R, strict=True)
        ],
        v=0.3,
    )


@given(table=tables())
def test_edas(table: Table) -> None:
    x, w, sense = listed(table)
    average = [sum(c) / len(c) for c in columns(x)]
    better, worse = [], []
    for row in x:
        distances = [s * (a - m) / m for a, m, s in zip(row, average, sense, strict=True)]
        better.append(sum(b * max(0.0, d) for b, d in zip(w, distances, strict=True)))
        worse.append(sum(b * max(0.0, -d) for b, d in zip(w, distances, strict=True)))
    expected = [(share(p, max(better)) + 1 - share(n, max(worse))) / 2 for p, n in zip(better, worse, strict=True)]
    is_like("edas", table, expected)


@given(table=tables())
def test_codas(table: Table) -> None:
    x, w, sense = listed(table)
    v = weighed(by_column(x, sense, share_of_best), w)
    worst = [min(c) for c in columns(v)]
    E = [sqrt(sum((a - b) ** 2 for a, b in zip(row, worst, strict=True))) for row in v]
    T = [sum(abs(a - b) for a, b in zip(row, worst, strict=True)) for row in v]
    if any(abs(abs(e - f) - 0.02) < 1e-9 for e in E for f in E):
        return  # on the step itself, rounding decides
    expected = [
        sum(e - E[k] + (t - T[k] if abs(e - E[k]) >= 0.02 else 0.0) for k in range(len(E)))
        for e, t in zip(E, T, strict=True)
    ]
    is_like("codas", table, expected)


@given(table=tables())
def test_aras(table: Table) -> None:
    x, w, sense = listed(table)
    optimal = [max(c) if s > 0 else min(c) for c, s in zip(columns(x), sense, strict=True)]
    S0, *S = (sum(row) for row in weighed(by_column([optimal, *x], sense, share_of_sum), w))
    is_like("aras", table, [s / S0 for s in S])


@given(table=tables())
def test_copras(table: Table) -> None:
    x, w, sense = listed(table)
    d = weighed(by_column(x, [1.0] * len(w), share_of_sum), w)
    plus = [sum(a for a, s in zip(row, sense, strict=True) if s > 0) for row in d]
    minus = [sum(a for a, s in zip(row, sense, strict=True) if s < 0) for row in d]
    Q = list(plus)
    if min(sense) < 0:
        inverse = sum(min(minus) / a for a in minus)
        Q = [p + min(minus) * sum(minus) / (a * inverse) for p, a in zip(plus, minus, strict=True)]
    is_like("copras", table, [q / max(Q) for q in Q])


@given(table=tables())
def test_marcos(table: Table) -> None:
    x, w, sense = listed(table)
    best = [max(c) if s > 0 else min(c) for c, s in zip(columns(x), sense, strict=True)]
    worst = [min(c) if s > 0 else max(c) for c, s in zip(columns(x), sense, strict=True)]
    # The extended table: the ideal is the best of each column, so that shares of the best do not change with it.
    S_ai, S_aai, *S = (sum(row) for row in weighed(by_column([best, worst, *x], sense, share_of_best), w))
    expected = []
    for s in S:
        minus, plus = s / S_aai, s / S_ai
        f_minus, f_plus = plus / (plus + minus), minus / (plus + minus)
        expected.append((plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus))
    is_like("marcos", table, expected)


@given(table=tables())
def test_cocoso(table: Table) -> None:
    x, w, sense = listed(table)
    r = by_column(x, sense, share_of_range)
    S = [sum(row) for row in weighed(r, w)]
    P = [sum(a**b for a, b in zip(row, w, strict=True)) for row in r]
    if min(S) < 1e-9 or min(P) < 1e-9:
        return  # the paper divides by 0 there; what is done instead has a test of its own
    expected = []
    for s, p in zip(S, P, strict=True):
        a = (s + p) / (sum(S) + sum(P))
        b = s / min(S) + p / min(P)
        c = (0.3 * s + 0.7 * p) / (0.3 * max(S) + 0.7 * max(P))
        expected.append((a * b * c) ** (1 / 3) + (a + b + c) / 3)
    is_like("cocoso", table, expected, lambda_=0.3)


@given(table=tables())
def test_cradis(table: Table) -> None:
    x, w, sense = listed(table)
    v = weighed(by_column(x, sense, share_of_best), w)
    ideal, anti_ideal = max(max(row) for row in v), min(min(row) for row in v)
    optimal = [max(c) for c in columns(v)]
    plus = [sum(ideal - a for a in row) for row in v]
    minus = [sum(a - anti_ideal for a in row) for row in v]
    plus_0, minus_0 = sum(ideal - a for a in optimal), sum(a - anti_ideal for a in optimal)
    expected = [
        ((plus_0 / p if p > 1e-12 else 1.0) + (m / minus_0 if minus_0 > 1e-12 else 1.0)) / 2
        for p, m in zip(plus, minus, strict=True)
    ]
    is_like("cradis", table, expected)
