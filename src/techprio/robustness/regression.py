"""Robust ordinal regression (UTA-GMS): every additive model that agrees with some reference comparisons.

Greco, S., Mousseau, V. & Słowiński, R. (2008). European Journal of Operational Research 191(2), 416–436. A model is a
value function a criterion, straight between breakpoints, rising from 0 at the worst value; together they reach 1 at the
best. Its increments between breakpoints are at least 0 and add up to 1, so that models are a weight space in disguise:
a candidate's score is its shares of all increments, weighted with the increments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Floats, frozen
from techprio.robustness.necessary import Preference, preference
from techprio.robustness.solver import least
from techprio.robustness.space import WeightSpace

Ints = NDArray[np.int64]
DIFFERENT = 1e-6
"""By how much a model must tell apart what a reference puts above something else."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One comparison that models must agree with."""

    upper: int
    lower: int
    sign: str
    """``>`` better, ``>=`` at least as good, ``=`` equal."""
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """What follows from the references."""

    preference: Preference
    breakpoints: tuple[Floats, ...]
    """Of each criterion, (k,) values from the worst to the best."""
    representative: tuple[Floats, ...]
    """Of each criterion, (k,) the marginal values of the representative model there."""
    scores: Floats
    """(m,) of the representative model."""
    gap: float
    """By how much, at least, the representative model tells apart what necessarily differs."""


def shares(v: Floats, pieces: int | None) -> tuple[Floats, tuple[Floats, ...]]:
    """The shares (m, K) that values ``v`` (m, n) in 0 … 1 have of each increment, and the breakpoints.

    With ``pieces`` every value function has so many straight pieces; without, a breakpoint at every value there is,
    which allows for all monotone functions.
    """
    parts, breakpoints = [], []
    for column in v.T:
        ends = np.array([0.0, 1.0])
        at = np.unique(np.concatenate([ends, column])) if pieces is None else np.linspace(0, 1, pieces + 1)
        parts.append(np.clip((column[:, None] - at[:-1]) / np.diff(at), 0.0, 1.0))
        breakpoints.append(frozen(at))
    return np.concatenate(parts, axis=1), tuple(breakpoints)


def models(phi: Floats, references: Sequence[Reference], *, apart: float = 0.0) -> WeightSpace:
    """All increments that agree with the references; what is better is so by ``apart`` at least."""
    rows, bounds, texts = [], [], []
    for reference in references:
        lead = phi[reference.lower] - phi[reference.upper]
        rows.append(lead)
        bounds.append(-apart if reference.sign == ">" else 0.0)
        texts.append(reference.text)
        if reference.sign == "=":
            rows.append(-lead)
            bounds.append(0.0)
            texts.append(reference.text)
    k = phi.shape[1]
    return WeightSpace.around(np.full(k, 1 / k), None).where(
        np.array(rows).reshape(-1, k), np.array(bounds), tuple(texts)
    )


def contradiction(v: Floats, references: Sequence[Reference], pieces: int | None) -> tuple[str, ...]:
    """A smallest set of references that no model agrees with; none if there are models that do."""
    return tuple(dict.fromkeys(models(shares(v, pieces)[0], references, apart=DIFFERENT).conflict()))


def regression(v: Floats, references: Sequence[Reference], pieces: int | None, tolerance: float) -> Regression:
    """What every model that agrees with the references says of values ``v`` (m, n).

    What is necessary for all models with strict references is so for the limits of such models too, so that the bounds
    may be closed. The references must not contradict one another.
    """
    phi, breakpoints = shares(v, pieces)
    space = models(phi, references)
    found = preference(phi, space, tolerance)
    delta, gap = _representative(phi, space, found)
    marginal, begin = [], 0
    for at in breakpoints:
        end = begin + len(at) - 1
        marginal.append(frozen(np.concatenate([[0.0], np.cumsum(delta[begin:end])])))
        begin = end
    return Regression(found, breakpoints, tuple(marginal), frozen(phi @ delta), gap)


def _representative(phi: Floats, space: WeightSpace, found: Preference) -> tuple[Floats, float]:
    """The increments at which the least difference of a necessarily differing pair is largest, and that difference.

    Figueira, J. R., Greco, S. & Słowiński, R. (2009). Building a set of additive value functions representing a
    reference preorder and intensities of preference: GRIP method. European Journal of Operational Research 195(2),
    460–486, section 5.
    """
    upper, lower = np.nonzero(found.strict)
    a, b = space.inequalities()
    k = phi.shape[1]
    rows = np.concatenate(
        [np.column_stack([a, np.zeros(len(a))]), np.column_stack([phi[lower] - phi[upper], np.ones(len(upper))])]
    )
    rows = np.concatenate([rows, np.append(np.zeros(k), 1.0)[None, :]])
    solved = least(
        np.append(np.zeros(k), -1.0),
        rows,
        np.concatenate([b, np.zeros(len(upper)), [1.0]]),
        np.append(np.ones(k), 0.0)[None, :],
        [1.0],
    )
    assert solved is not None  # the references do not contradict one another
    delta = np.maximum(solved.x[:k], 0.0)
    return delta / delta.sum(), float(solved.x[k])
