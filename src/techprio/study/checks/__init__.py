"""The rules between sections and files. Each looks at what is sound, so that no fault is the consequence of another."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.errors import Fault
from techprio.study.checks import candidates, criteria, figures, gates, weights
from techprio.study.checks.rule import RULES
from techprio.study.draft import Draft

__all__ = ["RULES", "candidates", "criteria", "faults_between", "figures", "gates", "weights"]


def faults_between(draft: Draft) -> Iterator[Fault]:
    """Every breach of every rule."""
    for code, function in RULES:
        for found in function(draft):
            yield found.fault(code)
