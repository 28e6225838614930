"""What do all weight sets have in common, or what must each concede?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from techprio.errors import UsageError
from techprio.ground import Ground, ground_of
from techprio.questions.answer import Answer, Case
from techprio.study.folder import Study
from techprio.tables import Column
from techprio.wording import Language


@dataclass(frozen=True, eq=False, repr=False)
class CommonGround(Answer):
    """The common ground of all weight sets' own spaces, or the least concession that gives one."""

    question = "ground"
    heading = "where do all weight sets meet?"

    ground: Ground

    def rows(self) -> list[dict[str, Any]]:
        """One row a criterion, in the study's order."""
        return self.ground.rows()

    def details(self) -> Mapping[str, Any]:
        """Whether there is common ground, and what each set concedes."""
        data = self.ground.to_json()
        return {key: data[key] for key in ("common", "concessions")}

    def columns(self) -> list[Column]:
        return self.ground.columns()

    def sentence(self, words: Language) -> str:
        """Whether all meet, or what none need exceed."""
        return self.ground.sentence(words)

    def notes(self, words: Language) -> Iterator[str]:
        """What each set concedes."""
        return self.ground.concessions(words)

    def how(self, words: Language) -> str:
        """Exact."""
        return words.say("Exact: linear programmes over the weights.")

    def space(self, words: Language) -> str:
        """Each set has its own."""
        return words.say("Admissible: for each set its own weight space, or else the study's round that set.")


def common_ground(case: Case, study: Study) -> CommonGround:
    """The answer for a study. Raises UsageError if it has one weight set only."""
    if not study.criteria.weight_sets:
        raise UsageError("there is one weight set only: add others under weight_sets to see where they meet")
    return CommonGround(case, ground_of(study))
