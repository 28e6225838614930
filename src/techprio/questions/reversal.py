"""Is the ranking well-behaved?

Wang, X. & Triantaphyllou, E. (2008). Ranking irregularities when evaluating alternatives by using some ELECTRE methods.
Omega 36(1), 45–63: (1) the best stays best when another candidate is replaced by a worse one; (2) comparisons of two
candidates at a time are transitive; (3) put together they give the ranking of all. Besides: leaving out any candidate,
entering any candidate twice, entering one that all others dominate turn no two others round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import MethodError
from techprio.hall import Floats, Problem, frozen
from techprio.questions.answer import Answer, Case
from techprio.ranking import ranks
from techprio.robustness.draws import stated_figures
from techprio.robustness.smaa import Progress
from techprio.scoring import scoring
from techprio.tables import Column
from techprio.wording import Language

Ints = NDArray[np.int64]
MOST = 80
"""Of more candidates only the best are tested."""
WORSE = 0.25
"""How far a candidate is moved towards the worst figures when it is replaced by a worse one."""

TESTS = {
    "replace": "the best stays best when another is replaced by a worse one",
    "pairs are transitive": "two at a time, no candidates go round in a circle",
    "pairs agree": "two at a time, the order is that of the whole ranking",
    "drop": "leaving one out turns no others round",
    "duplicate": "entering one twice turns no others round",
    "dominated": "entering one that all others dominate turns no others round",
}
"""Test → what is wanted: a template."""


@dataclass(frozen=True, eq=False, repr=False)
class Reversal(Answer):
    """The tests, how often each was made, and how often it failed."""

    question = "reversal"
    heading = "is the ranking well-behaved?"

    results: tuple[tuple[str, int, int, str], ...]
    """(test, times made, times failed, an example)."""
    tested: int
    """How many candidates took part."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a test."""
        return [
            {"test": test, "made": made, "failed": failed, "example": example or None}
            for test, made, failed, example in self.results
        ]

    def columns(self) -> list[Column]:
        return [
            Column("wanted", "wanted", narrows="wraps"),
            Column("made", "tried", "right"),
            Column("failed", "failed", "right"),
            Column("example", "for example", narrows="wraps"),
        ]

    def shown(self, row: Any, words: Language) -> Any:
        """A row as the table shows it."""
        return {**row, "wanted": words.say(TESTS[row["test"]])}

    def sentence(self, words: Language) -> str:
        """How many tests hold."""
        failed = sum(row["failed"] > 0 for row in self.rows())
        if not failed:
            return words.say(
                "The order of two candidates never depended on the others: all {n} tests hold.", n=len(TESTS)
            )
        return words.say(
            "The order of two candidates can depend on the others: {k} of {n} tests fail.", k=failed, n=len(TESTS)
        )

    def how(self, words: Language) -> str:
        """Enumerated."""
        return words.say("Enumerated over {n} candidates, at the stated figures and weights.", n=self.tested)


def reversal(case: Case, progress: Progress | None = None) -> Reversal:
    """Make the tests; of more than 80 candidates, with the best 80."""
    p = replace(case.problem, cut=None)
    if p.m > MOST:
        p = part(p, np.sort(case.verdict.order[:MOST]))
    trials = [
        ("replace", _replaced(case, p)),
        ("pairs are transitive", iter(())),
        ("pairs agree", iter(())),
        ("drop", _dropped(case, p)),
        ("duplicate", _doubled(case, p)),
        ("dominated", _dominated(case, p)),
    ]
    by_pairs = dict(_by_pairs(case, p))
    results = []
    for number, (test, found) in enumerate(trials, start=1):
        made, failed, example = by_pairs[test] if test in by_pairs else _count(found)
        results.append((test, made, failed, example))
        if progress:
            progress(number, len(trials))
    return Reversal(case, tuple(results), p.m)


def _count(found: Iterator[str]) -> tuple[int, int, str]:
    texts = list(found)
    failed = [text for text in texts if text]
    return len(texts), len(failed), failed[0] if failed else ""


# -- changed problems -----------------------------------------------------------------------------------------------


def part(p: Problem, rows: Any) -> Problem:
    """The candidates at ``rows`` only; a row may stand there twice. How figures are spread is left behind."""
    at = [int(i) for i in rows]

    def some(values: Any) -> Any:
        return tuple(values[i] for i in at) if values else values

    return replace(
        p,
        candidates=tuple(f"{p.candidates[i]}{'' if at.index(i) == k else ' again'}" for k, i in enumerate(at)),
        x=frozen(p.x[at]),
        low=frozen(p.low[at]),
        high=frozen(p.high[at]),
        shapes=frozen(np.zeros((0, 0)), np.int8),
        odds=frozen(np.zeros((0, 0, 2))),
        illustrative=frozen(p.illustrative[at], bool) if p.illustrative.size else p.illustrative,
        names=some(p.names),
        tiers=some(p.tiers),
        groups=some(p.groups),
        cut=None,
        origin=lambda i, j: None,
    )


