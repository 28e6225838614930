"""Files made to do harm are refused, or shown harmlessly, in little time and memory."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from broken.corpus import lay

MEMORY = 300 * 2**20
SECONDS = 6.0
"""Of processor time. On an idle machine each takes less than 2 s; what is quadratic takes minutes."""


class Outcome(NamedTuple):
    code: int
    said: bytes
    seconds: float
    memory: float


WATCHED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"\\n{used.ru_utime + used.ru_stime} {used.ru_maxrss * 1024}", file=sys.stderr)
sys.exit(done.returncode)
"""
"""A small process between, because the peak of a child counts the memory of its parent too."""


def check(folder: Path) -> Outcome:
    """``techprio check`` in a process of its own, measured."""
    environment = {"PYTHONUTF8": "1", "PATH": os.environ["PATH"]}
    program = [sys.executable, "-m", "techprio", "check", str(folder / "criteria" / "study.yaml")]
    call = [sys.executable, "-I", "-S", "-c", WATCHED, *program]
    done = subprocess.run(call, capture_output=True, env=environment, check=False)
    seconds, memory = map(float, done.stderr.split())
    return Outcome(done.returncode, done.stdout, seconds, memory)


def laughs() -> str:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


DEEP = 100_000
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "billion laughs": (laughs(), "E111"),
    "deep brackets": ("figures: " + "[" * DEEP, "E112"),
    "deep braces": ("figures: " + "{a: " * DEEP, "E112"),
    "deep dashes": ("figures:\n" + "- " * DEEP + "1\n", "E112"),
    "deep blocks": ("".join(" " * n + f"k{n}:\n" for n in range(2_000)), "E112"),
    "a hundred mebibytes": (b"techprio: 1\n" + b"#" * 100 * 2**20, "E102"),
    "a program": (bytes(range(256)) * 4_000, "E103"),
    "UTF-16": ("techprio: 1\nid: E\n".encode("utf-16"), "E103"),
    "Python tags": ("techprio: 1\nid: !!python/object/apply:os.system ['touch pwned']\n", "E108"),
    "a million aliases": ("a: &a x\nb: [" + "*a, " * 1_000_000 + "*a]\n", "E111"),
    "a million keys": ("".join(f"k{n}: 1\n" for n in range(700_000)), "E111"),
    "a long line": ("techprio: 1\nid: " + "x " * 3_000_000 + "\n", "E2"),
    "a long number": ("techprio: 1\nid: E\nfigures: {growth: " + "9" * 7_000_000 + "}\n", "E2"),
    "a long key": ("techprio: 1\nid: E\n" + "k" * 7_000_000 + ": 1\n", "E"),
    "brackets that are not closed": ("techprio: 1\nid: E\nfigures: " + "[1, " * 60, "E"),
    "a million tabs": ("techprio: 1\n" + "\t" * 1_000_000 + "id: E\n", "E"),
    "a wall of spaces": ("techprio: 1\nid: E\nname: a" + " " * 7_000_000 + "b\n", "E"),
    "many quotes": ("techprio: 1\nid: E\nname: " + "\"'" * 1_000_000 + "\n", "E"),
    "many colons": ("techprio: 1\nid: E\nname: " + "a: " * 500_000 + "\n", "E"),
    "many commas": ("techprio: 1\nid: E\nfigures: {" + "a," * 100_000 + "}\n", "E"),
    "many unknown keys": ("techprio: 1\nid: E\n" + "".join(f"figurs{n}: 1\n" for n in range(20_000)), "E201"),
    "many unknown criteria": (
        "techprio: 1\nid: E\nfigures:\n" + "".join(f"  m{n}: 1\n" for n in range(20_000)),
        "E402",
    ),
    "many ids alike": ("techprio: 1\ncandidates:\n" + "- {id: E}\n" * 20_000, "E401"),
    "many tag directives": ("%TAG !a! tag:a\n" * 100_000 + "--- 1\n", "E108"),
    "many documents": ("---\n1\n" * 100_000, "E113"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(tmp_path: Path, name: str):
    content, code = HOSTILE[name]
    lay(tmp_path, {})
    there = tmp_path / "candidates" / "list" / "E.yaml"
    there.write_bytes(content.encode() if isinstance(content, str) else content)
    outcome = check(tmp_path)
    assert outcome.code == 1
    assert f"E.yaml:{'1:1' if code == 'E102' else ''}".encode() in outcome.said
    assert f" {code}".encode() in outcome.said
    assert b"Traceback" not in outcome.said
    assert len(outcome.said) < 60_000
    assert outcome.seconds < SECONDS
    assert outcome.memory < MEMORY
    assert not (tmp_path / "pwned").exists()
    assert not Path("pwned").exists()


def test_a_hostile_criteria_file_is_refused(tmp_path: Path):
    lay(tmp_path, {"criteria/study.yaml": laughs()})
    outcome = check(tmp_path)
    assert outcome.code == 1
    assert b"E111" in outcome.said


@pytest.mark.parametrize("where", ["../../..", "/", "../candidates/list/../../../..", "/etc"])
def test_candidates_out_of_the_study_are_not_read(tmp_path: Path, where: str):
    lay(tmp_path, {})
    criteria = tmp_path / "criteria" / "study.yaml"
    criteria.write_text(criteria.read_text().replace("  - ../candidates/panel\n", f"  - {where}\n"))
    outcome = check(tmp_path)
    assert outcome.code == 1
    assert b"E115" in outcome.said
    assert outcome.seconds < SECONDS


@pytest.mark.parametrize("name", ["\x1b[2J\x1b[31mred", "name\u202etxt.exe", "bell\x07", "\x9b31m"])
@pytest.mark.parametrize("quoted", [False, True])
def test_what_would_command_a_terminal_never_reaches_it(tmp_path: Path, name: str, quoted: bool):
    escaped = "".join(c if c.isascii() and c.isprintable() else f"\\u{ord(c):04x}" for c in name)
    text = f'techprio: 1\nid: E\nname: "{escaped}"\n' if quoted else f"techprio: 1\nid: E\nname: {name}\n"
    lay(tmp_path, {"candidates/list/E.yaml": text})
    outcome = check(tmp_path)
    assert outcome.code == 1
    assert b"E106" in outcome.said
    assert not {c for c in name if not c.isprintable()} & set(outcome.said.decode())


def test_a_file_name_that_would_command_a_terminal_is_shown_harmlessly(tmp_path: Path):
    lay(tmp_path, {"candidates/list/\x1b[2Jx.yaml": "techprio: 1\nid: E\nfigurs: {}\n"})
    outcome = check(tmp_path)
    assert outcome.code == 1
    assert b"\x1b" not in outcome.said
