"""Acceptability as a result: how often each candidate is listed, at which rank, above whom, and for which weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from techprio.cautions import cautions
from techprio.errors import UsageError
from techprio.hall import Floats, Problem
from techprio.judging import Heading, Trial
from techprio.methods import Method
from techprio.ranking import ranks
from techprio.robustness.experiment import DENSE, Experiment, Sum
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import acceptability, confidence
from techprio.robustness.varsi import pairwise_winning
from techprio.scoring import scoring
from techprio.tables import Column, Table, decimals, percent, rounded, to_html
from techprio.verdict import About
from techprio.verdict_table import space_in_words
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 0.005
"""A rank that fewer draws than this lead to is not shown in a table."""
SURE = 0.95
"""From this share of draws on, a candidate is said to be listed."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Smaa:
    """SMAA-2 of a study by any method. Arrays are in the problem's order of candidates, rows in that of their ranks.

    Lahdelma, R. & Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group decision
    making. Operations Research 49(3), 444–454.
    """

    about: About
    problem: Problem
    method: str
    settings: Mapping[str, Any]
    weight_set: str
    around: str
    """The weight set in the middle of the weight space."""
    within: float | None
    """How far a weight may lie from it, as a share of itself; None: anywhere."""
    statements: Sequence[str]
    """Conditions that the weights keep."""
    draws: int
    seed: int
    ranks: NDArray[np.int64]
    """(m,) ranks at the stated weights and figures."""
    effective: float
    """Independent draws that one draw is worth."""
    acceptability: Floats
    """(m, m) the share of draws in which each has each rank; rank 1 in the first column."""
    p_cut: Floats | None
    """(m,) the share of draws in which each is listed; None without a cut."""
    pairwise: Floats
    """(m, m) the share of draws in which the row is above the column, a tie counting half; ½ on the diagonal."""
    pairwise_exact: Floats | None
    """(m, m) the same without drawing, where a sum is weighed by any weights at all and no figure varies."""
    central: Floats
    """(m, n) the mean of the weights that put each first; NaN where none did."""
    confidence: Floats
    """(m,) how often each is first at its central weights; NaN where it has none."""

    def __repr__(self) -> str:
        return f"<Smaa {self.about.id}: {self.problem.m} candidates, {self.method}, {self.draws} draws>"

    def error(self, share: Floats) -> Floats:
        """The standard errors of shares of the draws; a share of 0 or 1 is taken as half a draw away from it."""
        inner = (share * self.draws + 0.5) / (self.draws + 1)
        found: Floats = np.sqrt(inner * (1 - inner) / (self.draws * self.effective))
        return found

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in the order of their ranks; None where there are no central weights."""
        order = np.argsort(self.ranks, kind="stable")
        return [self._row(int(i)) for i in order]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, ranks and central weights in columns of their own."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The result as plain data, the pairs among it: ``pairwise[a][b]`` is how often a is above b."""
        from techprio import __version__

        ids = self.problem.candidates
        exact = self.pairwise_exact
        return {
            "techprio": __version__,
            "format": 1,
            "study": self.about.row(),
            "method": {"id": self.method, "settings": dict(self.settings)},
            "weight_set": self.weight_set,
            "draws": self.draws,
            "seed": self.seed,
            "candidates": self.rows(),
            "pairwise": {id: _named(ids, row) for id, row in zip(ids, self.pairwise, strict=True)},
            "pairwise_exact": None
            if exact is None
            else {id: _named(ids, row) for id, row in zip(ids, exact, strict=True)},
        }

    def _row(self, i: int) -> dict[str, Any]:
        there = not np.isnan(self.central[i, 0])
        p_cut = self.p_cut
        return {
            "id": self.problem.candidates[i],
            "name": language("en").text(self.problem.names[i]),
            "rank": int(self.ranks[i]),
            "p_cut": None if p_cut is None else rounded(p_cut[i]),
            "p_cut_error": None if p_cut is None else rounded(self.error(p_cut)[i]),
            "first": rounded(self.acceptability[i, 0]),
            "first_error": rounded(self.error(self.acceptability[:, 0])[i]),
            "above_next": self._above_next(i),
            "confidence": rounded(self.confidence[i]) if there else None,
            "acceptability": {str(r + 1): rounded(share) for r, share in enumerate(self.acceptability[i])},
            "central": _named(self.problem.criteria, self.central[i]) if there else None,
        }

    def _above_next(self, i: int) -> float | None:
        """How often a candidate is above the one that comes after it in the ranking; None for the last."""
        order = np.argsort(self.ranks, kind="stable")
        at = int(np.flatnonzero(order == i)[0]) + 1
        return rounded(self.pairwise[i, order[at]]) if at < len(order) else None

    # -- for people -------------------------------------------------------------------------------------------------

    def table(self, words: Language) -> Table:
        """One row a candidate: how often it is listed, first, and at its likeliest ranks."""
        shown = [self.shown(row, words) for row in self.rows()]
        title = words.say("Acceptability: {title}, {method}", title=words.text(self.about.title), method=self.method)
        return Table(self.columns(), shown, title, list(self._notes(words)), {})

    def columns(self) -> list[Column]:
        """What a table shows of each candidate."""
        cut = self.p_cut is not None
        columns = [
            Column("rank", "rank", "right"),
            Column("candidate", "candidate", narrows="clips"),
            Column("p_cut", "P(list)", "right", percent) if cut else None,
            Column("error", "±", "right", decimals(2), rank=3) if cut else None,
            Column("first", "P(first)", "right", percent, rank=1),
            Column("above_next", "P(above next)", "right", percent, rank=4),
            Column("confidence", "confidence", "right", percent, rank=5),
            Column("ranks", "ranks", rank=2),
            Column("favours", "first where weight is on", rank=6),
        ]
        return [column for column in columns if column]

    def shown(self, row: Mapping[str, Any], words: Language) -> dict[str, Any]:
        """A row as a table shows it."""
        i = self.problem.row(row["id"])
        often = [r for r in np.argsort(-self.acceptability[i], kind="stable") if self.acceptability[i, r] >= SHOWN][:4]
        return {
            **row,
            "candidate": words.called(row["id"], self.problem.names[i]),
            "error": None if row["p_cut_error"] is None else 100 * row["p_cut_error"],
            "favours": words.show(self._favours(i)) if row["central"] else None,
            "ranks": "  ".join(f"{r + 1}: {words.percent(float(self.acceptability[i, r]))}" for r in sorted(often)),
        }

    def _notes(self, words: Language) -> Iterator[str]:
        yield from cautions(float((self.problem.illustrative @ self.problem.weights).mean()), None, words)
        yield self.sentence(words)
        template = "{n} draws (seed {seed}): {space}, figures from their ranges, together."
        space = space_in_words(self.around, self.within, self.statements, words)
        yield words.say(template, n=self.draws, seed=str(self.seed), space=space)
        yield from self.legend(words)

    def legend(self, words: Language) -> Iterator[str]:
        """What the columns mean."""
        yield words.say(
            "± is the standard error of P(list) in percentage points; confidence is how often a candidate is first at "
            "the mean of the weights that put it first; ranks are the likeliest ones; the last column "
            "has the criteria that weigh more than usual where it is first."
        )

    def _favours(self, i: int) -> list[str]:
        """The two criteria that the weights that put a candidate first weigh most beyond the mean of all draws."""
        firsts = self.acceptability[:, 0]
        mean = np.nansum(firsts[:, None] * self.central, axis=0) / firsts.sum()
        more = self.central[i] - mean
        return [self.problem.criteria[j] for j in np.argsort(-more, kind="stable")[:2] if more[j] > 0]

    def sentence(self, words: Language) -> str:
        """The result in one sentence: who is first, or listed, most often."""
        share = self.acceptability[:, 0] if self.p_cut is None else self.p_cut
        if self.p_cut is not None and share.max() >= SURE:
            ids = [self.problem.candidates[i] for i in np.argsort(-share, kind="stable") if share[i] >= SURE]
            return words.say(
                "Listed in at least {share} of the draws: {ids}.",
                share=words.percent(SURE),
                ids=words.listing(ids, "and"),
            )
        facts = {
            "ids": words.listing([self.problem.candidates[i] for i in np.flatnonzero(share == share.max())], "and"),
            "share": words.percent(float(share.max()), 1),
            "error": words.number(100 * float(self.error(share)[np.argmax(share)]), 2),
        }
        if self.p_cut is None:
            return words.say("First most often: {ids}, in {share} of the draws, give or take {error} points.", **facts)
        return words.say("Listed most often: {ids}, in {share} of the draws, give or take {error} points.", **facts)

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def _named(ids: tuple[str, ...], numbers: Floats) -> dict[str, float | None]:
    return {id: rounded(number) for id, number in zip(ids, numbers, strict=True)}


