"""The catalogue of ranking methods and the card of each, drawn from the registry."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

from techprio.methods import METHODS, Method
from techprio.methods.registry import PROMISES, find
from techprio.tables import Column, Table
from techprio.wording import Language


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All methods."""

    methods: tuple[Method, ...]

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"id": m.id, "title": m.title, "settings": settings_text(m), "citation": m.citation} for m in self.methods
        ]

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, "methods": [_facts(method) for method in self.methods]}

    def table(self, words: Language) -> Table:
        columns = [
            Column("id", "id"),
            Column("title", "title", narrows="wraps"),
            Column("settings", "in a study", narrows="wraps"),
        ]
        return Table(columns, self.rows(), words.say("Ranking methods"))


@dataclass(frozen=True, slots=True)
class Card:
    """One method: its variant, what it promises, where it comes from."""

    method: Method

    def rows(self) -> list[dict[str, Any]]:
        return [{"what": what, "text": text} for what, text in self._parts()]

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, **_facts(self.method)}

    def table(self, words: Language) -> Table:
        rows = [{"what": words.say(what), "text": text} for what, text in self._parts()]
        return Table([Column("what", "card"), Column("text", self.method.id, narrows="wraps")], rows, self.method.title)

    def _parts(self) -> list[tuple[str, str]]:
        m = self.method
        document = inspect.getdoc(m.function) or ""
        formula, _, rest = document.partition("\n\n")
        unit = "1" if m.score_unit == "one" else "the largest |score|"
        return [
            ("formula", " ".join(formula.split())),
            ("in a study", settings_text(m)),
            ("of arrays", ", ".join(f"{key}={value!r}" for key, value in m.settings.items())),
            ("orientation", "more is better"),
            ("ties", f"scores equal to 10 decimals of {unit} share the better rank"),
            ("contributions", "a score is the sum of one part a criterion" if m.contributes else "none"),
            (
                "rank reversal",
                "possible when a candidate leaves" if m.reverses_ranks else "none when a candidate leaves (in a study)",
            ),
            ("promises", "\n".join(text for key, text in PROMISES.items() if key not in m.lacks)),
            ("does not promise", "\n".join(f"{PROMISES[key]}: {why}" for key, why in m.lacks.items()) or "–"),
            ("answers", "\n".join(" ".join(part.split()) for part in rest.split("\n\n"))),
            ("source", m.citation),
        ]


def settings_text(method: Method) -> str:
    """The variant that a study uses."""
    settings = {**method.settings, **method.study_settings}
    return ", ".join(f"{key}={value}" for key, value in settings.items() if value is not None)


def _facts(method: Method) -> dict[str, Any]:
    return {
        "id": method.id,
        "title": method.title,
        "settings": dict(method.settings),
        "study_settings": {**method.settings, **method.study_settings},
        "contributes": method.contributes,
        "reverses_ranks": method.reverses_ranks,
        "citation": method.citation,
    }


def catalogue() -> Catalogue:
    """All ranking methods."""
    return Catalogue(tuple(METHODS.values()))


def card(id: str) -> Card:
    """The card of one method. Raises UsageError for an unknown one."""
    return Card(find(id))
