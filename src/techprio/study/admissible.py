"""Whether any weights keep a weight space's statements, in exact arithmetic; if none do, which of them conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from techprio.study.criteria import WeightSpace
from techprio.study.statements import Statement, parse_statement
from techprio.study.tree import Criterion, leaves, walk

MISSED = Fraction(1, 10**9)
"""By how much a bound may be missed: weights are rounded numbers."""
TRIES = 2000
"""So many sets of statements are tried in the search for a smaller conflict."""
Row = list[Fraction]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that no weights keep together."""

    statements: tuple[int, ...]
    """Their positions in the weight space."""
    in_box: bool
    """Whether they conflict only within the box round the middle of the space."""


def leaf_rows(nodes: Sequence[Criterion], statements: Sequence[str]) -> list[tuple[dict[str, float], float]]:
    """Statements as (leaf → coefficient, bound): a branch weighs what its leaves weigh together.

    Raises StatementError for a text that is no statement, KeyError for an id that is no node.
    """
    below = {node.id: [leaf.id for leaf in leaves((node,))] for _, node in walk(nodes)}
    return [_over_leaves(parse_statement(text), below) for text in statements]


def _over_leaves(statement: Statement, below: Mapping[str, Sequence[str]]) -> tuple[dict[str, float], float]:
    row: dict[str, float] = {}
    for node, coefficient in statement.coefficients.items():
        for leaf in below[node]:
            row[leaf] = row.get(leaf, 0.0) + coefficient
    return row, statement.bound


def conflict(
    nodes: Sequence[Criterion],
    space: WeightSpace,
    centre: Mapping[str, float],
    sets: Sequence[Mapping[str, float]],
) -> Conflict | None:
    """The smallest conflict in a weight space round ``centre`` (leaf → weight), or among mixtures of ``sets``."""
    if not space.statements:
        return None
    ids = [leaf.id for leaf in leaves(nodes)]
    rows = leaf_rows(nodes, space.statements)
    bounds = [_exact(bound) for _, bound in rows]
    if space.around == "sets":
        columns = [[_exact(sum(c * w[id] for id, c in row.items())) for w in sets] for row, _ in rows]
        found = _smallest(_Polytope(columns, bounds, [(Fraction(0), Fraction(1))] * len(sets)))
        return Conflict(found, in_box=False) if found else None
    matrix = [[_exact(row.get(id, 0.0)) for id in ids] for row, _ in rows]
    boxes = [[(Fraction(0), Fraction(1))] * len(ids)]
    if space.within is not None:
        ends = [(centre[id] * (1 - space.within), min(1.0, centre[id] * (1 + space.within))) for id in ids]
        boxes.append([(_exact(low), _exact(high)) for low, high in ends])
    for in_box, box in enumerate(boxes):
        if found := _smallest(_Polytope(matrix, bounds, box).merged()):
            return Conflict(found, bool(in_box))
    return None


def _exact(number: float) -> Fraction:
    return Fraction(round(number * 10**12), 10**12)


@dataclass(frozen=True, slots=True)
class _Polytope:
    """{ x : Σx = 1, low ≤ x ≤ high, rows·x ≤ bounds }."""

    rows: Sequence[Row]
    bounds: Row
    box: Sequence[tuple[Fraction, Fraction]]

    def merged(self) -> _Polytope:
        """The same with variables that all rows treat alike added up, their ranges with them: much smaller."""
        ranges: dict[tuple[Fraction, ...], tuple[Fraction, Fraction]] = {}
        for j, (low, high) in enumerate(self.box):
            column = tuple(row[j] for row in self.rows)
            so_far = ranges.get(column, (Fraction(0), Fraction(0)))
            ranges[column] = (so_far[0] + low, so_far[1] + high)
        rows = [[column[i] for column in ranges] for i in range(len(self.rows))]
        return _Polytope(rows, self.bounds, list(ranges.values()))

    def possible(self, kept: Sequence[int]) -> bool:
        """Whether some x keeps the rows ``kept``: the first phase of the simplex method, by Bland's rule.

        In y = x − low ≥ 0 each row has a slack; a row that y = 0 breaks is turned round and gets an artificial
        variable, as the sum does. The artificial ones are pressed to 0, which is possible just if some x exists.
        """
        low = [ends[0] for ends in self.box]
        n = len(low)
        table: list[tuple[Row, Fraction, bool]] = [([Fraction(1)] * n, 1 - sum(low, Fraction(0)), False)]
        for j, (a, b) in enumerate(self.box):
            table.append(([Fraction(int(i == j)) for i in range(n)], b - a + MISSED, True))
        for i in kept:
            row = self.rows[i]
            room = self.bounds[i] - sum((c * a for c, a in zip(row, low, strict=True)), Fraction(0)) + MISSED
            table.append((row, room, True))
        return _feasible(table, n)


def _feasible(table: Sequence[tuple[Row, Fraction, bool]], n: int) -> bool:
    """Whether some y ≥ 0 (n,) has row·y ≤ room (or = room where there is no slack) for each (row, room, slack)."""
    slacks = sum(slack for _, _, slack in table)
    matrix: list[Row] = []
    basis: list[int] = []
    artificial = n + slacks
    at = n
    for row, room, slack in table:
        sign = -1 if room < 0 else 1
        line = [sign * c for c in row] + [Fraction(0)] * slacks + [sign * room]
        if slack:
            line[at] = Fraction(sign)
        basis.append(at if slack and sign > 0 else artificial + len(basis))
        at += slack
        matrix.append(line)
    # The cost of a column is the sum over the rows whose basic variable is artificial; those never come back.
    while True:
        wanting = [i for i, b in enumerate(basis) if b >= artificial]
        if sum((matrix[i][-1] for i in wanting), Fraction(0)) == 0:
            return True
        entering = next((j for j in range(artificial) if sum((matrix[i][j] for i in wanting), Fraction(0)) > 0), None)
        if entering is None:
            return False
        _, _, leaving = min(
            (line[-1] / line[entering], basis[i], i) for i, line in enumerate(matrix) if line[entering] > 0
        )
        _pivot(matrix, leaving, entering)
        basis[leaving] = entering


def _pivot(matrix: list[Row], leaving: int, entering: int) -> None:
    by = matrix[leaving][entering]
    pivot = matrix[leaving] = [c / by for c in matrix[leaving]]
    for i, line in enumerate(matrix):
        if i != leaving and (factor := line[entering]):
            matrix[i] = [c - factor * p for c, p in zip(line, pivot, strict=True)]


def _smallest(polytope: _Polytope) -> tuple[int, ...]:
    """A smallest set of rows that no x keeps together; none if some x keeps them all.

    What is left once no row can be dropped is a conflict; a smaller one elsewhere is sought while that takes few tries.
    """
    kept = list(range(len(polytope.rows)))
    if polytope.possible(kept):
        return ()
    for i in reversed(range(len(polytope.rows))):
        rest = [k for k in kept if k != i]
        if not polytope.possible(rest):
            kept = rest
    for size in range(1, len(kept)):
        if comb(len(polytope.rows), size) > TRIES:
            break
        for few in combinations(range(len(polytope.rows)), size):
            if not polytope.possible(few):
                return few
    return tuple(kept)
