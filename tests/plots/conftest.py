"""Galleries that many tests look at: of the shipped study, of five candidates, and of very many with long names."""

from __future__ import annotations

from pathlib import Path

import pytest
from shown import gallery

import techprio
from techprio.plots.gallery import Gallery
from techprio.verbs import choices_of

LONG = "Hệ thống sản xuất, lưu trữ, vận chuyển và phân phối nhiên liệu tổng hợp; dịch vụ kỹ thuật đặc biệt quỹ đạo thấp"


@pytest.fixture(scope="session")
def stated() -> Gallery:
    return gallery()


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return made(tmp_path_factory.mktemp("few"), 5, 2)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return made(tmp_path_factory.mktemp("many"), 80, 10)


def made(folder: Path, count: int, cut: int) -> Gallery:
    """A study of 20 criteria in four branches under nine weight sets; everything has a long name."""
    ids = [f"criterion_{j}" for j in range(20)]
    branches = "".join(branch(b, [leaf(id, j) for j, id in enumerate(ids) if j // 5 == b]) for b in range(4))
    sets = "".join(weight_set(k) for k in range(8))
    head = f"techprio: 1\nid: made\ntitle: {LONG}\nas_of: 2026-11-01\ncandidates: list\ncut: {cut}\ncriteria:\n"
    (folder / "made.yaml").write_text(head + branches + "weight_sets:\n" + sets, "utf-8")
    (folder / "list").mkdir()
    for i in range(count):
        figures = "".join(f"  {id}: {(i * 37 + j * j * 11 + i * j * 7) % 101}\n" for j, id in enumerate(ids))
        text = f'techprio: 1\nid: C{i:03d}\nname: "{LONG[i % 9 :].strip()} số {i}"\nfigures:\n{figures}'
        (folder / "list" / f"C{i:03d}.yaml").write_text(text, "utf-8")
    choices = choices_of({"draws": 200})
    return Gallery(techprio.load(folder / "made.yaml"), choices, near=2, feasibility=("branch_0",))


def weight_set(k: int) -> str:
    return f'  - {{id: set_{k}, name: "Bộ {k}. {LONG}", weights: {{branch_0: {k + 1}, branch_3: {9 - k}}}}}\n'


def branch(b: int, leaves: list[str]) -> str:
    return f"""  - id: branch_{b}
    name: "Nhóm {b}. {LONG}"
    weight: {b + 2}
    criteria:
{"".join(leaves)}"""


def leaf(id: str, j: int) -> str:
    return f"""      - id: {id}
        name: "Tiêu chí {j}. {LONG}"
        weight: {j % 3 + 1}
        direction: {"min" if j % 4 == 3 else "max"}
        scale: {{kind: number, min: 0, max: 100}}
"""
