"""Who is surely in, who surely out, and how that is proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from techprio.questions.answer import Answer
from techprio.tables import Column, percent
from techprio.wording import Language

PROVED = {"none": "–", "weights": "weights", "weights_and_figures": "weights and figures"}


@dataclass(frozen=True, eq=False, repr=False)
class Proofs(Answer):
    """Bands, and the certificates of those that are proved."""

    question = "certificates"
    heading = "who is surely in, and who surely out?"

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order."""
        keys = ("id", "rank", "band", "certified", "p_cut", "rank_best", "rank_worst")
        found = []
        for row in self.case.verdict.rows():
            kept = {key: row[key] for key in keys if key in row}
            found.append({"candidate": kept.pop("id"), **kept})
        return found

    def to_json(self) -> dict[str, Any]:
        """The answer with every certificate, its numbers unrounded."""
        standing = self.case.verdict.trust.standing
        v = self.case.verdict
        floors = [
            {floor.kind: floor.label, "count": floor.count} for floor in (v.problem.cut.floors if v.problem.cut else ())
        ]
        drawn = {"draws": v.trust.draws, "seed": v.trust.seed}
        cut = {"total": v.problem.cut.total, "at_least": floors} if v.problem.cut else None
        return {**super().to_json(), "cut": cut, **drawn, "certificates": standing.certificates() if standing else None}

    def columns(self) -> list[Column]:
        columns = [
            Column("band", "band"),
            Column("rank", "rank", "right"),
            Column("candidate", "candidate", narrows="clips"),
            Column("certified", "proved for all"),
            Column("p_cut", "P(list)", "right", percent),
        ]
        if self.case.verdict.trust.standing and self.case.verdict.trust.standing.best:
            columns += [Column("rank_best", "best", "right"), Column("rank_worst", "worst", "right")]
        return columns

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it."""
        band = words.say(row["band"]) if row["band"] else ""
        return {**super().shown(row, words), "band": band, "certified": words.say(PROVED[row["certified"] or "none"])}

    def sentence(self, words: Language) -> str:
        """How many are proved in and out."""
        standing = self.case.verdict.trust.standing
        if standing is None:
            return words.say("Nothing is proved: there is no list, or scores are no weighted sums.")
        whole = standing.whole
        return words.say(
            "For every admissible weight, {always} of {m} candidates are on the list and {never} are not; "
            "the other {open} depend on the weights or are not settled.",
            always=int(whole.always.sum()),
            never=int(whole.never.sum()),
            open=int((~whole.always & ~whole.never).sum()),
            m=self.case.problem.m,
        )

    def how(self, words: Language) -> str:
        """Proved."""
        return words.say("Proved at the stated figures, and checked by techprio robust verify; P(list) is sampled.")
