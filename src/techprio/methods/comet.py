"""COMET: candidates between characteristic objects that an expert has put in order."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws
from techprio.methods.given import numbers, refuse_outside
from techprio.methods.registry import method
from techprio.ranking import ordered

MOST_OBJECTS = 1_000_000


class CometParts(NamedTuple):
    """The characteristic objects and what they are worth."""

    co: Floats
    """(t, n) the characteristic objects: every combination of characteristic values, the last criterion fastest."""
    p: Floats
    """(t,) or (s, t) their preferences, from 0 for the worst to 1 for the best."""


def _grid(characteristic_values: Any, n: int) -> list[Floats]:
    """The characteristic values of each criterion, rising strictly."""
    if characteristic_values is None:
        raise MethodError("comet needs characteristic_values: at least two for each criterion")
    what = "comet needs characteristic_values that rise, at least two for each of {n} criteria"
    try:
        grid = [np.asarray(values, float) for values in characteristic_values]
    except (TypeError, ValueError) as error:
        raise MethodError(what, n=n) from error
    if len(grid) != n or any(c.ndim != 1 or len(c) < 2 for c in grid):
        raise MethodError(what, n=n)
    for j, c in enumerate(grid):
        if not (np.isfinite(c).all() and (np.diff(c) > 0).all()):
            raise MethodError("comet needs characteristic_values that rise in column {j}", j=j)
    if (t := prod(len(c) for c in grid)) > MOST_OBJECTS:
        what = "comet would need {t} characteristic objects for {n} columns, and takes up to {most}"
        raise MethodError(what, t=t, n=n, most=MOST_OBJECTS)
    return grid


def _combinations(columns: list[Floats]) -> Floats:
    """(t, n), the last criterion fastest (step 2)."""
    return np.stack(np.meshgrid(*columns, indexing="ij"), axis=-1).reshape(-1, len(columns))


def _judge(grid: list[Floats], sense: Floats, expert: Any) -> Callable[[Floats], Floats]:
    """Weights (n,) or (s, n) → what the expert orders the characteristic objects by, (t,) or (s, t)."""
    if not isinstance(expert, str):
        given = numbers(expert, (prod(len(c) for c in grid),), "comet", "expert")
        return lambda w: np.broadcast_to(given, (*w.shape[:-1], len(given)))
    share = [(c / 2 - c[0] / 2) / (c[-1] / 2 - c[0] / 2) for c in grid]
    v = _combinations([s if up > 0 else 1 - s for s, up in zip(share, sense, strict=True)])
    if expert == "additive":
        return lambda w: w @ v.T
    if expert != "topsis":
        raise MethodError(
            "comet knows no expert {expert}: topsis, additive, or one figure for each object", expert=expert
        )
    near, far = (v**2).T, ((1 - v) ** 2).T

    def closeness(w: Floats) -> Floats:
        squares = w * w
        from_worst = np.sqrt(squares @ near)
        found: Floats = from_worst / (from_worst + np.sqrt(squares @ far))
        return found

    return closeness


def _preferences(figures: Floats) -> Floats:
    """P (t,) or (s, t): equal steps from 0 to 1 over the distinct places; all alike are worth 1 (step 3).

    In the matrix of expert judgement that the figures stand for, the sums of the rows are in their order; figures that
    are equal under the tie rule are judged equal.
    """
    rows = np.atleast_2d(figures)
    order, better = ordered(rows, "largest")
    new = np.concatenate([np.zeros((len(rows), 1), np.int64), better[:, 1:] != better[:, :-1]], axis=1)
    place = np.cumsum(new, axis=1)  # 0 is best
    steps = place[:, -1:]
    worth = np.where(steps > 0, 1 - place / np.where(steps > 0, steps, 1), 1.0)
    found = np.empty(rows.shape)
    np.put_along_axis(found, order, worth, axis=1)
    return found.reshape(figures.shape)


def _memberships(x: Floats, grid: list[Floats]) -> Floats:
    """(…, n) → (…, t): the products of triangular memberships in the characteristic values (steps 4 and 5)."""
    found = np.ones((*x.shape[:-1], 1))
    for j, c in enumerate(grid):
        below = np.clip(np.searchsorted(c, x[..., j], side="right") - 1, 0, len(c) - 2)
        place = (x[..., j] / 2 - c[below] / 2) / (c[below + 1] / 2 - c[below] / 2)
        member = np.zeros((*x.shape[:-1], len(c)))
        np.put_along_axis(member, below[..., None], 1 - place[..., None], axis=-1)
        np.put_along_axis(member, below[..., None] + 1, place[..., None], axis=-1)
        found = (found[..., :, None] * member[..., None, :]).reshape(*x.shape[:-1], -1)
    return found


def comet_parts(x: Any, w: Any, sense: Any, *, characteristic_values: Any = None, expert: Any = "topsis") -> CometParts:
    """The characteristic objects of ``comet`` and their preferences, from the same arguments."""
    x, w, sense = checked(x, w, sense)
    grid = _grid(characteristic_values, x.shape[-1])
    return CometParts(_combinations(grid), _preferences(_judge(grid, sense, expert)(w)))


@method(
    "comet",
    "COMET (characteristic objects)",
    "Sałabun, W. (2015). The Characteristic Objects Method: a new distance-based approach to multicriteria "
    "decision-making problems. Journal of Multi-Criteria Decision Analysis 22(1–2), 37–50.",
    per_criterion=("characteristic_values",),
    score_unit="one",
    needs={"characteristic_values": "stated"},
    parts=comet_parts,
    lacks={
        "unit": "the characteristic values are figures too: they must change their unit with the candidates'",
        "split": "each half has characteristic objects of its own, and TOPSIS as the expert squares the weights",
    },
    reverses_ranks=False,
)
def comet(x: Any, w: Any, sense: Any, *, characteristic_values: Any = None, expert: Any = "topsis") -> Floats:
    """Σ_o P_o Π_j μ_oj(x_ij): P_o what the characteristic object o is worth, μ_oj triangular membership.

    ``characteristic_values`` holds at least two rising values for each criterion; every combination is a
    characteristic object. The ``expert`` puts them in order: one figure for each, the last criterion fastest (summed
    judgements, say: the weights then count for nothing), or ``"topsis"`` or ``"additive"`` on the range of the
    characteristic values with the criterion weights. P goes in equal steps from 0 to 1 over the places of that order,
    ties on one place under the tie rule.

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in 0 … 1, more is better.
    The characteristic values have no default and no place in a study. No candidate's score depends on another's: no
    rank is ever reversed, and one candidate, a constant and a zero column are no special cases. Zeros, negatives,
    huge and tiny figures are figures like others from the first characteristic value to the last. Identical
    candidates tie; a criterion of weight 0 counts for nothing. Work grows with the number of objects, the product of
    the numbers of values.

    Raises MethodError for NaN, infinities, figures beyond the characteristic values, characteristic values that are
    missing or do not rise, more than a million objects, an unknown expert, and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    grid = _grid(characteristic_values, x.shape[-1])
    judge = _judge(grid, sense, expert)
    refuse_outside(x, np.array([c[0] for c in grid]), np.array([c[-1] for c in grid]), "comet")
    half = len(grid) // 2
    first, second = _memberships(x[..., :half], grid[:half]), _memberships(x[..., half:], grid[half:])
    shape = first.shape[-1], second.shape[-1]

    def score(w: Floats) -> Floats:
        """Σ over the objects of both halves of the criteria: μ is a product, so no table of all objects is needed."""
        p = _preferences(judge(w))
        found: Floats = (np.matmul(first, p.reshape(*p.shape[:-1], *shape)) * second).sum(axis=-1)
        return found

    return over_draws(score, x, w, max(shape[1], -(-shape[0] * shape[1] // len(x))))
