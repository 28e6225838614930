"""Other libraries' methods, each as one public call: weights → whatever it gives of the figures.

What a call needs besides — bounds, scaled figures, an object made once — is prepared outside it, and its checks are
switched off where it offers that, so that each peer is timed at its best. Where a peer's scores are not techprio's,
and who is right, is in docs/known-differences.md; that they are the same, in tests/methods/test_peers_*.py.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

Call = Callable[[np.ndarray], Any]
"""One ranking under the weights (n,) given."""
Peer = Callable[[np.ndarray, np.ndarray], Call]
"""Figures (m, n) and sense (n,) → the call."""

LOW, IDEAL, HIGH = 0.0, (30.0, 45.0), 101.0
Q, P, V = 5.0, 25.0, 80.0
"""Limits, reference ideal and thresholds of every criterion; figures lie between 1 and 100."""


def _from(module: str, name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(importlib.import_module(module), name)


# -- pymcdm ---------------------------------------------------------------------------------------------------------


def pymcdm(name: str, settings: Callable[[int], list[Any]] = lambda n: []) -> Peer:
    def prepare(x: np.ndarray, sense: np.ndarray) -> Call:
        made = _from("pymcdm.methods", name)(*settings(x.shape[1]))
        return lambda w: made(x, w, sense, validation=False)

    return prepare


def scaled_by(normalization: str) -> Callable[[int], list[Any]]:
    return lambda n: [_from("pymcdm.normalizations", f"{normalization}_normalization")]


def bounds(n: int) -> np.ndarray:
    return np.tile([LOW, HIGH], (n, 1))


def _promethee_of_pymcdm(x: np.ndarray, sense: np.ndarray) -> Call:
    """Each call needs an object of its own: the first uses its preference functions up."""
    made, q, p = _from("pymcdm.methods", "PROMETHEE_II"), [Q] * x.shape[1], [P] * x.shape[1]
    return lambda w: made("vshape_2", q=q, p=p)(x, w, sense, validation=False)


def _comet_of_pymcdm(x: np.ndarray, sense: np.ndarray) -> Call:
    """The expert judges by the weights, so each vector needs characteristic objects of its own."""
    comet, expert = _from("pymcdm.methods", "COMET"), _from("pymcdm.methods.comet_tools", "MethodExpert")
    topsis, values = _from("pymcdm.methods", "TOPSIS")(), [[LOW, HIGH]] * x.shape[1]
    return lambda w: comet(values, expert(topsis, w, sense))(x)


# -- pyrepo-mcda ----------------------------------------------------------------------------------------------------


def pyrepo(module: str, name: str, normalization: str = "") -> Peer:
    def prepare(x: np.ndarray, sense: np.ndarray) -> Call:
        settings = [_from("pyrepo_mcda.normalizations", f"{normalization}_normalization")] if normalization else []
        call = _from(f"pyrepo_mcda.mcda_methods.{module}", name)(*settings)
        return lambda w: call(x, w, sense)

    return prepare


def _spotis_of_pyrepo(x: np.ndarray, sense: np.ndarray) -> Call:
    call, limits = _from("pyrepo_mcda.mcda_methods.spotis", "SPOTIS")(), bounds(x.shape[1]).T
    return lambda w: call(x, w, sense, limits)


def _promethee_of_pyrepo(x: np.ndarray, sense: np.ndarray) -> Call:
    call, n = _from("pyrepo_mcda.mcda_methods.promethee", "PROMETHEE_II")(), x.shape[1]
    functions, p, q = [call._linear_function] * n, np.full(n, P), np.full(n, Q)
    return lambda w: call(x, w, sense, preference_functions=functions, p=p, q=q)


# -- scikit-criteria ------------------------------------------------------------------------------------------------


def skcriteria(module: str, function: str, *order: str, scale: bool = False, **more: Any) -> Peer:
    """The bare function, which takes a tenth of the time of the class around it; of figures scaled beforehand."""

    def prepare(x: np.ndarray, sense: np.ndarray) -> Call:
        call = _from(f"skcriteria.agg.{module}", function)
        if scale:
            low, high = x.min(axis=0), x.max(axis=0)
            x = np.where(sense > 0, x - low, high - x) / (high - low) + 0.01
        given = {"matrix": x, "objectives": sense, **more}
        return lambda w: call(*(w if name == "weights" else given[name] for name in order))

    return prepare


def _rim_of_skcriteria(x: np.ndarray, sense: np.ndarray) -> Call:
    made, library, n = _from("skcriteria.agg.rim", "RIM")(), importlib.import_module("skcriteria"), x.shape[1]
    wanted = [max if up > 0 else min for up in sense]
    given = {"ref_ideals": [IDEAL] * n, "ranges": [(LOW, HIGH)] * n}
    return lambda w: made.evaluate(library.mkdm(x, wanted, weights=w), **given)


# -- pyDecision -----------------------------------------------------------------------------------------------------


def decision(module: str, *order: str, **more: Any) -> Peer:
    def prepare(x: np.ndarray, sense: np.ndarray) -> Call:
        call = _from(f"pyDecision.algorithm.{module}", f"{module}_method")
        given = {"x": x, "types": ["max" if up > 0 else "min" for up in sense]}
        return lambda w: call(*(w if name == "w" else given[name] for name in order), graph=False, **more)

    return prepare


def _electre_of_decision(x: np.ndarray, sense: np.ndarray) -> Call:
    call, n = _from("pyDecision.algorithm.e_iii", "electre_iii"), x.shape[1]
    q, p, v = (np.full(n, one) for one in (Q, P, V))
    turned = x * sense
    return lambda w: call(turned, p, q, v, w, graph=False)


# -- mcda -----------------------------------------------------------------------------------------------------------


def _owa_of_mcda(x: np.ndarray, sense: np.ndarray) -> Call:
    low, high = x.min(axis=0), x.max(axis=0)
    table = _from("mcda", "PerformanceTable")(np.where(sense > 0, x - low, high - x) / (high - low))
    made = _from("mcda.mavt.aggregators", "OWA")
    return lambda w: made(list(w))(table)


def _electre_of_mcda(x: np.ndarray, sense: np.ndarray) -> Call:
    table = _from("mcda", "PerformanceTable")(x * sense)
    made, names = _from("mcda.outranking.electre", "Electre3"), range(x.shape[1])
    q, p, v = (dict.fromkeys(names, one) for one in (Q, P, V))
    return lambda w: made(table, dict(zip(names, w, strict=True)), q, p, v).rank()


PEERS: dict[str, dict[str, Peer]] = {
    "additive": {
        "pymcdm": pymcdm("WSM", scaled_by("minmax")),
        "pyrepo-mcda": pyrepo("saw", "SAW", "minmax"),
        "scikit-criteria": skcriteria("simple", "wsm", "matrix", "weights", scale=True),
    },
    "geometric": {
        "pymcdm": pymcdm("WPM", scaled_by("linear")),
        "scikit-criteria": skcriteria("simple", "wpm", "matrix", "weights"),
    },
    "topsis": {
        "pymcdm": pymcdm("TOPSIS", scaled_by("vector")),
        "pyrepo-mcda": pyrepo("topsis", "TOPSIS", "vector"),
        "scikit-criteria": skcriteria("topsis", "topsis", "matrix", "objectives", "weights"),
        "pyDecision": decision("topsis", "x", "w", "types", verbose=False),
    },
    "promethee2": {"pymcdm": _promethee_of_pymcdm, "pyrepo-mcda": _promethee_of_pyrepo},
    "vikor": {"pymcdm": pymcdm("VIKOR"), "pyrepo-mcda": pyrepo("vikor", "VIKOR")},
    "edas": {
        "pymcdm": pymcdm("EDAS"),
        "pyrepo-mcda": pyrepo("edas", "EDAS"),
        "scikit-criteria": skcriteria("edas", "edas", "matrix", "weights", "objectives"),
    },
    "codas": {
        "pymcdm": pymcdm("CODAS"),
        "pyrepo-mcda": pyrepo("codas", "CODAS"),
        "scikit-criteria": skcriteria("codas", "codas", "matrix", "weights", "tau", scale=True, tau=0.02),
    },
    "aras": {"pymcdm": pymcdm("ARAS"), "pyrepo-mcda": pyrepo("aras", "ARAS")},
    "copras": {
        "pymcdm": pymcdm("COPRAS"),
        "pyrepo-mcda": pyrepo("copras", "COPRAS"),
        "scikit-criteria": skcriteria("copras", "copras", "matrix", "weights", "objectives"),
    },
    "marcos": {"pymcdm": pymcdm("MARCOS"), "pyrepo-mcda": pyrepo("marcos", "MARCOS")},
    "cocoso": {
        "pymcdm": pymcdm("COCOSO"),
        "pyrepo-mcda": pyrepo("cocoso", "COCOSO"),
        "scikit-criteria": skcriteria("cocoso", "cocoso", "matrix", "weights", "half", scale=True, half=0.5),
    },
    "cradis": {
        "pyrepo-mcda": pyrepo("cradis", "CRADIS"),
        "pyDecision": decision("cradis", "x", "types", "w", verbose=False),
    },
    "waspas": {
        "pymcdm": pymcdm("WASPAS"),
        "pyrepo-mcda": pyrepo("waspas", "WASPAS"),
        "scikit-criteria": skcriteria("waspas", "waspas", "matrix", "weights", "half", scale=True, half=0.5),
    },
    "moora": {
        "pymcdm": pymcdm("MOORA"),
        "pyrepo-mcda": pyrepo("multimoora", "MULTIMOORA_RS"),
        "scikit-criteria": skcriteria("moora", "ratio", "matrix", "objectives", "weights"),
    },
    "multimoora": {
        "pyrepo-mcda": pyrepo("multimoora", "MULTIMOORA"),
        "scikit-criteria": skcriteria("moora", "multimoora", "matrix", "objectives", "weights"),
    },
    "mabac": {
        "pymcdm": pymcdm("MABAC"),
        "scikit-criteria": skcriteria("mabac", "mabac", "matrix", "weights", scale=True),
    },
    "mairca": {"pymcdm": pymcdm("MAIRCA"), "pyDecision": decision("mairca", "x", "w", "types", verbose=False)},
    "spotis": {
        "pymcdm": pymcdm("SPOTIS", lambda n: [bounds(n)]),
        "pyrepo-mcda": _spotis_of_pyrepo,
    },
    "probid": {
        "pymcdm": pymcdm("PROBID"),
        "scikit-criteria": skcriteria("probid", "probid", "matrix", "objectives", "weights"),
    },
    "ram": {
        "pymcdm": pymcdm("RAM"),
        "scikit-criteria": skcriteria("ram", "ram", "matrix", "objectives", "weights"),
    },
    "ocra": {
        "pymcdm": pymcdm("OCRA"),
        "scikit-criteria": skcriteria("ocra", "ocra_performance", "matrix", "objectives", "weights"),
    },
    "rim": {
        "pymcdm": pymcdm("RIM", lambda n: [bounds(n), np.tile(IDEAL, (n, 1))]),
        "scikit-criteria": _rim_of_skcriteria,
    },
    "comet": {"pymcdm": _comet_of_pymcdm},
    "todim": {"pyDecision": decision("todim", "x", "types", "w", verbose=False)},
    "gra": {"pyDecision": decision("gra", "x", "types", "w", verbose=False)},
    "electre3": {"pyDecision": _electre_of_decision, "mcda": _electre_of_mcda},
    "owa": {"mcda": _owa_of_mcda},
}
"""Method → library → its call. Of the Choquet integral mcda's takes a minute for 12 criteria: 2¹² sets, in Python."""
