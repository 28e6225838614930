"""Stochastic multicriteria acceptability analysis: how often who is listed, and at which rank, over the draws.

Lahdelma, R. & Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group decision making.
Operations Research 49(3), 444–454.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen
from techprio.ranking import ordered
from techprio.robustness.draws import Chunk
from techprio.robustness.experiment import DENSE, Batch, Experiment, Scorer, Sum
from techprio.robustness.rank_table import RankTable
from techprio.robustness.tally import Tally, Wanted, quantile, quantile_bins, quantile_within, tally
from techprio.robustness.work import shared

__all__ = ["Acceptability", "Batch", "Effort", "Experiment", "Progress", "Scorer", "Sum", "acceptability", "groups"]

Ints = NDArray[np.int64]

Progress = Callable[[int, int], None]
"""Told how many of how many draws are done."""

KEPT = 1_000_000
"""Scores that are kept, to compare candidates in pairs."""
PARTS, LARGE_PARTS = 64, 8
"""Into so many parts the draws are shared out; of very many candidates, each part's counts are large."""
MOST_BYTES = 2**28
"""How large a table of very many candidates by ranks may be."""
QUANTILES = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is drawn, and by whom; who draws changes no number."""

    draws: int
    seed: int
    precision: float | None = None
    """Drawing stops once every standard error is this small."""
    workers: int = 1
    executor: Executor | None = None
    """Anything that ``submit``s: a pool of one's own, or that of a cluster."""
    progress: Progress | None = None


