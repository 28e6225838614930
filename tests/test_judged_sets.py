"""Weight sets found from judgements and figures, and classes of priority, in a study."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import techprio
from broken.corpus import SOUND
from techprio.build import found_weights, node_weights, shares
from techprio.cli.main import run
from techprio.errors import UsageError
from techprio.robustness.draws import stated_figures, stated_values
from techprio.sorting import SORTINGS
from techprio.weights import WEIGHTINGS
from techprio.weights.circles import circle

PAGE = (Path(__file__).parents[1] / "docs" / "weights.md").read_text(encoding="utf-8")
SETS, CLASSES, BY_CRITERION = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def judged(study_folder: Path) -> techprio.Study:
    return with_sets(study_folder, SETS)


@pytest.fixture
def sound() -> techprio.Study:
    return techprio.load(SOUND / "criteria" / "study.yaml")


def with_sets(folder: Path, text: str) -> techprio.Study:
    """The small study with other weight sets or classes."""
    path = folder / "criteria" / "study.yaml"
    stated = path.read_text(encoding="utf-8")
    key = text.partition(":")[0]
    parts = [part for part in re.split(r"^(?=\w)", stated, flags=re.MULTILINE) if not part.startswith(f"{key}:")]
    path.write_text("".join(parts) + text, encoding="utf-8")
    return techprio.load(path)


def leaf_shares(study: techprio.Study, set: str) -> list[float]:
    found = shares(study, node_weights(study, set))
    return [found[leaf.id] for leaf in study.leaves]


# -- weights --------------------------------------------------------------------------------------------------------


def test_the_examples_of_the_page_give_the_weights_that_they_mean(judged: techprio.Study):
    assert leaf_shares(judged, "pairs") == pytest.approx([2 / 7, 1 / 7, 4 / 7])
    assert leaf_shares(judged, "best-worst") == pytest.approx([4 / 7, 1 / 7, 2 / 7])
    assert leaf_shares(judged, "swings") == pytest.approx([0.5, 0.2, 0.3])
    assert leaf_shares(judged, "cards") == pytest.approx([4 / 8, 1 / 8, 3 / 8])


def test_a_group_of_pairwise_judges_has_their_weighted_geometric_mean(judged: techprio.Study):
    local = node_weights(judged, "council")
    assert local["impact"] / local["funding"] == pytest.approx(3 ** (2 / 3))


def test_what_is_not_judged_keeps_its_weight(judged: techprio.Study):
    base, council = node_weights(judged, "base"), node_weights(judged, "council")
    assert {id: council[id] for id in ("growth", "market")} == {id: base[id] for id in ("growth", "market")}


def test_weights_from_figures_are_those_of_the_arrays(judged: techprio.Study):
    problem = techprio.problem(judged)
    expected = WEIGHTINGS["std"].function(stated_figures(problem), problem.sense)
    assert leaf_shares(judged, "spread") == pytest.approx(expected.tolist())


def test_weights_from_figures_follow_a_changed_figure_and_not_a_part(sound: techprio.Study):
    plain = techprio.rank(sound, weights="spread", draws=10)
    part = techprio.rank(sound, weights="spread", draws=10, only=("tier", "1"))
    assert part.problem.weights.tolist() == plain.problem.weights.tolist()
    changed = techprio.rank(sound, weights="spread", draws=10, change={"figure": {"A.growth": 1}})
    assert not np.allclose(plain.problem.weights, changed.problem.weights)


def test_a_change_of_a_weight_comes_on_top_in_per_cent(judged: techprio.Study):
    local = node_weights(judged, "swings", {"funding": 70})
    assert local["impact"] == pytest.approx(70)
    assert shares(judged, local)["funding"] == pytest.approx(0.5)


def test_a_ranking_by_found_weights_says_which_set_it_is(sound: techprio.Study):
    for set in ("pairs", "best-worst", "cards", "council", "pairs-together", "spread"):
        verdict = techprio.rank(sound, weights=set, draws=50)
        assert verdict.weight_set == set
        assert verdict.problem.weights.sum() == pytest.approx(1)


def test_the_table_of_weights_says_how_each_set_was_found(study_folder: Path, capsys: pytest.CaptureFixture[str]):
    with_sets(study_folder, SETS)
    assert run(["weights", "--criteria", str(study_folder / "criteria" / "study.yaml")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "pairs, leaves: found by Analytic hierarchy process; consistency ratio 0 (below 0.1 is usual)." in said
    assert "best-worst, leaves: found by Best-worst method; largest deviation ξ* = 0; input-based ratio 0" in said
    assert "geometric mean (ministry-a, ministry-b)" in said
    assert "spread, leaves: found by Standard deviation; from the figures" in said


def test_the_data_on_weights_have_the_consistency_and_the_repair(capsys: pytest.CaptureFixture[str]):
    assert run(["weights", "--criteria", str(SOUND / "criteria" / "study.yaml"), "--format", "json"]) == 0
    sets = {each["id"]: each for each in json.loads(capsys.readouterr().out)["sets"]}
    assert sets["base"]["found"] == []
    pairs = sets["pairs"]["found"][0]
    assert pairs["of"] == "criteria"
    assert pairs["cr"] == pytest.approx(0.0013, abs=1e-4)
    assert (pairs["repair"]["a"], pairs["repair"]["b"]) == ("impact", "autonomy")
    assert sets["best-worst"]["found"][0]["xi"] == pytest.approx(0)
    assert set(sets["council"]["found"][0]["judges"]) == {"ministry-a", "ministry-b"}
    assert sets["pairs-together"]["found"][0]["together"]["cr"] > 0


def test_utastar_reads_the_figures_of_the_candidates(study_folder: Path):
    ranked = [row["id"] for row in techprio.rank(techprio.load(study_folder / "criteria" / "study.yaml")).rows()]
    text = "weight_sets:\n  - id: panel\n    method: utastar\n    judgements:\n"
    study = with_sets(study_folder, f"{text}      leaves: {{ranking: [{', '.join(ranked)}]}}\n")
    (found,) = found_weights(study, "panel")
    assert found.result.error == 0
    assert leaf_shares(study, "panel") == pytest.approx(found.weights.tolist())


def test_figures_that_a_method_cannot_take_are_a_fault_at_the_method(study_folder: Path):
    path = study_folder / "criteria" / "study.yaml"
    text = "weight_sets:\n  - id: panel\n    method: std\n    settings: {scaling: none-such}\n"
    with pytest.raises(techprio.StudyError) as raised:
        with_sets(study_folder, text)
    (fault,) = raised.value.faults
    assert fault.code == "E335"
    assert "none-such" in path.read_text(encoding="utf-8").splitlines()[fault.place.line - 1]


# -- circles --------------------------------------------------------------------------------------------------------


def test_a_circle_is_found_whoever_begins_it():
    a = np.array([[1, 2, 1 / 2], [1 / 2, 1, 2], [2, 1 / 2, 1]])
    assert circle(a) == (0, 1, 2)
    order = np.array([[1, 2, 3], [1 / 2, 1, 2], [1 / 3, 1 / 2, 1]])
    assert circle(order) == ()
    a[0, 2] = a[2, 0] = np.nan
    assert circle(a) == ()


# -- classes --------------------------------------------------------------------------------------------------------


def test_classes_are_those_of_the_method_on_the_same_numbers(sound: techprio.Study):
    found = techprio.classes(sound, draws=300)
    p = found.problem
    profiles = [[each.profile[id] for id in p.criteria] for each in sound.criteria.classes.order[1:]]
    q, top = [(0.5, 0), (2, 0), (0, 0), (0, 0), (0, 0), (6, 0)], [(1, 0), (5, 0.1), (0, 0), (0, 0), (500, 0), (24, 0)]
    v = [(np.inf, 0), (10, 0.5), (np.inf, 0), (np.inf, 0), (np.inf, 0), (96, 0)]
    settings = {"profiles": profiles, "q": q, "p": top, "v": v, "cut": 0.6}
    expected = SORTINGS["electre_tri"].function(stated_figures(p), p.weights, p.sense, **settings)
    assert found.classes.tolist() == expected.tolist()
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(p.m))
    assert [row["class"] for row in found.rows()] == ["lead", "support", "support"]


def test_classes_are_the_same_whoever_draws(sound: techprio.Study):
    alone = techprio.classes(sound, draws=9000)
    together = techprio.classes(sound, draws=9000, workers=2)
    assert alone.to_json() == together.to_json()


THRESHOLDS = """classes:
  method: thresholds
  order:
    - {id: later, name: Later}
    - {id: soon, name: Soon, score: 0.4}
    - {id: now, name: Now, score: 0.6}
