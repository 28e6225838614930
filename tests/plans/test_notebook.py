"""The notebook from the ranking to progress: both forms say the same, no output is kept, and all of it runs."""

from __future__ import annotations

import ast
import json
import re
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "notebooks" / "6-from-ranking-to-progress.py"


def cells() -> list[tuple[str, str]]:
    """(kind, text) of each cell of the percent form."""
    _, *parts = re.split(r"^# %%(.*)\n", SOURCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for head, body in zip(parts[::2], parts[1::2], strict=True):
        text = body.strip("\n")
        if "markdown" in head:
            found.append(("markdown", re.sub(r"^# ?", "", text, flags=re.MULTILINE)))
        else:
            found.append(("code", text))
    return found


def test_both_forms_say_the_same_and_keep_no_output() -> None:
    page = json.loads(SOURCE.with_suffix(".ipynb").read_text(encoding="utf-8"))
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in page["cells"]] == cells()
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in page["cells"])
    assert page["metadata"]["jupytext"]["formats"] == "ipynb,py:percent"


def test_the_notebook_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SOURCE.parent)
    begun, names, shown = time.process_time(), {}, []
    for kind, text in cells():
        if kind != "code":
            continue
        tree = ast.parse(text)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, SOURCE.name, "exec"), names)
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), SOURCE.name, "eval"), names))
    assert time.process_time() - begun < 30
    assert names["chosen"].best.gap == 0
    assert len(names["listed"]) == 10
    for each in shown:
        if hasattr(each, "_repr_html_"):
            assert each._repr_html_()
        if hasattr(each, "_repr_png_"):
            assert each._repr_png_()[0].startswith(b"\x89PNG")
