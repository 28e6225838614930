"""How the draws spread each candidate: over ranks, and over scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.robustness.experiment import DENSE, Experiment
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Acceptability, acceptability
from techprio.run import Choices, prepare, rank
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.tables import rounded
from techprio.verdict import Verdict
from techprio.wording import language

if TYPE_CHECKING:
    import pandas as pd

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of a rank: the ends of 90 % and of 50 % of the draws, and the median."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Spread:
    """A verdict, and how often each candidate had each rank in the same draws."""

    verdict: Verdict
    acceptability: Floats
    """(m, m) the share of draws in which each candidate (row) had each rank (column, rank 1 first)."""
    rank_quantiles: NDArray[np.int64]
    """(5, m) at ``SHARES``, inverted distribution function."""
    score_low: Floats
    """(m,) the 5 % quantile of the score."""
    score_high: Floats
    """(m,) the 95 % quantile."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate in rank order: its quantiles, and its share of draws at each rank."""
        v, p = self.verdict, self.verdict.problem
        return [
            {
                "id": p.candidates[i],
                "name": language("en").text(p.names[i]),
                "rank": int(v.ranks[i]),
                **{f"rank_{round(100 * q)}": int(r[i]) for q, r in zip(SHARES, self.rank_quantiles, strict=True)},
                "score": rounded(v.scores[i]),
                "score_5": rounded(self.score_low[i]),
                "score_95": rounded(self.score_high[i]),
                "p_cut": None if v.trust.p_cut is None else rounded(v.trust.p_cut[i]),
                "acceptability": {str(k + 1): rounded(share) for k, share in enumerate(self.acceptability[i])},
            }
            for i in v.order
        ]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, one column a rank."""
        import pandas as pd

        return pd.json_normalize(self.rows())


def spread(study: Study, choices: Choices, *, verdict: Verdict | None = None) -> Spread:
    """Rank a study and keep how the draws spread each candidate.

    The draws are those of the ranking, so what is counted here agrees with its ``p_cut`` to the last draw.
    """
    p = prepare(study, choices)
    problem, method, trial = p.problem, p.method, p.trial
    if problem.m > DENSE:
        raise UsageError("ranks are counted for up to {most} candidates; there are {n}", most=DENSE, n=problem.m)
    way = scoring(problem, method, p.settings)
    experiment = Experiment(way.scorer, Sampler.of(trial.space), method.score_unit, problem.cut, problem.m)
    found = acceptability(experiment, trial.effort)
    low, high = np.quantile(found.kept, (0.05, 0.95), axis=0)
    return Spread(verdict or rank(study, choices), frozen(_shares(found)), _quantiles(found), frozen(low), frozen(high))


def _shares(found: Acceptability) -> Floats:
    assert found.counts is not None  # there are no more candidates than DENSE
    return found.counts / found.draws


def _quantiles(found: Acceptability) -> NDArray[np.int64]:
    assert found.counts is not None
    reached = found.counts.cumsum(axis=1)
    at = [int(np.ceil(share * found.draws - 1e-9)) for share in SHARES]
    return np.stack([(reached >= n).argmax(axis=1) + 1 for n in at])
