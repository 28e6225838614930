"""The same figures in other libraries, where they are installed; docs/known-differences says what differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from techprio.methods import METHODS

pytestmark = pytest.mark.filterwarnings("ignore")

Scores = Callable[[np.ndarray, np.ndarray, np.ndarray], Any]
Figures = tuple[np.ndarray, np.ndarray, np.ndarray]


def figures(seed: int, m: int | None = None) -> Figures:
    """Benefits and costs between 1 and 100, an odd or even number of candidates."""
    r = np.random.default_rng(seed)
    m, n = m or 4 + seed % 6, 2 + seed % 5
    x = np.exp(r.uniform(0, np.log(100), (m, n)))
    return x, r.dirichlet(np.ones(n)), np.where(np.arange(n) % 2, -1, 1)


def bounds(n: int) -> np.ndarray:
    return np.tile([0.0, 120.0], (n, 1))


def ideal(n: int) -> np.ndarray:
    return np.tile([30.0, 45.0], (n, 1))


def values(n: int) -> list[list[float]]:
    return [[0.0, 50.0, 120.0]] * n


def ranges(n: int) -> dict[str, Any]:
    return {"ref_ideals": [(30.0, 45.0)] * n, "ranges": [(0.0, 120.0)] * n}


def vector(x: np.ndarray) -> np.ndarray:
    return x / np.sqrt((x * x).sum(axis=0))


def minmax(x: np.ndarray, sense: np.ndarray) -> np.ndarray:
    low, high = x.min(axis=0), x.max(axis=0)
    return np.where(sense > 0, x - low, high - x) / (high - low)


def pymcdm(name: str, *settings: Callable[[int], Any]) -> Scores:
    def score(x: np.ndarray, w: np.ndarray, sense: np.ndarray) -> np.ndarray:
        methods = pytest.importorskip("pymcdm.methods")
        return getattr(methods, name)(*(setting(len(w)) for setting in settings))(x, w, sense)

    return score


def pyrepo(module: str, name: str, *settings: Callable[[int], Any]) -> Scores:
    def score(x: np.ndarray, w: np.ndarray, sense: np.ndarray) -> np.ndarray:
        found = pytest.importorskip(f"pyrepo_mcda.mcda_methods.{module}")
        return getattr(found, name)()(x, w, sense, *(setting(len(w)) for setting in settings))

    return score


def comet(x: np.ndarray, w: np.ndarray, sense: np.ndarray) -> np.ndarray:
    methods, tools = pytest.importorskip("pymcdm.methods"), pytest.importorskip("pymcdm.methods.comet_tools")
    return methods.COMET(values(len(w)), tools.MethodExpert(methods.TOPSIS(), w, sense))(x)


def skcriteria(module: str, name: str, x: np.ndarray, w: np.ndarray, sense: np.ndarray, **more: Any) -> Any:
    """What scikit-criteria finds of figures that are scaled as it wants them."""
    library = pytest.importorskip("skcriteria")
    found = pytest.importorskip(f"skcriteria.agg.{module}")
    problem = library.mkdm(x, [max if up > 0 else min for up in sense], weights=w)
    return getattr(found, name)().evaluate(problem, **more).e_


PEERS: list[tuple[str, str, Scores]] = [
    ("waspas", "pymcdm", pymcdm("WASPAS")),
    ("waspas", "pyrepo-mcda", pyrepo("waspas", "WASPAS")),
    ("moora", "pymcdm", pymcdm("MOORA")),
    ("moora", "pyrepo-mcda", pyrepo("multimoora", "MULTIMOORA_RS")),
    ("moora", "scikit-criteria", lambda x, w, s: skcriteria("moora", "RatioMOORA", vector(x), w, s)["score"]),
    ("mabac", "pymcdm", pymcdm("MABAC")),
    ("mabac", "scikit-criteria", lambda x, w, s: skcriteria("mabac", "MABAC", minmax(x, s), w, s * s)["score"]),
    ("mairca", "pymcdm", lambda x, w, s: -pymcdm("MAIRCA")(x, w, s)),
    ("mairca", "scikit-criteria", lambda x, w, s: -skcriteria("mairca", "MAIRCA", x, w, s)["values"]),
    ("spotis", "pymcdm", lambda x, w, s: -pymcdm("SPOTIS", bounds)(x, w, s)),
    ("spotis", "pyrepo-mcda", lambda x, w, s: -pyrepo("spotis", "SPOTIS", lambda n: bounds(n).T)(x, w, s)),
    ("rim", "pymcdm", pymcdm("RIM", bounds, ideal)),
    ("rim", "scikit-criteria", lambda x, w, s: skcriteria("rim", "RIM", x, w, s, **ranges(len(w)))["score"]),
    ("ram", "pymcdm", pymcdm("RAM")),
    ("ram", "scikit-criteria", lambda x, w, s: skcriteria("ram", "RAM", x / x.sum(axis=0), w, s)["score"]),
    ("ocra", "pymcdm", pymcdm("OCRA")),
    ("ocra", "scikit-criteria", lambda x, w, s: skcriteria("ocra", "OCRA", x, w, s)["performance"]),
    ("comet", "pymcdm", comet),
]
SETTINGS: dict[str, Callable[[int], dict[str, Any]]] = {
    "spotis": lambda n: {"bounds": bounds(n)},
    "rim": lambda n: {"bounds": bounds(n), "reference_ideal": ideal(n)},
    "comet": lambda n: {"characteristic_values": values(n)},
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("id", "peer", "theirs"), PEERS, ids=[f"{id}-{peer}" for id, peer, _ in PEERS])
def test_a_peer_finds_the_same(id: str, peer: str, theirs: Scores, seed: int) -> None:
    x, w, sense = figures(seed)
    settings = SETTINGS.get(id, lambda n: {})(len(w))
    found = METHODS[id].function(x, w, sense, **settings)
    assert found == pytest.approx(np.asarray(theirs(x, w, sense)), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_multimoora_but_for_its_weighted_product(seed: int) -> None:
    x, w, sense = figures(seed)
    parts = METHODS["multimoora"].parts
    assert parts is not None
    assert parts(x, w, sense).z == pytest.approx(pyrepo("multimoora", "MULTIMOORA_RP")(x, w, sense), abs=1e-12)
    equal = np.full(len(w), 1 / len(w))
    u = np.argsort(np.argsort(-pyrepo("multimoora", "MULTIMOORA_FMF")(x, equal, sense))) + 1
    assert parts(x, equal, sense).u_ranks.tolist() == u.tolist()


@pytest.mark.parametrize("m", [3, 5, 9])
@pytest.mark.parametrize("library", ["pymcdm", "scikit-criteria"])
def test_probid_of_an_odd_number_of_candidates(library: str, m: int) -> None:
    x, w, sense = figures(m, m)
    if library == "pymcdm":
        expected = pymcdm("PROBID")(x, w, sense)
    else:
        expected = skcriteria("probid", "PROBID", vector(x), w, sense)["score"]
    assert METHODS["probid"].function(x, w, sense) == pytest.approx(np.asarray(expected), rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_choquet_and_plain_owa_in_mcda(seed: int) -> None:
    mcda = pytest.importorskip("mcda")
    aggregators, functions = pytest.importorskip("mcda.mavt.aggregators"), pytest.importorskip("mcda.set_functions")
    r = np.random.default_rng(seed)
    v, w = r.random((6, 3)), r.dirichlet(np.full(3, 5.0))
    table = mcda.PerformanceTable(v)
    strength = w.min() * r.uniform(-0.9, 0.9, 3)
    interactions = {(0, 1): strength[0], (0, 2): strength[1], (1, 2): strength[2]}
    mobius = np.zeros(8)  # bit j of the place: criterion j is in the set
    for j in range(3):
        mobius[1 << j] = w[j] - sum(i for pair, i in interactions.items() if j in pair) / 2
    for (a, b), i in interactions.items():
        mobius[1 << a | 1 << b] = i
    integral = aggregators.ChoquetIntegral(functions.Mobius(list(mobius), ensemble=[0, 1, 2]))(table).data
    found = METHODS["choquet"].function(v, w, [1, 1, 1], scaling="none", interactions=interactions)
    assert found == pytest.approx(integral.to_numpy(), abs=1e-12)
    average = aggregators.OWA(list(w))(table).data
    found = METHODS["owa"].function(v, [1, 1, 1], [1, 1, 1], scaling="none", order_weights=w)
    assert found == pytest.approx(average.to_numpy(), abs=1e-12)
