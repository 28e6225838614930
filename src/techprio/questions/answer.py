"""What every answer has in common: rows, a table, one plain sentence, and what all of it assumes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from techprio.cautions import cautions
from techprio.hall import Floats, Problem
from techprio.judging import Trial
from techprio.methods import Method
from techprio.proving import tolerance_of
from techprio.robustness.intervals import Judge
from techprio.robustness.space import WeightSpace
from techprio.scoring import Scoring
from techprio.tables import Column, Table, rounded, to_html
from techprio.verdict import Verdict
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A verdict, and all that it was reached with: what questions are asked of."""

    verdict: Verdict
    method: Method
    way: Scoring
    trial: Trial

    @property
    def problem(self) -> Problem:
        return self.verdict.problem

    @property
    def space(self) -> WeightSpace:
        return self.trial.space

    @property
    def terms(self) -> Floats | None:
        """(m, n) what is weighed and added up, if the order of the sums is the ranking."""
        terms = self.way.terms
        return terms if terms is not None and np.isfinite(terms).all() else None

    @property
    def tolerance(self) -> float:
        return tolerance_of(self.method)

    @property
    def judge(self) -> Judge:
        """Weights → who wins, who is listed, who has which rank, at the stated figures."""
        return Judge(lambda w: self.way.scorer(w, None), self.method.score_unit, self.problem.cut)

    @property
    def draws(self) -> int:
        return self.trial.effort.draws

    @property
    def seed(self) -> int:
        return self.trial.effort.seed

    def name(self, i: int, words: Language) -> str:
        """A candidate's id and name."""
        return words.called(self.problem.candidates[i], self.problem.names[i])

    def ids(self, rows: Sequence[int]) -> list[str]:
        return [self.problem.candidates[i] for i in rows]


@dataclass(frozen=True, eq=False, repr=False)
class Answer(ABC):
    """The answer to one question."""

    case: Case

    question: ClassVar[str]
    """Its id on the command line."""
    heading: ClassVar[str]
    """What is asked: a template."""

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """The answer as plain rows."""

    @abstractmethod
    def sentence(self, words: Language) -> str:
        """The answer in one plain sentence."""

    @abstractmethod
    def columns(self) -> list[Column]:
        """What the table shows of the rows."""

    def how(self, words: Language) -> str:
        """Whether it is exact or sampled, and over what."""
        return words.say("Exact, at the stated figures.")

    def space(self, words: Language) -> str:
        """The weights that it is about."""
        return space_in_words(self.case, words)

    def details(self) -> Mapping[str, Any]:
        """What the JSON holds besides the rows."""
        return {}

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it."""
        p = self.case.problem
        if isinstance(row.get("candidate"), str) and row["candidate"] in p.candidates:
            return {**row, "candidate": self.case.name(p.row(row["candidate"]), words)}
        return row

    def notes(self, words: Language) -> Iterator[str]:
        """What stands below the table besides the sentence."""
        return iter(())

    # -- the same for all -------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.case.verdict.about.id}: {self.sentence(language('en'))}>"

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data (see the command line's ``--format json``)."""
        from techprio import __version__

        v, english = self.case.verdict, language("en")
        return {
            "techprio": __version__,
            "format": 1,
            "study": v.about.row(),
            "method": {"id": v.method, "settings": dict(v.settings)},
            "weight_set": v.weight_set,
            "changes": [change.row() for change in v.changes],
            "question": self.question,
            "how": self.how(english),
            "weight_space": self.space(english),
            "answer": self.sentence(english),
            "rows": [plain(row) for row in self.rows()],
            **{key: plain(value) for key, value in self.details().items()},
        }

    def table(self, words: Language) -> Table:
        """The answer on one page."""
        v = self.case.verdict
        title = " · ".join([words.text(v.about.title), words.say(self.heading), *_variant(self.case, words)])
        notes = [self.sentence(words), *self.notes(words), f"{self.how(words)} {self.space(words)}"]
        notes += cautions(float(v.illustrative.mean()), v.about.notice, words)
        return Table(self.columns(), [self.shown(row, words) for row in self.rows()], title, notes)

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers with 14 significant digits."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return rounded(float(value))
    return value.item() if isinstance(value, np.generic) else value


def _variant(case: Case, words: Language) -> list[str]:
    v = case.verdict
    variant = ", ".join(f"{key}={value}" for key, value in v.settings.items())
    return [f"{v.method} ({variant})" if variant else v.method, words.say("weights {set}", set=v.weight_set)]


def space_in_words(case: Case, words: Language) -> str:
    """The weight space, as every answer says what it is about."""
    trial, space = case.trial, case.space
    if space.corners is not None:
        text = words.say("mixtures of all weight sets")
    elif trial.within is None:
        text = words.say("any weights")
    else:
        text = words.say("weights within ±{share} of {set}", share=words.percent(trial.within), set=trial.around)
    statements = "; ".join(space.texts)
    return words.say("Admissible: {space}.", space=f"{text}; {statements}" if statements else text)


def share_of_weight(words: Language, share: float | None) -> str:
    """A share of the whole weight with one decimal, more where that says nothing."""
    if share is None:
        return "–"
    return words.percent(share, 1 if share == 0 or share >= 0.0005 else 4)
