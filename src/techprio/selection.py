"""The set chosen, and everything said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from techprio.hall import Flags, Floats, Problem, Words
from techprio.judging import Heading
from techprio.portfolio.model import Constraint, Model, moves
from techprio.portfolio.questions import Otherwise, Step, sets_differ
from techprio.portfolio.search import Found
from techprio.portfolio.trials import Trials
from techprio.selection_table import balance_tables, constraint_table, curve_table, set_table
from techprio.study.portfolio import Portfolio
from techprio.tables import Table, rounded, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["core", "borderline", "exterior"]


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """The best set for each number of bets of one kind."""

    id: str
    name: Words
    members: Flags
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Robust:
    """Which sets are best for some admissible weights and figures."""

    draws: int
    seed: int
    trials: Trials
    sets: Flags
    """(k, m) all non-dominated sets, or the different best sets of the draws."""
    counts: Any
    """(k,) in how many draws each was best; None of all non-dominated sets."""
    complete: bool
    """Whether these are all non-dominated sets, and not only those that some draw supports."""

    @property
    def core_index(self) -> Floats:
        """(m,) the share of these sets that each candidate is in (Liesiö, Mild & Salo 2007)."""
        return np.asarray(self.sets.mean(axis=0)) if len(self.sets) else np.full(self.sets.shape[1], np.nan)

    def status(self, i: int) -> Status | None:
        """In all of these sets, in some, or in none."""
        if not len(self.sets):
            return None
        there = int(self.sets[:, i].sum())
        return "core" if there == len(self.sets) else "borderline" if there else "exterior"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Selection:
    """A chosen set. Arrays are in the problem's order of candidates."""

    heading: Heading
    problem: Problem
    stated: Portfolio
    """The portfolio section with what was asked for besides."""
    model: Model
    best: Found
    ranks: Any
    """(m,) ranks among the candidates, by all criteria."""
    scores: Floats
    """(m,) the scores that these come from."""
    prices: tuple[Otherwise, ...]
    """What each constraint of the model costs."""
    decided: Mapping[int, Otherwise]
    """Candidate → the best set if it were in, of those left out, or out, of those chosen."""
    curve: tuple[Step, ...]
    balances: tuple[Balance, ...]
    robust: Robust
    around: str
    within: float | None

    def __repr__(self) -> str:
        return f"<Selection {self.heading.about.id}: {len(self.chosen)} of {self.model.m}, value {self.best.value:.6g}>"

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(self.model.candidates[i] for i in np.flatnonzero(self.best.x))

    @property
    def order(self) -> list[int]:
        """Those chosen first, each part by rank."""
        return sorted(range(self.model.m), key=lambda i: (not self.best.x[i], self.ranks[i], i))

    @property
    def illustrative(self) -> bool:
        return bool(self.problem.illustrative.any())

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, those chosen first."""
        return [self._row(i) for i in self.order]

    def _row(self, i: int) -> dict[str, Any]:
        p, asked = self.problem, self.decided.get(i)
        indices = self.robust.core_index
        return {
            "id": p.candidates[i],
            "name": language("en").text(p.names[i]),
            "tier": p.tiers[i],
            "group": p.groups[i],
            "chosen": bool(self.best.x[i]),
            "rank": int(self.ranks[i]),
            "score": rounded(self.scores[i]),
            "value": rounded(self.model.values[i]),
            "core_index": None if np.isnan(indices[i]) else rounded(indices[i]),
            "status": self.robust.status(i),
            "p_chosen": rounded(self.robust.trials.frequency[i]) if len(self.robust.trials.sets) else None,
            "if_otherwise": None if asked is None else _otherwise(asked),
            "uses": {c.id: rounded(c.row[i]) for c in self.model.constraints if c.kind == "budget"},
        }

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The selection as plain data (see the command line's ``--format json``)."""
        from techprio import __version__

        about, robust = self.heading.about, self.robust
        return {
            "techprio": __version__,
            "format": 1,
            "study": about.row(),
            "weight_set": self.heading.weight_set,
            "changes": [change.row() for change in self.heading.changes],
            "chosen": list(self.chosen),
            "value": rounded(self.best.value),
            "bound": rounded(self.best.bound),
            "gap": rounded(self.best.gap),
            "candidates": self.rows(),
            "constraints": [self._constraint(k) for k in range(len(self.prices))],
            "together": [self._pair(k) for k in range(len(self.model.pairs))],
            "curve": list(self.steps()),
            "balance": [
                {"bet": b.id, "chosen": int((b.members & self.best.x).sum()), "steps": [_step(s) for s in b.steps]}
                for b in self.balances
            ],
            "robust": {
                "draws": robust.draws,
                "seed": robust.seed,
                "impossible": robust.trials.impossible,
                "unproved": robust.trials.unproved,
                "portfolios": len(robust.sets),
                "complete": robust.complete,
            },
            "illustrative": self.illustrative,
            "excluded": [excluded.id for excluded in self.heading.excluded],
        }

    def _constraint(self, k: int) -> dict[str, Any]:
        c: Constraint = self.model.constraints[k]
        return {
            "id": c.id,
            "kind": c.kind,
            "name": language("en").text(c.name),
            "year": c.year,
            "source": c.source or None,
            "unit": c.unit,
            "at_least": rounded(c.low) if np.isfinite(c.low) else None,
            "at_most": rounded(c.high) if np.isfinite(c.high) else None,
            "used": rounded(c.used(self.best.x)),
            "p_kept": rounded(self.robust.trials.kept[k]) if c.amount else None,
            "price": _otherwise(self.prices[k]),
        }

    def _pair(self, k: int) -> dict[str, Any]:
        pair = self.model.pairs[k]
        ids = self.model.candidates
        both = bool(self.best.x[pair.first] and self.best.x[pair.second])
        return {
            "from": ids[pair.first],
            "to": ids[pair.second],
            "kind": pair.kind,
            "effect": rounded(pair.effect),
            "both": both,
        }

    def steps(self) -> Iterator[dict[str, Any]]:
        """The curve as rows: who comes and who goes from one step to the next."""
        before: Flags | None = None
        for k, step in enumerate(self.curve):
            came, went = self._moved(before, step.x)
            changed = k > 0 and sets_differ(before, step.x)
            yield {**_step(step), "chosen": None if step.x is None else int(step.x.sum()), "changed": changed,
                   "came": list(came), "went": list(went)}  # fmt: skip
            before = step.x

    def _moved(self, before: Flags | None, after: Flags | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        none = np.zeros(self.model.m, bool)
        return moves(self.model.candidates, none if before is None else before, none if after is None else after)

    def tables(self, words: Language) -> list[Table]:
        return [
            set_table(self, words),
            constraint_table(self, words),
            *curve_table(self, words),
            *balance_tables(self, words),
        ]

    def _repr_html_(self) -> str:
        words = language("en")
        return "".join(to_html(table, words) for table in self.tables(words))


def _otherwise(answer: Otherwise) -> dict[str, Any]:
    return {
        "gain": None if answer.gain is None else rounded(answer.gain),
        "came": list(answer.came),
        "went": list(answer.went),
        "against": list(answer.against),
        "proved": answer.proved,
    }


def _step(step: Step) -> dict[str, Any]:
    value = None if step.value is None else rounded(step.value)
    return {"at": rounded(step.factor), "value": value, "gap": rounded(step.gap)}
