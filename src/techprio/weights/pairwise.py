"""Pairwise judgements of importance as a reciprocal matrix; priorities, eigenvalues and random indices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from techprio.errors import JudgementError
from techprio.hall import Floats
from techprio.weights.reading import Path, number, pairs, unlinked
from techprio.wording import language

FORM = "a: {b: how many times as important a is as b}"

SAATY = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Random index by size: Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill, p. 21."""


def matrix(judgements: Any, ids: tuple[str, ...], scale: float) -> Floats:
    """(n, n) with a_ij how many times as important i is as j, its reciprocal, 1 on the diagonal and NaN unjudged.

    Raises JudgementError for what is no judgement, one outside 1/scale … scale, a pair judged both ways so that it
    contradicts itself, and nodes that no judgement links to the rest.
    """
    n = len(ids)
    a = np.full((n, n), np.nan)
    np.fill_diagonal(a, 1.0)
    stated: dict[tuple[int, int], Path] = {}
    for i, j, value, path in pairs(judgements, ids, FORM):
        times = number(value, path, 1 / scale, scale)
        if (j, i) in stated and abs(times * a[j, i] - 1) > 1e-6:
            what = "{a} is said to be {times} times as important as {b}, and {b} {other} times as {a}"
            raise JudgementError(what, path, a=ids[i], b=ids[j], times=times, other=float(a[j, i]))
        if (j, i) not in stated:
            a[i, j], a[j, i] = times, 1 / times
        stated[i, j] = path
    if apart := unlinked(n, list(stated)):
        names = [ids[k] for k in apart]
        raise JudgementError("no judgement links {nodes} to {first}", (), nodes=and_(names), first=ids[0])
    return a


def and_(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return language("en").listing(names, "and")


def harker(a: Floats) -> Floats:
    """The matrix whose principal eigenvector gives the priorities: unjudged entries 0, their number on the diagonal.

    Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process. Mathematical Modelling
    9(11), 837–848. Of complete judgements it is the judgements themselves.
    """
    unjudged = np.isnan(a)
    return np.where(unjudged, 0.0, a) + np.diag(unjudged.sum(axis=1).astype(float))


def eigenvector(a: Floats) -> tuple[float, Floats]:
    """λmax of ``harker(a)`` and its eigenvector, positive and with the sum 1."""
    values, vectors = np.linalg.eig(harker(a))
    k = int(np.argmax(values.real))
    w = np.abs(vectors[:, k].real)
    return float(values[k].real), w / w.sum()


def lambda_max(stack: Floats) -> Floats:
    """λmax of each matrix of a stack (k, n, n) as from ``harker``: by squaring eight times, so from its 256th power.

    Both eigenvectors enter (u A v / u v), so an error of theirs counts squared. What all diagonals have in common
    beyond 1 is taken off and given back: the other eigenvalues then die out sooner where many pairs are not judged.
    """
    n = stack.shape[-1]
    common = float(stack[:, range(n), range(n)].min()) - 1
    stack = stack - common * np.eye(n)
    power = stack
    for _ in range(8):
        power = power @ power
        power /= power.max(axis=(1, 2), keepdims=True)
    left, right = power.sum(axis=1), power.sum(axis=2)
    largest: Floats = (left * (stack @ right[..., None])[..., 0]).sum(axis=1) / (left * right).sum(axis=1)
    return largest + common


def least_squares(a: Floats) -> Floats:
    """The w with the least Σ (ln a_ij − ln w_i + ln w_j)² over the judgements; of complete ones the row geometric
    means.

    Crawford, G. & Williams, C. (1985). A note on the analysis of subjective judgment matrices. Journal of Mathematical
    Psychology 29(4), 387–405; incomplete: Bozóki, S., Fülöp, J. & Rónyai, L. (2010). On optimal completion of
    incomplete pairwise comparison matrices. Mathematical and Computer Modelling 52(1–2), 318–333.
    """
    judged = ~np.isnan(a)
    logs = np.where(judged, np.log(np.where(judged, a, 1.0)), 0.0)
    laplacian = np.diag(judged.sum(axis=1).astype(float)) - judged
    w = np.exp(np.linalg.lstsq(laplacian, logs.sum(axis=1), rcond=None)[0])
    found: Floats = w / w.sum()
    return found


def missing(a: Floats) -> int:
    """How many of the n (n − 1)/2 pairs are not judged."""
    return int(np.isnan(a).sum()) // 2


def known_share(n: int, absent: int) -> float:
    """By what share the random index of n nodes falls when so many pairs are not judged: 1 − 2 m / ((n − 1)(n − 2)).

    Ágoston, K. Cs. & Csató, L. (2022). Inconsistency thresholds for incomplete pairwise comparison matrices. Omega 108,
    102576. It is 0 when the judgements form a tree, which cannot be inconsistent.
    """
    return 1.0 if n < 3 else max(1 - 2 * absent / ((n - 1) * (n - 2)), 0.0)


def alonso_lamata(n: int) -> float:
    """The random index (2.7699 n − 4.3513 − n)/(n − 1), for any size.

    Alonso, J. A. & Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a new approach. International
    Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 445–459.
    """
    return (2.7699 * n - 4.3513 - n) / (n - 1) if n > 2 else 0.0
