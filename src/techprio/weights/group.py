"""Weights of a group: aggregated judgements (AIJ) and aggregated priorities (AIP)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from techprio.errors import JudgementError, MethodError, UsageError
from techprio.hall import Floats
from techprio.weights.ahp import Ahp, ahp, from_matrix
from techprio.weights.reading import ids_of, mapping, number
from techprio.weights.registry import find
from techprio.weights.result import Judged, shared

AIJ = "aggregation of individual judgements (AIJ), geometric mean"
AIP = "aggregation of individual priorities (AIP), {mean} mean"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Group(Judged):
    """Weights of a group."""

    aggregation: str
    """What was aggregated, and by which mean."""
    judges: Mapping[str, Judged]
    """Judge → the weights by their judgements alone."""
    importance: Mapping[str, float]
    """Judge → their share in the group."""
    together: Ahp | None
    """AIJ: the group's judgements and how consistent they are."""

    def rows(self) -> list[dict[str, Any]]:
        alone = {judge: result.weights.tolist() for judge, result in self.judges.items()}
        return [{**row, **{judge: w[j] for judge, w in alone.items()}} for j, row in enumerate(Judged.rows(self))]


def aij(
    judgements: Any,
    nodes: Sequence[str],
    *,
    importance: Mapping[str, float] | None = None,
    priorities: str = "eigenvector",
    scale: float = 9,
) -> Group:
    """One set of pairwise judgements for the group, the geometric mean of its judges' (for groups that decide as one).

    .. code-block:: yaml

        judgements:
          ministry_a: {price: {quality: 3}, quality: {delivery: 2}}     # as for ahp
          ministry_b: {price: {quality: "1/2", delivery: 4}}

    Each pair is the (by ``importance`` weighted) geometric mean of those who judged it, the only mean that keeps
    reciprocals; each judge's own judgements must link all nodes, so that their weights alone can be told. Forman, E. &
    Peniwati, K. (1998). Aggregating individual judgments and priorities with the analytic hierarchy process. European
    Journal of Operational Research 108(1), 165–169.

    Raises JudgementError as ``ahp``, its path beginning with the judge.
    """
    ids = ids_of(nodes)
    alone = _alone(judgements, ids, lambda said: ahp(said, ids, priorities=priorities, scale=scale))
    share = _shares(importance, alone)
    logs = np.array([np.log(result.comparisons) for result in alone.values()])
    weight = np.array(list(share.values()))[:, None, None] * ~np.isnan(logs)
    total = weight.sum(axis=0)
    mean = np.where(
        total > 0, np.nansum(weight * np.nan_to_num(logs), axis=0) / np.where(total > 0, total, 1.0), np.nan
    )
    together = from_matrix(np.exp(mean), ids, priorities, scale)
    return Group(
        nodes=ids,
        weights=together.weights,
        aggregation=AIJ,
        judges=MappingProxyType(alone),
        importance=MappingProxyType(share),
        together=together,
    )


def aip(
    judgements: Any,
    nodes: Sequence[str],
    *,
    weighting: str = "ahp",
    importance: Mapping[str, float] | None = None,
    mean: str = "geometric",
    **settings: Any,
) -> Group:
    """The mean of the judges' weights (for groups of individuals with judgements of their own).

    .. code-block:: yaml

        judgements:
          ministry_a: {price: 60, quality: 30, delivery: 10}     # as the weighting takes them
          ministry_b: {price: 40, quality: 30, delivery: 30}

    ``weighting`` is any weighting from judgements, ``settings`` are its own. ``mean`` is ``"geometric"`` (a judge's 0
    is a veto: the node gets 0) or ``"arithmetic"``, weighted by ``importance``. Forman & Peniwati (1998), as for
    ``aij``.

    Raises JudgementError as the weighting, its path beginning with the judge; MethodError if a geometric mean leaves no
    node any weight.
    """
    ids = ids_of(nodes)
    entry = find(weighting)
    if entry.kind != "judgement":
        raise UsageError("{id} finds weights from figures, not from judgements", id=weighting)
    if mean not in ("geometric", "arithmetic"):
        raise UsageError("the mean is geometric or arithmetic, not {mean}", mean=mean)
    alone = _alone(judgements, ids, lambda said: entry.function(said, ids, **settings))
    share = _shares(importance, alone)
    stacked = np.array([result.weights for result in alone.values()])
    part = np.array(list(share.values()))
    return Group(
        nodes=ids,
        weights=shared(_mean(stacked, part, mean)),
        aggregation=AIP.format(mean=mean),
        judges=MappingProxyType(alone),
        importance=MappingProxyType(share),
        together=None,
    )


def _mean(stacked: Floats, part: Floats, mean: str) -> Floats:
    if mean == "arithmetic":
        return part @ stacked
    counted = stacked[part > 0]
    positive = (counted > 0).all(axis=0)
    if not positive.any():
        raise MethodError("every node has the weight 0 from some judge, so no geometric mean is left")
    logs = np.log(np.where(positive, counted, 1.0))
    return np.where(positive, np.exp(part[part > 0] @ logs), 0.0)


def _alone(judgements: Any, ids: tuple[str, ...], weigh: Callable[[Any], Any]) -> dict[str, Any]:
    given = mapping(judgements, (), "judge: judgements")
    if not given:
        raise JudgementError("there are no judges")
    found = {}
    for judge, said in given.items():
        with _by(judge):
            found[str(judge)] = weigh(said)
    return found


@contextmanager
def _by(judge: Any) -> Iterator[None]:
    """Errors in what one judge said lead to that judge."""
    try:
        yield
    except JudgementError as error:
        error.path = (judge, *error.path)
        raise


def _shares(importance: Mapping[str, float] | None, judges: Mapping[str, Any]) -> dict[str, float]:
    """The importance of each judge divided by their sum; all alike if nothing is said."""
    if importance is None:
        return dict.fromkeys(judges, 1 / len(judges))
    if set(importance) != set(judges):
        odd = sorted(set(importance) ^ set(judges))
        raise UsageError("importance and judgements name different judges: {odd}", odd=odd)
    stated = {judge: number(importance[judge], (judge,)) for judge in judges}
    total = sum(stated.values())
    if not total > 0:
        raise UsageError("no judge has any importance")
    return {judge: part / total for judge, part in stated.items()}
