"""Every method as one would write it down in NumPy for many weight vectors at once: (s, m, n), a block at a time.

No checks, no shares of work between weight vectors beyond the scaling of the figures, no ties, no special cases.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from peers import HIGH, IDEAL, LOW, P, Q, V

A = np.ndarray
Score = Callable[[A], A]
"""Weights (b, n) → scores (b, m)."""

HELD = 1 << 18
"""Numbers of a block (b, m, n): 2 MiB."""


def batched(id: str, x: A, w: A, sense: A) -> A:
    """Scores (s, m) under weights ``w`` (s, n) that sum to 1."""
    score = PLAIN[id](x, sense)
    room = x.shape[0] ** 2 if id in PAIRWISE else x.shape[1] << x.shape[1] if id == "comet" else x.size
    rows = max(1, HELD // room)
    return np.concatenate([score(w[begin : begin + rows]) for begin in range(0, len(w), rows)])


def minmax(x: A, sense: A) -> A:
    low, high = x.min(axis=0), x.max(axis=0)
    return np.where(sense > 0, x - low, high - x) / (high - low)


def linear(x: A, sense: A) -> A:
    return np.where(sense > 0, x / x.max(axis=0), x.min(axis=0) / x)


def vector(x: A, sense: A) -> A:
    share = x / np.sqrt((x**2).sum(axis=0))
    return np.where(sense > 0, share, 1 - share)


def shares(x: A, sense: A) -> A:
    turned = np.where(sense > 0, x, 1 / x)
    return turned / turned.sum(axis=0)


def weighed(v: A, w: A) -> A:
    return v * w[:, None, :]


def additive(x: A, sense: A) -> Score:
    v = minmax(x, sense)
    return lambda w: weighed(v, w).sum(axis=2)


def geometric(x: A, sense: A) -> Score:
    return lambda w: np.prod(x ** (w * sense)[:, None, :], axis=2)


def owa(x: A, sense: A) -> Score:
    """With orness 0.7."""
    v = minmax(x, sense)
    order = np.argsort(-v, axis=1)
    b = np.take_along_axis(v, order, axis=1)

    def score(w: A) -> A:
        reached = np.minimum(np.cumsum(w[:, order], axis=2), 1) ** (0.3 / 0.7)
        return (np.diff(reached, axis=2, prepend=0) * b).sum(axis=2)

    return score


def choquet(x: A, sense: A) -> Score:
    v = minmax(x, sense)
    loss = 0.0005 * np.abs(v[:, 0] - v[:, 1])
    return lambda w: weighed(v, w).sum(axis=2) - loss


def topsis(x: A, sense: A) -> Score:
    r = vector(x, sense)

    def score(w: A) -> A:
        v = weighed(r, w)
        far = np.sqrt(((v - v.max(axis=1, keepdims=True)) ** 2).sum(axis=2))
        near = np.sqrt(((v - v.min(axis=1, keepdims=True)) ** 2).sum(axis=2))
        return near / (near + far)

    return score


def vikor(x: A, sense: A) -> Score:
    gaps = 1 - minmax(x, sense)

    def score(w: A) -> A:
        d = weighed(gaps, w)
        found = 0.0
        for one in (d.sum(axis=2), d.max(axis=2)):
            low, high = one.min(axis=1, keepdims=True), one.max(axis=1, keepdims=True)
            found = found - 0.5 * (one - low) / (high - low)
        return found

    return score


def promethee2(x: A, sense: A) -> Score:
    y = x * sense
    leads = y[:, None, :] - y[None, :, :]
    pairs = np.clip((leads - Q) / (P - Q), 0, 1)

    def score(w: A) -> A:
        pi = np.zeros((len(w), len(x), len(x)))
        for j in range(x.shape[1]):
            pi += w[:, j, None, None] * pairs[..., j]
        return (pi.sum(axis=2) - pi.sum(axis=1)) / (len(x) - 1)

    return score


def edas(x: A, sense: A) -> Score:
    average = x.mean(axis=0)
    gap = sense * (x - average) / average
    pda, nda = np.maximum(gap, 0), np.maximum(-gap, 0)

    def score(w: A) -> A:
        sp, sn = weighed(pda, w).sum(axis=2), weighed(nda, w).sum(axis=2)
        return (sp / sp.max(axis=1, keepdims=True) + 1 - sn / sn.max(axis=1, keepdims=True)) / 2

    return score


def codas(x: A, sense: A) -> Score:
    n = linear(x, sense)

    def score(w: A) -> A:
        gaps = weighed(n, w)
        gaps = gaps - gaps.min(axis=1, keepdims=True)
        e, t = np.sqrt((gaps**2).sum(axis=2)), gaps.sum(axis=2)
        apart = e[:, :, None] - e[:, None, :]
        return (apart + (np.abs(apart) >= 0.02) * (t[:, :, None] - t[:, None, :])).sum(axis=2)

    return score


def aras(x: A, sense: A) -> Score:
    best = np.where(sense > 0, x.max(axis=0), x.min(axis=0))
    r = shares(np.vstack([best, x]), sense)

    def score(w: A) -> A:
        s = weighed(r, w).sum(axis=2)
        return s[:, 1:] / s[:, :1]

    return score


def copras(x: A, sense: A) -> Score:
    v = x / x.sum(axis=0)

    def score(w: A) -> A:
        d = weighed(v, w)
        plus, minus = d[..., sense > 0].sum(axis=2), d[..., sense < 0].sum(axis=2)
        q = plus + minus.sum(axis=1, keepdims=True) / (minus * (1 / minus).sum(axis=1, keepdims=True))
        return q / q.max(axis=1, keepdims=True)

    return score


def marcos(x: A, sense: A) -> Score:
    n = linear(x, sense)
    n = np.vstack([n.max(axis=0), n.min(axis=0), n])

    def score(w: A) -> A:
        s = weighed(n, w).sum(axis=2)
        plus, minus = s[:, 2:] / s[:, :1], s[:, 2:] / s[:, 1:2]
        f_plus, f_minus = minus / (plus + minus), plus / (plus + minus)
        return (plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus)

    return score


def cocoso(x: A, sense: A) -> Score:
    r = minmax(x, sense)

    def score(w: A) -> A:
        s, p = weighed(r, w).sum(axis=2), (r ** w[:, None, :]).sum(axis=2)
        a = (s + p) / (s + p).sum(axis=1, keepdims=True)
        b = s / s.min(axis=1, keepdims=True) + p / p.min(axis=1, keepdims=True)
        c = (s + p) / (s.max(axis=1, keepdims=True) + p.max(axis=1, keepdims=True))
        return np.cbrt(a * b * c) + (a + b + c) / 3

    return score


def cradis(x: A, sense: A) -> Score:
    n = linear(x, sense)

    def score(w: A) -> A:
        v = weighed(n, w)
        high, low = v.max(axis=(1, 2)), v.min(axis=(1, 2))
        plus, minus = (high[:, None, None] - v).sum(axis=2), (v - low[:, None, None]).sum(axis=2)
        best = v.max(axis=1)
        plus_0, minus_0 = (high[:, None] - best).sum(axis=1), (best - low[:, None]).sum(axis=1)
        return (plus_0[:, None] / plus + minus / minus_0[:, None]) / 2

    return score


def waspas(x: A, sense: A) -> Score:
    v = linear(x, sense)
    return lambda w: 0.5 * weighed(v, w).sum(axis=2) + 0.5 * np.prod(v ** w[:, None, :], axis=2)


def moora(x: A, sense: A) -> Score:
    v = sense * x / np.sqrt((x**2).sum(axis=0))
    return lambda w: weighed(v, w).sum(axis=2)


def multimoora(x: A, sense: A) -> Score:
    share = x / np.sqrt((x**2).sum(axis=0))
    best = np.where(sense > 0, share.max(axis=0), share.min(axis=0))

    def place(scores: A) -> A:
        return np.argsort(np.argsort(-scores, axis=1), axis=1) + 1

    def score(w: A) -> A:
        y = weighed(sense * share, w).sum(axis=2)
        z = weighed(np.abs(best - share), w).max(axis=2)
        u = np.prod(x ** (w * sense)[:, None, :], axis=2)
        return -(place(y) + place(-z) + place(u)).astype(float)

    return score


def mabac(x: A, sense: A) -> Score:
    n = minmax(x, sense) + 1

    def score(w: A) -> A:
        v = weighed(n, w)
        border = np.prod(v ** (1 / len(x)), axis=1, keepdims=True)
        return (v - border).sum(axis=2)

    return score


def mairca(x: A, sense: A) -> Score:
    n = minmax(x, sense)

    def score(w: A) -> A:
        theoretical = w[:, None, :] / len(x)
        return -(theoretical - theoretical * n).sum(axis=2)

    return score


def spotis(x: A, sense: A) -> Score:
    d = np.abs(x - np.where(sense > 0, HIGH, LOW)) / (HIGH - LOW)
    return lambda w: -weighed(d, w).sum(axis=2)


def probid(x: A, sense: A) -> Score:
    r = vector(x, sense)
    m = len(x)
    k = np.arange(1, m + 1)
    better, worse = k <= (m + 1) // 2, k >= m // 2 + 1

    def score(w: A) -> A:
        v = weighed(r, w)
        ideals = -np.sort(-v, axis=1)
        d = np.sqrt(sum((v[:, :, None, j] - ideals[:, None, :, j]) ** 2 for j in range(x.shape[1])))
        average = np.sqrt(((v - v.mean(axis=1, keepdims=True)) ** 2).sum(axis=2))
        pos, neg = (d[..., better] / k[better]).sum(axis=2), (d[..., worse] / (m - k + 1)[worse]).sum(axis=2)
        return 1 / (1 + (pos / neg) ** 2) + average

    return score


def ram(x: A, sense: A) -> Score:
    r = x / x.sum(axis=0)

    def score(w: A) -> A:
        v = weighed(r, w)
        plus, minus = v[..., sense > 0].sum(axis=2), v[..., sense < 0].sum(axis=2)
        return (2 + plus) ** (1 / (2 + minus))

    return score


def ocra(x: A, sense: A) -> Score:
    low, high = x.min(axis=0), x.max(axis=0)
    rated = np.where(sense > 0, x - low, high - x) / low

    def score(w: A) -> A:
        total = weighed(rated, w).sum(axis=2)
        return total - total.min(axis=1, keepdims=True)

    return score


def rim(x: A, sense: A) -> Score:
    c, d = IDEAL
    y = 1 - np.where(x < c, (c - x) / (c - LOW), np.where(x > d, (x - d) / (HIGH - d), 0))

    def score(w: A) -> A:
        v = weighed(y, w)
        plus, minus = np.sqrt(((v - w[:, None, :]) ** 2).sum(axis=2)), np.sqrt((v**2).sum(axis=2))
        return minus / (plus + minus)

    return score


def todim(x: A, sense: A) -> Score:
    p = shares(x, sense)

    def score(w: A) -> A:
        total = np.zeros((len(w), len(x)))
        for j in range(x.shape[1]):
            lead = p[:, None, j] - p[None, :, j]
            one = w[:, j, None, None]
            total += np.where(lead > 0, np.sqrt(one * np.abs(lead)), -np.sqrt(np.abs(lead) / one)).sum(axis=2)
        low, high = total.min(axis=1, keepdims=True), total.max(axis=1, keepdims=True)
        return (total - low) / (high - low)

    return score


def gra(x: A, sense: A) -> Score:
    gamma = 0.5 / (1 - minmax(x, sense) + 0.5)
    return lambda w: weighed(gamma, w).sum(axis=2)


def comet(x: A, sense: A) -> Score:
    """Two characteristic values a criterion, judged by TOPSIS."""
    n = x.shape[1]
    place = (x - LOW) / (HIGH - LOW)
    corners = (np.arange(1 << n)[:, None] >> np.arange(n)[::-1]) & 1
    members = np.prod(np.where(corners, place[:, None, :], 1 - place[:, None, :]), axis=2)
    values = np.where(sense > 0, corners, 1 - corners)

    def score(w: A) -> A:
        v = weighed(values, w)
        near = np.sqrt((v**2).sum(axis=2))
        closeness = near / (near + np.sqrt(((w[:, None, :] - v) ** 2).sum(axis=2)))
        worth = np.argsort(np.argsort(closeness, axis=1), axis=1) / (len(corners) - 1)
        return worth @ members.T

    return score


PLAIN: dict[str, Callable[[A, A], Score]] = {
    one.__name__: one
    for one in (
        additive, geometric, owa, choquet, topsis, vikor, promethee2, edas, codas, aras, copras, marcos, cocoso, cradis,
        waspas, moora, multimoora, mabac, mairca, spotis, probid, ram, ocra, rim, todim, gra, comet,
    )
}  # fmt: skip
PAIRWISE = ("promethee2", "codas", "probid", "todim")
"""Methods that compare pairs: a block holds (b, m, m)."""

SETTINGS = {
    "owa": lambda n: {"orness": 0.7},
    "choquet": lambda n: {"interactions": {(0, 1): 0.001}},
    "promethee2": lambda n: {"types": "linear", "q": Q, "p": P},
    "electre3": lambda n: {"q": Q, "p": P, "v": V},
    "spotis": lambda n: {"bounds": np.tile([LOW, HIGH], (n, 1))},
    "rim": lambda n: {"bounds": np.tile([LOW, HIGH], (n, 1)), "reference_ideal": np.tile(IDEAL, (n, 1))},
    "comet": lambda n: {"characteristic_values": [[LOW, HIGH]] * n},
}
"""What techprio is given besides, so that it computes the same."""
