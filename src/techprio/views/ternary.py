"""Every balance between three groups of weights: who is first at each, and whether the list is still the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.build import known, node_weights, shares
from techprio.errors import UsageError
from techprio.hall import Flags, Floats, Problem, Words, frozen
from techprio.ranking import listed, ordered, ranks
from techprio.run import Choices, prepare, rank, set_names
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.tables import rounded
from techprio.verdict import Verdict

SIDE = 80
"""Small triangles along one side."""

Groups = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ternary:
    """The map: SIDE² small triangles of equal size, each judged in its middle."""

    verdict: Verdict
    groups: Groups
    """Three groups of top branches; within each the weights keep their ratios."""
    middles: Floats
    """(t, 3) the middle of each triangle, as shares of the three groups."""
    up: Flags
    """(t,) whether it points to the first group or away from it."""
    first: NDArray[np.int64]
    """(t,) who is first: the row of a candidate; of several that tie, the one with the lowest row."""
    kept: NDArray[np.int64] | None
    """(t,) how many of the stated list are still on it; None without a cut."""
    size: int
    """How many the stated list has."""
    same: Flags | None
    """(t,) whether the list is exactly the stated one."""
    now: Floats
    """(3,) the stated shares."""
    sets: tuple[tuple[str, tuple[float, float, float]], ...]
    """(weight set, its shares of the three groups)."""
    set_names: Mapping[str, Words] = field(default_factory=dict)

    def rows(self) -> list[dict[str, Any]]:
        """One row a triangle."""
        candidates = self.verdict.problem.candidates
        return [
            {
                **{"+".join(g): rounded(share) for g, share in zip(self.groups, middle, strict=True)},
                "first": candidates[self.first[k]],
                "kept": None if self.kept is None else int(self.kept[k]),
                "same": None if self.same is None else bool(self.same[k]),
            }
            for k, middle in enumerate(self.middles)
        ]


def ternary(
    study: Study, choices: Choices, groups: Sequence[Sequence[str]] | None = None, *, verdict: Verdict | None = None
) -> Ternary:
    """Judge every balance between three groups of top branches; left out: neighbours, as equal in weight as can be."""
    p = prepare(study, choices)
    problem, method = p.problem, p.method
    three = _groups(problem, groups)
    inside = np.array([[problem.branches[b] in group for b in problem.branch_of] for group in three])
    if not ((inside @ problem.weights) > 0).all():
        raise UsageError("each of the three groups must weigh something")
    middles, up = _grid()
    parts = np.where(inside, problem.weights, 0.0)
    weights = middles @ (parts / parts.sum(axis=1, keepdims=True))
    scores = scoring(problem, method, p.settings).scorer(weights, None)
    verdict = verdict or rank(study, choices)
    kept = same = None
    if problem.cut is not None and verdict.listed is not None:
        order, better = ordered(scores.copy(), method.score_unit)
        found = np.zeros(scores.shape, bool)
        np.put_along_axis(found, order, listed(order, better, problem.cut), axis=-1)
        kept, same = (found & verdict.listed).sum(axis=1), (found == verdict.listed).all(axis=1)
    return Ternary(
        verdict,
        three,
        frozen(middles),
        frozen(up, bool),
        ranks(scores, method.score_unit).argmin(axis=1),
        kept,
        0 if verdict.listed is None else int(verdict.listed.sum()),
        same,
        frozen(inside @ problem.weights),
        tuple(_sets(study, three)),
        set_names(study),
    )


def _sets(study: Study, groups: Groups) -> Any:
    for id in ("base", *(s.id for s in study.criteria.weight_sets)):
        found: Mapping[str, float] = shares(study, node_weights(study, id))
        yield id, tuple(sum(found[branch] for branch in group) for group in groups)


def _groups(problem: Problem, named: Sequence[Sequence[str]] | None) -> Groups:
    if named is None:
        return _even(problem)
    flat = [id for group in named for id in group]
    for id in flat:
        known(id, problem.branches, "there is no branch {id} at the top of the tree")
    if len(named) != 3 or sorted(flat) != sorted(problem.branches):
        raise UsageError(
            "a triangle has three corners: share out {branches} among three groups, each branch once",
            branches=", ".join(problem.branches),
        )
    first, second, third = (tuple(group) for group in named)
    return first, second, third


def _even(problem: Problem) -> Groups:
    """Three groups of neighbours whose heaviest is as light as can be."""
    b = problem.branches
    if len(b) < 3:
        raise UsageError("a triangle needs three branches at the top of the tree, and there are {n}", n=len(b))
    weight = np.bincount(problem.branch_of, problem.weights, len(b))
    cuts = min(
        combinations(range(1, len(b)), 2),
        key=lambda c: max(weight[: c[0]].sum(), weight[c[0] : c[1]].sum(), weight[c[1] :].sum()),
    )
    return b[: cuts[0]], b[cuts[0] : cuts[1]], b[cuts[1] :]


def _grid() -> tuple[Floats, Flags]:
    """The middles (SIDE², 3) of the small triangles, and which of them point up."""
    found = []
    for a in range(SIDE):
        for b in range(SIDE - a):
            c = SIDE - 1 - a - b
            found.append((a + 1 / 3, b + 1 / 3, c + 1 / 3, True))
            if c > 0:
                found.append((a + 2 / 3, b + 2 / 3, c - 1 / 3, False))
    table = np.array(found, float)
    return table[:, :3] / SIDE, table[:, 3] == 1


def triangles(middles: Floats, up: Flags) -> Floats:
    """(t, 3, 3) the corners of the small triangles, each as shares of the three groups."""
    side = round(len(middles) ** 0.5)
    reach = (np.eye(3) - 1 / 3) / side
    found: Floats = middles[:, None, :] + np.where(up[:, None, None], reach, -reach)
    return found
