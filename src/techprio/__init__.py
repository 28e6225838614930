"""techprio: rank technologies by many criteria, and say how far the ranking can be trusted.

``load`` reads a criteria file and its candidates into a ``Study``, or raises a ``StudyError`` with all faults at once.
``rank``, ``rank_by``, ``compare``, ``compare_methods``, ``explain``, ``evidence``, ``smaa`` and ``common_ground`` each
take a study and return a frozen result with ``rows()`` and a view of its own in notebooks; ``explore`` is the explorer.
``spread``, ``one_way``, ``trade_off``, ``ternary`` and ``gaia`` are made to be looked at; ``techprio.plots.plot`` draws
every result. ``problem`` gives the study as a ``Problem``, plain arrays and labels, for the functions below:
``techprio.methods`` (scores from arrays), ``techprio.agreement``, ``techprio.robustness``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "load": "techprio.verbs",
    "rank": "techprio.verbs",
    "rank_by": "techprio.verbs",
    "classes": "techprio.verbs",
    "compare": "techprio.verbs",
    "compare_methods": "techprio.verbs",
    "explain": "techprio.verbs",
    "evidence": "techprio.verbs",
    "robust": "techprio.verbs",
    "select": "techprio.verbs",
    "audit": "techprio.verbs",
    "explore": "techprio.verbs",
    "smaa": "techprio.verbs",
    "common_ground": "techprio.verbs",
    **dict.fromkeys(("spread", "one_way", "trade_off", "ternary", "gaia"), "techprio.verbs"),
    "problem": "techprio.verbs",
    "programme": "techprio.verbs",
    "Problem": "techprio.hall",
    "Study": "techprio.study.folder",
    "Verdict": "techprio.verdict",
    "StudyError": "techprio.errors",
    "UsageError": "techprio.errors",
    "MethodError": "techprio.errors",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604

if TYPE_CHECKING:
    from techprio.errors import MethodError as MethodError
    from techprio.errors import StudyError as StudyError
    from techprio.errors import UsageError as UsageError
    from techprio.hall import Problem as Problem
    from techprio.study.folder import Study as Study
    from techprio.verbs import audit as audit
    from techprio.verbs import classes as classes
    from techprio.verbs import common_ground as common_ground
    from techprio.verbs import compare as compare
    from techprio.verbs import compare_methods as compare_methods
    from techprio.verbs import evidence as evidence
    from techprio.verbs import explain as explain
    from techprio.verbs import explore as explore
    from techprio.verbs import gaia as gaia
    from techprio.verbs import load as load
    from techprio.verbs import one_way as one_way
    from techprio.verbs import problem as problem
    from techprio.verbs import programme as programme
    from techprio.verbs import rank as rank
    from techprio.verbs import rank_by as rank_by
    from techprio.verbs import robust as robust
    from techprio.verbs import select as select
    from techprio.verbs import smaa as smaa
    from techprio.verbs import spread as spread
    from techprio.verbs import ternary as ternary
    from techprio.verbs import trade_off as trade_off
    from techprio.verdict import Verdict as Verdict


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    try:
        return import_module(f"techprio.{name}")
    except ModuleNotFoundError:
        raise AttributeError(f"module 'techprio' has no attribute {name!r}") from None


def __dir__() -> list[str]:
    return __all__
