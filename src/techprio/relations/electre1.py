"""ELECTRE I: a outranks b if enough weight says so and no criterion speaks too strongly against it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from techprio.errors import MethodError
from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked
from techprio.methods.pairs import in_blocks, weighted_pairs
from techprio.methods.thresholds import TIE
from techprio.relations.registry import relation

DIVISORS = ("own", "largest")


class Indices(NamedTuple):
    """What ELECTRE I compares with its two thresholds."""

    concordance: Floats
    """(m, m) or (s, m, m) C(a, b): the weight of the criteria on which a is at least as good as b."""
    discordance: Floats
    """(m, m), or (s, m, m) where figures vary, D(a, b): the largest lead of b over a, as a share of a range."""


def _discordance(x: Floats, sense: Floats, divisor: str) -> Floats:
    """max_j of (g_j(b) − g_j(a))⁺ / δ_j, where δ_j is the range of the criterion, or the largest of all ranges."""
    if divisor not in DIVISORS:
        raise MethodError("the divisor of discordance must be own or largest, and is {divisor}", divisor=divisor)
    over = (-2, -1) if divisor == "largest" else -2
    _, exponent = np.frexp(np.abs(x).max(axis=over, keepdims=True))
    y = np.ldexp(x, -exponent) * sense  # a power of two is exact, and no difference overflows
    ranges = y.max(axis=-2) - y.min(axis=-2)
    if divisor == "largest":
        ranges = np.broadcast_to(ranges.max(axis=-1, keepdims=True), ranges.shape)
    y /= np.where(ranges > 0, ranges, 1.0)[..., None, :]
    m, n = y.shape[-2:]
    found = np.zeros((*y.shape[:-1], m))
    for j in range(n):
        np.maximum(found, y[..., None, :, j] - y[..., :, None, j], out=found)
    return found


def _concordance(x: Floats, w: Floats, sense: Floats) -> Floats:
    y = x * sense
    return weighted_pairs(lambda j: (y[..., :, None, j] >= y[..., None, :, j]).astype(float), w)


def indices(
    x: Any, w: Any, sense: Any, *, concordance: float = 0.6, discordance: float = 0.4, divisor: str = "own"
) -> Indices:
    """C(a, b) and D(a, b); the two thresholds play no part in them."""
    x, w, sense = checked(x, w, sense)
    return Indices(_concordance(x, w, sense), _discordance(x, sense, divisor))


@relation(
    "electre1",
    "ELECTRE I (concordance and discordance)",
    "Roy, B. (1968). Classement et choix en présence de points de vue multiples (la méthode ELECTRE). Revue française "
    "d'informatique et de recherche opérationnelle 2(8), 57–75.",
    parts=indices,
)
def electre1(
    x: Any, w: Any, sense: Any, *, concordance: float = 0.6, discordance: float = 0.4, divisor: str = "own"
) -> Flags:
    """Whether C(a, b) ≥ ``concordance`` and D(a, b) ≤ ``discordance``: (m, m) or (s, m, m).

    C(a, b) is the weight of the criteria on which a is at least as good as b. D(a, b) is the largest lead of b over a
    on a criterion, divided by δ: by the criterion's own range over the candidates (``divisor="own"``), or, where all
    criteria have one scale, by the largest range of all (``"largest"``, Roy 1968), under which a criterion with a short
    scale can hardly object. Sums are compared in the tenth decimal. ELECTRE I chooses: ``kernel`` of the relation is
    what is left to choose from. It ranks nothing.

    A constant or zero column is concordant for everyone and never objects; zeros, negatives, huge and tiny figures are
    no special cases. Candidates outrank themselves; identical ones outrank each other. A criterion of weight 0 can
    still object. A candidate that leaves can change the ranges, and so the relation of two others.

    Raises MethodError for NaN, infinities, weights that are negative or all zero, thresholds outside 0 … 1 and an
    unknown divisor.
    """
    x, w, sense = checked(x, w, sense)
    for name, threshold in (("concordance", concordance), ("discordance", discordance)):
        if not 0 <= threshold <= 1:
            raise MethodError("the threshold {name} must be in 0 … 1 and is {found}", name=name, found=threshold)
    bearable = _discordance(x, sense, divisor) <= discordance + TIE

    def agreed(x: Floats, w: Floats) -> Flags:
        enough: Flags = _concordance(x, w, sense) >= concordance - TIE
        return enough

    outranks: Flags = in_blocks(agreed, x, w, x.shape[-2] ** 2)
    return outranks & bearable
