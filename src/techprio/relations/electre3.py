"""The credibility of outranking in ELECTRE III, for those who want the relation and not the ranking."""

from __future__ import annotations

from typing import Any

import numpy as np

from techprio.hall import Floats
from techprio.methods.arrays import checked
from techprio.methods.credibility import PseudoCriteria
from techprio.methods.electre3 import credibility
from techprio.methods.pairs import in_blocks
from techprio.relations.registry import relation


@relation(
    "electre3",
    "ELECTRE III (credibility of outranking)",
    "Roy, B. (1978). ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en "
    "présence de critères multiples. Cahiers du CERO 20(1), 3–24.",
    per_criterion=("q", "p", "v"),
    valued=True,
    needs={"thresholds": "required"},
)
def electre3(x: Any, w: Any, sense: Any, *, q: Any = None, p: Any = None, v: Any = None) -> Floats:
    """σ(a, b), 0 … 1: how credible it is that a is at least as good as b: (m, m) or (s, m, m), 1 on the diagonal.

    The formula, the thresholds and what is done with odd figures are those of the ranking method ``electre3``.

    Raises MethodError as it does.
    """
    x, w, sense = checked(x, w, sense)
    criteria = PseudoCriteria.of(x.shape[-1], q, p, v)
    criteria.check(x, sense, most=np.inf)
    found: Floats = in_blocks(lambda x, w: credibility(x, w, sense, criteria), x, w, x.shape[-2] ** 2)
    return found
