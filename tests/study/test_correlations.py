"""Whether declared correlations can hold together, against the eigenvalues of their matrix."""

import numpy as np
import pytest

from techprio.study.checks.correlations import _possible


@pytest.mark.parametrize("seed", range(60))
def test_a_matrix_is_possible_if_no_eigenvalue_is_negative(seed: int):
    r = np.random.default_rng(seed)
    n = int(r.integers(2, 6))
    upper = np.triu(r.uniform(-1, 1, (n, n)), 1)
    matrix = np.eye(n) + upper + upper.T
    assert _possible(matrix.tolist()) is bool(np.linalg.eigvalsh(matrix).min() >= 0)


def test_what_goes_together_in_full_is_possible():
    assert _possible([[1, 1, -1], [1, 1, -1], [-1, -1, 1]])
    assert not _possible([[1, -0.9, -0.9], [-0.9, 1, -0.9], [-0.9, -0.9, 1]])
