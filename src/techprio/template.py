"""New study folders and new candidate files."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from techprio.errors import UsageError
from techprio.study.folder import Study
from techprio.study.nodes import Leaf, LevelScale
from techprio.study.schema import FILES, schema
from techprio.wording import Language


def new_study(folder: Path) -> list[Path]:
    """Make ``folder`` a study that ranks at once: its files, or a UsageError if something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("{folder} is there already and not empty", folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        made.chmod(0o755)
        with as_file(files("techprio") / "templates") as template:
            shutil.copytree(template, made, dirs_exist_ok=True)
        (made / "schemas").mkdir()
        for name in FILES:
            text = json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"
            (made / "schemas" / f"{name}.schema.json").write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        os.replace(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return sorted(path for path in folder.rglob("*") if path.is_file())


def new_candidate(study: Study, id: str, words: Language, schema_path: str) -> str:
    """The text of a candidate file: every criterion with its question and anchors, every question of a gate."""
    if id in {candidate.id for candidate in study.candidates}:
        raise UsageError("the candidate {id} is there already", id=id)
    return "\n".join(_lines(study, id, words, schema_path)) + "\n"


def _lines(study: Study, id: str, words: Language, schema_path: str) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={schema_path}"
    yield "techprio: 1"
    yield f"id: {json.dumps(id, ensure_ascii=False)}"
    yield "name:"
    yield f"  {words.code}: {json.dumps(id, ensure_ascii=False)}"
    for kind in ("tier", "group"):
        for label, text in (getattr(study.criteria.labels, kind) or {}).items():
            yield f"# {kind}: {label}  # {words.text(text)}"
    yield "# lead_agency: …"
    yield "figures:"
    for leaf in study.leaves:
        yield from _figure(leaf, words)
    yield "gates:" if study.criteria.gates else "gates: {}"
    asked: set[str] = set()
    for gate in study.criteria.gates:
        for question in gate.of or ():
            if question.id not in asked:
                asked.add(question.id)
                yield from _comment(
                    f"{words.text(gate.name) or gate.id}: {words.text(question.question) or question.id}"
                )
                yield f"  {question.id}: not assessed  # pass | fail | not assessed"


def _figure(leaf: Leaf, words: Language) -> Iterator[str]:
    better = words.say("more is better") if leaf.direction == "max" else words.say("less is better")
    yield from _comment(f"{words.text(leaf.name)} ({', '.join(filter(None, (leaf.unit, better)))})")
    if leaf.question:
        yield from _comment(words.text(leaf.question))
    if isinstance(leaf.scale, LevelScale):
        for level, text in sorted(leaf.scale.levels.items()):
            yield from _comment(f"{level:g}: {words.text(text)}")
    else:
        low, high = leaf.scale.limits
        yield from _comment(" … ".join(f"{end:g}" for end in (low, high) if end is not None))
    yield f"  {leaf.id}: null  # {{value: …, low: …, high: …, source: …, as_of: …, note: …}}"


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield f"  # {line.strip()}"
