"""Weight set + criteria tree → weights, from judgements on a branch or on all criteria, or from the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import JudgementError, MethodError, UsageError
from techprio.hall import Floats, Problem
from techprio.robustness.draws import stated_figures
from techprio.study.criteria import WeightSet
from techprio.study.methods import Doubt, Weighed
from techprio.study.tree import LEAVES, Criterion, levels, locally
from techprio.weights import aij, aip, find
from techprio.weights.ahp import Ahp
from techprio.weights.bwm import Bwm
from techprio.weights.circles import circle
from techprio.weights.group import Group
from techprio.weights.result import Judged

READS_FIGURES = frozenset({"utastar"})
"""Weightings from judgements that read the candidates' figures as well."""
GIVEN = frozenset({"candidates", "x", "sense", "bounds", "target"})
"""Settings that the study itself gives, or has no place for."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """The weights of the nodes of one level and how they were found."""

    of: str
    """``criteria`` (the top of the tree), a branch, or ``leaves`` (all criteria at once)."""
    nodes: tuple[str, ...]
    weights: Floats
    """(n,) their sum is 1."""
    result: Judged | None
    """What judgements came to; None where weights were found from figures alone."""


def weighings(stated: WeightSet, tree: Sequence[Criterion], problem: Callable[[], Problem]) -> tuple[Weighing, ...]:
    """Everything that a weight set weighs by its method; nothing if its weights are stated.

    ``problem`` has the figures and is asked for only by a method that reads them. Raises UsageError (a JudgementError's
    path begins with what is weighed).
    """
    if stated.method == "direct" and stated.judgements is None:
        return ()
    below = {of: tuple(node.id for node in nodes) for of, nodes in levels(tree).items()}
    if find(stated.method).kind == "objective":
        return tuple(_from_figures(stated, of, below[of], problem()) for of in stated.over or (LEAVES,))
    said: Mapping[Any, Any] = (
        dict.fromkeys(stated.over or (LEAVES,)) if stated.judgements is None else stated.judgements
    )
    return tuple(_from_judgements(stated, of, below[of], judgements, problem) for of, judgements in said.items())


def local_weights(found: Sequence[Weighing], tree: Sequence[Criterion]) -> dict[str, float]:
    """Node → weight among its siblings, in per cent; of a weighing over all criteria also that of the branches."""
    local: dict[str, float] = {}
    for weighing in found:
        of_nodes = dict(zip(weighing.nodes, (100 * weighing.weights).tolist(), strict=True))
        local.update(locally(weighing.of, of_nodes, tree))
    return local


# -- from judgements ------------------------------------------------------------------------------------------------


def _from_judgements(
    stated: WeightSet, of: str, nodes: tuple[str, ...], said: Any, problem: Callable[[], Problem]
) -> Weighing:
    try:
        given = _figures(problem(), nodes) if stated.method in READS_FIGURES else {}
        result = judge(stated, said, nodes, **given)
    except JudgementError as error:
        error.path = (of, *error.path)
        raise
    return Weighing(of, nodes, result.weights, result)


def judge(stated: WeightSet, said: Any, nodes: Sequence[str], **given: Any) -> Judged:
    """Weights of some nodes from judgements, of one judge or of a group.

    Raises JudgementError for what no weights can be found from, and for pairwise judgements in a circle.
    """
    group, settings = stated.group, {**stated.settings, **given}
    importance = (group.importance or None) if group else None
    result: Judged
    try:
        if group is None:
            result = find(stated.method).function(said, nodes, **settings)
        elif group.by == "aij":
            result = aij(said, nodes, importance=importance, **settings)
        else:
            mean = group.mean or "geometric"
            result = aip(said, nodes, weighting=stated.method, importance=importance, mean=mean, **settings)
    except UsageError:
        raise
    except (TypeError, ValueError, ArithmeticError):
        if not stated.settings:
            raise
        raise UsageError("{method} cannot take these settings", method=stated.method) from None
    for path, alone in _each(result):
        _refuse_circle(alone, said, path)
    return result


def _each(result: Judged) -> Iterator[tuple[tuple[str, ...], Judged]]:
    """The result of each judge with the path to what they said."""
    if isinstance(result, Group):
        yield from (((judge,), alone) for judge, alone in result.judges.items())
    else:
        yield (), result


def _refuse_circle(result: Judged, said: Any, path: tuple[str, ...]) -> None:
    if isinstance(result, Ahp) and (found := circle(result.comparisons)):
        ids = [result.nodes[j] for j in (*found, found[0])]
        what = "these judgements go in a circle, each before the next: {circle}; one of them has to change"
        raise JudgementError(what, _pair(said, path, ids[-2], ids[-1]), circle=" > ".join(ids))


def _pair(said: Any, path: tuple[str, ...], a: str, b: str) -> tuple[str, ...]:
    """Where two nodes were compared, either way round."""
    for step in path:
        said = said.get(step, {}) if isinstance(said, Mapping) else {}
    stands = isinstance(said, Mapping) and b in (said.get(a) or ())
    return (*path, a, b) if stands else (*path, b, a)


def weighed(stated: WeightSet, said: Any, nodes: Sequence[str]) -> Weighed:
    """What the rules of a study ask: the weights, and which judgements should be looked at again."""
    result = judge(stated, said, nodes)
    doubts = [doubt for path, alone in _each(result) if (doubt := _doubt(alone, said, path))]
    return Weighed(dict(zip(result.nodes, result.weights.tolist(), strict=True)), doubts)


def _doubt(result: Judged, said: Any, path: tuple[str, ...]) -> Doubt | None:
    if isinstance(result, Ahp) and not result.consistent and result.repair is not None:
        again = result.repair
        message = "these judgements contradict each other: their consistency ratio is {cr}, and below 0.1 is usual"
        hint = "look again at {a} against {b}: {value} instead of {judged} brings it to {after}"
        cr = result.cr_alonso_lamata if result.cr is None else result.cr
        facts = {"cr": round(cr, 3), "a": again.a, "b": again.b, "after": round(again.cr, 3)}
        facts |= {"value": round(again.value, 2), "judged": round(again.judged, 2)}
        return Doubt(_pair(said, path, again.a, again.b), message, hint, facts)
    if isinstance(result, Bwm) and result.consistent is False:
        message = "these comparisons contradict each other: their input-based ratio is {ratio}, above {threshold}"
        facts = {"ratio": round(result.input_ratio, 3), "threshold": result.threshold, "id": result.least_consistent}
        return Doubt((*path, "best_to_others"), message, "look again at {id}", facts)
    return None


# -- from figures ---------------------------------------------------------------------------------------------------


def _figures(problem: Problem, nodes: Sequence[str]) -> dict[str, Any]:
    """What a weighting from a reference ranking reads: figures within the anchors of the value functions."""
    columns = [problem.column(id) for id in nodes]
    ends = np.array([(function.at[0], function.at[-1]) for function in problem.value_functions])[columns]
    x = np.clip(stated_figures(problem)[:, columns], ends[:, 0], ends[:, 1])
    return {"candidates": problem.candidates, "x": x, "sense": problem.sense[columns], "bounds": ends}


def _from_figures(stated: WeightSet, of: str, nodes: tuple[str, ...], problem: Problem) -> Weighing:
    """Weights from the stated figures of all candidates that pass the gates."""
    columns = [problem.column(id) for id in nodes]
    settings = dict(stated.settings)
    if settings.get("scaling") == "scale":
        settings["bounds"] = problem.limits[columns]
    try:
        weights = find(stated.method).function(stated_figures(problem)[:, columns], problem.sense[columns], **settings)
    except MethodError as error:
        raise _named(error, problem.candidates, nodes) from None
    except UsageError:
        raise
    except (TypeError, ValueError, ArithmeticError):
        if not stated.settings:
            raise
        raise UsageError("{method} cannot take these settings", method=stated.method) from None
    return Weighing(of, nodes, weights, None)


def _named(error: MethodError, candidates: Sequence[str], criteria: Sequence[str]) -> MethodError:
    """The same with row and column by their ids."""
    facts = dict(error.facts)
    for fact, ids in (("i", candidates), ("j", criteria)):
        if isinstance(facts.get(fact), int):
            facts[fact] = ids[facts[fact]]
    return MethodError(error.message, **facts)
