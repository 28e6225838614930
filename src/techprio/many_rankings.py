"""Rankings under several methods and weight sets: what they agree on, and who depends on which of the two."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from techprio.agreement import Consensus, Kemeny, borda, kemeny, kendall, kendall_w
from techprio.agreement.pairs import Ints
from techprio.cautions import cautions
from techprio.errors import MethodError
from techprio.hall import Flags
from techprio.tables import Column, Table, rounded, to_html
from techprio.verdict import Verdict
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

EXACT = 100
"""Up to so many candidates the consensus is Kemeny's order; of more, Borda's."""
SECONDS = 20.0
"""For Kemeny's order; if they run out, the best order found is given and called so."""


@dataclass(frozen=True, eq=False)
class ManyRankings:
    """Every method under every weight set; the first ranking is the one the others are compared with."""

    verdicts: tuple[Verdict, ...]
    refused: tuple[tuple[str, MethodError], ...] = ()
    """Methods that cannot take this study, and why."""

    @property
    def first(self) -> Verdict:
        return self.verdicts[0]

    @cached_property
    def ranks(self) -> Ints:
        """(k, m) one ranking a row."""
        return np.array([verdict.ranks for verdict in self.verdicts])

    @cached_property
    def consensus(self) -> Consensus:
        """The order with the least distance to all rankings."""
        if self.first.problem.m > EXACT:
            return borda(self.ranks)
        return kemeny(self.ranks, time_limit=SECONDS)

    @cached_property
    def listed(self) -> Flags | None:
        """(k, m) who is on the list of each ranking; None without a cut."""
        found = [verdict.listed for verdict in self.verdicts if verdict.listed is not None]
        return np.array(found) if len(found) == len(self.verdicts) else None

    def depends(self) -> list[str | None]:
        """What decides whether each candidate is listed: ``method``, ``weights``, ``both``, or None where nothing does.

        ``method``: under some weight set it is listed by one method and not by another; ``weights`` likewise.
        """
        if self.listed is None:
            return [None] * self.first.problem.m
        by_method = self._differs([verdict.weight_set for verdict in self.verdicts], self.listed)
        by_weights = self._differs([verdict.method for verdict in self.verdicts], self.listed)
        named = {(True, True): "both", (True, False): "method", (False, True): "weights"}
        return [named.get((bool(a), bool(b))) for a, b in zip(by_method, by_weights, strict=True)]

    @staticmethod
    def _differs(kept: Sequence[str], listed: Flags) -> Flags:
        """(m,) who is listed in some and not in all of the rankings that have the same label."""
        found = np.zeros(listed.shape[1], bool)
        for label in dict.fromkeys(kept):
            part = listed[[i for i, other in enumerate(kept) if other == label]]
            found |= part.any(axis=0) & ~part.all(axis=0)
        return found

    # -- for machines -----------------------------------------------------------------------------------------------

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(f"{verdict.method} {verdict.weight_set}" for verdict in self.verdicts)

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in the order of the consensus."""
        problem, depends = self.first.problem, self.depends()
        return [
            {
                "id": problem.candidates[i],
                "name": language("en").text(problem.names[i]),
                "consensus": int(self.consensus.ranks[i]),
                "rank_best": int(self.ranks[:, i].min()),
                "rank_median": float(np.median(self.ranks[:, i])),
                "rank_worst": int(self.ranks[:, i].max()),
                "listed_share": None if self.listed is None else rounded(float(self.listed[:, i].mean())),
                "depends_on": depends[i],
                "rank": {label: int(ranks[i]) for label, ranks in zip(self.labels, self.ranks, strict=True)},
            }
            for i in np.argsort(self.consensus.ranks, kind="stable").tolist()
        ]

    def agreement(self) -> list[list[float | None]]:
        """(k, k) Kendall's tau-b of each pair of rankings."""
        return [[_tau(a, b) for b in self.ranks] for a in self.ranks]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        proof = {"optimal": self.consensus.optimal} if isinstance(self.consensus, Kemeny) else {}
        return {
            "format": 1,
            "study": self.first.about.row(),
            "columns": [
                {"label": label, "weight_set": v.weight_set, "method": {"id": v.method, "settings": dict(v.settings)}}
                for label, v in zip(self.labels, self.verdicts, strict=True)
            ],
            "candidates": self.rows(),
            "consensus": {"method": self.consensus.method, **proof},
            "kendall": self.agreement(),
            "kendall_w": rounded(kendall_w(self.ranks)) if len(self.verdicts) > 1 else None,
            "refused": [{"method": id, "reason": str(error)} for id, error in self.refused],
        }

    # -- for people -------------------------------------------------------------------------------------------------

    def tables(self, words: Language) -> list[Table]:
        """The candidates with the spread of their ranks; the methods with their agreement."""
        return [self._candidates(words), self._methods(words)]

    def _candidates(self, words: Language) -> Table:
        columns = [
            Column("consensus", "consensus", "right"),
            Column("candidate", "candidate", narrows="clips"),
            Column("first", "first", "right"),
            Column("ranks", "ranks", "right"),
            Column("rank_median", "median", "right", lambda v, w: w.number(v, 1)),
            Column("listed_share", "listed", "right", lambda v, w: w.percent(v)),
            Column("depends", "depends on"),
        ]
        rows = []
        for row in self.rows():
            i = self.first.problem.row(row["id"])
            name = words.called(row["id"], self.first.problem.names[i])
            depends = words.say(row["depends_on"]) if row["depends_on"] else ""
            ranks = f"{row['rank_best']}–{row['rank_worst']}"
            rows.append({**row, "candidate": name, "first": int(self.ranks[0, i]), "ranks": ranks, "depends": depends})
        said = words.say("consensus of {n} rankings by methods and weight sets", n=len(self.verdicts))
        return Table(columns, rows, f"{words.text(self.first.about.title)} · {said}", list(self._notes(words)))

    def _notes(self, words: Language) -> Iterator[str]:
        yield from cautions(float(self.first.illustrative.mean()), self.first.about.notice, words)
        if not isinstance(self.consensus, Kemeny):
            yield words.say("The consensus is Borda's count of the ranks.")
        elif self.consensus.optimal:
            yield words.say("The consensus is Kemeny's order: proved to be the nearest to all of these rankings.")
        else:
            yield words.say("The consensus is the best order found in the time there was; a nearer one may exist.")
        if len(self.verdicts) > 1:
            w = words.number(kendall_w(self.ranks), 2)
            yield words.say("Kendall's W of all rankings: {w} (1: all the same, 0: nothing in common).", w=w)
        decided = self.depends()
        for kind, message in _DEPENDS.items():
            ids = [self.first.problem.candidates[i] for i, other in enumerate(decided) if other in (kind, "both")]
            if ids:
                yield words.say(message, ids=", ".join(ids))

    def _methods(self, words: Language) -> Table:
        columns = [
            Column("method", "method"),
            Column("tau", "Kendall's tau", "right"),
            Column("shared", "listed in both", "right"),
            Column("said", "", narrows="wraps"),
        ]
        rows = [
            self._method(v, words)
            for v in self.verdicts
            if v.weight_set == self.first.weight_set and v is not self.first
        ]
        rows += [{"method": id, "tau": "", "shared": "", "said": error.sentence(words)} for id, error in self.refused]
        facts = {"method": self.first.method, "weights": self.first.weight_set}
        return Table(columns, rows, words.say("each method beside {method}, weights {weights}", **facts))

    def _method(self, verdict: Verdict, words: Language) -> dict[str, str]:
        tau, first = _tau(self.first.ranks, verdict.ranks), self.first.listed
        shared = "" if first is None or verdict.listed is None else str(int((first & verdict.listed).sum()))
        return {
            "method": verdict.method,
            "tau": "–" if tau is None else words.number(tau, 2),
            "shared": shared,
            "said": ", ".join(f"{key}={value}" for key, value in verdict.settings.items() if key != "aggregate"),
        }

    def _repr_html_(self) -> str:
        words = language("en")
        return "".join(to_html(table, words) for table in self.tables(words))


_DEPENDS = {
    "method": "Whether these are listed depends on the method: {ids}.",
    "weights": "Whether these are listed depends on the weights: {ids}.",
}


def _tau(a: Ints, b: Ints) -> float | None:
    tau = kendall(a, b)
    return None if math.isnan(tau) else rounded(tau)
