"""Generated studies of any size, to measure with: python benchmarks/generate.py FOLDER CANDIDATES [--full]"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

CRITERIA = 20


def criteria() -> str:
    """A criteria file with 4 branches of 5 criteria each."""
    lines = ["techprio: 1", "id: generated", "title: Generated", "as_of: 2026-11-01", "candidates: ../candidates/list"]
    lines += ["cut: 10", "criteria:"]
    for branch in range(4):
        lines += [
            f"  - id: branch_{branch}",
            f"    name: Branch {branch}",
            f"    weight: {branch + 2}",
            "    criteria:",
        ]
        for j in range(branch * 5, branch * 5 + 5):
            lines += [f"      - id: criterion_{j}", f"        name: Criterion {j}", f"        weight: {j % 3 + 1}"]
            lines += [f"        direction: {'min' if j % 4 == 3 else 'max'}"]
            lines += ["        scale: {kind: number, min: 0, max: 100}"]
    return "\n".join(lines) + "\n"


def candidate(id: str, figures: np.ndarray, full: bool) -> str:
    """A candidate file with bare figures, or with full records."""
    lines = ["techprio: 1", f"id: {id}", f"name: Candidate {id}", "figures:"]
    for j, figure in enumerate(figures):
        if not full:
            lines.append(f"  criterion_{j}: {figure:.2f}")
            continue
        lines += [f"  criterion_{j}:", f"    value: {figure:.2f}", f"    low: {max(0, figure - 5):.2f}"]
        lines += [
            f"    high: {min(100, figure + 5):.2f}",
            "    source: survey",
            "    as_of: 2026-04-03",
            "    grade: B",
        ]
        lines += ["    note: Judged by the panel from the survey.", "    illustrative: false"]
    return "\n".join(lines) + "\n"


def study(folder: Path, count: int, full: bool) -> None:
    """A study of ``count`` candidates in ``folder``."""
    (folder / "criteria").mkdir(parents=True)
    (folder / "candidates" / "list").mkdir(parents=True)
    (folder / "criteria" / "generated.yaml").write_text(criteria(), encoding="utf-8")
    sources = "techprio: 1\nsources:\n  survey: {title: Survey, date: 2026-04-01}\n"
    (folder / "candidates" / "list" / "sources.yaml").write_text(sources, encoding="utf-8")
    figures = np.random.default_rng(1).uniform(0, 100, (count, CRITERIA))
    for i, row in enumerate(figures):
        text = candidate(f"C{i:05d}", row, full)
        (folder / "candidates" / "list" / f"C{i:05d}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    study(Path(sys.argv[1]), int(sys.argv[2]), "--full" in sys.argv)