def _scores(case: Case, p: Problem) -> Floats:
    return scoring(p, case.method, case.verdict.settings).scorer(p.weights, None)


def _order(case: Case, scores: Floats) -> Floats:
    """(m, m) 1 where the row stands above the column, −1 below, 0 level."""
    r = ranks(scores, case.method.score_unit)
    found: Floats = np.sign(r[None, :] - r[:, None]).astype(float)
    return found


def _turned(p: Problem, before: Floats, after: Floats) -> str:
    """The first pair that stands the other way round."""
    upper, lower = np.nonzero(before * after < 0)
    return f"{p.candidates[upper[0]]} – {p.candidates[lower[0]]}" if len(upper) else ""


def _worst_figures(p: Problem) -> Floats:
    """(n,) the worst figure of each column."""
    x = stated_figures(p)
    found: Floats = np.where(p.sense > 0, x.min(axis=0), x.max(axis=0))
    return found


def _with_row(p: Problem, i: int, figures: Floats) -> Problem:
    x = stated_figures(p)
    x[i] = figures
    return replace(p, x=frozen(x), low=frozen(x), high=frozen(x))


# -- tests ----------------------------------------------------------------------------------------------------------


def _replaced(case: Case, p: Problem) -> Iterator[str]:
    before = _order(case, _scores(case, p))
    best = np.flatnonzero((before >= 0).all(axis=1))
    worst, x = _worst_figures(p), stated_figures(p)
    for k in range(p.m):
        if k in best:
            continue
        try:
            after = _order(case, _scores(case, _with_row(p, k, x[k] + WORSE * (worst - x[k]))))
        except MethodError:
            continue
        still = np.asarray((after >= 0).all(axis=1))
        yield "" if (still[best]).all() and not still[np.setdiff1d(np.arange(p.m), best)].any() else p.candidates[k]


def _dropped(case: Case, p: Problem) -> Iterator[str]:
    before = _order(case, _scores(case, p))
    for k in range(p.m if p.m > 2 else 0):
        rest = np.flatnonzero(np.arange(p.m) != k)
        smaller = part(p, rest)
        found = _turned(smaller, before[np.ix_(rest, rest)], _order(case, _scores(case, smaller)))
        yield f"{found} (− {p.candidates[k]})" if found else ""


def _doubled(case: Case, p: Problem) -> Iterator[str]:
    before = _order(case, _scores(case, p))
    for k in range(p.m):
        larger = part(p, [*range(p.m), k])
        found = _turned(p, before, _order(case, _scores(case, larger))[: p.m, : p.m])
        yield f"{found} (+ {p.candidates[k]})" if found else ""


def _dominated(case: Case, p: Problem) -> Iterator[str]:
    before = _order(case, _scores(case, p))
    larger = _with_row(part(p, [*range(p.m), 0]), p.m, _worst_figures(p))
    try:
        yield _turned(p, before, _order(case, _scores(case, larger))[: p.m, : p.m])
    except MethodError:
        return


def _by_pairs(case: Case, p: Problem) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """Every two candidates ranked alone: circles of three, and pairs that stand the other way round than in all."""
    before, alone = _order(case, _scores(case, p)), np.zeros((p.m, p.m))
    for a, b in combinations(range(p.m), 2):
        sign = _order(case, _scores(case, part(p, [a, b])))[0, 1]
        alone[a, b], alone[b, a] = sign, -sign
    above = (alone > 0).astype(np.int64)
    m = p.m
    circles = int(np.trace(above @ above @ above)) // 3
    example = ""
    if circles:
        a, c = map(int, np.argwhere(((above @ above) > 0) & (above.T > 0))[0])
        b = int(np.flatnonzero((above[a] > 0) & (above[:, c] > 0))[0])
        example = f"{p.candidates[a]} > {p.candidates[b]} > {p.candidates[c]} > {p.candidates[a]}"
    yield "pairs are transitive", (m * (m - 1) * (m - 2) // 6, circles, example)
    turned = int((before * alone < 0).sum()) // 2
    yield "pairs agree", (m * (m - 1) // 2, turned, _turned(p, before, alone))
