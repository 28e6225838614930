"""Every rule has its page, and the examples on it are what they are said to be."""

import re
from pathlib import Path

import pytest

from broken.corpus import check, report
from techprio.errors import UsageError
from techprio.study.rulebook import page, rulebook
from techprio.wording import LANGUAGES, language
from techprio.yaml_reader import parse
from techprio.yaml_source import Map

SOURCE = Path(__file__).parents[2] / "src" / "techprio"
PAGES = rulebook()
EXAMPLES = [(code, entry) for code, entry in PAGES.items() if "file" in entry]

WITHOUT_EXAMPLES = {"E101", "E102", "E103", "E117", "E118", "E629", "W601"}
"""What is wrong with these files cannot be written down as a part of one: their tests are in ``test_folder.py`` and
``test_plan_files.py``."""

CRITERIA = """techprio: 1
id: example
title: An example
candidates: ../candidates/list
criteria:
  - {id: growth, name: Growth, weight: 1, direction: max, scale: {kind: number, min: 0, max: 10}}
  - {id: delay, name: Delay, weight: 1, direction: min, scale: {kind: number, min: 0, max: 240}}
"""
BASES = {
    "candidate": ("candidates/panel/panel.yaml", "techprio: 1\nid: A\nfigures:\n  growth: 4\n  time: 30\n"),
    "sources": ("candidates/panel/sources.yaml", "techprio: 1\n"),
    "plan": (
        "plans/list/N.yaml",
        "techprio: 1\nid: N\nproduct: A\ntitle: A plan\nstart: 2026-01-01\ndue: 2027-12-31\n",
    ),
    "progress": ("plans/list/progress/2026-07.yaml", "techprio: 1\nmonth: 2026-07\nplans:\n  A: {note: On time}\n"),
    "list": ("candidates/list/list.yaml", "techprio: 1\nid: list-2026\ntitle: A list\n"),
}


def sections(text: str) -> dict[str, str]:
    """The top keys of a file, each with all that stands under it."""
    return {part.split(":")[0]: part for part in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if part}


def laid_over(base: str, example: str) -> str:
    """The file that an example belongs to: its sections replace those of the base, the others stay."""
    replaced = set(sections(example))
    if "candidates" in replaced and base == BASES["candidate"][1]:
        replaced |= {"id", "figures"}
    return "".join(part for key, part in sections(base).items() if key not in replaced) + example


def candidates_for(criteria: str) -> str:
    """Two candidates with figures for every criterion of a tree, and an answer to nothing."""

    def leaves(nodes: list[Map]) -> list[str]:
        return [id for node in nodes for id in (leaves(node["criteria"]) if "criteria" in node else [node["id"]])]

    figures = [", ".join(f"{id}: {n}" for id in leaves(parse(criteria.encode(), "").data["criteria"])) for n in (2, 4)]
    return "techprio: 1\ncandidates:\n" + "".join(
        f"  - {{id: {id}, tier: {tier}, figures: {{{row}}}}}\n"
        for id, tier, row in zip("AB", (1, 2), figures, strict=True)
    )


def codes(tmp_path: Path, kind: str, example: str) -> list[str]:
    """The codes that a check reports of an example."""
    if kind == "criteria":
        text = laid_over(CRITERIA, example)
        study = tmp_path / "study"
        for path in ("criteria", "candidates/list"):
            (study / path).mkdir(parents=True)
        (study / "candidates" / "list" / "all.yaml").write_text(candidates_for(text), encoding="utf-8")
        (study / "criteria" / "study.yaml").write_text(text, encoding="utf-8")
        return [fault.code for fault in check(study / "criteria" / "study.yaml")]
    file, base = BASES[kind]
    return [re.search(r" ([EW]\d{3})", line)[1] for line in report(tmp_path, {file: laid_over(base, example)}, file)]


def test_the_pages_are_those_of_the_codes_in_use():
    used = {code for path in SOURCE.rglob("*.py") for code in re.findall(r'"([EW]\d{3})"', path.read_text())}
    assert used == set(PAGES)


def test_only_files_that_cannot_be_quoted_have_no_example():
    assert set(PAGES) - {code for code, _ in EXAMPLES} == WITHOUT_EXAMPLES


@pytest.mark.parametrize(("code", "entry"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_the_wrong_example_breaks_this_rule_and_no_other(code: str, entry: Map, tmp_path: Path):
    assert {code} == set(codes(tmp_path, entry["file"], entry["wrong"]))


@pytest.mark.parametrize(("code", "entry"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_the_right_example_has_no_fault(code: str, entry: Map, tmp_path: Path):
    assert codes(tmp_path, entry["file"], entry["right"]) == []


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_the_rule_in_every_language_and_fits_the_terminal(code: str):
    assert set(PAGES[code]["rule"]) == set(LANGUAGES)
    for lang in LANGUAGES:
        shown = page(code, language(lang))
        assert shown.startswith(code)
        assert max(map(len, shown.splitlines())) <= 100


def test_a_page_reads_well():
    assert (
        page("W506", language("en"))
        == """W506 (warning)

The figure lies beyond the anchors worst and best, where the value does not change any
more: it is taken as the anchor.

Wrong, in a candidate file:

    figures:
      time: 200

Right, in a candidate file:

    figures:
      time: 140"""
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("E309", "there is no rule E309; did you mean E308?"),
        ("E999", "there is no rule E999; did you mean E629?"),
        ("W5", "there is no rule W5; did you mean W501?"),
        ("E4O2", "there is no rule E4O2; did you mean E402?"),
        ("HELP", "there is no rule HELP; rules are named like E402"),
    ],
)
def test_an_unknown_code_leads_to_the_nearest(code: str, message: str):
    with pytest.raises(UsageError) as raised:
        page(code, language("en"))
    assert message == str(raised.value)
