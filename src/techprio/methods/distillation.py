"""The two distillations of ELECTRE III, and the preorders that they end in.

Roy, B. (1978). ELECTRE III. Cahiers du CERO 20(1), 3–24. Vallée, D. & Zielniewicz, P. (1994). ELECTRE III-IV, version
3.x. Document du LAMSADE 85, Université Paris-Dauphine.

A set of candidates is distilled by cutting their credibilities at a level λ: a outranks b if σ(a, b) > λ and σ(a, b) is
above σ(b, a) by more than s(σ(a, b)). Who outranks most others, less those by whom it is outranked, stays; the level
falls, and the rest of the others are compared again, until one stays or the level is 0. That is a class; then the
candidates that are left are distilled from the highest level again. The descending distillation finds the best class
first, the ascending one the worst.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags, Floats
from techprio.methods.thresholds import TIE

Ints = NDArray[np.int64]

ABSENT = -1.0
"""Stands for the credibility of a pair that is not to be compared."""
MANY = 96
"""From so many candidates on each draw is distilled by itself, pair by pair in the order of their credibilities."""
FEW = 3
"""Up to so many draws too."""


def distilled(sigma: Floats, alpha: float, beta: float) -> tuple[Ints, Ints]:
    """Classes (s, m) in the descending and in the ascending distillation, 1 the best in both.

    From credibilities ``sigma`` (s, m, m); s(λ) = alpha + beta·λ.
    """
    sigma = np.round(sigma, 10)
    m = sigma.shape[-1]
    sigma[:, np.arange(m), np.arange(m)] = ABSENT
    strong = sigma - sigma.swapaxes(1, 2) > alpha + beta * sigma + TIE
    strong &= sigma > 0
    drawn = np.where(strong, sigma, ABSENT)
    if m >= MANY or len(sigma) <= FEW:
        down, up = np.empty((2, *sigma.shape[:2]), np.int64)
        for draw, (one, its) in enumerate(zip(sigma, drawn, strict=True)):
            pairs = _Pairs.of(one, its)
            down[draw], up[draw] = (_one(one, its, pairs, alpha, beta, sign) for sign in (1, -1))
    else:
        down = _all(sigma.copy(), drawn.copy(), alpha, beta, 1)
        up = _all(sigma, drawn, alpha, beta, -1)  # which uses its arrays up
    return down, up.max(axis=1, keepdims=True) - up + 1


def median(descending: Ints, ascending: Ints) -> Ints:
    """The median preorder (s, m), 1 the best, of two preorders (s, m), 1 the best in each.

    A candidate is placed by the longest chain of candidates above it in the intersection of the two preorders, and
    those of one place by the sum of their classes (Vallée & Zielniewicz 1994): incomparable candidates come in an
    order, which ``parts`` shows not to be one.
    """
    s, m = descending.shape
    order = np.argsort(descending * (m + 1) + ascending, axis=1, kind="stable")
    first, second = (np.take_along_axis(one, order, axis=1) for one in (descending, ascending))
    least = np.full((s, m + 1), m + 1)  # (s, k): the least class in the second preorder in which a chain of k + 1 ends
    place = np.zeros((s, m), np.int64)
    rows = np.arange(s)
    for i in range(m):
        place[:, i] = (least <= second[:, i, None]).sum(axis=1)
        if i:
            twin = (first[:, i] == first[:, i - 1]) & (second[:, i] == second[:, i - 1])
            place[:, i] = np.where(twin, place[:, i - 1], place[:, i])
        least[rows, place[:, i]] = second[:, i]
    found = np.empty((s, m), np.int64)
    np.put_along_axis(found, order, _dense(place * (2 * m + 1) + first + second), axis=1)
    return found


def _dense(keys: Ints) -> Ints:
    """Keys (s, m) → their places among the distinct ones of the row, 1 for the least."""
    order = np.argsort(keys, axis=1)
    ranked = np.take_along_axis(keys, order, axis=1)
    new = np.ones(keys.shape, np.int64)
    new[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    found = np.empty_like(keys)
    np.put_along_axis(found, order, new.cumsum(axis=1), axis=1)
    return found


# -- one class ------------------------------------------------------------------------------------------------------


def _below(level: Any, alpha: float, beta: float) -> Any:
    """What the next level must be below: λ − s(λ)."""
    return level - (alpha + beta * level) - TIE


def _distillate(
    sigma: Floats, drawn: Floats, present: Flags, level: Floats, alpha: float, beta: float, sign: int
) -> Flags:
    """Who of those ``present`` (s, k) is left when the level, at first ``level`` (s,), has fallen far enough.

    ``sigma`` and ``drawn`` (s, k, k) are the credibilities, and those that are enough above the opposite one, ABSENT
    for pairs that are not present. ``sign`` is +1 for the best and −1 for the worst.
    """
    found = np.zeros(present.shape, bool)
    rows, names = np.arange(len(present)), np.broadcast_to(np.arange(present.shape[1]), present.shape)
    while True:
        limit = _below(level, alpha, beta)[:, None, None]
        level = (sigma * (sigma < limit)).max(axis=(1, 2), initial=0.0)
        outranks = (drawn > level[:, None, None]).astype(np.float32)  # counted by products, the fastest way
        one = np.ones(present.shape[1], np.float32)
        merit = np.where(present, sign * (outranks @ one - one @ outranks), -np.inf)
        stay = merit == merit.max(axis=1, keepdims=True)
        done = (np.count_nonzero(stay, axis=1) == 1) | (level == 0)
        i, j = np.nonzero(stay & done[:, None])
        found[rows[i], names[i, j]] = True
        if done.all():
            return found
        going = np.flatnonzero(~done)
        rows, level = rows[going], level[going]
        sigma, drawn, present, names = _kept(sigma, drawn, stay, names, going)


def _kept(sigma: Floats, drawn: Floats, stay: Flags, names: Ints, draws: Ints) -> tuple[Floats, Floats, Flags, Ints]:
    """The same arrays for some ``draws`` only, with no more candidates than needed for those who ``stay`` (s, k)."""
    stay, names = stay[draws], names[draws]
    k = int(np.count_nonzero(stay, axis=1).max())
    order = np.argsort(~stay, axis=1, kind="stable")[:, :k]
    at = draws[:, None, None], order[:, :, None], order[:, None, :]
    sigma, drawn = sigma[at], drawn[at]
    present = np.take_along_axis(stay, order, axis=1)
    _remove(sigma, ~present)
    _remove(drawn, ~present)
    return sigma, drawn, present, np.take_along_axis(names, order, axis=1)


def _remove(pairs: Floats, gone: Flags) -> None:
    """Put ABSENT in the rows and columns (s, k, k) of those who are ``gone`` (s, k)."""
    pairs[gone] = ABSENT
    pairs.swapaxes(1, 2)[gone] = ABSENT


# -- all classes ----------------------------------------------------------------------------------------------------


def _all(sigma: Floats, drawn: Floats, alpha: float, beta: float, sign: int) -> Ints:
    """Classes (s, m) in the order in which they are found, for all draws at once."""
    found = np.zeros(sigma.shape[:2], np.int64)
    rows, names = np.arange(len(sigma)), np.broadcast_to(np.arange(sigma.shape[1]), sigma.shape[:2])
    present = np.ones(sigma.shape[:2], bool)
    number = 0
    while present.any():
        number += 1
        level = sigma.max(axis=(1, 2), initial=0.0)
        leave = _distillate(sigma, drawn, present, level, alpha, beta, sign) & present
        i, j = np.nonzero(leave)
        found[rows[i], names[i, j]] = number
        _remove(sigma, leave)
        _remove(drawn, leave)
        present = present & ~leave
        left = np.count_nonzero(present, axis=1)
        if 0 < left.max() <= 0.8 * sigma.shape[1]:
            going = np.flatnonzero(left)
            rows = rows[going]
            sigma, drawn, present, names = _kept(sigma, drawn, present, names, going)
    return found


def _one(sigma: Floats, drawn: Floats, pairs: _Pairs, alpha: float, beta: float, sign: int) -> Ints:
    """The same classes (m,) of one draw with many candidates, in the time that sorting the pairs takes.

    Levels only fall from class to class, so each pair enters the count once, when the level falls below it, and leaves
    it once, when one of the two is classed.
    """
    m = len(sigma)
    found, merit, alive = np.zeros(m, np.int64), np.zeros(m, np.int64), np.ones(m, bool)
    top = cut = entered = number = 0
    while alive.any():
        number += 1
        top = pairs.alive_from(top, alive)
        limit = _below(pairs.value(top), alpha, beta)
        cut = pairs.alive_from(max(cut, int(pairs.falling.searchsorted(-limit, "right"))), alive)
        level = pairs.value(cut)
        above = int(pairs.falling.searchsorted(-level, "left"))
        if above > entered:
            new = entered + pairs.counts[entered:above].nonzero()[0]
            new = new[alive[pairs.a[new]] & alive[pairs.b[new]]]
            merit += np.bincount(pairs.a[new], minlength=m) - np.bincount(pairs.b[new], minlength=m)
            entered = above
        signed = np.where(alive, sign * merit, -m)
        stay = (signed == signed.max()).nonzero()[0]
        if len(stay) > 1 and level > 0:
            stay = _refined(sigma, drawn, stay, level, alpha, beta, sign)
        found[stay], alive[stay] = number, False
        merit += (drawn[stay] > level).sum(axis=0) - (drawn[:, stay] > level).sum(axis=1)
    return found


def _refined(sigma: Floats, drawn: Floats, stay: Ints, level: float, alpha: float, beta: float, sign: int) -> Ints:
    """Who of those who ``stay`` (k,) is left when the level has fallen far enough: ``_distillate`` of one draw."""
    part = stay[:, None], stay
    sigma, drawn = sigma[part], drawn[part]
    while len(stay) > 1 and level > 0:
        limit = _below(level, alpha, beta)
        level = float(sigma[sigma < limit].max(initial=0.0))
        outranks = drawn > level
        merit = sign * (outranks.sum(axis=1) - outranks.sum(axis=0))
        keep = (merit == merit.max()).nonzero()[0]
        if len(keep) < len(stay):
            part = keep[:, None], keep
            stay, sigma, drawn = stay[keep], sigma[part], drawn[part]
    return stay


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of candidates, the most credible first."""

    a: Ints
    b: Ints
    falling: Floats
    """(k,) their credibilities times −1, which rise."""
    counts: Flags
    """(k,) whether a is enough above b to outrank it at a level below."""

    @classmethod
    def of(cls, sigma: Floats, drawn: Floats) -> _Pairs:
        m = len(sigma)
        order = np.argsort(-sigma.ravel())[: m * (m - 1)]  # the last are those of a candidate with itself
        a, b = np.divmod(order, m)
        return cls(a, b, -sigma.ravel()[order], drawn.ravel()[order] > 0)

    def value(self, at: int) -> float:
        """The credibility of the pair there; 0 behind the last."""
        return -float(self.falling[at]) if at < len(self.falling) else 0.0

    def alive_from(self, at: int, alive: Flags) -> int:
        """The first pair from there on of which both are alive; the number of pairs if there is none."""
        while at < len(self.falling):
            part = slice(at, at + 512)
            both = alive[self.a[part]] & alive[self.b[part]]
            if both.any():
                return at + int(both.argmax())
            at += 512
        return len(self.falling)
