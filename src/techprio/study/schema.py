"""JSON Schemas of the files, made from the sections themselves: editors complete, explain and check with them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter

from techprio.study.base import SHARED_SCHEMAS, Section
from techprio.study.candidates import CandidateFile, CandidatesFile, ListFile
from techprio.study.criteria import CriteriaFile
from techprio.study.plans import AgenciesFile, PlanFile, ReportFile
from techprio.study.sources import SourcesFile

FILES: dict[str, Any] = {
    "criteria": CriteriaFile,
    "candidate": CandidateFile | CandidatesFile,
    "sources": SourcesFile,
    "list": ListFile,
    "plan": PlanFile,
    "agencies": AgenciesFile,
    "progress": ReportFile,
}
"""Name of the schema → what the file holds."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 07, which every editor knows) of one kind of file."""
    made = TypeAdapter(FILES[name]).json_schema(ref_template="#/definitions/{model}")
    made["definitions"] = {**made.pop("$defs", {}), **SHARED_SCHEMAS}
    descriptions = {section.__name__: _descriptions(section) for section in _sections(Section)}
    root = FILES[name].__name__ if isinstance(FILES[name], type) else ""
    for title, part in {root: made, **made["definitions"]}.items():
        for key, field in part.get("properties", {}).items():
            text = descriptions.get(title, {}).get(key)
            if text:
                field["description"] = text
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"techprio {name} file", **_plain(made)}


def _plain(part: Any) -> Any:
    """Without what only clutters: titles, and defaults that say that nothing is said."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "$shared" in part:
        part = {"$ref": f"#/definitions/{part['$shared']}", **{k: v for k, v in part.items() if k != "$shared"}}
    cluttered = {"title", "discriminator"} if isinstance(part.get("title", ""), str) else set()
    kept = {key: value for key, value in part.items() if key not in cluttered and (key, value) != ("default", None)}
    if "$ref" in kept and len(kept) > 1:  # in draft 07 nothing counts beside a $ref
        kept = {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return {key: value if key in ("enum", "const", "default") else _plain(value) for key, value in kept.items()}


def _sections(section: type[Section]) -> Iterator[type[Section]]:
    yield section
    for below in section.__subclasses__():
        yield from _sections(below)


@cache
def _descriptions(section: type[Section]) -> dict[str, str]:
    """Field → the text under it in the source, its own and its bases'."""
    found: dict[str, str] = {}
    for base in reversed(section.__mro__):
        if isinstance(base, type) and issubclass(base, Section):
            tree = ast.parse(textwrap.dedent(inspect.getsource(base)))
            body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
            for field, text in pairwise(body):
                match (field, text):
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                        found[name] = inspect.cleandoc(words)
    return found
