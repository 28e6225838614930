"""Ranking methods: pure functions of arrays, one a file, collected in ``METHODS``.

How to add one: docs/contributing.md.

``function(x, w, sense, **settings) -> scores``: figures ``x`` (m, n) or (s, m, n), weights ``w`` (n,) or (s, n), which
are divided by their sum, ``sense`` (n,) of +1 and −1. Scores are (m,) or (s, m), and more is better.
"""

from techprio.methods import (
    additive,
    aras,
    choquet,
    cocoso,
    codas,
    comet,
    copras,
    cradis,
    edas,
    electre3,
    geometric,
    gra,
    mabac,
    mairca,
    marcos,
    moora,
    multimoora,
    ocra,
    owa,
    probid,
    promethee2,
    ram,
    rim,
    spotis,
    todim,
    topsis,
    vikor,
    waspas,
)
from techprio.methods.registry import METHODS, Method, settings_of_methods

__all__ = ["METHODS", "Method", "settings_of_methods"]
