"""The JSON Schemas take every sound file and refuse every file whose shape is wrong."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from broken.corpus import Case, cases
from techprio.cli.main import program
from techprio.study.schema import FILES, schema
from techprio.yaml_reader import read

ROOT = Path(__file__).parents[1]
SHIPPED = [
    path
    for folder in ("criteria", "candidates", "plans", "tests/sound", "src/techprio/templates")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
]
ONLY_IN_WORDS = {
    "date-that-does-not-exist": "a JSON Schema does not know leap years",
    "number-not-a-number": "JSON has no word for what is not a number",
    "comma-in-braces-of-gates": "an answer that is null is sound where it is meant",
}
"""Cases of shape that no JSON Schema can express, and why."""


def kind(path: str) -> str:
    """Which schema a file is for."""
    name = Path(path).stem
    if name in ("sources", "list"):
        return name
    if name == "agencies":
        return "agencies"
    parts = Path(path).relative_to(ROOT).parts if Path(path).is_absolute() else Path(path).parts
    if "plans" in parts:
        return "progress" if "progress" in parts else "plan"
    return "criteria" if "criteria" in parts else "candidate"


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(name))


def plain(path: Path) -> Any:
    """The file as data, by the meanings that techprio reads and an editor does."""
    return json.loads(json.dumps(read(path, path.name).data, default=str))


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_sound(name: str):
    jsonschema.Draft7Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sound_file_is_taken(path: Path):
    faults = sorted(validator(kind(str(path))).iter_errors(plain(path)), key=str)
    assert [f"{list(fault.absolute_path)}: {fault.message}" for fault in faults] == []


def shape_cases() -> list[Case]:
    """The cases of the corpus that break the shape of their own file, and that YAML itself can read."""
    found = []
    for case in cases():
        codes = {word for fault in case.faults for word in fault.split()[:2] if word.startswith("E2")}
        if codes and case.name not in ONLY_IN_WORDS:
            found.append(case)
    return found


@pytest.mark.parametrize("case", shape_cases(), ids=lambda case: case.name)
def test_a_file_of_the_wrong_shape_is_refused(case: Case, tmp_path: Path):
    path = tmp_path / Path(case.file).name
    path.write_text(case.text, encoding="utf-8")
    assert not validator(kind(case.file)).is_valid(plain(path))


def properties(part: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for below in part.values():
            yield from properties(below)
    elif isinstance(part, list):
        for below in part:
            yield from properties(below)


@pytest.mark.parametrize("name", FILES)
def test_an_editor_has_a_description_for_every_key(name: str):
    assert [key for key, field in properties(schema(name)) if not field.get("description")] == []


@pytest.mark.parametrize("name", FILES)
def test_only_keywords_of_draft_07_are_used(name: str):
    text = json.dumps(schema(name))
    assert json.loads(text)["$schema"] == "http://json-schema.org/draft-07/schema#"
    for newer in ("prefixItems", "$defs", "dependentRequired", "unevaluatedProperties"):
        assert newer not in text


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_beside_the_files_are_those_of_the_program(name: str, tmp_path: Path):
    done = CliRunner().invoke(program, ["schema", str(tmp_path)])
    assert done.exit_code == 0
    file = f"{name}.schema.json"
    assert (tmp_path / file).read_text("utf-8") == (ROOT / "schemas" / file).read_text("utf-8")


def test_every_modeline_leads_to_a_schema():
    for path in SHIPPED:
        first = path.read_text("utf-8").splitlines()[0]
        if "$schema=" in first and "templates" not in path.parts and "sound" not in path.parts:
            assert (path.parent / first.split("$schema=")[1]).resolve().is_file(), path