"""
FLOWSORT = """classes:
  method: flowsort
  order:
    - {id: later, name: Later, profile: {growth: 1, market: 0, funding: 1000}}
    - {id: soon, name: Soon, profile: {growth: 2, market: 20, funding: 600}}
    - {id: now, name: Now, profile: {growth: 4, market: 60, funding: 200}}
  top: {growth: 5, market: 100, funding: 0}
"""


def test_limits_on_scores_agree_with_the_scores(study_folder: Path):
    study = with_sets(study_folder, THRESHOLDS)
    scores = {row["id"]: row["score"] for row in techprio.rank(study, draws=10).rows()}
    for row in techprio.classes(study, draws=100).rows():
        assert row["class"] == ("now" if scores[row["id"]] >= 0.6 else "soon" if scores[row["id"]] >= 0.4 else "later")
        assert sum(row["shares"].values()) == pytest.approx(1)


def test_flowsort_sorts_by_profiles(study_folder: Path):
    found = techprio.classes(with_sets(study_folder, FLOWSORT), draws=100)
    assert {row["class"] for row in found.rows()} <= {"later", "soon", "now"}
    better = FLOWSORT.replace(
        "profile: {growth: 4, market: 60, funding: 200}", "profile: {growth: 3, market: 30, funding: 500}"
    )
    again = techprio.classes(with_sets(study_folder, better), draws=100)
    assert (again.classes >= found.classes).all()


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_the_command_prints_classes_in_every_form(form: str, capsys: pytest.CaptureFixture[str]):
    asked = ["rank", "--criteria", str(SOUND / "criteria" / "study.yaml"), "--classes", "--draws", "100"]
    assert run([*asked, "--format", form]) == 0
    assert "upport" in capsys.readouterr().out


def test_the_page_has_classes_that_are_sound(study_folder: Path):
    assert len(with_sets(study_folder, CLASSES).criteria.classes.order) == 3


def test_a_study_without_classes_or_thresholds_says_what_to_add(study_folder: Path):
    with pytest.raises(UsageError, match="add classes:"):
        techprio.classes(techprio.load(study_folder / "criteria" / "study.yaml"))
    with pytest.raises(UsageError, match="add preference:"):
        techprio.classes(with_sets(study_folder, CLASSES), draws=10)


def test_a_method_for_rankings_is_refused(sound: techprio.Study):
    with pytest.raises(UsageError, match="classes are found by electre_tri"):
        techprio.classes(sound, method="topsis")


def test_the_interactions_of_the_page_hold_in_the_small_study(study_folder: Path):
    found = techprio.rank(with_sets(study_folder, BY_CRITERION), draws=50)
    assert (found.method, found.settings["interactions"]) == ("choquet", {"growth": {"funding": 0.02}})
    i, values = found.problem.column, stated_values(found.problem)
    loss = 0.01 * abs(values[:, i("growth")] - values[:, i("funding")])
    assert found.scores == pytest.approx(values @ found.problem.weights - loss)
