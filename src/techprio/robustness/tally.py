"""What draws come to: ranks, listings, wins and winning weights, counted a block at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats
from techprio.memory import lent
from techprio.ranking import Integers, listed, numbers, ordered
from techprio.robustness.draws import Chunk
from techprio.robustness.experiment import DENSE, Experiment
from techprio.robustness.rank_table import RankTable
from techprio.robustness.winning import Pairs

Ints = NDArray[np.int64]
Counts = NDArray[np.uint32]
MOST_KEPT = 4_000_000
"""Scores that are kept at most, of however many draws and candidates."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is counted beside listings and ranks."""

    kept: int = 0
    """Draws of each chunk whose scores are kept."""
    detail: bool = False
    """Whether wins in pairs and winning weights are counted."""
    table: RankTable | None = None
    """To count each rank of very many candidates in, instead of in bins; the same for all chunks."""
    within: NDArray[np.int32] | None = None
    """(q, m) bins of ranks to be counted rank by rank, and then nothing else is."""


@dataclass(slots=True, eq=False)
class Tally:
    """What some draws came to. Of very many candidates, ranks are counted in √m bins of √m ranks."""

    draws: int
    listed: Ints
    """(m,) how often each was on the list."""
    counts: Ints | None = None
    """(m, m) how often there was each candidate at each rank: rank 1 in the first row."""
    binned: Counts | None = None
    """(bins, m) the same by bins of ranks, for very many candidates."""
    table: RankTable | None = None
    """In place of ``counts``, of very many candidates; not of these draws alone, but of all that were counted in it."""
    fine: Counts | None = None
    """(q, width, m) how often each had each rank of one bin of its own."""
    kept: tuple[Floats, ...] = ()
    """[(s, m)] scores of some of the draws."""
    wins: Ints | None = None
    """(m, m) twice how often the row was above the column, and once how often they tied."""
    first: Floats | None = None
    """(m, n) the sum of the weights that put each first."""

    def keep(self, scores: Floats) -> None:
        """Keep scores (s, m), unless that many are kept that memory would grow with the draws."""
        left = MOST_KEPT // scores.shape[1] - sum(map(len, self.kept))
        if left > 0:
            self.kept += (scores[:left],)

    def add(self, other: Tally) -> None:
        """Take in what other draws came to."""
        self.draws += other.draws
        for scores in other.kept:
            self.keep(scores)
        for name in ("listed", "counts", "binned", "fine", "wins", "first"):
            mine, more = getattr(self, name), getattr(other, name)
            if mine is not None:
                mine += more


def width(m: int) -> int:
    """How many ranks a bin holds, of very many candidates."""
    return int(np.ceil(np.sqrt(m)))


def tally(experiment: Experiment, wanted: Wanted, chunks: Sequence[Chunk]) -> Tally:
    """Draw some chunks, score them, rank them, count them."""
    found = _empty(experiment, wanted)
    pairs = Pairs(experiment.m) if found.wins is not None else None
    for begin, w, scores in experiment.blocks(chunks):
        if begin < wanted.kept:
            found.keep(scores[: wanted.kept - begin].copy())
        with lent((2, *scores.shape), np.int32) as room:
            order, better = ordered(scores, experiment.score_unit, room)
            _count(found, experiment, wanted, w, order, better, pairs, scores.view(np.int64))
        found.draws += len(w)
    if pairs is not None:
        found.wins = pairs.counted()
    return found


