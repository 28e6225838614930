"""How far two rankings agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import MethodError, UndefinedError
from techprio.hall import Floats

Ints = NDArray[np.int64]

_FEW = 256
"""Up to so many candidates, comparing all pairs is quicker than sorting."""


def if_defined(measure: Callable[..., float], *rankings: Any) -> float | None:
    """The coefficient of rankings, or None where it has no value: for tables, which have a dash there."""
    try:
        return measure(*rankings)
    except UndefinedError:
        return None


def _distinguish(measure: str, a: Any, b: Any) -> None:
    """Raise UndefinedError, naming the ranking, if one of them ties all candidates."""
    if (a == a[0]).all():
        raise UndefinedError("{measure} has no value here: the first ranking ties all candidates", measure=measure)
    if (b == b[0]).all():
        raise UndefinedError("{measure} has no value here: the second ranking ties all candidates", measure=measure)


_ONE = "{measure} has no value for a single candidate"


def two(a: Any, b: Any) -> tuple[Floats, Floats]:
    """Two rankings (m,) of the same candidates. Raises MethodError for other shapes, NaN and infinities."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.ndim != 1 or a.shape != b.shape or not len(a):
        facts = {"a": str(a.shape), "b": str(b.shape)}
        raise MethodError("two rankings of the same candidates are needed, and they are {a} and {b}", **facts)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise MethodError("every candidate must have a rank")
    return a, b


def places(ranks: Any) -> Ints:
    """Ranks (…, m) by whatever rule for ties → 1 + the number of strictly better ones."""
    ranks = np.asarray(ranks)
    order, first, _ = _runs(ranks)
    found = np.empty(ranks.shape, np.int64)
    np.put_along_axis(found, order, first + 1, axis=-1)
    return found


def midranks(ranks: Any) -> Floats:
    """Ranks (…, m) by whatever rule for ties → the mean of the places that tied candidates hold."""
    ranks = np.asarray(ranks)
    order, first, last = _runs(ranks)
    found = np.empty(ranks.shape)
    np.put_along_axis(found, order, (first + last) / 2 + 1, axis=-1)
    return found


