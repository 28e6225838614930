"""No fault is the consequence of another: one mistake in a study that leans on it everywhere is one fault."""

from pathlib import Path

import pytest

from broken.corpus import SOUND, report

STUDY = "criteria/study.yaml"
A = "candidates/list/A.yaml"
SEVERAL = "candidates/list/several.yaml"
D = "candidates/list/digital/D.yaml"
SOURCES = "candidates/list/sources.yaml"
LIST = "candidates/list/list.yaml"
PANEL = "candidates/panel/panel.yaml"

Edit = tuple[str, str | None, str]
"""A file, the words in it to be replaced (None: all), and the words instead."""

MISTAKES: list[tuple[str, list[Edit], str]] = [
    (
        "a criterion whose direction is no choice, with figures for it",
        [(STUDY, "1.5\n        direction: max", "1.5\n        direction: up")],
        f"{STUDY} E206 criteria[impact].criteria[market].direction",
    ),
    (
        "a criterion without an id, with figures for it",
        [(STUDY, "id: market\n        name:", "name:")],
        f"{STUDY} E202 criteria[impact].criteria[1].id",
    ),
    (
        "a criterion whose key id is misspelt",
        [(STUDY, "      - id: market", "      - di: market")],
        f"{STUDY} E201 criteria[impact].criteria[1].di",
    ),
    (
        "a criterion whose id is a number",
        [(STUDY, "id: market", "id: 5")],
        f"{STUDY} E208 criteria[impact].criteria[1].id",
    ),
    (
        "a criterion whose id has a space in it",
        [(STUDY, "id: market", "id: home market")],
        f"{STUDY} E208 criteria[impact].criteria[home market].id",
    ),
    (
        "a criterion whose id has a tag",
        [(STUDY, "id: market", "id: !x market")],
        f"{STUDY} E108 criteria[impact].criteria[1].id",
    ),
    (
        "a criterion that merges another in",
        [(STUDY, "id: market", "<<: {id: market}")],
        f"{STUDY} E109 criteria[impact].criteria[1].<<",
    ),
    (
        "a branch without a name",
        [(STUDY, "    name: Autonomy\n", "")],
        f"{STUDY} E202 criteria[autonomy].name",
    ),
    (
        "a branch whose id is a list",
        [(STUDY, "  - id: autonomy\n", "  - id: [a]\n")],
        f"{STUDY} E203 criteria[1].id",
    ),
    (
        "a weight in words, in a tree with weight sets",
        [(STUDY, "weight: 25", "weight: a lot")],
        f"{STUDY} E203 criteria[autonomy].weight",
    ),
    (
        "a criterion without a scale",
        [(STUDY, "        scale: {kind: number, min: 0, max: 100, extra: null}\n", "")],
        f"{STUDY} E202 criteria[impact].criteria[market].scale",
    ),
    (
        "a scale of unknown kind",
        [(STUDY, "        scale: {kind: number, min: 0, max: 100,", "        scale: {kind: num, min: 0, max: 100,")],
        f"{STUDY} E206 criteria[impact].criteria[market].scale.kind",
    ),
    (
        "a limit that is no number",
        [(STUDY, "        scale: {kind: number, min: 0, max: 100,", "        scale: {kind: number, min: 0, max: 1OO,")],
        f"{STUDY} E203 criteria[impact].criteria[market].scale.max",
    ),
    (
        "limits that are turned round, with anchors and figures within",
        [(STUDY, "0, max: 240", "240, max: 0")],
        f"{STUDY} E303 criteria[delivery].criteria[time].scale.max",
    ),
    (
        "an anchor that is no number, on a scale without an upper limit",
        [(STUDY, "worst: 20000", "worst: 20.000.000")],
        f"{STUDY} E205 criteria[delivery].criteria[funding].value.worst",
    ),
    (
        "anchors that are the same, with figures beyond",
        [(STUDY, "144, best: 0", "144, best: 144")],
        f"{STUDY} E304 criteria[delivery].criteria[time].value.best",
    ),
    (
        "a value function whose key shape is misspelt",
        [(STUDY, "        value: {shape: linear", "        value: {shap: linear")],
        f"{STUDY} E201 criteria[delivery].criteria[time].value.shap",
    ),
    (
        "a curvature out of bounds",
        [(STUDY, "-2.5", "99")],
        f"{STUDY} E207 criteria[delivery].criteria[funding].value.rho",
    ),
    (
        "a level whose words are a number, on a scale that an alias repeats",
        [(STUDY, "something", "5")],
        f"{STUDY} E203 criteria[impact].criteria[growth].scale.levels.3.en",
    ),
    (
        "a level whose words are a list, on a scale that an alias repeats",
        [(STUDY, "very much", "[very much]")],
        f"{STUDY} E203 criteria[impact].criteria[growth].scale.levels.5",
    ),
    (
        "a threshold whose key is misspelt",
        [(STUDY, "linear, indifference:", "linear, indiference:")],
        f"{STUDY} E201 criteria[delivery].criteria[time].preference.indiference",
    ),
    (
        "a veto with its unit",
        [(STUDY, "96", "96 months")],
        f"{STUDY} E203 criteria[delivery].criteria[time].veto",
    ),
    (
        "the section of gates misspelt, with answers",
        [(STUDY, "gates:", "gate:")],
        f"{STUDY} E201 gate",
    ),
    (
        "a gate without an id",
        [(STUDY, "id: strategic-test\n    require:", "require:")],
        f"{STUDY} E202 gates[1].id",
    ),
    (
        "a gate whose questions are under a misspelt key, with answers",
        [(STUDY, "    of: [breakthrough", "    off: [breakthrough")],
        f"{STUDY} E201 gates[strategic-test].off",
    ),
    (
        "a question whose id has a space in it, with answers",
        [(STUDY, "[breakthrough", "[break through")],
        f"{STUDY} E208 gates[strategic-test].of[0]",
    ),
    (
        "a criterion without a direction that a gate judges",
        [(STUDY, "funding\n        weight: 1\n        direction: min\n", "funding\n        weight: 1\n")],
        f"{STUDY} E202 criteria[delivery].criteria[funding].direction",
    ),
    (
        "a label whose name is a number, with candidates and floors of it",
        [(STUDY, "Digital technology", "5")],
        f"{STUDY} E203 labels.group.digital",
    ),
    (
        "the labels misspelt, with candidates of them",
        [(STUDY, "labels:", "label:")],
        f"{STUDY} E201 label",
    ),
    (
        "the tiers misspelt, with candidates of them",
        [(STUDY, " tier:", " teir:")],
        f"{STUDY} E201 labels.teir",
    ),
    (
        "the weight sets misspelt, one of which is a centre",
        [(STUDY, "weight_sets:", "weightsets:")],
        f"{STUDY} E201 weightsets",
    ),
    (
        "a weight set whose id has a space in it, which is a centre",
        [(STUDY, "id: breakthrough", "id: break through")],
        f"{STUDY} E208 weight_sets[break through].id",
    ),
    (
        "a weight set without an id",
        [(STUDY, "id: breakthrough\n    name:", "name:")],
        f"{STUDY} E202 weight_sets[0].id",
    ),
    (
        "a weight set whose weights are misspelt",
        [(STUDY, "    weights: {autonomy:", "    wieghts: {autonomy:")],
        f"{STUDY} E201 weight_sets[autonomy-first].wieghts",
    ),
    (
        "a cut in words",
        [(STUDY, "total: 3", "total: three")],
        f"{STUDY} E203 cut.total",
    ),
    (
        "a floor whose tier is misspelt",
        [(STUDY, "{tier:", "{teir:")],
        f"{STUDY} E201 cut.at_least[0].teir",
    ),
    (
        "a date that begins with the day, with ages to be counted",
        [(STUDY, "2026-11-01", "1/11/2026")],
        f"{STUDY} E209 as_of",
    ),
    (
        "the date misspelt, with ages to be counted",
        [(STUDY, "\nas_of:", "\nasof:")],
        f"{STUDY} E201 asof",
    ),
    (
        "a study whose id has a space in it",
        [(STUDY, "sound-study", "sound study")],
        f"{STUDY} E208 id",
    ),
    (
        "a study without a title",
        [(STUDY, "title:\n  en: A sound study\n  vi: Một nghiên cứu không có lỗi\n", "")],
        f"{STUDY} E202 title",
    ),
    (
        "a candidates folder that is a number",
        [(STUDY, "candidates:\n  - ../candidates/list\n  - ../candidates/panel", "candidates: 5")],
        f"{STUDY} E203 candidates",
    ),
    (
        "an unknown folder, laid over another",
        [(STUDY, "../candidates/panel", "../candidates/panal")],
        f"{STUDY} E116 candidates[1]",
    ),
    (
        "an unknown folder, with another laid over it",
        [(STUDY, "../candidates/list", "../candidates/lst")],
        f"{STUDY} E116 candidates[0]",
    ),
    (
        "a criteria file that is not YAML",
        [(STUDY, "2026-11-01", "2026-11-01: x")],
        f"{STUDY} E104",
    ),
    (
        "a method that is a list, with settings",
        [(STUDY, "additive\n  settings: {", "[additive]\n  settings: {scaling: value")],
        f"{STUDY} E203 analysis.method",
    ),
    (
        "a candidate whose id has a space in it, with another file laid over it",
        [(A, "id: A", "id: Tech A")],
        f"{A} E208 id",
    ),
    (
        "a candidate whose id is a number, linked to",
        [
            (SEVERAL, "id: B", "id: 7"),
            (A, "{to: B", '{to: "7"'),
            (A, "- to: B", "- to: C"),
            (PANEL, None, "techprio: 1\nid: A\n"),
        ],
        f"{SEVERAL} E208 candidates[0].id",
    ),
    (
        "a candidate file that is not YAML, linked to",
        [(SEVERAL, "id: B", "id: B: x")],
        f"{SEVERAL} E104 candidates[B]",
    ),
    (
        "a candidate without an id, linked to",
        [(SEVERAL, "id: C\n    tier:", "tier:")],
        f"{SEVERAL} E202 candidates[1].id",
    ),
    (
        "a candidate whose key id is misspelt, linked to",
        [(SEVERAL, "  - id: C", "  - Id: C")],
        f"{SEVERAL} E201 candidates[1].Id",
    ),
    (
        "a list of candidates misspelt, linked to",
        [(SEVERAL, "candidates:", "candidate:")],
        f"{SEVERAL} E201 candidate",
    ),
    (
        "a list of candidates that is none, linked to",
        [(SEVERAL, None, "techprio: 1\ncandidates: none\n")],
        f"{SEVERAL} E203 candidates",
    ),
    (
        "figures that are a text",
        [(D, "figures:\n  growth: 1\n  market: 60\n  core: 5\n  supply: 0\n  funding: 0\n  time: 6", "figures: none")],
        f"{D} E203 figures",
    ),
    (
        "figures under a misspelt key",
        [(D, "figures:", "figure:")],
        f"{D} E201 figure",
    ),
    (
        "a figure with a decimal comma that a criterion demands",
        [(D, "funding: 0", "funding: 0,5")],
        f"{D} E204 figures.funding",
    ),
    (
        "a low end with its unit",
        [(A, "low: 20", "low: 20%")],
        f"{A} E203 figures.market.low",
    ),
    (
        "a low end under a misspelt key",
        [(A, "    low: 20", "    lo: 20")],
        f"{A} E201 figures.market.lo",
    ),
    (
        "a value off the scale and so above its range",
        [(A, "3.5", "35")],
        f"{A} E407 figures.growth.value",
    ),
    (
        "a source without a title, cited",
        [(SOURCES, "    title: A survey\n", "")],
        f"{SOURCES} E202 sources.survey-2026.title",
    ),
    (
        "a source whose id has a space in it, cited",
        [(SOURCES, "survey-2026:", "survey 2026:")],
        f"{SOURCES} E208 sources.survey 2026",
    ),
    (
        "a source whose id is a number, cited",
        [(SOURCES, "interview:", "2026:"), (A, "interview", '"2026"')],
        f"{SOURCES} E208 sources.2026",
    ),
    (
        "the sources misspelt, cited",
        [(SOURCES, "sources:", "source:")],
        f"{SOURCES} E201 source",
    ),
    (
        "a sources file that is not YAML, cited",
        [(SOURCES, "    title: A survey", "    title: A: survey")],
        f"{SOURCES} E104 sources.survey-2026",
    ),
    (
        "sources that are a list, cited",
        [(SOURCES, None, "techprio: 1\nsources:\n  - id: survey-2026\n    title: A survey\n")],
        f"{SOURCES} E203 sources",
    ),
    (
        "a tier that is not whole",
        [(A, "tier: 1", "tier: 1.5")],
        f"{A} E208 tier",
    ),
    (
        "a list without an id",
        [(LIST, None, "techprio: 1\ntitle: A list\n")],
        f"{LIST} E202 id",
    ),
]


