"""One weight moved from nothing to all, its siblings keeping their ratios: who comes onto the list, who leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.build import known, node_weights
from techprio.errors import UsageError
from techprio.hall import Flags, Floats, Words, frozen
from techprio.ranking import listed, ordered, ranks
from techprio.run import Choices, Prepared, prepare, rank, set_names
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.study.nodes import Branch
from techprio.study.tree import global_weights, walk
from techprio.tables import rounded
from techprio.verdict import Verdict

STEPS = 201
HALVINGS = 30


@dataclass(frozen=True, slots=True)
class Crossing:
    """A weight at which a candidate comes onto the list or leaves it, as the weight grows."""

    candidate: str
    at: float
    enters: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OneWay:
    """Scores as one node's share among its siblings goes from 0 to 1."""

    verdict: Verdict
    node: str
    name: Words
    shares: Floats
    """(k,) the node's share among its siblings."""
    scores: Floats
    """(k, m)"""
    ranks: NDArray[np.int64]
    """(k, m)"""
    listed: Flags
    """(k, m) who is on the list."""
    now: float
    """The share that the node has."""
    crossings: tuple[Crossing, ...]
    """In the order of the weight."""
    sets: tuple[tuple[str, float], ...]
    """(weight set, the node's share in it)."""
    set_names: Mapping[str, Words] = field(default_factory=dict)

    @property
    def nearest(self) -> float:
        """How far the share may move before anybody comes onto the list or leaves it; infinite if it never matters."""
        return min((abs(crossing.at - self.now) for crossing in self.crossings), default=float("inf"))

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate and share: score, rank, whether listed."""
        candidates = self.verdict.problem.candidates
        return [
            {
                "share": rounded(share),
                "id": candidates[i],
                "score": rounded(self.scores[k, i]),
                "rank": int(self.ranks[k, i]),
                "listed": bool(self.listed[k, i]),
            }
            for i in self.verdict.order
            for k, share in enumerate(self.shares)
        ]


def one_way(study: Study, choices: Choices, node: str | None = None, *, verdict: Verdict | None = None) -> OneWay:
    """Move one node's weight; left out: the top branch whose weight changes the list soonest.

    ``verdict`` is the ranking by the same choices, if it is there already.
    """
    ready = prepare(study, choices)
    problem = ready.problem
    if problem.cut is None:
        raise UsageError("without a cut there is no list to come onto: say how long it is with cut:")
    names = {each.id: each.name for _, each in walk(study.criteria.criteria)}
    if node is not None:
        known(node, names, "there is no node {id}")
    verdict = verdict or rank(study, choices)
    asked = [node] if node is not None else list(problem.branches)
    return min((_moved(study, choices, ready, verdict, id) for id in asked), key=lambda each: each.nearest)


def _moved(study: Study, choices: Choices, ready: Prepared, verdict: Verdict, node: str) -> OneWay:
    local = node_weights(study, choices.weights, choices.change.weight)
    none, all_ = (leaf_weights_at(study, local, node, share) for share in (0.0, 1.0))
    problem, method = ready.problem, ready.method
    way, cut = scoring(problem, method, ready.settings), problem.cut
    assert cut is not None

    def at(share: Floats) -> tuple[Floats, Flags]:
        """Scores and who is listed, both (k, m): the weights of leaves are linear in the node's share."""
        scores = way.scorer(none + share[:, None] * (all_ - none), None)
        order, better = ordered(scores.copy(), method.score_unit)
        found = np.zeros(scores.shape, bool)
        np.put_along_axis(found, order, listed(order, better, cut), axis=-1)
        return scores, found

    steps = np.linspace(0, 1, STEPS)
    scores, on_list = at(steps)
    sets = ("base", *(s.id for s in study.criteria.weight_sets))
    return OneWay(
        verdict,
        node,
        next(each.name for _, each in walk(study.criteria.criteria) if each.id == node),
        frozen(steps),
        frozen(scores),
        ranks(scores, method.score_unit),
        frozen(on_list, bool),
        _share(study, local, node),
        _crossings(problem.candidates, steps, on_list, at),
        tuple((id, _share(study, node_weights(study, id), node)) for id in sets),
        set_names(study),
    )


def _crossings(
    candidates: tuple[str, ...], steps: Floats, on_list: Flags, at: Callable[[Floats], tuple[Floats, Flags]]
) -> tuple[Crossing, ...]:
    """Where somebody is listed at one step and not at the next: the places between the two, by halving all at once."""
    step, who = np.nonzero(on_list[1:] != on_list[:-1])
    if not len(step):
        return ()
    before, row = on_list[step, who], np.arange(len(step))
    low, high = steps[step].copy(), steps[step + 1].copy()
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        still = at(middle)[1][row, who] == before
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    found = [
        Crossing(candidates[i], float(place), not was)
        for i, place, was in zip(who, (low + high) / 2, before.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda crossing: (crossing.at, crossing.candidate)))


def leaf_weights_at(study: Study, local: Mapping[str, float], node: str, share: float) -> Floats:
    """The leaf weights (n,) when ``node`` has that share among its siblings, and these keep their ratios."""
    beside = [id for id in _siblings(study, node) if id != node]
    rest = sum(local[id] for id in beside)
    moved = {node: share}
    for id in beside:
        moved[id] = (1 - share) * (local[id] / rest if rest else 1 / len(beside))
    found = global_weights(study.criteria.criteria, {**local, **moved})
    return np.array([found[leaf.id] for leaf in study.leaves])


def _share(study: Study, local: Mapping[str, float], node: str) -> float:
    """The node's share among its siblings."""
    whole = sum(local[id] for id in _siblings(study, node))
    return local[node] / whole if whole else 0.0


def _siblings(study: Study, node: str) -> list[str]:
    """A node and its siblings."""
    tops = study.criteria.criteria
    families = [tops, *(each.criteria for _, each in walk(tops) if isinstance(each, Branch))]
    return next([each.id for each in family] for family in families if node in [each.id for each in family])
