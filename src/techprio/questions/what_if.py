"""What would have to be true for a candidate to be listed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.build import known
from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.questions.answer import Answer, Case, share_of_weight
from techprio.questions.extreme import sums
from techprio.robustness.draws import chunks
from techprio.robustness.flips import Flip, list_flip
from techprio.robustness.sampling import Sampler
from techprio.robustness.space import WeightSpace
from techprio.tables import Column
from techprio.wording import Language


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Answer):
    """The weights at which a candidate is listed: how many of the admissible ones, which are nearest, which typical."""

    question = "what-if"
    heading = "what would have to be true for it to be listed?"

    candidate: int
    draws: int
    share: float
    """Of the admissible weights drawn, the share that lists it at the stated figures."""
    error: float
    """The standard error of ``share``."""
    typical: Floats | None
    """(n,) the mean of the weights that list it; None if no draw does."""
    nearest: Flip | None
    """The admissible weights nearest to the stated ones that list it; None if there are none."""
    beyond: Flip | None
    """The same among all weights."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a criterion: its weight now, at the nearest weights, and on average of those that list it."""
        p = self.case.problem
        flip = self.nearest or self.beyond
        return [
            {
                "criterion": p.criteria[j],
                "weight": float(p.weights[j]),
                "nearest": None if flip is None else float(flip.weights[j]),
                "typical": None if self.typical is None else float(self.typical[j]),
                "value": None if self.case.terms is None else float(self.case.terms[self.candidate, j]),
            }
            for j in range(p.n)
        ]

    def details(self) -> dict[str, Any]:
        """Who is asked about, and the numbers that are not a criterion's."""
        return {
            "candidate": self.case.problem.candidates[self.candidate],
            "draws": self.draws,
            "share": self.share,
            "standard_error": self.error,
            "admissible": self.nearest is not None,
            "weight_moved": None if self.nearest is None else self.nearest.distance / 2,
            "weight_moved_beyond": None if self.beyond is None else self.beyond.distance / 2,
        }

    def columns(self) -> list[Column]:
        return [
            Column("criterion", "criterion"),
            Column("weight", "weight", "right", _share),
            Column("nearest", "nearest weights", "right", _share),
            Column("typical", "typical weights", "right", _share),
            Column("value", "value", "right"),
        ]

    def sentence(self, words: Language) -> str:
        """Whether it can be listed, how often it is, and what it takes."""
        facts = {"id": self.case.problem.candidates[self.candidate]}
        moved = self.nearest or self.beyond
        if moved is None:
            return words.say("No weights at all list {id} at the stated figures.", **facts)
        share = share_of_weight(words, moved.distance / 2)
        j = int(np.argmax(np.abs(moved.weights - self.case.problem.weights)))
        facts |= {"share": share, "criterion": self.case.problem.criteria[j]}
        if self.nearest is None:
            return words.say(
                "No admissible weights list {id}; beyond them {share} of the weight must change hands, "
                "most of it at {criterion}.",
                **facts,
            )
        if self.nearest.distance == 0:
            return words.say("{id} is listed as it is.", **facts)
        return words.say(
            "{id} is listed once {share} of the weight changes hands, most of it at {criterion}; of the "
            "admissible weights {part} list it.",
            part=words.percent(self.share, 1),
            **facts,
        )

    def how(self, words: Language) -> str:
        """The nearest weights are exact, the share is sampled."""
        return words.say(
            "Nearest weights: exact, at the stated figures. Share and typical weights: {n} draws of "
            "weights (seed {seed}), standard error {error}.",
            n=self.draws,
            seed=str(self.case.seed),
            error=words.percent(self.error, 2),
        )


def what_if(case: Case, candidate: str) -> WhatIf:
    """What would have to be true for a candidate to be listed. Raises UsageError without a list."""
    terms, cut, ids = sums(case), case.problem.cut, case.problem.candidates
    i = ids.index(known(candidate, ids, "{id} is not among the candidates ranked"))
    if cut is None:
        raise UsageError("there is no list: say how long it is with --cut")
    sampler, judge = Sampler.of(case.space), case.judge
    count, total = 0, np.zeros(case.problem.n)
    for chunk in chunks(case.draws, case.seed):
        w = sampler.draw(np.random.default_rng(chunk.weights), chunk.size)
        on_list = judge.states(w, "list")[:, i] > 0
        count, total = count + int(on_list.sum()), total + w[on_list].sum(axis=0)
    share = count / case.draws
    now, everything = case.problem.weights, WeightSpace.around(case.problem.weights, None)
    as_it_is = Flip(0.0, now) if case.verdict.listed is not None and case.verdict.listed[i] else None
    return WhatIf(
        case,
        i,
        case.draws,
        share,
        float(np.sqrt(share * (1 - share) / case.draws)),
        frozen(total / count) if count else None,
        as_it_is or list_flip(terms, i, cut, now, case.space, "l1", enter=True),
        as_it_is or list_flip(terms, i, cut, now, everything, "l1", enter=True),
    )


def _share(value: float | None, words: Language) -> str:
    return share_of_weight(words, value)
