"""Published examples: every weighting comes out as it was printed, to the decimals that were printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techprio.weights import WEIGHTINGS

FOLDER = Path(__file__).parent / "golden"


def examples() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for i, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]):
            found.append(pytest.param(path.stem, example, id=f"{path.stem}-{i + 1}"))
    return found


def assert_as_printed(expected: Any, found: Any, decimals: int, what: str) -> None:
    """Equal to the printed number within half of its last decimal, and a hair for the arithmetic of the paper."""
    printed = np.array(expected, float)
    assert np.shape(found) == printed.shape, what
    assert np.abs(np.asarray(found) - printed).max() <= 0.5 * 10.0**-decimals + 1e-9, f"{what}: {np.asarray(found)}"


@pytest.mark.parametrize(("id", "example"), examples())
def test_a_published_example_comes_out_as_printed(id: str, example: dict[str, Any]) -> None:
    entry = WEIGHTINGS[id]
    settings, expected = example.get("settings", {}), example["expected"]
    assert example["source"]
    if entry.kind == "judgement":
        found = entry.function(example["judgements"], example["nodes"], **settings)
        weights, said = found.weights, found
    else:
        arguments = (np.array(example["x"], float), np.array(example["sense"], float))
        weights = entry.function(*arguments, **settings)
        said = entry.parts(*arguments, **settings) if entry.parts else None
    if "weights" in expected:
        assert_as_printed(expected["weights"], weights, expected["decimals"], "weights")
    for name, printed in {**expected.get("parts", {}), **expected.get("says", {})}.items():
        if isinstance(printed, dict):
            assert_as_printed(printed["values"], getattr(said, name), printed["decimals"], name)
        else:
            assert getattr(said, name) == printed
    assert set(expected) & {"weights", "parts", "says"}


@pytest.mark.parametrize("id", WEIGHTINGS)
def test_every_weighting_has_two_examples(id: str) -> None:
    assert len(yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))["examples"]) >= 2
