"""Rankings under several weight sets side by side, and how far they agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from techprio.agreement import kendall
from techprio.cautions import cautions
from techprio.hall import Words
from techprio.tables import Column, Table, rounded, to_html
from techprio.verdict import Verdict
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """One ranking a column; the first one orders the rows."""

    verdicts: tuple[Verdict, ...]
    names: Mapping[str, Words] = field(default_factory=dict)
    """Weight set → its name, where it has one."""

    @property
    def first(self) -> Verdict:
        return self.verdicts[0]

    @property
    def labels(self) -> tuple[str, ...]:
        """A name for each ranking: its weight set, and its method where that differs from the first one's."""
        return tuple(
            v.weight_set if v.method == self.first.method else f"{v.weight_set} {v.method}" for v in self.verdicts
        )

    def agreement(self) -> list[list[float | None]]:
        """Kendall's tau-b of each pair of rankings."""
        taus = [[kendall(a.ranks, b.ranks) for b in self.verdicts] for a in self.verdicts]
        return [[None if math.isnan(tau) else rounded(tau) for tau in row] for row in taus]

    def shared(self) -> list[int | None]:
        """How many candidates each list shares with the first."""
        first = self.first.listed
        return [None if first is None or v.listed is None else int((first & v.listed).sum()) for v in self.verdicts]

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate: its rank in each ranking, and in how many it is listed."""
        problem = self.first.problem
        return [
            {
                "id": problem.candidates[i],
                "name": language("en").text(problem.names[i]),
                "rank": {label: int(v.ranks[i]) for label, v in zip(self.labels, self.verdicts, strict=True)},
                "listed": {
                    label: None if v.listed is None else bool(v.listed[i])
                    for label, v in zip(self.labels, self.verdicts, strict=True)
                },
            }
            for i in self.first.order
        ]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        columns = [
            {"label": label, "weight_set": v.weight_set, "method": {"id": v.method, "settings": dict(v.settings)}}
            for label, v in zip(self.labels, self.verdicts, strict=True)
        ]
        return {
            "format": 1,
            "study": self.first.about.row(),
            "columns": columns,
            "candidates": self.rows(),
            "kendall": self.agreement(),
            "listed_in_common_with_first": self.shared(),
        }

    def table(self, words: Language) -> Table:
        columns = [Column("candidate", "candidate", narrows="wraps")]
        columns += [Column(label, label, "right") for label in self.labels]
        columns.append(Column("worst", "spread", "right"))
        rows = [dict(self._row(int(i), words)) for i in self.first.order]
        return Table(columns, rows, self._title(words), list(self._notes(words)))

    def _row(self, i: int, words: Language) -> Iterator[tuple[str, str]]:
        problem = self.first.problem
        yield "candidate", words.called(problem.candidates[i], problem.names[i])
        for label, verdict in zip(self.labels, self.verdicts, strict=True):
            mark = "● " if verdict.listed is not None and verdict.listed[i] else ""
            yield label, f"{mark}{verdict.ranks[i]}"
        ranks = [int(verdict.ranks[i]) for verdict in self.verdicts]
        yield "worst", f"{min(ranks)}–{max(ranks)}"

    def _title(self, words: Language) -> str:
        return f"{words.text(self.first.about.title)} · {words.say('rank under each weight set; ● is on the list')}"

    def _notes(self, words: Language) -> Iterator[str]:
        yield from cautions(float(self.first.illustrative.mean()), self.first.about.notice, words)
        for label, taus, shared in zip(self.labels[1:], self.agreement()[1:], self.shared()[1:], strict=True):
            tau = "–" if taus[0] is None else words.number(taus[0], 2)
            note = words.say("{a} and {b}: Kendall's tau {tau}", a=self.labels[0], b=label, tau=tau)
            yield note if shared is None else f"{note}, {words.say('{n} listed in both', n=shared)}"

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))
