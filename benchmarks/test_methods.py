"""Every ranking method against the fastest of other libraries and against itself written down in plain NumPy.

All are timed in this run, by the clock on the wall, as whoever calls them would wait, the best of a few rounds. A peer
has no batch: its public call is timed in a loop of up to a few hundred and scaled. `make benchmarks` writes the table.
"""

from __future__ import annotations

import contextlib
import io
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from peers import PEERS, Call
from plain import PLAIN, SETTINGS, batched

from techprio.methods import METHODS

N, DRAWS, PLAIN_DRAWS = 12, 100_000, 2_000
SLOW = {"electre3": 100, "comet": 100, "probid": 5_000}
"""Of these fewer weight vectors do, and their time is scaled: it grows with their number."""
BATCHES = [(id, m) for id in METHODS for m in (35, 200)]
RANKINGS = [(id, m) for id in METHODS for m in (50, 500, 5_000) if (id, m) != ("electre3", 5_000)]
PATIENCE = 40.0
"""Seconds that one call of a peer may be expected to take."""

Benchmark = Any
_last: dict[tuple[str, str], tuple[int, float]] = {}
"""(method, library) → the last size and the seconds its call took."""


def table(m: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r = np.random.default_rng(m)
    return r.uniform(1, 100, (m, N)), r.dirichlet(np.full(N, 3.0), DRAWS), np.where(np.arange(N) % 2, -1, 1)


def seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """How long one call takes; quick ones are repeated within a round, slow ones not measured again."""
    begun = time.perf_counter()
    work()
    best = time.perf_counter() - begun
    times = int(max(1, min(200, 0.05 / max(best, 1e-6))))
    for _ in range(rounds if best < 1 else 0):
        begun = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - begun) / times)
    return best


@contextlib.contextmanager
def quietly() -> Any:
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def peers(id: str, x: np.ndarray, sense: np.ndarray) -> dict[str, Call]:
    """The libraries that are installed, and would answer in time: their work grows with the square of candidates."""
    found = {}
    for library, prepare in PEERS.get(id, {}).items():
        size, took = _last.get((id, library), (len(x), 0.0))
        if took * (len(x) / size) ** 2 < PATIENCE:
            with contextlib.suppress(ModuleNotFoundError), quietly():
                found[library] = prepare(x, sense)
    return found


def fastest(id: str, x: np.ndarray, w: np.ndarray, sense: np.ndarray) -> tuple[str, float] | None:
    """The library with the fastest call, and the seconds that it takes."""
    found: list[tuple[float, str]] = []
    for library, call in peers(id, x, sense).items():
        weights = iter(np.tile(w[:200], (2_000, 1)))
        with quietly():
            took = seconds(lambda call=call, weights=weights: call(next(weights)))
        _last[id, library] = len(x), took
        found.append((took, library))
    return (min(found)[1], min(found)[0]) if found else None


@pytest.mark.parametrize(("id", "m"), BATCHES)
def test_many_weight_vectors(benchmark: Benchmark, id: str, m: int) -> None:
    x, w, sense = table(m)
    w = w[: SLOW.get(id, DRAWS)]
    rank, settings = METHODS[id].function, SETTINGS.get(id, lambda n: {})(N)
    benchmark.pedantic(rank, (x, w, sense), settings, rounds=1)
    ours = seconds(lambda: rank(x, w, sense, **settings), 5) / len(w)
    facts = {"kind": "batch", "method": id, "m": m, "ours": ours}
    if peer := fastest(id, x, w, sense):
        facts |= {"library": peer[0], "peer": peer[1]}
        assert peer[1] > 2 * ours
    if id in PLAIN:
        some = w[: PLAIN_DRAWS if m == 35 else PLAIN_DRAWS // 10]
        with np.errstate(all="ignore"):
            hair = 1e-3 if id == "comet" else 1e-9  # plain COMET knows no ties
            assert batched(id, x, some, sense) == pytest.approx(rank(x, some, sense, **settings), rel=1e-9, abs=hair)
            facts["plain"] = seconds(lambda: batched(id, x, some, sense), 2) / len(some)
        assert facts["plain"] > ours
    benchmark.extra_info.update(facts)


@pytest.mark.parametrize(("id", "m"), RANKINGS)
def test_one_ranking(benchmark: Benchmark, id: str, m: int) -> None:
    x, w, sense = table(m)
    rank, settings = METHODS[id].function, SETTINGS.get(id, lambda n: {})(N)
    benchmark.pedantic(rank, (x, w[0], sense), settings, rounds=1)
    facts = {"kind": "one", "method": id, "m": m, "ours": seconds(lambda: rank(x, w[0], sense, **settings))}
    if peer := fastest(id, x, w, sense):
        facts |= {"library": peer[0], "peer": peer[1]}
    benchmark.extra_info.update(facts)


def test_promethee_of_very_many(benchmark: Benchmark) -> None:
    x, w, sense = table(100_000)
    rank, settings = METHODS["promethee2"].function, SETTINGS["promethee2"](N)
    benchmark.pedantic(rank, (x, w[0], sense), settings, rounds=1)
    ours = seconds(lambda: rank(x, w[0], sense, **settings), 3)
    benchmark.extra_info.update({"kind": "one", "method": "promethee2", "m": 100_000, "ours": ours})


@pytest.mark.parametrize("id", METHODS)
def test_uncertain_figures(benchmark: Benchmark, id: str) -> None:
    """10,000 draws of figures and weights: linear in the draws, in blocks."""
    m, draws = 35, SLOW.get(id, 10_000)
    r = np.random.default_rng(1)
    x, w, sense = r.uniform(1, 100, (draws, m, N)), r.dirichlet(np.full(N, 3.0), draws), np.tile([1, -1], N // 2)
    rank, settings = METHODS[id].function, SETTINGS.get(id, lambda n: {})(N)
    benchmark.pedantic(rank, (x, w, sense), settings, rounds=1)
    ours = seconds(lambda: rank(x, w, sense, **settings), 3) / draws
    benchmark.extra_info.update({"kind": "figures", "method": id, "m": m, "ours": ours})
