"""How often each candidate is in each class, over the draws of weights and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen
from techprio.robustness.draws import Chunk, FigureSpace
from techprio.robustness.experiment import Experiment, Scorer, put
from techprio.robustness.smaa import PARTS, Effort
from techprio.robustness.work import shared

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Classes by limits on scores: how many of the rising ``limits`` (k,) a score reaches, in the tenth decimal."""

    scorer: Scorer
    limits: Floats
    unit: str
    """What ten decimals are counted in, as for ranks: ``one``, or the ``largest`` |score|."""
    figures: FigureSpace

    def __call__(self, w: Floats, t: Floats | None, room: Floats | None = None, out: Floats | None = None) -> Floats:
        """Weights (s, n) and, if figures vary, places in their ranges (s, k) → classes (s, m), 0 the worst."""
        scores = self.scorer(w, t, room, out)
        unit = 1.0 if self.unit == "one" else np.abs(scores).max(axis=-1, keepdims=True)
        return put(np.searchsorted(self.limits, scores + 1e-10 * unit, side="right"), out)


def class_shares(experiment: Experiment, classes: int, effort: Effort) -> Floats:
    """(m, classes) the share of draws in which each candidate is in each class, whoever draws.

    The ``scorer`` of the experiment returns classes, 0 the worst. The draws are those of the ranking with this seed.
    """
    chunks = experiment.chunks(effort.draws, effort.seed)
    size = -(-len(chunks) // PARTS)
    parts = [chunks[i : i + size] for i in range(0, len(chunks), size)]
    total, done = np.zeros((experiment.m, classes), np.int64), 0
    work = partial(_count, experiment, classes)
    for part, counts in zip(parts, shared(work, parts, workers=effort.workers, executor=effort.executor), strict=True):
        total += counts
        done += sum(chunk.size for chunk in part)
        if effort.progress:
            effort.progress(done, effort.draws)
    return frozen(total / done)


def _count(experiment: Experiment, classes: int, chunks: Sequence[Chunk]) -> Ints:
    """(m, classes) how often each candidate is in each class, in some chunks."""
    counts = np.zeros(experiment.m * classes, np.int64)
    first = np.arange(experiment.m) * classes
    for _, _, found in experiment.blocks(chunks):
        counts += np.bincount((first + found.astype(np.int64)).ravel(), minlength=len(counts))
    return counts.reshape(experiment.m, classes)
