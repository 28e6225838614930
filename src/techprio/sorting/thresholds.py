"""Classes by limits on the scores of any ranking method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from techprio.errors import MethodError
from techprio.methods.distillation import Ints
from techprio.methods.registry import find
from techprio.methods.thresholds import TIE
from techprio.sorting.registry import sorting


@sorting(
    "thresholds",
    "Limits on scores",
    "Devaud, J. M., Groussaud, G. & Jacquet-Lagrèze, E. (1980). UTADIS: une méthode de construction de fonctions "
    "d'utilité additives rendant compte de jugements globaux. European Working Group on MCDA, Bochum.",
)
def thresholds(
    x: Any,
    w: Any,
    sense: Any,
    *,
    limits: Any = None,
    method: str = "additive",
    settings: Mapping[str, Any] | None = None,
) -> Ints:
    """Classes (m,) or (s, m), 0 (the worst) … k: how many of the rising ``limits`` (k,) a candidate's score reaches.

    Scores are those of the ranking method ``method`` with its ``settings``, and what is done with odd figures is its
    answer. A score reaches a limit that it equals in the tenth decimal. A candidate's class depends on others exactly
    where its score does; identical candidates are in one class, and one that is at least as good everywhere as another
    is in no lower class if the method promises dominance.

    Raises MethodError for limits that are missing, not finite or do not rise, and whatever the method refuses;
    UsageError for an unknown method.
    """
    if limits is None:
        raise MethodError("limits of the classes are needed, lowest first")
    bounds = np.atleast_1d(np.asarray(limits, float))
    if bounds.ndim != 1 or not np.isfinite(bounds).all() or not (np.diff(bounds) > 0).all():
        raise MethodError("the limits of the classes must be finite numbers that rise")
    entry = find(method)
    scores = entry.function(x, w, sense, **(settings or {}))
    unit = 1.0 if entry.score_unit == "one" else np.abs(scores).max(axis=-1, keepdims=True)
    found: Ints = np.searchsorted(bounds, scores + TIE * unit, side="right").astype(np.int64)
    return found
