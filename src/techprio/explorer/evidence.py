"""The evidence behind every figure, packed small: a page stays below 2 MB with 300 well documented candidates."""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from techprio.errors import Place
from techprio.hall import Problem
from techprio.robustness.draws import stated_values
from techprio.study.candidates import MISSING, Citation, Figure
from techprio.study.folder import Study


@dataclass(frozen=True, slots=True)
class Lines:
    """Places as a page may show them: seen from the folder that holds the whole study, wherever that lies."""

    root: str

    @classmethod
    def of(cls, study: Study) -> Lines:
        return cls(os.path.commonpath([Path(os.path.abspath(file)).parent for file in study.files]))

    def show(self, place: Place | None) -> str | None:
        """``file:line``."""
        if place is None:
            return None
        return f"{Path(os.path.relpath(os.path.abspath(place.file), self.root)).as_posix()}:{place.line}"


def packed(data: Any) -> str:
    """Data as JSON, deflated, in base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=dict)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def sources(study: Study) -> dict[str, Any]:
    """Source id → what the bibliography says of it, of the sources that figures cite."""
    cited = {c.id for candidate in study.candidates for figure in candidate.figures.values() for c in figure.source}
    fields = ("title", "publisher", "date", "url", "level")
    return {id: _kept(vars_of(source, fields)) for id, source in study.sources.items() if id in cited}


def cells(study: Study, problem: Problem, changed: Collection[tuple[str, str]], lines: Lines) -> list[list[Any]]:
    """(m, n) what each figure is and rests on."""
    figures = {candidate.id: candidate.figures for candidate in study.candidates}
    values = stated_values(problem)
    return [
        [
            {
                "v": float(values[i, j]),
                "place": lines.show(problem.origin(i, j)),
                **_kept(_cell(figures[id].get(criterion, MISSING))),
                **({"changed": True} if (id, criterion) in changed else {}),
            }
            for j, criterion in enumerate(problem.criteria)
        ]
        for i, id in enumerate(problem.candidates)
    ]


def _cell(figure: Figure) -> dict[str, Any]:
    return {
        "x": figure.nominal,
        **vars_of(figure, ("low", "high", "as_of", "grade", "by", "note", "illustrative")),
        "source": [_kept(vars_of(citation, tuple(Citation.model_fields))) for citation in figure.source],
    }


def vars_of(section: Any, names: Collection[str]) -> dict[str, Any]:
    """Some fields of a section by name."""
    return {name: getattr(section, name) for name in names}


def _kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that say something."""
    return {
        name: fact
        for name, fact in facts.items()
        if fact is not None and fact is not False and fact not in ("", (), [])
    }
