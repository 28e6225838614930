"""The same figures in other libraries, where they are installed; docs/known-differences says what differs."""

from __future__ import annotations

import numpy as np
import pytest

from techprio.methods import METHODS
from techprio.relations import RELATIONS, kernel

pytestmark = pytest.mark.filterwarnings("ignore")

Figures = tuple[np.ndarray, np.ndarray, np.ndarray]

NAMES = {
    "usual": ("usual", "_usual_function"),
    "u-shape": ("ushape", "_ushape_function"),
    "v-shape": ("vshape", "_vshape_function"),
    "level": ("level", "_level_function"),
    "linear": ("vshape_2", "_linear_function"),
}
READS = {"usual": "", "u-shape": "q", "v-shape": "p", "level": "qp", "linear": "qp"}


def figures(seed: int) -> Figures:
    """Benefits and costs, few candidates or so many that techprio sorts them."""
    r = np.random.default_rng(seed)
    m, n = (5, 9, 160)[seed % 3], 2 + seed % 5
    return r.uniform(1, 100, (m, n)), r.dirichlet(np.ones(n)), np.where(np.arange(n) % 2, -1, 1)


def flows(kind: str, x: np.ndarray, w: np.ndarray, sense: np.ndarray) -> np.ndarray:
    given = {key: value for key, value in (("q", 7.5), ("p", 21.25)) if key in READS[kind]}
    return METHODS["promethee2"].function(x, w, sense, types=kind, **given)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("seed", range(9))
def test_promethee_ii_of_pymcdm(kind: str, seed: int) -> None:
    methods = pytest.importorskip("pymcdm.methods")
    x, w, sense = figures(seed)
    n = len(w)
    peer = methods.PROMETHEE_II(NAMES[kind][0], q=[7.5] * n, p=[21.25] * n)
    assert flows(kind, x, w, sense) == pytest.approx(peer(x, w, sense), abs=1e-12)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_promethee_ii_of_pyrepo_mcda(kind: str, seed: int) -> None:
    methods = pytest.importorskip("pyrepo_mcda.mcda_methods")
    x, w, sense = figures(seed)
    peer, n = methods.PROMETHEE_II(), len(w)
    functions = [getattr(peer, NAMES[kind][1])] * n
    found = peer(x, w, sense, preference_functions=functions, p=np.full(n, 21.25), q=np.full(n, 7.5))
    assert flows(kind, x, w, sense) == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_the_gaussian_type_of_pyrepo_mcda_turns_between_q_and_p(seed: int) -> None:
    methods = pytest.importorskip("pyrepo_mcda.mcda_methods")
    x, w, sense = figures(seed)
    peer, n = methods.PROMETHEE_II(), len(w)
    found = peer(x, w, sense, preference_functions=[peer._gaussian_function] * n, p=np.full(n, 24.0), q=np.full(n, 6.0))
    own = METHODS["promethee2"].function(x, w, sense, types="gaussian", s=15.0)
    assert own == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize("seed", range(9))
def test_electre_i_of_scikit_criteria(seed: int) -> None:
    electre = pytest.importorskip("skcriteria.agg.electre")
    x, w, sense = figures(seed)
    chosen, outranks, *_ = electre.electre1(x, sense, w, p=0.6, q=0.4)
    settings = {"concordance": 0.6, "discordance": 0.4, "divisor": "largest"}
    found = RELATIONS["electre1"].function(x, w, sense, **settings)
    assert (found & ~np.eye(len(x), dtype=bool)).tolist() == np.asarray(outranks, bool).tolist()
    if not (found & found.T & ~np.eye(len(x), dtype=bool)).any() and chosen.any():
        direct = ~np.asarray(outranks, bool).any(axis=0)
        assert set(np.flatnonzero(direct)) <= set(np.flatnonzero(kernel(found)))
