"""Concordance, discordance and credibility of ELECTRE III and ELECTRE TRI.

Roy, B. (1978). ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en présence
de critères multiples. Cahiers du CERO 20(1), 3–24.
Figueira, J., Mousseau, V. & Roy, B. (2005). ELECTRE methods. In: Multiple Criteria Decision Analysis: State of the Art
Surveys. Springer, 133–153, § 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Floats
from techprio.methods.pairs import weighted_pairs
from techprio.methods.thresholds import HAIR, at_figures, ordered, thresholds


@dataclass(frozen=True, slots=True, eq=False)
class PseudoCriteria:
    """The thresholds q, p and v of n criteria, each (n, 2)."""

    q: Floats
    p: Floats
    v: Floats

    @classmethod
    def of(cls, n: int, q: Any, p: Any, v: Any) -> PseudoCriteria:
        """From what a user gives: q and p are required, and no v is no veto."""
        return cls(thresholds(q, n, "q"), thresholds(p, n, "p"), thresholds(v, n, "v", missing=np.inf))

    def check(self, x: Floats, sense: Floats, *, most: float) -> None:
        """Check that q ≤ p ≤ v at the figures ``x``, and that better figures are never judged worse.

        A share above 1 of a figure turns the order round where the figure falls as it gets better; with ``most`` = 1
        no share may be above 1. Raises MethodError, naming row and column.
        """
        falls = (x * sense < 0).any(axis=tuple(range(x.ndim - 1)))
        for name, threshold in (("q", self.q), ("p", self.p), ("v", self.v)):
            for j in np.flatnonzero((threshold[:, 1] > 1) & (falls | (most == 1))):
                message = "the share of the figure in the threshold {name} of column {j} must not be above 1"
                raise MethodError(message, name=name, j=int(j))
        ordered(x, q=self.q, p=self.p, v=self.v)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Candidates a against candidates b, criterion by criterion, with the thresholds that hold for each pair."""

    a: Floats
    """(…, A, n) more is better."""
    b: Floats
    """(…, B, n)"""
    q: Floats
    """(…, A, n), of a, or (…, B, n), of b."""
    p: Floats
    v: Floats
    of_a: bool

    @classmethod
    def between(cls, a: Floats, b: Floats, sense: Floats, criteria: PseudoCriteria, *, of_a: bool) -> Comparison:
        """Figures ``a`` against ``b``; shares in the thresholds are of the figures of a (``of_a``) or of b."""
        figures = a if of_a else b
        q, p, v = (at_figures(threshold, figures) for threshold in (criteria.q, criteria.p, criteria.v))
        return cls(a * sense, b * sense, q, p, v, of_a)

    def _spread(self, one: Floats, j: int) -> Floats:
        """A threshold of criterion j, ready to be set against pairs."""
        return one[..., j][..., :, None] if self.of_a else one[..., j][..., None, :]

    def _lead(self, j: int) -> Floats:
        """By how much b is better than a: (…, A, B)."""
        return self.b[..., None, :, j] - self.a[..., :, None, j]

    def _slack(self, j: int, step: Floats) -> Floats:
        """What rounding may add to a lead that is exactly a threshold above 0."""
        return np.where(step > 0, HAIR * (np.abs(self.a[..., :, None, j]) + step), 0.0)

    def concordance(self, j: int) -> Floats:
        """c_j(a, b): 1 for a lead of b up to q, 0 from p on, straight between (Roy 1978)."""
        q, p = self._spread(self.q, j), self._spread(self.p, j)
        return 1 - _ramp(self._lead(j), q, p, self._slack(j, q))

    def discordance(self, j: int) -> Floats | None:
        """D_j(a, b): 0 for a lead of b up to p, 1 from v on, straight between; None where nothing is vetoed."""
        if np.isinf(self.v[..., j]).all():
            return None
        p, v = self._spread(self.p, j), self._spread(self.v, j)
        return _ramp(self._lead(j), p, v, self._slack(j, v))

    def credibility(self, w: Floats) -> Floats:
        """σ(a, b) = C(a, b) · Π over the j with D_j > C of (1 − D_j) / (1 − C): (A, B) or (s, A, B)."""
        with np.errstate(all="ignore"):  # a lead that overflows is one beyond every threshold
            concordance = weighted_pairs(self.concordance, w)
            concordance[concordance > 1 - HAIR] = 1.0  # a sum of weights that are all there is 1, not a hair off
            found = concordance.copy()
            for j in range(w.shape[-1]):
                discordance = self.discordance(j)
                if discordance is not None and discordance.any():
                    opposed = (1 - discordance) / (1 - concordance)  # below 1 where D_j > C; undefined where C = 1
                    found *= np.fmin(opposed, 1.0, out=opposed)
        return found


def _ramp(lead: Floats, low: Floats, high: Floats, slack: Floats) -> Floats:
    """0 up to ``low``, 1 from ``high`` on, straight between; where they are equal a step, just above them."""
    width = high - low
    part = np.clip((lead - low) / width, 0.0, 1.0)
    return np.where(width > 0, part, lead > high + slack) if not (width > 0).all() else part