def acceptability(experiment: Experiment, effort: Effort, *, detail: bool = False) -> Acceptability:
    """Draw, score, rank and count; with ``detail`` also wins in pairs, and the weights that put each first.

    Where a table of candidates by ranks would be larger than ``MOST_BYTES``, or would have to travel between processes,
    everything is drawn twice: first to find the bin of ranks in which each quantile lies, then to count the ranks in
    that bin. The quantiles are exact, and the same.
    """
    chunks = experiment.chunks(effort.draws, effort.seed)
    table = _table(experiment, effort)
    wanted = Wanted(max(1, KEPT // experiment.m // len(chunks)), detail, table)
    large = experiment.m > DENSE and table is None
    total = _drawn(experiment, wanted, chunks, effort, effort.draws * (1 + large), 0)
    at = [int(np.ceil(share * total.draws - 1e-9)) for share in QUANTILES]
    if not large:
        return Acceptability.of(total, experiment, quantile(total, at))
    bins, before = quantile_bins(total, at)
    total.binned = None
    again = experiment.chunks(total.draws, effort.seed)
    found = _drawn(experiment, Wanted(within=bins), again, effort, 2 * total.draws, total.draws)
    return Acceptability.of(total, experiment, quantile_within(found, at, bins, before))


def _table(experiment: Experiment, effort: Effort) -> RankTable | None:
    """Where this process can count very many candidates by each rank; None where bins are better."""
    m, draws = experiment.m, effort.draws
    alone = effort.workers <= 1 and effort.executor is None
    return RankTable(m, draws) if m > DENSE and alone and RankTable.bytes(m, draws) <= MOST_BYTES else None


def _drawn(
    experiment: Experiment, wanted: Wanted, chunks: Sequence[Chunk], effort: Effort, in_all: int, before: int
) -> Tally:
    """The tally of some chunks, drawn in parts of fixed size: sums are made in the same order whoever draws."""
    size = -(-len(chunks) // (PARTS if experiment.m <= DENSE else LARGE_PARTS))
    parts = [chunks[i : i + size] for i in range(0, len(chunks), size)]
    results = shared(partial(tally, experiment, wanted), parts, workers=effort.workers, executor=effort.executor)
    total: Tally | None = None
    for found in results:
        if total is None:
            total = found
        else:
            total.add(found)
        if effort.progress:
            effort.progress(sum((before, total.draws)), in_all)
        if effort.precision is not None and wanted.within is None and _precise(total, experiment, effort.precision):
            break
    assert total is not None  # there is at least one draw
    return total


def _precise(total: Tally, experiment: Experiment, precision: float) -> bool:
    """Whether each share of draws that counts is known well enough: being listed, or without a cut being first."""
    return float(_errors(_main_counts(total, experiment), total.draws, experiment).max()) <= precision


def _main_counts(total: Tally, experiment: Experiment) -> Ints:
    if experiment.cut is None and total.counts is not None:
        return np.asarray(total.counts[0])
    return _listed(total, experiment)


def _listed(total: Tally, experiment: Experiment) -> Ints:
    """(m,) how often each was listed; without floors that is how often it had a rank of the list."""
    cut = experiment.cut
    if cut is None or cut.floors:
        return total.listed
    if total.table is not None:
        return total.table.listed(cut.total)
    return total.listed if total.counts is None else np.asarray(total.counts[: cut.total].sum(axis=0, dtype=np.int64))


def _errors(counts: NDArray[np.integer], draws: int, experiment: Experiment) -> Floats:
    """Standard errors of shares of draws; a share of 0 or 1 is taken as half a draw away from it."""
    share = (counts + 0.5) / (draws + 1)
    found: Floats = np.sqrt(share * (1 - share) / (draws * experiment.sampler.effective))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How the candidates fare over all draws."""

    draws: int
    p_cut: Floats | None
    """(m,) the share of draws in which each is listed; None without a cut."""
    rank_low: Ints
    """(m,) the 5 % quantile of the rank: the best of a 90 % range."""
    rank_high: Ints
    """(m,) the 95 % quantile."""
    counts: Ints | None
    """(m, m) how often each had each rank; None for very many candidates."""
    kept: Floats
    """(k, m) scores of the first draws of each chunk."""
    p_cut_error: Floats | None = None
    """(m,) the standard error of ``p_cut``."""
    wins: Floats | None = None
    """(m, m) the share of draws in which the row is above the column, a tie counting half; ½ on the diagonal."""
    central: Floats | None = None
    """(m, n) the mean of the weights that put each first; NaN where none did."""

    @classmethod
    def of(cls, found: Tally, experiment: Experiment, quantiles: Sequence[Ints]) -> Acceptability:
        p_cut = error = wins = central = None
        if experiment.cut is not None:
            counts = _listed(found, experiment)
            p_cut, error = frozen(counts / found.draws), frozen(_errors(counts, found.draws, experiment))
        if found.wins is not None and found.first is not None and found.counts is not None:
            wins = frozen(found.wins / (2 * found.draws) + np.eye(experiment.m) / 2)
            firsts = found.counts[0][:, None]
            central = frozen(np.where(firsts > 0, found.first / np.maximum(firsts, 1), np.nan))
        by_candidate = None if found.counts is None else frozen(found.counts.T, np.int64)
        kept = np.concatenate(found.kept)
        kept.flags.writeable = False
        low, high = quantiles
        return cls(found.draws, p_cut, low, high, by_candidate, kept, error, wins, central)

    def apart(self, a: int, b: int) -> float:
        """The share of draws in which ``a`` scores above ``b``, a tie counting half."""
        gap = self.kept[:, a] - self.kept[:, b]
        return float(((gap > 1e-10).mean() + (gap >= -1e-10).mean()) / 2)


def confidence(experiment: Experiment, central: Floats, effort: Effort) -> Floats:
    """(m,) how often each is first at its own central weights, over the draws of figures; NaN without such weights.

    Where no figure varies that is 0 or 1.
    """
    winners = np.flatnonzero(~np.isnan(central[:, 0]))
    chunks = experiment.chunks(effort.draws, effort.seed) if experiment.scorer.figures.k else []
    size = max(1, -(-len(chunks) // PARTS))
    parts = [chunks[i : i + size] for i in range(0, len(chunks), size)]
    found = np.full(experiment.m, np.nan)
    found[winners] = 0.0
    if not parts:
        for i in winners:
            found[i] = _first(experiment, experiment.scorer(central[i : i + 1], None))[i]
        return found
    work = partial(_confident, experiment, central, winners)
    for counts in shared(work, parts, workers=effort.workers, executor=effort.executor):
        found[winners] += counts
    found /= effort.draws
    return found


def _confident(experiment: Experiment, central: Floats, winners: Ints, chunks: Sequence[Chunk]) -> Ints:
    """How often each of ``winners`` is first at its central weights, in some chunks."""
    counts = np.zeros(len(winners), np.int64)
    for t, room in experiment.places(chunks):
        for k, i in enumerate(winners):
            w = np.tile(central[i], (len(t), 1))
            counts[k] += _first(experiment, experiment.scorer(w, t, room))[i]
    return counts


def _first(experiment: Experiment, scores: Floats) -> Ints:
    """(m,) how often each is first."""
    order, better = ordered(scores, experiment.score_unit)
    return np.bincount(order[better == 0], minlength=experiment.m)


def groups(acceptability: Acceptability, order: Ints, confidence: float = 0.95) -> Ints:
    """Groups of ranks that the draws cannot tell apart: (m,) group numbers from 1.

    From the top down, a candidate opens a new group once the best of the present one is above it in at least
    ``confidence`` of the draws. ``order`` (m,) lists the candidates from best to worst.
    """
    group = np.empty(len(order), np.int64)
    first, number = order[0], 1
    for candidate in order:
        if acceptability.apart(first, candidate) >= confidence:
            first, number = candidate, number + 1
        group[candidate] = number
    return group
