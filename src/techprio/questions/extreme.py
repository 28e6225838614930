"""The best and the worst rank possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.proving import extreme_ranks, term_ranges
from techprio.questions.answer import Answer, Case
from techprio.robustness.extremes import Extreme
from techprio.robustness.smaa import Progress
from techprio.tables import Column
from techprio.wording import Language

Ranks = tuple[tuple[Extreme, ...], tuple[Extreme, ...]]


def sums(case: Case) -> Floats:
    """The terms; MethodError where a score is no sum of them."""
    if case.terms is None:
        what = "{method} in this variant is no weighted sum, so this has no exact answer; see techprio robust stability"
        raise MethodError(what, method=case.method.id)
    return case.terms


@dataclass(frozen=True, eq=False, repr=False)
class Extremes(Answer):
    """The best and worst ranks over all admissible weights; and over all figures within their ranges as well."""

    question = "extremes"
    heading = "the best and the worst rank possible"

    stated: Ranks
    ranges: Ranks | None
    """None where figures are certain, or terms depend on more than their own figure."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order, with the weights that lead to each extreme."""
        v = self.case.verdict
        found = []
        for i in v.order:
            row: dict[str, Any] = {"candidate": v.problem.candidates[i], "rank": int(v.ranks[i])}
            for name, ranks in (("", self.stated), ("_ranges", self.ranges)):
                if ranks is not None:
                    row[f"best{name}"], row[f"worst{name}"] = ranks[0][i].rank, ranks[1][i].rank
            exact = all(e.rank == e.proved for ranks in (self.stated, self.ranges or ((), ())) for e in _of(ranks, i))
            found.append({**row, "exact": exact})
        return found

    def details(self) -> dict[str, Any]:
        """The witnesses: weights at which each extreme is reached, and what is proved beyond it."""
        p = self.case.problem
        return {
            "witnesses": [
                {
                    "candidate": id,
                    "figures": figures,
                    "end": end,
                    "rank": e.rank,
                    "proved": e.proved,
                    "weights": dict(zip(p.criteria, e.weights.tolist(), strict=True)),
                }
                for figures, ranks in (("stated", self.stated), ("ranges", self.ranges))
                if ranks is not None
                for i, id in enumerate(p.candidates)
                for end, e in zip(("best", "worst"), _of(ranks, i), strict=True)
            ]
        }

    def columns(self) -> list[Column]:
        columns = [
            Column("candidate", "candidate", narrows="clips"),
            Column("rank", "rank", "right"),
            Column("best", "best", "right"),
            Column("worst", "worst", "right"),
        ]
        if self.ranges is not None:
            columns += [
                Column("best_ranges", "best, figures in their ranges", "right", rank=1),
                Column("worst_ranges", "worst, figures in their ranges", "right", rank=1),
            ]
        return columns

    def sentence(self, words: Language) -> str:
        """How many can be first, and whose range is the widest."""
        rows = self.rows()
        first = sum(row["best"] == 1 for row in rows)
        widest = max(rows, key=lambda row: row["worst"] - row["best"])
        return words.several(
            first,
            "{n} candidate can be first at the stated figures; the widest range of ranks is that of {id}, "
            "from {best} to {worst}.",
            "{n} candidates can be first at the stated figures; the widest range of ranks is that of "
            "{id}, from {best} to {worst}.",
            id=widest["candidate"],
            best=widest["best"],
            worst=widest["worst"],
        )

    def how(self, words: Language) -> str:
        """Exact, by mixed-integer programming."""
        if all(row["exact"] for row in self.rows()):
            return words.say("Exact, by mixed-integer programming; each rank with weights that lead to it.")
        return words.say("Each rank with weights that lead to it; some may be exceeded by a millionth of a score.")


def _of(ranks: tuple[tuple[Extreme, ...], tuple[Extreme, ...]] | tuple[()], i: int) -> tuple[Extreme, ...]:
    return (ranks[0][i], ranks[1][i]) if ranks and ranks[0] else ()


def extremes(case: Case, progress: Progress | None = None) -> Extremes:
    """The best and worst ranks of every candidate. Raises MethodError where scores are no weighted sums."""
    terms = sums(case)
    ends = term_ranges(case.problem, case.way)
    both = ends is not None and bool((ends[0] < ends[1]).any())

    stated = extreme_ranks(terms, terms, case.space, case.tolerance, progress)
    ranges = extreme_ranks(*ends, case.space, case.tolerance, progress) if both and ends is not None else None
    return Extremes(case, stated, ranges)
