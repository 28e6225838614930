"""What stands in the way of reading a folder is said; nothing is passed over in silence."""

import os
from pathlib import Path

import pytest

from broken.corpus import check, lay, report, told

E = "techprio: 1\nid: E\nfigures: {growth: 2, market: 12, core: 3, supply: 30, funding: 90, time: 18}\n"


def reported(tmp_path: Path) -> list[str]:
    return [told(fault, tmp_path) for fault in check(tmp_path / "criteria" / "study.yaml")]


def test_a_criteria_file_that_is_not_there(tmp_path: Path):
    lay(tmp_path, {})
    (tmp_path / "criteria" / "study.yaml").unlink()
    assert reported(tmp_path) == ["criteria/study.yaml:1:1 E101: there is no such file"]


def test_a_folder_that_is_named_like_a_file(tmp_path: Path):
    lay(tmp_path, {})
    (tmp_path / "candidates" / "list" / "E.yaml").mkdir()
    assert reported(tmp_path) == ["candidates/list/E.yaml:1:1 E101: this is a folder, not a file; name it otherwise"]


def test_a_pipe_is_not_read(tmp_path: Path):
    lay(tmp_path, {})
    os.mkfifo(tmp_path / "candidates" / "list" / "E.yaml")
    assert reported(tmp_path) == ["candidates/list/E.yaml:1:1 E101: this is not a file of text"]


def test_a_file_of_more_than_8_mib(tmp_path: Path):
    text = E + "#" * 8 * 1024 * 1024
    assert report(tmp_path, {"candidates/list/E.yaml": text}) == [
        "candidates/list/E.yaml:1:1 E102: the file is larger than 8 MiB; split it"
    ]


def test_a_file_of_8_mib(tmp_path: Path):
    text = E + "#" * (8 * 1024 * 1024 - len(E))
    assert report(tmp_path, {"candidates/list/E.yaml": text}) == []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("techprio: 1\nid: E\nname: Công nghệ\n".encode("utf-16"), "1:1"),
        ("techprio: 1\nid: E\nname: Công\n".encode("windows-1258"), "3:8"),
        ("\ufefftechprio: 1\nid: E\nname: Cô".encode() + b"\xff", "3:9"),
    ],
    ids=["UTF-16", "an old code page", "a byte order mark and a broken byte"],
)
def test_a_file_that_is_not_utf_8(data: bytes, place: str, tmp_path: Path):
    said = report(tmp_path, {"candidates/list/E.yaml": data})
    assert [f"candidates/list/E.yaml:{place} E103: this is not UTF-8 text; save the file as UTF-8"] == said


def test_a_control_character_is_shown_by_its_number(tmp_path: Path):
    said = report(tmp_path, {"candidates/list/E.yaml": f"{E}name: Công nghệ \x1b[2J\n"})
    assert said == ["candidates/list/E.yaml:4:17 E106: the character U+001B cannot stand in a study; delete it"]


@pytest.mark.parametrize("name", ["E.yml", "E.YAML", "E.Yml"])
def test_a_file_whose_name_ends_otherwise(name: str, tmp_path: Path):
    said = report(tmp_path, {f"candidates/list/{name}": E})
    assert [
        f"candidates/list/{name}:1:1 E117: a file is read if its name ends in .yaml; name it E.yaml",
    ] == said


def test_a_file_that_is_no_yaml_by_its_name_is_let_be(tmp_path: Path):
    assert report(tmp_path, {"candidates/list/README.md": "# A list\n"}) == []


def test_a_link_in_the_folder_is_followed(tmp_path: Path):
    lay(tmp_path, {"candidates/list/drafts/E.txt": E})
    (tmp_path / "candidates" / "list" / "E.yaml").symlink_to("drafts/E.txt")
    assert reported(tmp_path) == []


@pytest.mark.parametrize("target", ["../../notes.txt", "/dev/zero", "/etc/passwd", "E.yaml"])
def test_a_link_that_leads_out_of_the_folder_or_nowhere(target: str, tmp_path: Path):
    lay(tmp_path, {"notes.txt": E})
    (tmp_path / "candidates" / "list" / "E.yaml").symlink_to(target)
    outside = "candidates/list/E.yaml:1:1 E115: this link leads out of the candidates folder; put the file itself here"
    nowhere = "candidates/list/E.yaml:1:1 E101: there is no such file"
    assert [nowhere if target == "E.yaml" else outside] == reported(tmp_path)


