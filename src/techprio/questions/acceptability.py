"""How often is each candidate listed, at which rank, and above whom?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from techprio.acceptance import Smaa, accept
from techprio.judging import Heading
from techprio.questions.answer import Answer, Case
from techprio.robustness.smaa import Progress
from techprio.tables import Column
from techprio.wording import Language


@dataclass(frozen=True, eq=False, repr=False)
class Acceptability(Answer):
    """SMAA-2: shares of draws, with their errors."""

    question = "acceptability"
    heading = "how often is each listed, at which rank, above whom?"

    smaa: Smaa

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order."""
        return [{"candidate": row["id"], **{k: v for k, v in row.items() if k != "id"}} for row in self.smaa.rows()]

    def details(self) -> Mapping[str, Any]:
        """Draws, seed, and how often each is above each other; exactly, where there is a closed form."""
        data = self.smaa.to_json()
        return {key: data[key] for key in ("draws", "seed", "pairwise", "pairwise_exact")}

    def columns(self) -> list[Column]:
        return self.smaa.columns()

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it."""
        return self.smaa.shown({**row, "id": row["candidate"]}, words)

    def sentence(self, words: Language) -> str:
        """Who is listed, or else first, most often."""
        return self.smaa.sentence(words)

    def notes(self, words: Language) -> Iterator[str]:
        """What the columns mean."""
        return self.smaa.legend(words)

    def how(self, words: Language) -> str:
        """Sampled."""
        facts = {"n": self.smaa.draws, "seed": str(self.smaa.seed)}
        if self.smaa.pairwise_exact is not None:
            return words.say(
                "Sampled: {n} joint draws of weights and figures (seed {seed}). Wins in pairs also exactly, in the "
                "JSON (Varsi 1973).",
                **facts,
            )
        return words.say("Sampled: {n} joint draws of weights and figures (seed {seed}).", **facts)


def acceptability(case: Case, progress: Progress | None = None) -> Acceptability:
    """The answer for a case. Raises UsageError for more candidates than tables can hold."""
    verdict, effort = case.verdict, replace(case.trial.effort, progress=progress)
    heading = Heading(verdict.about, verdict.weight_set, verdict.changes)
    trial = replace(case.trial, effort=effort)
    return Acceptability(case, accept(case.problem, case.method, verdict.settings, trial, heading))
