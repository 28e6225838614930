"""Rules on correlations between figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import pi, sin, sqrt

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft

SLACK = 1e-9


@rule("E327")
def correlations_hold_together(draft: Draft) -> Iterator[Found]:
    stated = draft.criteria.correlations if draft.criteria else ()
    source, known = draft.criteria_source, frozenset(draft.leaves)
    seen: set[frozenset[str]] = set()
    faulty = False
    for i, correlation in enumerate(stated):
        path = ("correlations", i, "between")
        pair = frozenset(correlation.between)
        for k, id in enumerate(correlation.between):
            if id in known:
                continue
            faulty = True
            if draft.nodes.lack(id):
                yield Found(source, (*path, k), "there is no criterion {id}", "", {"id": id}, known=known)
            elif id in draft.branches:
                message, hint = "{id} is a branch and has no figures", "name two of its criteria"
                yield Found(source, (*path, k), message, hint, {"id": id})
        if len(pair) < 2:
            yield Found(source, path, "a criterion is not correlated with itself", "name two criteria")
        elif pair in seen:
            yield Found(
                source,
                path,
                "the correlation between {a} and {b} stands twice",
                "",
                dict(zip("ab", correlation.between, strict=True)),
            )
        faulty = faulty or len(pair) < 2 or pair in seen
        seen.add(pair)
    if stated and not faulty:
        ids = sorted(set().union(*seen))
        rank = {frozenset(c.between): c.rank for c in stated}
        normal = [[1.0 if a == b else 2 * sin(pi / 6 * rank.get(frozenset((a, b)), 0.0)) for b in ids] for a in ids]
        if not _possible(normal):
            message = "no figures can have all these correlations at once"
            yield Found(source, ("correlations",), message, "bring some of them nearer to 0", at="key")


def _possible(matrix: Sequence[Sequence[float]]) -> bool:
    """Whether a symmetric matrix is positive semidefinite: whether it is a lower triangle times its transpose."""
    rows: list[list[float]] = []
    for i, line in enumerate(matrix):
        row: list[float] = []
        for j in range(i + 1):
            rest = line[j] - sum(a * b for a, b in zip(row, rows[j] if j < i else row, strict=False))
            if j == i:
                if rest < -SLACK:
                    return False
                row.append(sqrt(max(rest, 0.0)))
            elif rows[j][j] > sqrt(SLACK):
                row.append(rest / rows[j][j])
            elif abs(rest) > sqrt(SLACK):
                return False
            else:
                row.append(0.0)
        rows.append(row)
    return True