def accept(problem: Problem, method: Method, settings: Mapping[str, Any], trial: Trial, heading: Heading) -> Smaa:
    """SMAA-2 of a problem by a method in one variant. Raises UsageError for more candidates than tables can hold."""
    if problem.m > DENSE:
        raise UsageError("pairs and ranks are counted for up to {most} candidates; rank has the rest", most=DENSE)
    way = scoring(problem, method, settings)
    sampler = Sampler.of(trial.space)
    experiment = Experiment(way.scorer, sampler, method.score_unit, problem.cut, problem.m)
    found = acceptability(experiment, trial.effort, detail=True)
    assert found.counts is not None
    assert found.wins is not None
    assert found.central is not None
    linear = isinstance(way.scorer, Sum) and not way.scorer.figures.k and trial.space.is_simplex
    return Smaa(
        about=heading.about,
        problem=problem,
        method=method.id,
        settings=settings,
        weight_set=heading.weight_set,
        around=trial.around,
        within=trial.within,
        statements=trial.space.texts,
        draws=found.draws,
        seed=trial.effort.seed,
        ranks=ranks(way.scorer(problem.weights, None), method.score_unit),
        effective=sampler.effective,
        acceptability=found.counts / found.draws,
        p_cut=found.p_cut,
        pairwise=found.wins,
        pairwise_exact=pairwise_winning(way.terms) if linear and way.terms is not None else None,
        central=found.central,
        confidence=confidence(experiment, found.central, replace(trial.effort, draws=found.draws, progress=None)),
    )
