"""How weights were found, said to people and to machines: method, consistency, and the judgement to look at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from techprio.hall import Floats
from techprio.study.criteria import WeightSet
from techprio.tables import rounded
from techprio.weighing import Weighing
from techprio.weights import WEIGHTINGS
from techprio.weights.ahp import Ahp
from techprio.weights.bwm import Bwm
from techprio.weights.fucom import Fucom
from techprio.weights.group import Group
from techprio.weights.result import Judged
from techprio.weights.utastar import Utastar
from techprio.wording import Language

_SAYS = sorted({name for entry in WEIGHTINGS.values() for name in entry.says} | {"model", "best", "priorities"})
"""What a result may say besides its weights."""

# -- to machines ----------------------------------------------------------------------------------------------------


def said_of(weighing: Weighing) -> dict[str, Any]:
    """One weighing as plain data."""
    return {
        "of": weighing.of,
        "weights": _by_node(weighing.nodes, weighing.weights),
        **(_said(weighing.result) if weighing.result else {}),
    }


def _by_node(nodes: Sequence[str], weights: Floats) -> dict[str, float | None]:
    return dict(zip(nodes, map(rounded, weights.tolist()), strict=True))


def _said(result: Judged) -> dict[str, Any]:
    if isinstance(result, Group):
        judges = {
            judge: {
                "weights": dict(zip(alone.nodes, map(rounded, alone.weights.tolist()), strict=True)),
                **_said(alone),
            }
            for judge, alone in result.judges.items()
        }
        together = {"together": _said(result.together)} if result.together else {}
        importance = _plain(result.importance)
        return {"aggregation": result.aggregation, "importance": importance, "judges": judges, **together}
    return {name: _plain(getattr(result, name)) for name in _SAYS if hasattr(result, name)}


def _plain(value: Any) -> Any:
    """Arrays, named tuples and mappings as JSON has them; an infinite number as null."""
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return rounded(value) if np.isfinite(value) else None
    return value


# -- to people ------------------------------------------------------------------------------------------------------


def how_found(stated: WeightSet, found: Sequence[Weighing], words: Language) -> Iterator[str]:
    """A sentence for each weighing of a set, and one more for each thing that should be looked at."""
    for weighing in found:
        said = [words.say("found by {method}", method=WEIGHTINGS[stated.method].title)]
        result = weighing.result
        if result is None:
            said.append(words.say("from the figures of all candidates that pass the gates"))
        elif isinstance(result, Group):
            said.append(f"{result.aggregation} ({', '.join(result.judges)})")
            for judge, alone in result.judges.items():
                said += [f"{judge}: {sentence}" for sentence in _sentences(alone, words)]
            said += list(_sentences(result.together, words)) if result.together else []
        else:
            said += list(_sentences(result, words))
        yield f"{stated.id}, {weighing.of}: {'; '.join(said)}."


def _sentences(result: Judged, words: Language) -> Iterator[str]:
    if isinstance(result, Ahp):
        yield from _of_ahp(result, words)
    elif isinstance(result, Bwm):
        yield words.say("largest deviation ξ* = {xi}", xi=_short(result.xi))
        if result.cr is not None:
            yield words.say("consistency ratio {cr}", cr=_short(result.cr))
        limit: Any = "–" if result.threshold is None else _short(result.threshold)
        yield words.say("input-based ratio {ratio} (threshold {limit})", ratio=_short(result.input_ratio), limit=limit)
        if result.least_consistent:
            yield words.say("look again at {id} first", id=result.least_consistent)
    elif isinstance(result, Fucom):
        yield words.say("deviation from full consistency {value}", value=_short(result.deviation))
    elif isinstance(result, Utastar):
        yield words.say("least sum of errors {value}", value=_short(result.error))


def _of_ahp(result: Ahp, words: Language) -> Iterator[str]:
    ratio = result.cr_alonso_lamata if result.cr is None else result.cr
    yield words.say("consistency ratio {cr} (below 0.1 is usual)", cr=_short(ratio))
    if result.missing:
        yield words.several(result.missing, "{n} pair was not judged", "{n} pairs were not judged")
    if result.worst and result.worst.inconsistency > 1e-9:
        t = result.worst
        template = "the worst triad: {a} is {ab} times {b}, {b} {bc} times {c}, and {a} {ac} times {c}"
        facts = {"ab": _short(t.ab), "bc": _short(t.bc), "ac": _short(t.ac)}
        yield words.say(template, a=t.a, b=t.b, c=t.c, **facts)
    if result.repair:
        again = result.repair
        template = "look again at {a} against {b} first: {value} instead of {judged} brings the ratio to {after}"
        facts = {"value": _short(again.value), "judged": _short(again.judged), "after": _short(again.cr)}
        yield words.say(template, a=again.a, b=again.b, **facts)


def _short(value: float) -> float:
    """A number as people read it: three decimals."""
    return round(value, 3)