def test_a_linked_folder_is_not_followed(tmp_path: Path):
    lay(tmp_path, {"more/E.yaml": E})
    (tmp_path / "candidates" / "list" / "more").symlink_to(tmp_path / "more")
    said = "candidates/list/more:1:1 E115: a linked folder is not followed; put the folder itself here"
    assert [said] == reported(tmp_path)


def test_a_candidates_folder_that_is_a_link_out_of_the_study(tmp_path: Path):
    lay(tmp_path / "study", {})
    (tmp_path / "study" / "candidates" / "panel").rename(tmp_path / "panel")
    (tmp_path / "study" / "candidates" / "panel").symlink_to(tmp_path / "panel")
    outside = (
        "this leads out of the study, which is the folder above the criteria file's; keep the candidates in the study"
    )
    assert [f"criteria/study.yaml:15:5 E115 candidates[1]: {outside}"] == reported(tmp_path / "study")


def test_sources_beside_the_criteria_that_are_a_link(tmp_path: Path):
    lay(tmp_path, {})
    beside = tmp_path / "criteria" / "sources.yaml"
    beside.rename(tmp_path / "elsewhere.yaml")
    beside.symlink_to(tmp_path / "elsewhere.yaml")
    said = "criteria/sources.yaml:1:1 E115: this link leads out of its folder; put the file itself here"
    assert [said] == reported(tmp_path)


def test_a_folder_without_candidates(tmp_path: Path):
    criteria = lay(tmp_path, {"candidates/new/sources.yaml": "techprio: 1\nsources: {}\n"})
    criteria.write_text(criteria.read_text().replace("  - ../candidates/panel\n", "  - ../candidates/new\n"))
    assert reported(tmp_path) == ["candidates/new:1:1 E116: no candidate file (*.yaml) is in this folder"]


def test_a_file_with_more_faults_than_anybody_reads(tmp_path: Path):
    text = "techprio: 1\ncandidates:\n" + "".join(f"- {{id: E{n}, colour: blue}}\n" for n in range(10_001))
    said = report(tmp_path, {"candidates/list/E.yaml": text})
    assert said[0].startswith("candidates/list/E.yaml:3:12 E201 candidates[E0].colour")
    assert "more than 10,000 faults stand in this file, and no more are looked for" in said[-1]
    assert {"candidates/list/E.yaml"} == {line.split(":")[0] for line in said}


def test_a_file_with_9_999_faults(tmp_path: Path):
    text = "techprio: 1\ncandidates:\n" + "".join(f"- {{id: E{n}, colour: blue}}\n" for n in range(9_999))
    said = [line for line in report(tmp_path, {"candidates/list/E.yaml": text}) if " E201 " in line]
    assert len(said) == 9_999


def test_faults_come_in_the_order_of_the_files(tmp_path: Path):
    files = {
        "criteria/study.yaml": (lay(tmp_path, {})).read_text().replace("weight: 60", "weight: -60"),
        "criteria/sources.yaml": "techprio: 1\nsources: {law-133: {title: Law 133, level: E}}\n",
        "candidates/list/A.yaml": "techprio: 1\nid: A\nname: A: B\n",
        "candidates/list/sources.yaml": "techprio: 1\nsorces: {}\n",
        "candidates/panel/panel.yaml": "techprio: 1\nid: A\nfigures: {growth: 44}\n",
    }
    said = [line.split(": ")[0] for line in report(tmp_path, files)]
    assert said == [
        "criteria/study.yaml:39:13 E207 criteria[impact].weight",
        "criteria/sources.yaml:2:44 E206 sources.law-133.level",
        "candidates/list/A.yaml:3:8 E104",
        "candidates/list/sources.yaml:2:1 E201 sorces",
        "candidates/panel/panel.yaml:3:19 E407 figures.growth",
    ]
