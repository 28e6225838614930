"""The notebooks run from top to bottom; both forms of each say the same, and no output is kept."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))
STORIES = [source for source in SOURCES if source.stem[0].isdigit()]


def test_the_stories_stand_in_their_order() -> None:
    assert [story.stem[0] for story in STORIES] == list("123456")


def test_each_story_ends_with_what_to_try_next() -> None:
    ends = [jupytext.read(story).cells[-1].source for story in STORIES]
    assert all(end.startswith("## What to try next") for end in ends)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_both_forms_say_the_same(source: Path) -> None:
    other = source.with_suffix(".ipynb")
    assert other.exists(), f"jupytext --to ipynb notebooks/{source.name}"
    text, page = jupytext.read(source), jupytext.read(other)
    assert [(cell.cell_type, cell.source) for cell in text.cells] == [(c.cell_type, c.source) for c in page.cells]
    assert not any(cell.get("outputs") for cell in page.cells)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # what a kernel's own parts warn of is not ours to mend
def test_a_notebook_runs(source: Path) -> None:
    notebook = jupytext.read(source)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": FOLDER}}).execute()
