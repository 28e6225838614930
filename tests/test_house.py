"""The house: who may import whom. A file imports only from floors above its own, imports inside functions included."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "techprio"

_PLAN = """
wording errors tables yaml_mistakes yaml_source yaml_scalars yaml_reader
study.languages study.references study.guesses study.base study.portfolio study.classes study.sources study.nodes
study.gates study.criteria
study.candidates study.plans study.tree study.selectors study.names study.methods study.draft study.programme
study.statements study.admissible
study.checks study.trail study.misfit study.shape study.plan_folder
study.paths study.reading study.folder study.gating study.rulebook study.schema
hall memory silence scaling solver ranking register
methods weights
relations sorting
catalogue agreement
robustness.space robustness.sampling robustness.solver robustness.shapes robustness.draws
robustness.experiment robustness.winning robustness.rank_table robustness.tally robustness.work robustness.smaa
robustness.varsi
robustness.ground robustness.pairs robustness.bands robustness.conflicts robustness.certificates robustness.checking
robustness.extremes robustness.intervals robustness.flips robustness.necessary robustness.regression
robustness.sobol robustness.effective robustness.class_shares
weighing build offered
scoring proving
portfolio
cautions
verdict_table verdict side_by_side many_rankings explanation evidence_report weights_said weight_table template matrix
plans
weight_spaces judging class_table acceptance ground questions.answer questions.extreme questions.one_figure
questions.stability questions.multiverse questions.effective questions.reversal questions.comparing questions
run classing asking choice selection_table selection selecting explorer views verbs
plots plan_pictures selection_pictures cli __main__
"""
FLOORS = _PLAN.split()
"""From the top down. A name stands for a file, or for a folder and everything in it."""

COMPUTING = (
    "scaling",
    "solver",
    "methods",
    "weights",
    "relations",
    "sorting",
    "ranking",
    "agreement",
    "robustness",
    "portfolio",
)
READING = ("yaml_source", "yaml_scalars", "yaml_reader", "study")


def modules() -> list[str]:
    paths = (path.relative_to(SOURCE).with_suffix("") for path in SOURCE.rglob("*.py"))
    return sorted(".".join(path.parts) for path in paths if path.parts != ("__init__",))


def floor_of(module: str) -> int:
    fitting = [i for i, name in enumerate(FLOORS) if module == name or module.startswith(f"{name}.")]
    assert fitting, f"{module} has no floor: give it one in FLOORS"
    return fitting[0]


def room_of(module: str) -> str:
    return FLOORS[floor_of(module)]


def imported(module: str) -> list[str]:
    """The modules of the package that a module imports, but for those that only type checkers see."""
    path = SOURCE / Path(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    skipped = {id(inner) for node in unseen for inner in ast.walk(node)}
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    known = modules()
    inside = [name.removeprefix("techprio.") for name in found if name.startswith("techprio.")]
    longest = [max((m for m in known if name == m or name.startswith(f"{m}.")), key=len, default="") for name in inside]
    return [name for name in longest if name]


@pytest.mark.parametrize("module", [m for m in modules() if not m.endswith("__init__")])
def test_a_file_imports_only_from_floors_above(module: str) -> None:
    for name in imported(module):
        same_room = room_of(name) == room_of(module)
        assert same_room or floor_of(name) < floor_of(module), f"{module} imports {name} from a lower floor"


@pytest.mark.parametrize("module", modules())
def test_the_reading_wing_knows_no_arrays(module: str) -> None:
    if module.partition(".")[0] in READING:
        text = (SOURCE / Path(*module.split(".")).with_suffix(".py")).read_text(encoding="utf-8")
        assert "import numpy" not in text


@pytest.mark.parametrize("module", modules())
def test_the_computing_wing_knows_no_files(module: str) -> None:
    if module.partition(".")[0] in COMPUTING:
        assert not [name for name in imported(module) if name.partition(".")[0] in READING]
        text = (SOURCE / Path(*module.split(".")).with_suffix(".py")).read_text(encoding="utf-8")
        assert "open(" not in text
        assert "pathlib" not in text


def test_every_floor_has_a_file() -> None:
    there = modules()
    assert [name for name in FLOORS if not any(m == name or m.startswith(f"{name}.") for m in there)] == []
