"""Candidates in classes of priority: the class of each, and the share of draws in which it is in each class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from techprio.cautions import cautions
from techprio.hall import Floats, Problem
from techprio.judging import Heading
from techprio.tables import Column, Table, percent, rounded, to_html
from techprio.verdict import Drawn, excluded_row, warning_row
from techprio.verdict_table import changes_said, draws_said, excluded_said
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Classed:
    """Sorted candidates. Arrays are in the problem's order of candidates; rows and tables from best to worst."""

    heading: Heading
    problem: Problem
    method: str
    settings: Mapping[str, Any]
    order: tuple[tuple[str, Mapping[str, str]], ...]
    """(id, name) of the classes, from the worst to the best."""
    classes: NDArray[np.int64]
    """(m,) the class of each at the stated weights and figures, 0 the worst."""
    shares: Floats
    """(m, classes) the share of draws in which it is in each."""
    drawn: Drawn

    def __repr__(self) -> str:
        return f"<Classed {self.heading.about.id}: {self.problem.m} candidates, {self.method}>"

    @property
    def ranked(self) -> list[int]:
        """Candidates by their class, the best first; within a class by their mean class over the draws."""
        mean = np.round(self.shares @ np.arange(len(self.order)), 10)
        return [int(i) for i in np.lexsort((np.arange(self.problem.m), -mean, -self.classes))]

    # -- for machines -----------------------------------------------------------------------------------------------

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, the best class first."""
        return [self._row(i) for i in self.ranked]

    def _row(self, i: int) -> dict[str, Any]:
        p, ids = self.problem, [id for id, _ in self.order]
        return {
            "id": p.candidates[i],
            "name": language("en").text(p.names[i]),
            "tier": p.tiers[i],
            "group": p.groups[i],
            "class": ids[self.classes[i]],
            "p_class": rounded(self.shares[i, self.classes[i]]),
            "shares": {id: rounded(share) for id, share in zip(ids, self.shares[i], strict=True)},
            "illustrative": rounded(float(p.illustrative[i] @ p.weights)),
            "missing": int(p.gaps[i].sum()),
        }

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, the share of each class in a column of its own."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data (see the command line's ``--format json``)."""
        from techprio import __version__

        english, h = language("en"), self.heading
        return {
            "techprio": __version__,
            "format": 1,
            "study": h.about.row(),
            "sorting": {"id": self.method, "settings": dict(self.settings)},
            "classes": [{"id": id, "name": english.text(name)} for id, name in self.order],
            "weight_set": h.weight_set,
            "changes": [change.row() for change in h.changes],
            "draws": self.drawn.draws,
            "seed": self.drawn.seed,
            "weights": {id: rounded(w) for id, w in zip(self.problem.criteria, self.problem.weights, strict=True)},
            "candidates": self.rows(),
            "excluded": [excluded_row(excluded) for excluded in h.excluded],
            "warnings": [warning_row(fault) for fault in h.warnings],
        }

    # -- for people -------------------------------------------------------------------------------------------------

    def table(self, words: Language) -> Table:
        """The candidates under their classes, and where each would be by other weights and figures."""
        p, names = self.problem, dict(self.order)
        rows = []
        for row in self.rows():
            candidate = words.called(row["id"], p.names[p.row(row["id"])])
            rows.append({**row, "candidate": candidate, "class": words.text(names[row["class"]]), **row["shares"]})
        columns = [
            Column("class", "class"),
            Column("candidate", "candidate", narrows="clips"),
            Column("p_class", "P(class)", "right", percent),
            *(Column(id, words.text(name), "right", percent, rank=2) for id, name in reversed(self.order)),
        ]
        if p.illustrative.any():
            columns.append(Column("illustrative", "illus.", "right", percent, rank=1))
        return Table(columns, rows, self._title(words), list(self._notes(words)), self._lines())

    def _lines(self) -> dict[int, str]:
        """A line below the last of each class but the lowest."""
        found = self.classes[self.ranked]
        return {int(k): "" for k in np.flatnonzero(np.diff(found))}

    def _title(self, words: Language) -> str:
        variant = ", ".join(f"{key}={value}" for key, value in self.settings.items())
        how = f"{self.method} ({variant})" if variant else self.method
        weights = words.say("weights {set}", set=self.heading.weight_set)
        return " · ".join([words.text(self.heading.about.title), how, weights])

    def _notes(self, words: Language) -> Iterator[str]:
        p, h = self.problem, self.heading
        yield from cautions(float((p.illustrative @ p.weights).mean()), h.about.notice, words)
        yield from changes_said(h.changes, words)
        yield from excluded_said(h.excluded, words)
        yield draws_said(self.drawn, words)
        yield words.say("P(class) is the share of the draws in which a candidate is in this class.")
        if not h.about.notice:
            yield words.say("The classes inform a decision; they do not make it.")

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))
