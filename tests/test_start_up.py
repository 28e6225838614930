"""Start-up is part of the interface: a command imports what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HELP = {"techprio", "click", "colorama"}
CHECK = HELP | {"yaml", "numpy", "babel", "pydantic", "pydantic_core", "annotated_types"}
CHECK |= {"typing_extensions", "typing_inspection", "cython_runtime"}
SLOW = {"scipy", "pandas", "matplotlib"}
RUN = """
import sys
before = set(sys.modules)
from techprio.cli.main import run
code = run(sys.argv[1:])
sys.stderr.write(f"@@{code} " + " ".join(set(sys.modules) - before))
"""


def imported_by(*args: str, cwd: Path) -> set[str]:
    """The top-level packages that a fresh interpreter imports to run a command, those of Python itself left out."""
    return {name.partition(".")[0] for name in modules_of(*args, cwd=cwd)} - sys.stdlib_module_names


def modules_of(*args: str, cwd: Path) -> set[str]:
    """All that a fresh interpreter imports to run a command."""
    done = subprocess.run([sys.executable, "-c", RUN, *args], capture_output=True, text=True, cwd=cwd, check=True)
    code, *names = done.stderr.split("@@")[1].split()
    assert code == "0"
    return set(names)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_click_and_nothing_else(option: str, tmp_path: Path) -> None:
    assert imported_by(option, cwd=tmp_path) - HELP == set()


def test_check_imports_only_what_reads_and_checks(study_folder: Path) -> None:
    there = imported_by("check", cwd=study_folder)
    assert {name for name in there if not name.startswith("_")} - CHECK == set()


@pytest.mark.parametrize("command", ["rank", "compare", "weights", "evidence"])
def test_everyday_commands_import_no_slow_package(command: str, study_folder: Path) -> None:
    assert imported_by(command, cwd=study_folder) & SLOW == set()


def test_a_ranking_does_not_import_what_reads_plans(study_folder: Path) -> None:
    assert "techprio.study.plans" not in modules_of("rank", cwd=study_folder)


def test_importing_the_package_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import techprio; print(' '.join(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    names = {name.partition(".")[0] for name in done.stdout.split()}
    assert names - sys.stdlib_module_names == {"techprio"}
