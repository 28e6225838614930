"""PROMETHEE I: the partial order of those who are better both in what they win and in what they lose."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.hall import Flags, Floats
from techprio.methods.arrays import checked
from techprio.methods.pairs import in_blocks
from techprio.methods.promethee2 import flows
from techprio.relations.registry import relation

DECIMALS = 10
"""Flows that agree so far are equal, as scores are."""


@relation(
    "promethee1",
    "PROMETHEE I (partial order of the outranking flows)",
    "Brans, J.-P. & Vincke, Ph. (1985). A preference ranking organisation method. Management Science 31(6), 647–656.",
    per_criterion=("types", "q", "p", "s"),
    needs={"thresholds": "optional"},
    parts=flows,
)
def promethee1(x: Any, w: Any, sense: Any, *, types: Any = None, q: Any = None, p: Any = None, s: Any = None) -> Flags:
    """Whether φ⁺(a) ≥ φ⁺(b) and φ⁻(a) ≤ φ⁻(b): (m, m) or (s, m, m).

    a is preferred to b if it outranks b and is not outranked; they are indifferent if both flows are equal, in the
    tenth decimal; otherwise they are incomparable. The relation is transitive. The settings, and what is done with
    figures that are constant, huge, tiny, zero or negative, are those of ``promethee2``.

    Raises MethodError as ``promethee2`` does.
    """
    x, w, sense = checked(x, w, sense)

    def block(x: Floats, w: Floats) -> Flags:
        found = flows(x, w, sense, types=types, q=q, p=p, s=s)
        plus, minus = np.round(found.phi_plus, DECIMALS), np.round(found.phi_minus, DECIMALS)
        better: Flags = plus[..., :, None] >= plus[..., None, :]
        better &= minus[..., :, None] <= minus[..., None, :]
        return better

    outranks: Flags = in_blocks(block, x, w, x.shape[-2] ** 2)
    return outranks
