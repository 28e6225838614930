"""What the figures rest on: the missing, illustrative, stale, conflicting and unsourced ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from techprio.study.base import last_day, months_between
from techprio.study.candidates import MISSING, Candidate, Figure
from techprio.study.folder import Study
from techprio.study.nodes import Leaf
from techprio.tables import Column, Table, rounded, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

STATES = ("missing", "illustrative", "stale", "conflicting", "unsourced")
"""What can be amiss with a figure; several of these may hold at once."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure and what is amiss with it."""

    candidate: Candidate
    leaf: Leaf
    weight: float
    states: tuple[str, ...]
    place: str

    def row(self) -> dict[str, Any]:
        english = language("en")
        return {
            "candidate": self.candidate.id,
            "criterion": self.leaf.id,
            "lead_agency": english.text(self.candidate.lead_agency) or None,
            "weight": rounded(self.weight),
            **{state: state in self.states for state in STATES},
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """Every figure of a study, good or not."""

    study: Study
    cells: tuple[Cell, ...]
    weight_set: str = "base"
    """Whose weights the cells have."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a figure with which something is amiss."""
        return [cell.row() for cell in self.cells if cell.states]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        english = language("en")
        return {
            "format": 1,
            "figures": len(self.cells),
            "by_criterion": self._counts(lambda cell: cell.leaf.id),
            "by_lead_agency": self._counts(lambda cell: english.text(cell.candidate.lead_agency) or "–"),
            "cells": self.rows(),
        }

    def tables(self, words: Language) -> list[Table]:
        """By criterion, by lead agency, by candidate."""
        return [
            self._table("criterion", lambda cell: words.text(cell.leaf.name), words, with_weight=True),
            self._table("lead agency", lambda cell: words.text(cell.candidate.lead_agency) or "–", words),
            self._table("candidate", lambda cell: f"{cell.candidate.id} {words.text(cell.candidate.name)}", words),
        ]

    def _counts(self, key: Callable[[Cell], str]) -> list[dict[str, Any]]:
        """One row a key: how many figures, and how many are in each state, in the order of the files."""
        found: dict[str, dict[str, Any]] = {}
        for cell in self.cells:
            row = found.setdefault(
                key(cell), {"key": key(cell), "weight": cell.weight, "figures": 0, **dict.fromkeys(STATES, 0)}
            )
            row["figures"] += 1
            for state in cell.states:
                row[state] += 1
        return list(found.values())

    def _table(self, heading: str, key: Callable[[Cell], str], words: Language, with_weight: bool = False) -> Table:
        columns = [Column("key", heading, narrows="wraps")]
        if with_weight:
            columns.append(Column("weight", "weight", "right", _percent))
        columns += [Column(name, name, "right") for name in ("figures", *STATES)]
        rows = self._counts(key)
        total = {"key": words.say("all"), **{name: sum(row[name] for row in rows) for name in ("figures", *STATES)}}
        title = words.say("What the figures rest on, by {what}", what=words.say(heading))
        shown = [{k: "·" if v == 0 and k in STATES else v for k, v in row.items()} for row in [*rows, total]]
        return Table(columns, shown, title, lines={len(rows) - 1: ""})

    def _repr_html_(self) -> str:
        return "".join(to_html(table, language("en")) for table in self.tables(language("en")))


def _percent(value: Any, words: Language) -> str:
    return words.percent(value, 1) if isinstance(value, float) else ""


def states(figure: Figure, study: Study) -> Iterator[str]:
    """What is amiss with a figure."""
    if figure.nominal is None:
        yield "missing"
        return
    if figure.illustrative:
        yield "illustrative"
    elif not figure.source:
        yield "unsourced"
    if _is_stale(figure, study):
        yield "stale"
    if sum(citation.says is not None for citation in figure.source) > 1:
        yield "conflicting"


def _is_stale(figure: Figure, study: Study) -> bool:
    limit, as_of = study.criteria.max_age, study.criteria.as_of
    if limit is None or as_of is None:
        return False
    dates = [figure.as_of] if figure.as_of else [study.sources[c.id].date for c in figure.source]
    ages = [months_between(last_day(date), last_day(as_of)) for date in dates if date]
    return bool(ages) and min(ages) > limit


def evidence(study: Study, weights: Mapping[str, float], weight_set: str = "base") -> EvidenceReport:
    """Look at every figure of a study; ``weights`` are those of the criteria in that weight set."""
    cells = [
        Cell(
            record.candidate,
            leaf,
            weights[leaf.id],
            tuple(states(record.candidate.figures.get(leaf.id, MISSING), study)),
            str(study.place_of(i, leaf.id)),
        )
        for i, record in enumerate(study.records)
        for leaf in study.leaves
    ]
    return EvidenceReport(study, tuple(cells))
