"""Do the weights mean what they say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen
from techprio.questions.answer import Answer, Case, share_of_weight
from techprio.ranking import ranks
from techprio.robustness.draws import stated_values
from techprio.robustness.effective import correlations, effective_importance
from techprio.tables import Column
from techprio.wording import Language

ALIKE = 0.8
"""From this correlation on, two criteria may count the same thing twice."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Effective(Answer):
    """Nominal against effective weights, what leaving a criterion out changes, and criteria that are alike."""

    question = "weights"
    heading = "do the weights mean what they say?"

    importance: Floats
    """(n,) squared correlation with the score."""
    correlation: Floats
    """(n, n) of the values."""
    without: tuple[Ints | None, ...]
    """Ranks (m,) with each criterion left out; None if nothing is left."""
    came: tuple[int, ...]
    """How many come on the list without each criterion."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a criterion, in the study's order."""
        p, total = self.case.problem, float(self.importance.sum())
        found = []
        for j, id in enumerate(p.criteria):
            effective = float(self.importance[j]) / total if total else 0.0
            left = self.without[j]
            found.append(
                {
                    "criterion": id,
                    "nominal": float(p.weights[j]),
                    "effective": effective,
                    "correlation": float(np.sqrt(self.importance[j])) * self._sign(j),
                    "shift": None if left is None else float(np.abs(left - self.case.verdict.ranks).mean()),
                    "list_changes": self.came[j],
                }
            )
        return found

    def _sign(self, j: int) -> float:
        values, scores = stated_values(self.case.problem)[:, j], self.case.verdict.scores
        return float(np.sign(((values - values.mean()) * (scores - scores.mean())).sum()))

    def alike(self) -> list[tuple[str, str, float]]:
        """Pairs of criteria whose values go together, the most alike first."""
        ids, r = self.case.problem.criteria, self.correlation
        pairs = [(ids[a], ids[b], float(r[a, b])) for a, b in zip(*np.triu_indices(len(ids), 1), strict=True)]
        return sorted((pair for pair in pairs if abs(pair[2]) >= ALIKE), key=lambda pair: -abs(pair[2]))

    def details(self) -> dict[str, Any]:
        """Correlations of all criteria."""
        return {
            "correlations": self.correlation,
            "alike": [{"a": a, "b": b, "correlation": r} for a, b, r in self.alike()],
        }

    def columns(self) -> list[Column]:
        return [
            Column("criterion", "criterion"),
            Column("nominal", "weight", "right", lambda value, words: share_of_weight(words, value)),
            Column("effective", "effective", "right", lambda value, words: share_of_weight(words, value)),
            Column("correlation", "correlation", "right", lambda value, words: words.number(value, 2)),
            Column("shift", "ranks moved without it", "right", _two, rank=1),
            Column("list_changes", "come on the list without it", "right", rank=1),
        ]

    def notes(self, words: Language) -> Iterator[str]:
        """Which criteria may count double."""
        for a, b, r in self.alike()[:5]:
            template = (
                "{a} and {b} go together (correlation {r}): they may count the same thing twice."
                if r > 0
                else "{a} and {b} pull against each other (correlation {r})."
            )
            yield words.say(template, a=a, b=b, r=words.number(r, 2))

    def sentence(self, words: Language) -> str:
        """Where nominal and effective weight differ most."""
        if not self.importance.sum():
            return words.say("All candidates have the same score, so no criterion has any effect.")
        row = max(self.rows(), key=lambda row: abs(row["effective"] - row["nominal"]))
        return words.say(
            "Weight and effect differ most at {id}: it has {nominal} of the weight and {effective} of the "
            "effect on scores.",
            id=row["criterion"],
            nominal=words.percent(row["nominal"], 1),
            effective=words.percent(row["effective"], 1),
        )

    def how(self, words: Language) -> str:
        """Computed."""
        return words.say(
            "Computed at the stated figures and weights: squared correlations of value and score, scaled "
            "to a sum of 100%."
        )


def _two(value: float | None, words: Language) -> str:
    return "–" if value is None else words.number(value, 2)


def effective(case: Case) -> Effective:
    """Nominal against effective weights; each criterion left out in turn; the correlation audit."""
    p, values = case.problem, stated_values(case.problem)
    without: list[Ints | None] = []
    came = []
    for j in range(p.n):
        rest = 1 - p.weights[j]
        if rest <= 1e-12:
            without.append(None)
            came.append(0)
            continue
        w = p.weights / rest
        w[j] = 0.0
        without.append(ranks(case.way.scorer(w[None, :], None)[0], case.method.score_unit))
        on_list = case.judge.states(w[None, :], "list")[0] > 0
        came.append(0 if case.verdict.listed is None else int((on_list & ~case.verdict.listed).sum()))
    importance = effective_importance(values, case.verdict.scores)
    return Effective(case, frozen(importance), frozen(correlations(values)), tuple(without), tuple(came))