def _runs(ranks: NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Candidates from best to worst, and where the run of equal ranks that each belongs to begins and ends."""
    m = ranks.shape[-1]
    order = ranks.argsort(axis=-1)
    ordered = np.take_along_axis(ranks, order, axis=-1)
    new = ordered[..., 1:] != ordered[..., :-1]
    edge, at = np.ones((*ranks.shape[:-1], 1), bool), np.arange(m)
    first = np.maximum.accumulate(np.where(np.concatenate([edge, new], axis=-1), at, 0), axis=-1)
    ends = np.where(np.concatenate([new, edge], axis=-1), at, m - 1)
    last = np.minimum.accumulate(ends[..., ::-1], axis=-1)[..., ::-1]
    return order, first, last


def kendall(a: Any, b: Any) -> float:
    """Kendall's tau-b of two rankings (m,), from −1 (reversed) to 1 (the same); ties in either are corrected for.

    Symmetric; only the orders count, whatever the rule for ties that made the ranks. Kendall, M. G. (1945). The
    treatment of ties in ranking problems. Biometrika 33(3), 239–251. Many candidates are sorted: Knight, W. R. (1966).
    A computer method for calculating Kendall's tau with ungrouped data. Journal of the American Statistical Association
    61(314), 436–439.

    Raises UndefinedError if one of them ties all candidates.
    """
    a, b = two(a, b)
    _distinguish("kendall", a, b)
    if len(a) > _FEW:
        concordant, untied_a, untied_b = _sorted_pairs(places(a), places(b))
    else:
        sign_a, sign_b = np.sign(a[:, None] - a), np.sign(b[:, None] - b)
        concordant, untied_a, untied_b = (
            (s * r).sum() / 2 for s, r in ((sign_a, sign_b), (sign_a,) * 2, (sign_b,) * 2)
        )
    return float(concordant / np.sqrt(untied_a * untied_b))


def _sorted_pairs(a: Ints, b: Ints) -> tuple[float, float, float]:
    """Of places: concordant pairs minus discordant ones; pairs that a does not tie; pairs that b does not tie."""
    m = len(a)
    pairs = m * (m - 1) / 2
    tied_a, tied_b, tied_both = (_pairs_of(v) for v in (a, b, a * (m + 1) + b))
    discordant = _inversions(b[np.lexsort((b, a))])
    untied = pairs - tied_a - tied_b + tied_both
    return untied - 2 * discordant, pairs - tied_a, pairs - tied_b


def _pairs_of(values: Ints) -> float:
    """How many pairs are equal."""
    count = np.unique(values, return_counts=True)[1].astype(float)
    return float((count * (count - 1)).sum() / 2)


def _inversions(v: Ints) -> int:
    """How many pairs of positive whole numbers stand in the wrong order, by merging sorted blocks."""
    width = 1
    blocks = 1 << (len(v) - 1).bit_length()
    top = int(v.max()) + 1
    v = np.concatenate([v, np.full(blocks - len(v), top)])
    found = 0
    while blocks > 1:
        apart = np.arange(blocks // 2) * (top + 1)  # keeps the pairs of blocks apart in one sorted array
        halves = v.reshape(blocks // 2, 2, width) + apart[:, None, None]
        left, right = halves[:, 0].ravel(), halves[:, 1].ravel()
        not_above = np.searchsorted(left, right, "right") - np.repeat(np.arange(blocks // 2) * width, width)
        found += int((width - not_above).sum())
        width, blocks = 2 * width, blocks // 2
        v = np.sort(v.reshape(blocks, width), axis=1).ravel()
    return found


def spearman(a: Any, b: Any) -> float:
    """Spearman's ρ of two rankings (m,), from −1 to 1: Pearson's correlation of mid-ranks, so ties are corrected for.

    Symmetric. Without ties it is 1 − 6 Σ d² / (m³ − m). Spearman, C. (1904). The proof and measurement of association
    between two things. American Journal of Psychology 15(1), 72–101.

    Raises UndefinedError if one of them ties all candidates.
    """
    a, b = two(a, b)
    _distinguish("spearman", a, b)
    gap_a, gap_b = midranks(a) - (len(a) + 1) / 2, midranks(b) - (len(b) + 1) / 2
    return float(np.clip(gap_a @ gap_b / np.sqrt((gap_a @ gap_a) * (gap_b @ gap_b)), -1, 1))


def weighted_spearman(a: Any, b: Any) -> float:
    """r_W = 1 − 6 Σ d² ((m − a + 1) + (m − b + 1)) / (m⁴ + m³ − m² − m), from −1 to 1: places at the top count most.

    Symmetric. The paper has no ties; mid-ranks are used, so two equal rankings are at 1 and the lower end is not
    reached. Pinto da Costa, J. & Soares, C. (2005). A weighted rank measure of correlation. Australian & New Zealand
    Journal of Statistics 47(4), 515–529.

    Raises UndefinedError for one candidate.
    """
    a, b = two(a, b)
    m = float(len(a))
    if m == 1:
        raise UndefinedError(_ONE, measure="weighted_spearman")
    a, b = midranks(a), midranks(b)
    loss = 6 * ((a - b) ** 2 * (2 * m + 2 - a - b)).sum()
    return float(1 - loss / (m**4 + m**3 - m**2 - m))


def ws(reference: Any, other: Any) -> float:
    """WS = 1 − Σ 2^(−R) |R − Q| / max(|1 − R|, |m − R|), R the reference and Q the other ranking; at most 1.

    Not symmetric: an error counts by the place that the candidate has in the *reference*, half as much one place
    further down. Mid-ranks stand for ties, which the paper does not treat. Sałabun, W. & Urbaniak, K. (2020). A new
    coefficient of rankings similarity in decision-making problems. ICCS 2020, LNCS 12138, 632–645, eq. (8).

    Raises UndefinedError for one candidate.
    """
    r, q = two(reference, other)
    m = len(r)
    if m == 1:
        raise UndefinedError(_ONE, measure="ws")
    r, q = midranks(r), midranks(q)
    return float(1 - (2.0**-r * np.abs(r - q) / np.maximum(r - 1, m - r)).sum())


def overlaps(a: Any, b: Any) -> Floats:
    """(m,) the agreement at each depth d = 1 … m: 2 |A_d ∩ B_d| / (|A_d| + |B_d|), A_d being the candidates placed up
    to d.

    Candidates that tie share the better place, so all of them enter at once (Webber et al. 2010, section 4.5).
    """
    a, b = two(a, b)
    m = len(a)
    a, b = places(a), places(b)
    size = np.bincount(a, minlength=m + 1)[1:].cumsum() + np.bincount(b, minlength=m + 1)[1:].cumsum()
    both = np.bincount(np.maximum(a, b), minlength=m + 1)[1:].cumsum()
    agreement: Floats = 2 * both / size
    return agreement


def rbo(a: Any, b: Any, p: float = 0.9, depth: int | None = None) -> float:
    """Rank-biased overlap (1 − p) Σ_{d=1…k} p^(d − 1) A_d + p^k A_k, A as from ``overlaps``; above 0 and at most 1.

    Symmetric. A reader goes on to the next place with probability ``p``, so the top counts most: with p = 0.9 the first
    ten places carry 86 % of it. Seen to ``depth`` k (all m unless said), and extrapolated with the agreement there
    (RBO_EXT, eq. 23); of two rankings of the same m candidates nothing is left to extrapolate. Webber, W., Moffat, A. &
    Zobel, J. (2010). A similarity measure for indefinite rankings. ACM Transactions on Information Systems 28(4), 20.
    """
    if not 0 < p < 1:
        raise MethodError("p lies between 0 and 1, and is {p}", p=p)
    agreement = overlaps(a, b)
    k = len(agreement) if depth is None else depth
    if not 1 <= k <= len(agreement):
        raise MethodError("the depth is from 1 to {m}, not {depth}", m=len(agreement), depth=k)
    return float((1 - p) * (p ** np.arange(k) @ agreement[:k]) + p**k * agreement[k - 1])


def top_k(a: Any, b: Any, k: int) -> float:
    """The share of the first k that both rankings have in common: 2 |A ∩ B| / (|A| + |B|), 0 … 1.

    Symmetric. All that tie at the last place are in, so that A or B may be larger than k; without ties it is |A ∩ B| /
    k.
    """
    agreement = overlaps(a, b)
    if not 1 <= k <= len(agreement):
        raise MethodError("the first {k} of {m} candidates cannot be told", k=k, m=len(agreement))
    return float(agreement[k - 1])
