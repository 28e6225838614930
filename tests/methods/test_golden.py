"""Published examples: every method comes out as it was printed, to the decimals that were printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techprio.methods import METHODS
from techprio.ranking import ranks

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
    entry = METHODS[id]
    arguments = (np.array(example["x"], float), np.array(example["w"], float), np.array(example["sense"], float))
    settings = example.get("settings", {})
    expected = example["expected"]
    scores = entry.function(*arguments, **settings)
    if "scores" in expected:
        assert_as_printed(expected["scores"], scores, expected["decimals"], "scores")
    if "ranks" in expected:
        assert ranks(scores, entry.score_unit).tolist() == expected["ranks"]
    if "parts" in expected:
        assert entry.parts is not None
        parts = entry.parts(*arguments, **settings)
        for name, printed in expected["parts"].items():
            assert_as_printed(printed["values"], getattr(parts, name), printed["decimals"], name)
    assert set(expected) & {"scores", "ranks", "parts"}
    assert example["source"]
