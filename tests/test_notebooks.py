"""The notebooks run from top to bottom; both forms of each say the same, and no output is kept."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))


def test_there_are_five() -> None:
    assert len(SOURCES) >= 6


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_both_forms_say_the_same(source: Path) -> None:
    text, page = jupytext.read(source), jupytext.read(source.with_suffix(".ipynb"))
    assert [(cell.cell_type, cell.source) for cell in text.cells] == [(c.cell_type, c.source) for c in page.cells]
    assert not any(cell.get("outputs") for cell in page.cells)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # what a kernel's own parts warn of is not ours to mend
def test_a_notebook_runs(source: Path) -> None:
    notebook = jupytext.read(source)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": FOLDER}}).execute()
    assert notebook.cells[-1].source.startswith("## What to try next")
