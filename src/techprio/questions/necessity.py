"""What holds for every admissible model?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.build import known
from techprio.errors import UsageError
from techprio.questions.answer import Answer, Case
from techprio.questions.extreme import sums
from techprio.ranking import ranks
from techprio.robustness.draws import stated_values
from techprio.robustness.necessary import Preference, preference
from techprio.robustness.regression import Reference, Regression, contradiction, regression
from techprio.tables import Column
from techprio.wording import Language


@dataclass(frozen=True, eq=False, repr=False)
class Necessity(Answer):
    """Who is at least as good as whom for every admissible weight, and the diagram of it."""

    question = "necessary"
    heading = "what holds for every admissible weight?"

    found: Preference

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order: whom it is surely above, who is surely above it, who neither."""
        p, strict = self.case.problem, self.found.strict
        rows = []
        for i in self.case.verdict.order:
            above, below = strict[i], strict[:, i]
            open_ = ~above & ~below & (np.arange(p.m) != i)
            row: dict[str, Any] = {"candidate": p.candidates[i], "level": int(self.found.level()[i]) + 1}
            for name, flags in (("above", above), ("below", below), ("open", open_)):
                row[name] = [p.candidates[k] for k in np.flatnonzero(flags)]
            rows.append(row)
        return rows

    def details(self) -> Mapping[str, Any]:
        """The Hasse diagram, and both relations in full."""
        ids = self.case.problem.candidates
        classes, edges = self.found.hasse()
        return {
            "hasse": {
                "classes": [[ids[i] for i in each] for each in classes],
                "edges": [[ids[classes[a][0]], ids[classes[b][0]]] for a, b in edges],
            },
            "candidates": list(ids),
            "necessary": self.found.necessary.astype(int).tolist(),
            "possible": self.found.possible.astype(int).tolist(),
        }

    def columns(self) -> list[Column]:
        return [
            Column("candidate", "candidate", narrows="clips"),
            Column("level", "level", "right"),
            Column("n_above", "surely above", "right"),
            Column("n_below", "surely below", "right"),
            Column("n_open", "open", "right"),
        ]

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it: how many each list has."""
        counts = {f"n_{name}": len(row[name]) for name in ("above", "below", "open")}
        return {**super().shown(row, words), **counts}

    def settled(self) -> tuple[int, int]:
        """(pairs of which one is surely above the other, pairs)."""
        m = self.case.problem.m
        return int(self.found.strict.sum()), m * (m - 1) // 2

    def sentence(self, words: Language) -> str:
        """How many pairs are settled."""
        n, pairs = self.settled()
        return words.say(
            "Of {pairs} pairs of candidates, {n} have the same one ahead for every admissible weight.", n=n, pairs=pairs
        )


def necessity(case: Case) -> Necessity:
    """Necessary and possible preference over the weight space."""
    return Necessity(case, preference(sums(case), case.space, case.tolerance))


@dataclass(frozen=True, eq=False, repr=False)
class Regressed(Necessity):
    """The same over every additive model that agrees with the study's reference comparisons."""

    question = "references"
    heading = "what follows from the reference comparisons?"

    regression: Regression
    references: tuple[Reference, ...]
    pieces: int | None

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate: as of ``necessary``, and where the representative model places it."""
        representative = ranks(self.regression.scores, "one")
        p = self.case.problem
        return [
            {
                **row,
                "score": float(self.regression.scores[p.row(row["candidate"])]),
                "rank": int(representative[p.row(row["candidate"])]),
            }
            for row in super().rows()
        ]

    def details(self) -> Mapping[str, Any]:
        """The references and the representative value functions besides."""
        p, r = self.case.problem, self.regression
        functions = {
            id: {"value": at.tolist(), "marginal": u.tolist()}
            for id, at, u in zip(p.criteria, r.breakpoints, r.representative, strict=True)
        }
        return {
            **super().details(),
            "references": [reference.text for reference in self.references],
            "pieces": self.pieces,
            "representative": {"functions": functions, "least_difference": r.gap},
        }

    def columns(self) -> list[Column]:
        return [*super().columns(), Column("rank", "representative rank", "right")]

    def sentence(self, words: Language) -> str:
        """How many pairs the references settle."""
        n, pairs = self.settled()
        return words.several(
            len(self.references),
            "One reference comparison settles {k} of {pairs} pairs of candidates for every additive model "
            "that agrees with it.",
            "{n} reference comparisons settle {k} of {pairs} pairs of candidates for every additive model "
            "that agrees with them.",
            k=n,
            pairs=pairs,
        )

    def how(self, words: Language) -> str:
        """Exact, and what a representative model is not."""
        kind = (
            words.say("all monotone value functions")
            if self.pieces is None
            else words.say("value functions of {n} straight pieces", n=self.pieces)
        )
        return words.say(
            "Exact, at the stated figures, over {kind}; weights are part of the model. The representative "
            "model is one of many, chosen to tell apart most clearly what necessarily differs.",
            kind=kind,
        )


def regressed(case: Case, references: Sequence[tuple[str, str, str, str]], pieces: int | None = None) -> Regressed:
    """Robust ordinal regression from (upper, sign, lower, text). Raises UsageError naming references that conflict."""
    ids = case.problem.candidates
    if not references:
        raise UsageError('the criteria file has no reference comparisons: add references: ["A > B", …]')
    stated = tuple(
        Reference(
            ids.index(known(upper, ids, "{id} is not among the candidates ranked")),
            ids.index(known(lower, ids, "{id} is not among the candidates ranked")),
            sign,
            text,
        )
        for upper, sign, lower, text in references
    )
    v = stated_values(case.problem)
    if conflict := contradiction(v, stated, pieces):
        raise UsageError("no additive model agrees with all of: {texts}", texts="; ".join(conflict))
    found = regression(v, stated, pieces, case.tolerance)
    return Regressed(case, found.preference, found, stated, pieces)
