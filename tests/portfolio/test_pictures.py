"""The pictures of a chosen set of 6, 30 and 48: their rows are those of the selection, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import techprio as tp
from techprio.selection import Selection
from techprio.selection_pictures import balance, curve, index, prices
from techprio.selection_pictures.gallery import pictures
from techprio.wording import LANGUAGES, language

ENGLISH = language("en")
CRITERIA = """techprio: 1
id: choice
title: A choice
candidates: ../candidates/list
criteria:
  - {id: growth, name: Growth, weight: 3, direction: max, scale: {kind: number, min: 0, max: 100}}
  - {id: cost, name: Cost, weight: 1, direction: min, unit: VND bn, scale: {kind: number, min: 0, max: 100}}
weight_space: {around: chosen, within: 50%}
portfolio:
  budgets:
    - {id: state, of: cost, limit: LIMIT}
  leave_out: cost
  size: {at_most: 20}
  bets:
    - {id: near, name: Near, tier: 1}
    - {id: far, name: Far, tier: 2}
"""


def selection(folder: Path, n: int) -> Selection:
    rows = [
        f"  - {{id: C{k:02}, name: Product {k}, tier: {1 + k % 2},"
        f" figures: {{growth: {(37 * k) % 90 + 5}, cost: {(53 * k) % 60 + 20}}}}}\n"
        for k in range(n)
    ]
    for name, text in {
        "criteria/study.yaml": CRITERIA.replace("LIMIT", str(20 * n)),
        "candidates/list/all.yaml": "techprio: 1\ncandidates:\n" + "".join(rows),
    }.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    return tp.select(tp.load(folder / "criteria" / "study.yaml"), draws=10)


@pytest.fixture(scope="module", params=[6, 30, 48])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Selection:
    return selection(tmp_path_factory.mktemp("choice"), request.param)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_is_made_says_what_it_shows_and_holds_every_candidate_once(found: Selection, lang: str) -> None:
    made = pictures(found, language(lang))
    assert {picture.name.rstrip("-12") for picture in made} == {
        "portfolio-index",
        "portfolio-curve",
        "portfolio-balance",
        "portfolio-prices",
    }
    assert all(picture.title in picture.alt for picture in made)
    shown = [row["id"] for picture in made if picture.name.startswith("portfolio-index") for row in picture.rows]
    assert sorted(shown) == sorted(found.model.candidates)


def test_the_rows_are_those_of_the_selection(found: Selection) -> None:
    every = index.rows(found, ENGLISH)
    assert {row["id"] for row in every if row["chosen"]} == set(found.chosen)
    now = [row for row in curve.rows(found, ENGLISH) if row["budget"] == 1]
    assert now[0]["value"] == pytest.approx(found.best.value)
    held = {row["bet"]: row["number"] for row in balance.rows(found, ENGLISH) if row["now"]}
    assert sum(held.values()) == len(found.chosen)
    dear = prices.rows(found, ENGLISH)
    assert [row["price"] for row in dear] == sorted((row["price"] for row in dear), reverse=True)


def test_the_same_bytes_are_drawn_twice(found: Selection) -> None:
    first, second = (pictures(found, ENGLISH)[0].to_bytes("svg") for _ in range(2))
    assert first == second
