"""What should we learn next?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import UsageError
from techprio.hall import Floats, frozen
from techprio.questions.answer import Answer, Case
from techprio.ranking import listed, ordered
from techprio.robustness.bands import SURE, SURELY_NOT
from techprio.robustness.draws import Chunk, FigureSpace, chunks
from techprio.robustness.sampling import Sampler
from techprio.robustness.smaa import Progress
from techprio.tables import Column
from techprio.wording import Language

BINS = 8
"""Parts, equally probable, that what might be learnt of a figure is divided into."""
MOST = 32_768
"""Draws, at the most."""
SHOWN = 10


@dataclass(frozen=True, eq=False, repr=False)
class Learning(Answer):
    """By how much knowing one figure for certain would narrow the contested band."""

    question = "learn"
    heading = "what should we learn next?"

    cells: tuple[tuple[int, int], ...]
    """(candidate, criterion) of every figure that is not certain."""
    doubt: Floats
    """(k,) the share of the doubt about the list that knowing the figure is expected to remove …"""
    error: Floats
    """… and its standard error."""
    contested: Floats
    """(k,) how many candidates are then expected to be contested."""
    contested_now: int
    draws: int

    def rows(self) -> list[dict[str, Any]]:
        """One row a figure, the most worth checking first."""
        p = self.case.problem
        return [
            {
                "candidate": p.candidates[self.cells[k][0]],
                "criterion": p.criteria[self.cells[k][1]],
                "missing": bool(p.gaps[self.cells[k]]),
                "doubt_removed": float(self.doubt[k]),
                "standard_error": float(self.error[k]),
                "contested_after": float(self.contested[k]),
            }
            for k in np.argsort(-self.doubt, kind="stable")
        ]

    def details(self) -> dict[str, Any]:
        """How many are contested now."""
        return {"contested_now": self.contested_now, "draws": self.draws}

    def columns(self) -> list[Column]:
        return [
            Column("candidate", "candidate", narrows="clips"),
            Column("criterion", "criterion"),
            Column("state", "figure"),
            Column("doubt_removed", "doubt removed", "right", lambda value, words: words.percent(value, 1)),
            Column("standard_error", "±", "right", lambda value, words: words.percent(value, 1)),
            Column("contested_after", "contested after", "right", lambda value, words: words.number(value, 1)),
        ]

    def table(self, words: Language) -> Any:
        """The ten figures most worth checking."""
        whole = super().table(words)
        return type(whole)(whole.columns, whole.rows[:SHOWN], whole.title, whole.notes)

    def shown(self, row: Any, words: Language) -> Any:
        """A row as the table shows it."""
        return {**super().shown(row, words), "state": words.say("missing" if row["missing"] else "a range")}

    def sentence(self, words: Language) -> str:
        """The figure most worth checking."""
        if not self.cells:
            return words.say("No figure has a range or is missing, so nothing can be learnt of one.")
        row = self.rows()[0]
        if row["doubt_removed"] <= 2 * row["standard_error"]:
            return words.say("No single figure, known for certain, would tell the list apart from what it may be now.")
        return words.say(
            "Most worth checking is {criterion} of {id}: known for certain, it removes {share} of the "
            "doubt about the list.",
            criterion=row["criterion"],
            id=row["candidate"],
            share=words.percent(row["doubt_removed"], 1),
        )

    def how(self, words: Language) -> str:
        """Sampled."""
        return words.say(
            "Sampled: {n} joint draws of weights and figures (seed {seed}), each figure's in {bins} "
            "parts. Doubt: the variance of being listed, summed over candidates; {now} candidates are "
            "contested now.",
            n=self.draws,
            seed=str(self.case.seed),
            bins=BINS,
            now=self.contested_now,
        )


def learning(case: Case, progress: Progress | None = None) -> Learning:
    """Expected narrowing of the contested band for every uncertain figure. Raises UsageError without a list."""
    if case.problem.cut is None:
        raise UsageError("there is no list: say how long it is with --cut")
    figures = FigureSpace.of(case.problem)
    draws = min(max(case.draws, 4 * 4096), MOST)
    counts, sizes, estimates = np.zeros((figures.k, BINS, case.problem.m)), np.zeros((figures.k, BINS)), []
    done, edges = 0, None
    for chunk in chunks(draws, case.seed):
        t, on_list = _drawn(case, figures, chunk)
        if edges is None:
            edges = np.quantile(t, np.arange(1, BINS) / BINS, axis=0) if figures.k else np.zeros((BINS - 1, 0))
        part, n = _binned(t, on_list, edges)
        counts, sizes = counts + part, sizes + n
        if chunk.size == 4096:
            estimates.append(_removed(part, n))
        done += chunk.size
        if progress:
            progress(done, draws)
    p = counts.sum(axis=1)[:1].ravel() / draws if figures.k else np.zeros(0)
    spread = np.std(estimates, axis=0, ddof=1) / np.sqrt(len(estimates))
    shares = counts / np.maximum(sizes, 1)[:, :, None]
    after = ((shares > SURELY_NOT) & (shares < SURE)).sum(axis=2)
    return Learning(
        case,
        tuple(zip(figures.rows.tolist(), figures.columns.tolist(), strict=True)),
        frozen(_removed(counts, sizes)),
        frozen(spread),
        frozen((after * sizes).sum(axis=1) / np.maximum(sizes.sum(axis=1), 1)),
        int(((p > SURELY_NOT) & (p < SURE)).sum()),
        draws,
    )


def _drawn(case: Case, figures: FigureSpace, chunk: Chunk) -> tuple[Floats, NDArray[np.bool_]]:
    """Places in the ranges (s, k), and who is listed (s, m)."""
    w = Sampler.of(case.space).draw(np.random.default_rng(chunk.weights), chunk.size)
    t = figures.draw(np.random.default_rng(chunk.figures), chunk.size)
    on_list = np.zeros((chunk.size, case.problem.m), bool)
    step = max(8, 400_000 // (case.problem.m * case.problem.n))
    assert case.problem.cut is not None  # learning() asks for it
    for begin in range(0, chunk.size, step):
        some = slice(begin, begin + step)
        scores = case.way.scorer(w[some], t[some] if figures.k else None)
        order, better = ordered(scores, case.method.score_unit)
        np.put_along_axis(on_list[some], order, listed(order, better, case.problem.cut), axis=1)
    return t, on_list


def _binned(t: Floats, on_list: NDArray[np.bool_], edges: Floats) -> tuple[Floats, Floats]:
    """How often each candidate is listed while each figure lies in each part (k, BINS, m), and how many draws do."""
    k, m = t.shape[1], on_list.shape[1]
    above, sizes = np.zeros((BINS + 1, k, m)), np.zeros((BINS + 1, k))
    flags = on_list.astype(np.float32)  # counts up to 2^24 are exact
    above[0], sizes[0] = flags.sum(axis=0), len(t)
    for part, edge in enumerate(edges, start=1):
        beyond = t > edge
        above[part], sizes[part] = beyond.T.astype(np.float32) @ flags, beyond.sum(axis=0)
    return -np.diff(above, axis=0).transpose(1, 0, 2), -np.diff(sizes, axis=0).T


def _removed(counts: Floats, sizes: Floats) -> Floats:
    """The share of the variance of being listed that lies between the parts, freed of what chance alone puts there."""
    n = sizes.sum(axis=1)
    listed_in_all = counts.sum(axis=1)
    share = counts / np.maximum(sizes, 1)[:, :, None]
    whole = (listed_in_all - listed_in_all**2 / n[:, None]).sum(axis=1)
    inside = (counts - sizes[:, :, None] * share**2).sum(axis=(1, 2))
    parts = (sizes > 0).sum(axis=1)
    chance = (parts - 1) / np.maximum(n - parts, 1) * inside
    return np.where(whole > 0, (whole - inside - chance) / np.where(whole > 0, whole, 1.0), 0.0)