def edited(edits: list[Edit]) -> dict[str, str]:
    files: dict[str, str] = {}
    for file, old, new in edits:
        text = files.get(file) or (SOUND / file).read_text(encoding="utf-8")
        assert old is None or text.count(old) == 1
        files[file] = new if old is None else text.replace(old, new)
    return files


@pytest.mark.parametrize(("edits", "fault"), [pytest.param(*row, id=title) for title, *row in MISTAKES])
def test_one_mistake_is_one_fault(edits: list[Edit], fault: str, tmp_path: Path):
    said = [line.split(": ")[0].split(":") for line in report(tmp_path, edited(edits))]
    assert [fault] == [f"{file} {rest.split(' ', 1)[1]}" for file, _, rest in said]


def test_mistakes_that_have_nothing_to_do_with_each_other_are_all_told(tmp_path: Path):
    edits: list[Edit] = [
        (STUDY, "max_age: 36", "max_age: 3.5"),
        (STUDY, "weight: 25", "weight: -25"),
        (STUDY, "of: [breakthrough, advantage]", "of: [breakthrough, breakthrough]"),
        (A, "tier: 1", "teir: 1"),
        (A, "core: 4", "core: 44"),
        (A, "to: D", "to: Z"),
        (SEVERAL, "market: null", "market: nul"),
        (SEVERAL, "growth: 2,", "grwoth: 2,"),
        (SOURCES, "level: C", "level: E"),
    ]
    assert [
        f"{STUDY} E203 max_age",
        f"{STUDY} E207 criteria[autonomy].weight",
        f"{STUDY} E311 gates[strategic-test].of[1]",
        f"{A} E201 teir",
        f"{A} E407 figures.core",
        f"{A} E405 links[2].to",
        f"{SEVERAL} E203 candidates[B].figures.market",
        f"{SEVERAL} E402 candidates[C].figures.grwoth",
        f"{SOURCES} E206 sources.survey-2026.level",
    ] == [f"{line.split(':')[0]} {line.split(': ')[0].split(' ', 1)[1]}" for line in report(tmp_path, edited(edits))]
