"""The rules between sections and files. Each looks at what is sound, so that no fault is the consequence of another."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.errors import Fault
from techprio.study.checks import (
    candidates,
    classes,
    correlations,
    criteria,
    figures,
    gates,
    judgements,
    plans,
    portfolio,
    progress,
    references,
    settings,
    spread,
    weights,
)
from techprio.study.checks.rule import RULES
from techprio.study.draft import Draft

__all__ = [
    "RULES",
    "candidates",
    "classes",
    "correlations",
    "criteria",
    "faults_between",
    "figures",
    "gates",
    "judgements",
    "plans",
    "portfolio",
    "progress",
    "references",
    "settings",
    "spread",
    "weights",
]


IN_FULL = 1000
"""A rule that is broken more often says no more than where: nobody reads on, and all are counted."""


def faults_between(draft: Draft) -> Iterator[Fault]:
    """Every breach of every rule."""
    for code, function in RULES:
        for n, found in enumerate(function(draft)):
            yield found.fault(code) if n < IN_FULL else found.place_only(code)
