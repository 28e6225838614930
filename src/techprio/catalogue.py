"""The catalogue of everything that judges and the card of each entry, drawn from the registries."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from techprio.errors import UsageError
from techprio.methods import METHODS, Method
from techprio.methods.registry import PROMISES
from techprio.relations import RELATIONS
from techprio.relations.registry import Relation
from techprio.sorting import SORTINGS
from techprio.sorting.registry import Sorting
from techprio.tables import Column, Table, to_markdown
from techprio.weights import WEIGHTINGS
from techprio.weights.registry import Weighting
from techprio.wording import Language, language, nearest

Entry = Method | Weighting | Sorting | Relation
KINDS: dict[str, Mapping[str, Entry]] = {
    "Ranking methods": METHODS,
    "Ways of finding weights": WEIGHTINGS,
    "Sorting into classes": SORTINGS,
    "Outranking relations": RELATIONS,
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that judges: ranking methods, weightings, sortings, relations."""

    def rows(self) -> list[dict[str, Any]]:
        """One row an entry."""
        return [
            {"kind": kind, "id": e.id, "title": e.title, "settings": settings_text(e), "citation": e.citation}
            for kind, entries in KINDS.items()
            for e in entries.values()
        ]

    def to_json(self) -> dict[str, Any]:
        """All of it as plain data."""
        others = {
            "weightings": [_other_facts(e) | {"kind": e.kind} for e in WEIGHTINGS.values()],
            "sortings": [_other_facts(e) for e in SORTINGS.values()],
            "relations": [_other_facts(e) for e in RELATIONS.values()],
        }
        return {"format": 1, "methods": [_facts(method) for method in METHODS.values()], **others}

    def tables(self, words: Language) -> list[Table]:
        """One table a kind."""
        return [self._table(kind, words) for kind in KINDS]

    def _table(self, kind: str, words: Language) -> Table:
        columns = [
            Column("id", "id"),
            Column("title", "title", narrows="wraps"),
            Column("settings", "in a study", narrows="wraps"),
        ]
        return Table(columns, [row for row in self.rows() if row["kind"] == kind], words.say(kind))


@dataclass(frozen=True, slots=True)
class Card:
    """One entry: its variant, what it promises, where it comes from."""

    method: Entry
    also: tuple[Entry, ...] = ()
    """Entries of another kind that have the same id."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a line of the card."""
        return [{"what": what, "text": text} for what, text in self._parts()]

    def to_json(self) -> dict[str, Any]:
        facts = _facts(self.method) if isinstance(self.method, Method) else _other_facts(self.method)
        return {"format": 1, **facts}

    def tables(self, words: Language) -> list[Table]:
        """One table, and one for each entry of the same id."""
        return [self.table(words), *(Card(entry).table(words) for entry in self.also)]

    def table(self, words: Language) -> Table:
        rows = [{"what": words.say(what), "text": text} for what, text in self._parts()]
        return Table([Column("what", "card"), Column("text", self.method.id, narrows="wraps")], rows, self.method.title)

    def _parts(self) -> list[tuple[str, str]]:
        document = inspect.getdoc(self.method.function) or ""
        formula, _, rest = document.partition("\n\n")
        return [
            ("formula", " ".join(formula.split())),
            *(_variant(self.method) if isinstance(self.method, Method) else _settings(self.method)),
            ("answers", "\n".join(_paragraph(part) for part in rest.split("\n\n") if not part.startswith(".. code"))),
            ("source", self.method.citation),
        ]


def _paragraph(text: str) -> str:
    """In one line, unless its lines mean something: an example in YAML."""
    return text if text.startswith("    ") else " ".join(text.split())


def _settings(entry: Entry) -> Iterator[tuple[str, str]]:
    if text := settings_text(entry):
        yield "settings", text


def _variant(m: Method) -> Iterator[tuple[str, str]]:
    """What a ranking method does by default, and what it promises."""
    unit = "1" if m.score_unit == "one" else "the largest |score|"
    leaves = "possible when a candidate leaves" if m.reverses_ranks else "none when a candidate leaves (in a study)"
    yield "in a study", settings_text(m)
    if m.needs:
        yield "from the study", ", ".join(f"{what} ({how})" for what, how in m.needs.items())
    yield "of arrays", ", ".join(f"{key}={value!r}" for key, value in m.settings.items())
    yield "orientation", "more is better"
    yield "ties", f"scores equal to 10 decimals of {unit} share the better rank"
    yield "contributions", "a score is the sum of one part a criterion" if m.contributes else "none"
    yield "rank reversal", leaves
    yield "promises", "\n".join(text for key, text in PROMISES.items() if key not in m.lacks)
    yield "does not promise", "\n".join(f"{PROMISES[key]}: {why}" for key, why in m.lacks.items()) or "–"


def settings_text(entry: Entry) -> str:
    """The variant that a study uses."""
    settings = dict(entry.settings)
    if isinstance(entry, Method):
        settings |= entry.study_settings
    asked = {key: value for key, value in settings.items() if value is not None}
    return ", ".join(key if value is inspect.Parameter.empty else f"{key}={value}" for key, value in asked.items())


def _other_facts(entry: Entry) -> dict[str, Any]:
    settings = {key: None if value is inspect.Parameter.empty else value for key, value in entry.settings.items()}
    return {"id": entry.id, "title": entry.title, "settings": settings, "citation": entry.citation}


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
    """All that judges."""
    return Catalogue()


def card(id: str) -> Card:
    """The card of one entry, a ranking method before others of the same id. Raises UsageError for an unknown one."""
    if found := [entries[id] for entries in KINDS.values() if id in entries]:
        return Card(found[0], tuple(found[1:]))
    known = [id for entries in KINDS.values() for id in entries]
    raise UsageError("there is no method {id}", id=id, near=nearest(id, known))


def page() -> str:
    """The catalogue and every card as one Markdown page."""
    words = language("en")
    parts = ["# Methods\n", "Made from the registries by `make docs`; `techprio methods ID` shows one card.\n"]
    for kind, entries in KINDS.items():
        parts += [f"## {kind}\n", to_markdown(replace(catalogue()._table(kind, words), title=""), words)]
        for entry in entries.values():
            parts += [
                f"### {entry.title} (`{entry.id}`)\n",
                to_markdown(replace(Card(entry).table(words), title=""), words),
            ]
    return "\n".join(parts)