def _empty(experiment: Experiment, wanted: Wanted) -> Tally:
    m = experiment.m
    found = Tally(0, np.zeros(m, np.int64))
    if wanted.within is not None:
        found.fine = np.zeros((len(wanted.within), width(m), m), np.uint32)
    elif wanted.table is not None:
        found.table = wanted.table
    elif m > DENSE:
        found.binned = np.zeros((-(-m // width(m)), m), np.uint32)
    else:
        found.counts = np.zeros((m, m), np.int64)
        if wanted.detail:
            found.wins, found.first = np.zeros((m, m), np.int64), np.zeros((m, experiment.sampler.space.n))
    return found


def _count(
    found: Tally,
    experiment: Experiment,
    wanted: Wanted,
    w: Floats,
    order: Integers,
    better: Integers,
    pairs: Pairs | None,
    spare: Ints,
) -> None:
    m, cut = experiment.m, experiment.cut
    tied = better.strides[0] != 0
    if found.fine is not None and wanted.within is not None:
        _count_within(found.fine, wanted.within, order, better)
        return
    if cut is not None and (cut.floors or found.binned is not None):
        found.listed += np.bincount(order[listed(order, better, cut)], minlength=m)
    if found.binned is not None:
        _count_bins(found.binned, order, better)
    if pairs is not None and found.first is not None:
        pairs.take(order, better)
        _count_first(found.first, w, order, better)
    if found.counts is not None:
        at = np.add(order, better * m if tied else numbers(len(order), m, m), out=spare).reshape(-1)
        if m * m < len(at):
            found.counts += np.bincount(at, minlength=m * m).reshape(m, m)
        else:
            np.add.at(found.counts.reshape(-1), at, np.int64(1))
    if found.table is not None:
        found.table.take(order, better)


def _count_bins(binned: Counts, order: Integers, better: Integers) -> None:
    m = binned.shape[1]
    at = order + (better if better.strides[0] else better[:1]) // width(m) * m
    np.add.at(binned.reshape(-1), at.reshape(-1), np.uint32(1))


def _count_within(fine: Counts, within: NDArray[np.int32], order: Integers, better: Integers) -> None:
    """Count the ranks that fall into the bin wanted of each candidate; ``within`` is (q, m)."""
    m = fine.shape[2]
    bins, place = np.divmod(better if better.strides[0] else better[:1], width(m))
    bins, place = np.broadcast_to(bins.astype(np.int32), order.shape), np.broadcast_to(place * m, order.shape)
    for counts, wanted in zip(fine, within, strict=True):
        hit = np.flatnonzero(wanted[order] == bins)
        row, column = np.divmod(hit, m)
        at = place[row, column] + order[row, column]
        np.add.at(counts.reshape(-1), at, np.uint32(1))


def _count_first(first: Floats, w: Floats, order: Integers, better: Integers) -> None:
    """Add to ``first`` (m, n) the weights (s, n) of the draws in which each is first, alone or tied."""
    rows, columns = np.nonzero(better == 0) if better.strides[0] else (slice(None), 0)
    n, weights = w.shape[1], w[rows]
    at = order[rows, columns][:, None] * np.int64(n) + np.arange(n)
    first += np.bincount(at.reshape(-1), weights.reshape(-1), minlength=first.size).reshape(first.shape)


def quantile(found: Tally, at: Sequence[int]) -> list[Ints]:
    """For each n of ``at``: the least rank (m,) that at least n draws of a candidate do not exceed."""
    if found.table is not None:
        return found.table.quantiles(at)
    assert found.counts is not None
    reached = found.counts.cumsum(axis=0)
    return [(reached >= n).argmax(axis=0) + 1 for n in at]


def quantile_bins(found: Tally, at: Sequence[int]) -> tuple[NDArray[np.int32], Ints]:
    """For each n of ``at``: the bin (q, m) in which that rank lies, and how many draws (q, m) lie in earlier bins."""
    assert found.binned is not None
    bins = np.empty((len(at), found.binned.shape[1]), np.int32)
    before = np.empty(bins.shape, np.int64)
    for begin in range(0, bins.shape[1], 4096):  # a few candidates at a time: sums are twice as wide as counts
        part = slice(begin, begin + 4096)
        reached = found.binned[:, part].cumsum(axis=0, dtype=np.int64)
        for q, n in enumerate(at):
            bins[q, part] = (reached >= n).argmax(axis=0)
            earlier = np.concatenate([np.zeros((1, reached.shape[1]), np.int64), reached])
            before[q, part] = np.take_along_axis(earlier, bins[q, part][None, :], axis=0)[0]
    return bins, before


def quantile_within(found: Tally, at: Sequence[int], bins: NDArray[np.int32], before: Ints) -> list[Ints]:
    """The ranks (m,) themselves, from the counts within those bins."""
    assert found.fine is not None
    m = found.fine.shape[2]
    ranks = []
    for counts, n, b, earlier in zip(found.fine, at, bins, before, strict=True):
        place = np.empty(m, np.int64)
        for begin in range(0, m, 4096):
            part = slice(begin, begin + 4096)
            reached = counts[:, part].cumsum(axis=0, dtype=np.int64) + earlier[part]
            place[part] = (reached >= n).argmax(axis=0)
        ranks.append(b * width(m) + place + 1)
    return ranks
