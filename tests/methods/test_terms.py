"""Methods that are sums of weighted terms: robustness weighs the terms and never calls the function."""

from __future__ import annotations

import numpy as np
import pytest
from cases import settings_for

from techprio.methods import METHODS


@pytest.mark.parametrize("id", [id for id, entry in METHODS.items() if entry.terms is not None])
@pytest.mark.parametrize("m", [1, 2, 7])
def test_weighted_terms_and_link_are_the_scores(id: str, m: int) -> None:
    entry = METHODS[id]
    r = np.random.default_rng(m)
    x, w, sense = r.uniform(1, 100, (m, 4)), r.dirichlet(np.ones(4), 5), np.array([1.0, -1, -1, 1])
    settings = {**entry.settings, **settings_for(id, 4)}
    assert entry.terms is not None
    terms = entry.terms(x, sense, **settings)
    assert terms is not None
    sums = w @ terms.T
    found = sums if entry.link is None else entry.link(sums)
    assert found == pytest.approx(entry.function(x, w, sense, **settings), rel=1e-9, abs=1e-12)
    vary = np.stack([x, x[::-1]])
    drawn = np.matmul(entry.terms(vary, sense, **settings), w[:2, :, None])[..., 0]
    found = drawn if entry.link is None else entry.link(drawn)
    assert found == pytest.approx(entry.function(vary, w[:2], sense, **settings), rel=1e-9, abs=1e-12)
