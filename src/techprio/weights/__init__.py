"""Ways of finding weights, collected in ``WEIGHTINGS``, and the weights of groups.

An objective weighting is ``function(x, sense, **settings) -> weights (n,)``: figures ``x`` (m, n), ``sense`` (n,) of +1
and −1. One from judgements is ``function(judgements, nodes, **settings) -> result`` with ``.weights`` (n,): judgements
are plain mappings, lists and numbers as YAML gives them, ``nodes`` the ids of the nodes that they are for. A judgement
that cannot be used raises a JudgementError whose ``path`` leads to it. A group's are aggregated by ``aij`` or ``aip``.
"""

from techprio.weights import (
    ahp,
    bwm,
    cards,
    deviation,
    direct,
    effects,
    entropy,
    fucom,
    losses,
    macbeth,
    orders,
    utastar,
)
from techprio.weights.group import aij, aip
from techprio.weights.registry import WEIGHTINGS, Weighting, find

__all__ = [
    "WEIGHTINGS",
    "Weighting",
    "ahp",
    "aij",
    "aip",
    "bwm",
    "cards",
    "deviation",
    "direct",
    "effects",
    "entropy",
    "find",
    "fucom",
    "losses",
    "macbeth",
    "orders",
    "utastar",
]
