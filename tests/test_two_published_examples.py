"""At least two independent published examples an entry, and a short list of those of which no two could be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from techprio import agreement
from techprio.methods import METHODS
from techprio.relations import RELATIONS
from techprio.sorting import SORTINGS
from techprio.weights import WEIGHTINGS

HERE = Path(__file__).parent
OTHERS = ("if_defined", "overlaps", "preferences")
MEASURES = [name for name in agreement.__all__ if name[0].islower() and name not in OTHERS]
ENTRIES = [
    *(("methods", id) for id in METHODS),
    *(("relations", id) for id in RELATIONS),
    *(("sorting", id) for id in SORTINGS if id != "thresholds"),  # whose scores are a ranking method's
    *(("weights", id) for id in WEIGHTINGS),
    *(("agreement", id) for id in MEASURES),
]

NO_TABLE = "of a second paper, no table with all its figures could be read"
NO_FIGURES = "the papers print results without all the figures that they come from"
ONE_STEP = "the formula is one division, or none"
ONE_PAPER = "the papers that use it print no rankings beside the value, or only the first one does"
FEWER: dict[tuple[str, str], str] = {
    ("methods", "choquet"): "the published examples are not 2-additive",
    ("methods", "comet"): NO_FIGURES,
    ("methods", "ocra"): NO_TABLE,
    ("methods", "probid"): NO_TABLE,
    ("methods", "rim"): NO_TABLE,
    ("methods", "todim"): NO_FIGURES,
    ("sorting", "flowsort"): NO_FIGURES,
    ("weights", "direct"): ONE_STEP,
    ("weights", "points"): ONE_STEP,
    ("weights", "equal"): ONE_STEP,
    ("weights", "swing"): ONE_STEP,
    ("weights", "macbeth"): NO_TABLE,
    ("weights", "utastar"): NO_TABLE,
    ("agreement", "rbo"): ONE_PAPER,
    ("agreement", "top_k"): ONE_PAPER,
}
"""Entry → why its examples come from fewer than two works; the others are worked by hand, from the paper."""


def examples(kind: str, id: str) -> list[dict[str, Any]]:
    path = HERE / kind / "golden" / f"{id}.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]
    return found


def works(kind: str, id: str) -> set[str]:
    """The published works that the examples of an entry come from: author and year."""
    found, last = set(), ""
    for example in examples(kind, id):
        source, note = example["source"], example.get("note", "")
        if (
            re.match(r"(Worked|By hand|The test suite|The table of|The same)", source)
            or "worked out in plain loops" in note
        ):
            continue
        if "ibid" not in source:
            last = " ".join(re.findall(r"^\W*\w+ \w+ \w+|^\w+|\b(?:17|18|19|20)\d\d\b", source)[:2])
        found.add(last)
    return found


@pytest.mark.parametrize(("kind", "id"), ENTRIES)
def test_every_entry_has_two_published_examples_or_says_why_not(kind: str, id: str) -> None:
    if (kind, id) in FEWER:
        assert len(examples(kind, id)) >= 2
        assert len(works(kind, id)) < 2, "it has two now: strike it off the list"
    else:
        assert len(works(kind, id)) >= 2
