"""What the tests of pictures have in common: galleries of the shipped study, and the numbers in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import techprio
from techprio import plots
from techprio.plots.gallery import RESULTS, Gallery
from techprio.wording import language

ROOT = Path(__file__).parents[2]
ENGLISH, VIETNAMESE = language("en"), language("vi")
SHIPPED = techprio.load(ROOT / "criteria" / "strategic-technologies.yaml")
WEIGHTS: list[Mapping[str, float]] = [{}, {"autonomy": 45}, {"delivery": 60, "fit": 1}, {"breakthrough": 0}]
FAST = [name for name in plots.NAMES if name != "flips"]


def gallery(change: Mapping[str, float] | None = None, **choices: Any) -> Gallery:
    changes = techprio.verbs.choices_of({"change": {"weight": dict(change or {})}, "draws": 500, **choices})
    return Gallery(SHIPPED, changes, near=3)


def rows_of(shown: Gallery, name: str) -> list[dict[str, Any]]:
    exhibit = plots.find(name)
    return exhibit.rows(RESULTS[exhibit.takes](shown), ENGLISH)


def finding(shown: Gallery, name: str) -> str:
    return plots.find(name).finding(rows_of(shown, name), ENGLISH)


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"(?<![\w.])\d+(?![\w.%])", text)]
