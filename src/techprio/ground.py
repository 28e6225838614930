"""The common ground of all weight sets' own spaces, or the least concession that gives one, as a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.hall import Floats
from techprio.robustness.ground import Meeting, meeting, shared_space
from techprio.study.folder import Study
from techprio.tables import Column, Table, rounded, to_html
from techprio.weight_spaces import own_spaces
from techprio.wording import Language, language


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ground:
    """Where the weight spaces of all sets meet."""

    title: Mapping[str, str]
    sets: tuple[str, ...]
    criteria: tuple[str, ...]
    meeting: Meeting
    ranges: tuple[tuple[float, float], ...]
    """(n) the least and the largest weight of each criterion in the common ground; empty if there is none."""

    def __repr__(self) -> str:
        return f"<Ground of {len(self.sets)} weight spaces: {'common' if self.meeting.common else 'none'}>"

    def rows(self) -> list[dict[str, Any]]:
        """One row a criterion: where all meet, the range of the common ground, and the nearest weights of each set."""
        return [self._row(j) for j in range(len(self.criteria))]

    def _row(self, j: int) -> dict[str, Any]:
        low, high = self.ranges[j] if self.ranges else (None, None)
        near: Floats = self.meeting.nearest[:, j]
        return {
            "criterion": self.criteria[j],
            "weight": rounded(self.meeting.weights[j]),
            "low": rounded(low),
            "high": rounded(high),
            **{f"nearest {id}": rounded(w) for id, w in zip(self.sets, near, strict=True)},
        }

    def to_json(self) -> dict[str, Any]:
        """The result as plain data."""
        concessions = zip(self.sets, self.meeting.concessions, strict=True)
        return {
            "common": self.meeting.common,
            "concessions": {id: rounded(share) for id, share in concessions},
            "criteria": self.rows(),
        }

    def table(self, words: Language) -> Table:
        """One row a criterion."""
        title = words.say("Common ground: {title}", title=words.text(self.title))
        return Table(self.columns(), self.rows(), title, [self.sentence(words), *self.concessions(words)], {})

    def columns(self) -> list[Column]:
        """What a table shows of each criterion."""
        return [
            Column("criterion", "criterion"),
            Column("weight", "weight", "right", _one_decimal),
            *(
                [Column("low", "from", "right", _one_decimal), Column("high", "to", "right", _one_decimal)]
                if self.ranges
                else []
            ),
            *(Column(f"nearest {id}", id, "right", _one_decimal, rank=1) for id in self.sets),
        ]

    def concessions(self, words: Language) -> Iterator[str]:
        """What each set gives way, where there is no common ground."""
        for id, share in zip(self.sets, self.meeting.concessions, strict=True):
            if not self.meeting.common:
                yield words.say("{set} moves {share} of its weight.", set=id, share=words.percent(float(share), 1))

    def sentence(self, words: Language) -> str:
        """The result in one sentence."""
        n = len(self.sets)
        if self.meeting.common:
            return words.say("The weight spaces of all {n} sets have weights in common.", n=n)
        share = words.percent(float(self.meeting.concessions.max()), 1)
        return words.say(
            "The weight spaces of the {n} sets have no weights in common; they meet if none moves more than {share} of "
            "its weight.",
            n=n,
            share=share,
        )

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def _one_decimal(value: Any, words: Language) -> str:
    return "" if value is None else words.percent(value, 1)


def ground_of(study: Study) -> Ground:
    """The common ground of a study's weight sets, each with its own space or else the study's round itself."""
    found = own_spaces(study)
    spaces = [each.space for each in found.values()]
    met = meeting(spaces)
    ranges: tuple[tuple[float, float], ...] = ()
    if met.common:
        ends, middle = shared_space(spaces)
        ranges, met = tuple(ends), Meeting(middle, np.tile(middle, (len(spaces), 1)), met.concessions)
    criteria = tuple(leaf.id for leaf in study.leaves)
    return Ground(study.criteria.title, tuple(found), criteria, met, ranges)
