"""The verdict: a ranking, the list that it makes, and how far both can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from techprio.build import Excluded
from techprio.errors import Fault
from techprio.hall import Flags, Floats, Problem
from techprio.proving import Standing
from techprio.tables import Table, rounded, to_html
from techprio.verdict_table import verdict_table
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class About:
    """What was ranked, and from which inputs."""

    id: str
    title: Mapping[str, str]
    notice: Mapping[str, str] | None
    as_of: str | None
    criteria_sha256: str
    candidates_sha256: str

    def row(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in ("id", "as_of", "criteria_sha256", "candidates_sha256")}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed for this run: the weight of a node or the figure of a candidate."""

    what: str
    id: str
    was: float | None
    to: float

    def row(self) -> dict[str, Any]:
        return {self.what: self.id, "was": rounded(self.was), "to": rounded(self.to)}


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """How much was drawn, and from where."""

    draws: int
    seed: int
    around: str
    """The weight set in the middle of the weight space."""
    within: float | None
    """How far a weight may lie from it, as a share of itself; None: anywhere."""
    statements: Sequence[str]
    """Conditions that the weights keep."""


@dataclass(frozen=True, slots=True, eq=False)
class Trust(Drawn):
    """How far each place can be trusted; arrays are (m,)."""

    rank_low: Ints
    rank_high: Ints
    rank_group: Ints
    p_cut: Floats | None
    band: Sequence[str | None]
    certified: Sequence[str | None]
    standing: Standing | None = None
    """What the bands are proved by, where they are."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verdict:
    """A ranked study. Arrays are in the problem's order of candidates; rows and tables are in rank order."""

    about: About
    problem: Problem
    method: str
    settings: Mapping[str, Any]
    weight_set: str
    changes: tuple[Change, ...]
    scores: Floats
    ranks: Ints
    listed: Flags | None
    """(m,) who is on the list; None without a cut."""
    by_floor: Flags | None
    """(m,) who is on it only because of a floor."""
    contributions: Floats | None
    """(m, n) the parts of a score, where it is a sum of them."""
    branch_values: Floats | None
    """(m, b) the score of each top branch by itself, from 0 to 1, where the method has one."""
    pulls: Floats
    """(m, n) how far each criterion lifts a candidate above the average one, or pulls it below."""
    trust: Trust
    excluded: tuple[Excluded, ...]
    warnings: tuple[Fault, ...]
    part: tuple[str, str] | None = None
    """(kind, label) of the tier or group that this is the ranking of."""

    def __repr__(self) -> str:
        return f"<Verdict {self.about.id}: {self.problem.m} candidates, {self.method}, weights {self.weight_set}>"

    @property
    def order(self) -> Ints:
        """(m,) candidates from best to worst, ties in their own order."""
        return np.argsort(self.ranks, kind="stable")

    @property
    def illustrative(self) -> Floats:
        """(m,) the share of weight that rests on illustrative figures."""
        share: Floats = self.problem.illustrative @ self.problem.weights
        return share

    # -- for machines -----------------------------------------------------------------------------------------------

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order."""
        illustrative, missing = self.illustrative, self.problem.gaps.sum(axis=1)
        return [self._row(int(i), float(illustrative[i]), int(missing[i])) for i in self.order]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, contributions and branches in columns of their own."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain data (see the command line's ``--format json``)."""
        from techprio import __version__

        p = self.problem
        floors = [{floor.kind: floor.label, "count": floor.count} for floor in (p.cut.floors if p.cut else ())]
        return {
            "techprio": __version__,
            "format": 1,
            "study": self.about.row(),
            "method": {"id": self.method, "settings": dict(self.settings)},
            "weight_set": self.weight_set,
            "changes": [change.row() for change in self.changes],
            "cut": {"total": p.cut.total, "at_least": floors} if p.cut else None,
            "draws": self.trust.draws,
            "seed": self.trust.seed,
            "weights": {id: rounded(w) for id, w in zip(p.criteria, p.weights, strict=True)},
            "ranking": self.rows(),
            "excluded": [excluded_row(excluded) for excluded in self.excluded],
            "certificates": self.trust.standing.certificates() if self.trust.standing else None,
            "warnings": [warning_row(fault) for fault in self.warnings],
        }

    def _row(self, i: int, illustrative: float, missing: int) -> dict[str, Any]:
        p, trust, english = self.problem, self.trust, language("en")
        on_list = None if self.listed is None else bool(self.listed[i])
        return {
            "id": p.candidates[i],
            "name": english.text(p.names[i]),
            "tier": p.tiers[i],
            "group": p.groups[i],
            "rank": int(self.ranks[i]),
            "score": rounded(self.scores[i]),
            "listed": on_list,
            "listed_by": self._listed_by(i),
            "band": trust.band[i],
            "certified": trust.certified[i],
            "p_cut": None if trust.p_cut is None else rounded(trust.p_cut[i]),
            "rank_low": int(trust.rank_low[i]),
            "rank_high": int(trust.rank_high[i]),
            "rank_group": int(trust.rank_group[i]),
            **self._extremes(i),
            "contributions": self._contributions(i),
            "branches": self._branches(i),
            "illustrative": rounded(illustrative),
            "missing": missing,
        }

    def _extremes(self, i: int) -> dict[str, int]:
        """The best and worst possible ranks, where they were asked for."""
        standing = self.trust.standing
        if standing is None or not standing.best:
            return {}
        return {"rank_best": standing.best[i].rank, "rank_worst": standing.worst[i].rank}

    def _listed_by(self, i: int) -> str | None:
        if self.listed is None or self.by_floor is None or not self.listed[i]:
            return None
        return "floor" if self.by_floor[i] else "score"

    def _contributions(self, i: int) -> dict[str, float | None] | None:
        if self.contributions is None:
            return None
        return {id: rounded(part) for id, part in zip(self.problem.criteria, self.contributions[i], strict=True)}

    def _branches(self, i: int) -> dict[str, float | None] | None:
        if self.branch_values is None:
            return None
        return {id: rounded(value) for id, value in zip(self.problem.branches, self.branch_values[i], strict=True)}

    # -- for people -------------------------------------------------------------------------------------------------

    def table(self, words: Language) -> Table:
        """The verdict on one page."""
        return verdict_table(self, words)

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def excluded_row(excluded: Excluded) -> dict[str, Any]:
    """A candidate that is not scored, as plain data."""
    english = language("en")
    gates = [{"gate": failure.gate, "reason": failure.reason(english)} for failure in excluded.failures]
    return {"id": excluded.id, "name": english.text(excluded.name), "gates": gates}


def warning_row(fault: Fault) -> dict[str, Any]:
    """A warning of the files, as plain data."""
    place = fault.place
    return {
        "code": fault.code,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": fault.path,
        "message": fault.sentence(language("en")),
    }
