"""The weighted sum of values."""

from __future__ import annotations

from typing import Any

from techprio.hall import Branching, Floats
from techprio.methods.arrays import checked
from techprio.methods.draws import over_draws, sums_over_draws
from techprio.methods.registry import method
from techprio.methods.value_tree import tree_values
from techprio.scaling import scaled


def _terms(
    x: Floats,
    sense: Floats,
    *,
    scaling: str,
    bounds: Any = None,
    target: Any = None,
    aggregate: Branching | None = None,
) -> Floats | None:
    if aggregate is not None and aggregate.bent():
        return None
    return scaled(x, sense, scaling, bounds=bounds, target=target)


@method(
    "additive",
    "Additive value (weighted sum)",
    "Keeney, R. L. & Raiffa, H. (1976). Decisions with Multiple Objectives. Wiley, ch. 3.",
    study_settings={"scaling": "value"},
    per_criterion=("bounds", "target"),
    score_unit="one",
    terms=_terms,
    cellwise=True,
    needs={"tree": "optional"},
    reverses_ranks=False,
)
def additive(
    x: Any,
    w: Any,
    sense: Any,
    *,
    scaling: str = "minmax",
    bounds: Any = None,
    target: Any = None,
    aggregate: Branching | None = None,
) -> Floats:
    """Σ_j w_j v_ij, where v are the scaled figures; with ``aggregate``, a tree of values (methods/value_tree.py).

    ``x`` (m, n) or (s, m, n), ``w`` (n,) or (s, n), ``sense`` (n,) → scores (m,) or (s, m), in 0 … 1 under the
    scalings ``value`` and ``minmax``. What a constant or zero column, a zero or a negative does is the scaling's
    answer. Identical candidates tie; one candidate or one criterion is no special case; a criterion of weight 0 counts
    for nothing. In a study, a branch of the criteria tree may be put together in another way than by the sum; the
    variant then says so, and there are no contributions. With value functions the order of two candidates never
    depends on a third; ``minmax`` and the other scalings that look at all candidates can turn it.

    Raises MethodError for NaN, infinities and weights that are negative or all zero.
    """
    x, w, sense = checked(x, w, sense)
    v = scaled(x, sense, scaling, bounds=bounds, target=target)
    if aggregate is not None and aggregate.bent():
        return over_draws(lambda w: tree_values(v, w, aggregate), x, w, per_score=x.shape[-1])
    return sums_over_draws(v, w)
