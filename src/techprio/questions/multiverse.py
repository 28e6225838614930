"""Does the method decide it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.hall import Flags
from techprio.questions.answer import Answer
from techprio.tables import Column, percent
from techprio.wording import Language

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One combination of choices, and what it leads to."""

    method: str
    settings: Mapping[str, Any]
    missing: str
    """The policy for missing figures; ``stated``: each criterion's own."""
    weight_set: str
    ranks: Ints
    listed: Flags

    def row(self) -> dict[str, Any]:
        """The choices."""
        return {
            "method": self.method,
            "settings": dict(self.settings),
            "missing": self.missing,
            "weight_set": self.weight_set,
        }


@dataclass(frozen=True, eq=False, repr=False)
class Multiverse(Answer):
    """The rankings of all worlds: scaling × method × missing figures × weight set."""

    question = "methods"
    heading = "does the method decide it?"

    worlds: tuple[World, ...]
    failed: tuple[tuple[Mapping[str, Any], str], ...]
    """Combinations that a method refuses, and why."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate, in rank order."""
        p = self.case.problem
        listed = np.stack([world.listed for world in self.worlds]).mean(axis=0)
        ranks = np.stack([world.ranks for world in self.worlds])
        return [
            {
                "candidate": p.candidates[i],
                "rank": int(self.case.verdict.ranks[i]),
                "listed": float(listed[i]),
                "best": int(ranks[:, i].min()),
                "median": float(np.median(ranks[:, i])),
                "worst": int(ranks[:, i].max()),
            }
            for i in self.case.verdict.order
        ]

    def details(self) -> dict[str, Any]:
        """Every world with its list."""
        ids = self.case.problem.candidates
        return {
            "worlds": [
                {
                    **world.row(),
                    "list": [ids[i] for i in np.argsort(world.ranks, kind="stable") if world.listed[i]],
                    "ranks": dict(zip(ids, world.ranks.tolist(), strict=True)),
                }
                for world in self.worlds
            ],
            "failed": [{**row, "reason": reason} for row, reason in self.failed],
        }

    def columns(self) -> list[Column]:
        return [
            Column("candidate", "candidate", narrows="clips"),
            Column("rank", "rank", "right"),
            Column("listed", "listed", "right", percent),
            Column("best", "best", "right"),
            Column("median", "median", "right"),
            Column("worst", "worst", "right"),
        ]

    def weight_of(self, choice: str) -> float:
        """How many members of the list change, on average, when one choice changes and the rest stay."""
        found = []
        for k, a in enumerate(self.worlds):
            for b in self.worlds[k + 1 :]:
                other = [
                    name
                    for name in ("method", "settings", "missing", "weight_set")
                    if getattr(a, name) != getattr(b, name)
                ]
                if other == [choice] or (choice == "method" and other == ["method", "settings"]):
                    found.append(float((a.listed & ~b.listed).sum() + (b.listed & ~a.listed).sum()) / 2)
        return float(np.mean(found)) if found else 0.0

    def sentence(self, words: Language) -> str:
        """How many are listed in all worlds, in some, in none."""
        shares = [row["listed"] for row in self.rows()]
        return words.say(
            "In {n} worlds (scaling × method × missing figures × weight set), {always} candidates are "
            "listed in all, {some} in some and {never} in none.",
            n=len(self.worlds),
            always=sum(share == 1 for share in shares),
            some=sum(0 < share < 1 for share in shares),
            never=sum(share == 0 for share in shares),
        )

    def notes(self, words: Language) -> Any:
        """Which choice moves the list most; who could not be computed."""
        yield words.say(
            "Changing one choice alone changes, on average, so many members of the list: method {method}, "
            "scaling or setting {settings}, missing figures {missing}, weight set {weight_set}.",
            **{name: words.number(self.weight_of(name), 1) for name in ("method", "settings", "missing", "weight_set")},
        )
        for row, reason in self.failed[:5]:
            yield words.say("Left out: {method} – {reason}", method=_label(row), reason=reason)

    def how(self, words: Language) -> str:
        """Enumerated."""
        return words.say(
            "Enumerated, at the stated figures; {n} combinations were refused by their method.", n=len(self.failed)
        )


def _label(row: Mapping[str, Any]) -> str:
    settings: Mapping[str, Any] = row["settings"]
    variant = ", ".join(f"{key}={value}" for key, value in settings.items())
    return f"{row['method']} ({variant}), {row['missing']}, {row['weight_set']}"


SCALINGS: Sequence[str] = ("minmax", "vector", "rank")
"""Besides a method's own, the scalings that it is tried with where it has the setting."""
POLICIES: Sequence[str] = ("stated", "neutral", "worst")
