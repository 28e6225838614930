"""Numbers in sentences: rounded only so far that the sentence stays true."""

from __future__ import annotations

import math
from collections.abc import Mapping

from techprio.hall import Words
from techprio.wording import Language

CLOSE = 1e-9


def share_of(words: Language, share: float) -> str:
    """A share as a percentage that says 0% or 100% only of nothing and of all."""
    if share in (0, 1):
        return words.percent(share)
    for decimals in range(3):
        if 0 < round(100 * share, decimals) < 100:
            return words.percent(share, decimals)
    return f"> {words.percent(0.9999, 2)}" if share > 0.5 else f"< {words.percent(0.0001, 2)}"


def two_shares(words: Language, one: float, other: float) -> tuple[str, str]:
    """Two shares with so many decimals that they differ on paper if they do in fact."""
    shown = (words.percent(one), words.percent(other))
    for decimals in range(1, 4):
        if shown[0] != shown[1]:
            break
        shown = (words.percent(one, decimals), words.percent(other, decimals))
    return shown


def enough(words: Language, move: float) -> str:
    """A move, as a percentage without its sign, rounded up: what is said to be enough is."""
    return words.number(math.ceil(1000 * move - CLOSE) / 10, 1)


def beyond(words: Language, now: float, end: float) -> tuple[str, str]:
    """Where a share is and an end that it must pass, rounded away from where it is: there it has passed."""
    way = math.ceil if end > now else math.floor
    for decimals in range(1, 5):
        unit = 10 ** (2 + decimals)
        shown = (
            words.percent(now, decimals),
            words.percent(way(end * unit + math.copysign(CLOSE, now - end)) / unit, decimals),
        )
        if shown[0] != shown[1]:
            break
    return shown


def set_name(words: Language, id: str, names: Mapping[str, Words]) -> str:
    """A weight set as people call it."""
    return words.say("base weights") if id == "base" else words.text(names.get(id)) or id
