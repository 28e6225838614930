"""Questions about a study: answers are said in both languages, and their sentences are true by brute force."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import techprio
from techprio import asking
from techprio.errors import UsageError
from techprio.questions.acceptability import acceptability
from techprio.questions.answer import Case
from techprio.questions.effective import effective
from techprio.questions.extreme import extremes
from techprio.questions.flip import flip
from techprio.questions.learning import learning
from techprio.questions.meeting import common_ground
from techprio.questions.necessity import necessity
from techprio.questions.reversal import reversal
from techprio.questions.stability import stability
from techprio.questions.what_if import what_if
from techprio.robustness.draws import FigureSpace, stated_values
from techprio.robustness.intervals import node_lines
from techprio.robustness.sampling import Sampler
from techprio.run import Choices
from techprio.weight_spaces import own_spaces
from techprio.wording import language

EN, VI = language("en"), language("vi")


def random_study(folder: Path, seed: int) -> techprio.Study:
    """Six candidates, three criteria in two branches, some figures with a range, one missing."""
    r = np.random.default_rng(seed)
    a, b, c = r.integers(1, 9, 3)
    d = np.random.default_rng(seed + 100).integers(1, 9)
    criteria = f"""techprio: 1
id: random
title: Random
candidates: ../candidates/all
cut: 2
criteria:
  - id: first
    name: First
    weight: {a}
    criteria:
      - {{id: x, name: X, weight: {b}, direction: max, scale: {{kind: number, min: 0, max: 100}}}}
      - {{id: y, name: Y, weight: {c}, direction: min, scale: {{kind: number, min: 0, max: 10}}}}
  - {{id: z, name: Z, weight: 5, direction: max, scale: {{kind: levels, levels: {{1: bad, 3: fair, 5: good}}}}}}
weight_sets:
  - {{id: other, weights: {{first: {d}}}}}
  - {{id: third, weights: {{x: {a}, y: {d}}}, weight_space: {{within: 80%, statements: ["z <= first"]}}}}
weight_space: {{within: 40%}}
references: ["c0 >= c1"]
analysis: {{draws: 4096}}
"""
    rows = []
    for i in range(6):
        x, y, z = r.integers(5, 95), round(float(r.uniform(1, 9)), 2), r.integers(1, 6)
        ranged = f"{{value: {x}, low: {x - 5}, high: {x + 5}}}" if i % 2 else x
        missing = "null" if i == 3 else y
        rows.append(f"  - {{id: c{i}, figures: {{x: {ranged}, y: {missing}, z: {z}}}}}")
    (folder / "criteria").mkdir(parents=True)
    (folder / "candidates" / "all").mkdir(parents=True)
    (folder / "criteria" / "study.yaml").write_text(criteria, encoding="utf-8")
    (folder / "candidates" / "all" / "all.yaml").write_text(
        "techprio: 1\ncandidates:\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return techprio.load(folder / "criteria" / "study.yaml")


def case(tmp_path: Path, seed: int) -> Case:
    return asking.case(random_study(tmp_path / str(seed), seed), Choices())


def weights(case: Case, n: int = 3000) -> np.ndarray:
    return Sampler.of(case.space).draw(np.random.default_rng(0), n)


@pytest.mark.parametrize("question", [q for q in asking.QUESTIONS if q != "what-if"])
def test_every_question_is_answered_in_both_languages(question: str, tmp_path: Path) -> None:
    study = random_study(tmp_path, 1)
    found = asking.ask(study, question, Choices())
    assert found.sentence(EN) != found.sentence(VI)
    assert found.table(VI).notes[0] == found.sentence(VI)
    assert found.to_json()["answer"] == found.sentence(EN)
    assert found.rows()
    assert len(found.to_frame()) == len(found.rows())
    assert found._repr_html_().startswith("<table>")


@pytest.mark.parametrize("seed", range(6))
def test_the_sentence_on_stability_is_true(seed: int, tmp_path: Path) -> None:
    here = case(tmp_path, seed)
    found = stability(here).nearest("list")
    if found is None:
        assert stability(here).sentence(EN) == "No single weight, moved alone, changes the list."
        lines = node_lines(here.problem)
        tried = np.concatenate([line.at(np.linspace(0, 1, 200)) for line in lines])
        assert np.ptp(here.judge.states(tried, "list"), axis=0).max() == 0
        return
    moved, each, upwards = found
    for other in stability(here).intervals:
        if other.aim == "list":
            assert other.low <= max(other.now - moved, 0.0) + 1e-9 or other.before is None
            assert other.high >= min(other.now + moved, 1.0) - 1e-9 or other.after is None
    end = each.high if upwards else each.low
    p = here.problem
    leaf = dict(zip(p.criteria, p.weights, strict=True))
    groups = {"first": ["x", "y"], "z": ["z"], "x": ["x"], "y": ["y"]}
    inside = groups[each.node]
    pool = ["x", "y"] if each.node in ("x", "y") else ["x", "y", "z"]
    past = min(max(end + (1e-6 if upwards else -1e-6), 0.0), each.most)
    whole = sum(leaf[id] for id in pool)
    w = np.array(
        [
            leaf[id] * past / each.now
            if id in inside
            else leaf[id] * (whole - past) / (whole - each.now)
            if id in pool
            else leaf[id]
            for id in p.criteria
        ]
    )
    listed = here.judge.states(w[None, :], "list")[0] > 0
    change = each.after if upwards else each.before
    assert change is not None
    assert here.verdict.listed is not None
    assert tuple(np.flatnonzero(listed & ~here.verdict.listed)) == change[0]
    assert tuple(np.flatnonzero(~listed & here.verdict.listed)) == change[1]


@pytest.mark.parametrize("seed", range(6))
def test_the_sentences_on_extremes_and_pairs_are_true(seed: int, tmp_path: Path) -> None:
    here = case(tmp_path, seed)
    scores = here.way.scorer(weights(here), None)
    ranks = 1 + (scores[:, None, :] > scores[:, :, None] + 1e-10).sum(axis=2)
    ids = here.problem.candidates
    for row in extremes(here).rows():
        i = ids.index(row["candidate"])
        assert row["best"] <= ranks[:, i].min()
        assert ranks[:, i].max() <= row["worst"]
        assert row["best_ranges"] <= row["best"] <= row["worst"] <= row["worst_ranges"]
    settled, pairs = necessity(here).settled()
    gaps = scores[:, :, None] - scores[:, None, :]
    assert pairs == 15
    assert settled <= int((gaps > -1e-12).all(axis=0).sum()) - 6
    assert necessity(here).sentence(EN).startswith("Of 15 pairs")


@pytest.mark.parametrize("seed", range(6))
def test_the_changes_that_flip_names_do_it(seed: int, tmp_path: Path) -> None:
    """Weights: the list turns. One figure: the study with that figure has another list, and no smaller change does."""
    here = case(tmp_path, seed)
    p, study = here.problem, techprio.load(tmp_path / str(seed) / "criteria" / "study.yaml")
    assert here.verdict.listed is not None
    for turn in flip(here).turns:
        for change in (turn.within, turn.beyond):
            if change is not None:
                listed = here.judge.states(change.weights[None, :], "list")[0] > 0
                assert listed[turn.candidate] != here.verdict.listed[turn.candidate]
        for change in turn.figures:
            cell = f"{p.candidates[change.candidate]}.{p.criteria[change.criterion]}"
            after = techprio.rank(study, change={"figure": {cell: change.to}}, draws=1)
            assert after.listed is not None
            assert after.listed[turn.candidate] != here.verdict.listed[turn.candidate]


def test_a_pair_is_swapped_by_one_figure(tmp_path: Path) -> None:
    here = case(tmp_path, 2)
    order = here.verdict.order
    ids = here.problem.candidates
    turn = flip(here, [ids[order[1]], ids[order[0]]]).turns[0]
    assert (turn.candidate, turn.other) == (order[1], order[0])
    study = techprio.load(tmp_path / "2" / "criteria" / "study.yaml")
    for change in turn.figures:
        cell = f"{ids[change.candidate]}.{here.problem.criteria[change.criterion]}"
        after = techprio.rank(study, change={"figure": {cell: change.to}}, draws=1)
        assert after.ranks[order[1]] < after.ranks[order[0]]


@pytest.mark.parametrize("seed", range(6))
def test_what_if_gives_weights_that_list(seed: int, tmp_path: Path) -> None:
    here = case(tmp_path, seed)
    lists = here.judge.states(weights(here, 20_000), "list") > 0
    for i, id in enumerate(here.problem.candidates):
        found = what_if(here, id)
        share = lists[:, i].mean()
        assert abs(found.share - share) <= 4 * np.hypot(found.error, np.sqrt(share * (1 - share) / 20_000)) + 1e-9
        assert (found.nearest is not None) or not lists[:, i].any()
        nearest = found.nearest or found.beyond
        if nearest is not None:
            assert here.judge.states(nearest.weights[None, :], "list")[0, i] > 0


def test_an_additive_ranking_is_well_behaved_and_a_scaled_one_is_not(tmp_path: Path) -> None:
    study = random_study(tmp_path, 4)
    assert not any(row["failed"] for row in reversal(asking.case(study, Choices(draws=1))).rows())
    turned = 0
    for seed in range(8):
        other = random_study(tmp_path / f"s{seed}", seed)
        here = asking.case(other, Choices(draws=1, settings={"scaling": "minmax"}))
        turned += sum(row["failed"] for row in reversal(here).rows() if row["test"] == "drop")
    assert turned > 0


def test_effective_weights_follow_correlations_with_the_score(tmp_path: Path) -> None:
    here = case(tmp_path, 0)
    values, scores = stated_values(here.problem), here.verdict.scores
    squared = np.array([np.corrcoef(values[:, j], scores)[0, 1] ** 2 for j in range(3)])
    found = [row["effective"] for row in effective(here).rows()]
    assert found == pytest.approx(squared / squared.sum())


def test_what_is_worth_learning_has_a_closed_form(tmp_path: Path) -> None:
    """Where one missing figure decides alone who of two is first, knowing it removes all doubt."""
    text = """techprio: 1
id: two
title: Two
candidates: ../candidates/all
cut: 1
criteria:
  - {id: x, name: X, weight: 1, direction: max, scale: {kind: number, min: 0, max: 10}}
weight_space: {within: 0%}
"""
    (tmp_path / "criteria").mkdir()
    (tmp_path / "candidates" / "all").mkdir(parents=True)
    (tmp_path / "criteria" / "study.yaml").write_text(text, encoding="utf-8")
    rows = "techprio: 1\ncandidates:\n  - {id: a, figures: {x: 5}}\n  - {id: b, figures: {x: null}}\n"
    (tmp_path / "candidates" / "all" / "all.yaml").write_text(rows, encoding="utf-8")
    found = learning(asking.case(techprio.load(tmp_path / "criteria" / "study.yaml"), Choices()))
    assert found.contested_now == 2
    assert found.rows()[0]["doubt_removed"] == pytest.approx(1.0, abs=0.1)
    assert found.rows()[0]["contested_after"] == pytest.approx(0.0, abs=0.3)


def test_references_that_conflict_are_named(tmp_path: Path) -> None:
    random_study(tmp_path, 1)
    path = tmp_path / "criteria" / "study.yaml"
    text = path.read_text(encoding="utf-8").replace('["c0 >= c1"]', '["c0 > c1", "c1 > c0"]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(techprio.UsageError, match="c1 > c0"):
        techprio.robust(techprio.load(path), "references")


def test_the_audit_counts_its_checks(tmp_path: Path) -> None:
    found = techprio.audit(random_study(tmp_path, 1), draws=500)
    states = [row["state"] for row in found.rows()]
    assert len(states) == sum(found.count(state) for state in ("pass", "warn", "fail"))  # type: ignore[arg-type]
    assert all(row["reference"] and row["reason"] for row in found.rows())
    assert {row["area"] for row in found.rows()} == {"method", "weights", "evidence", "robustness"}
    assert found.table(VI).rows[0]["reason"] != found.table(EN).rows[0]["reason"]


def often_listed(here: Case, n: int = 4000) -> np.ndarray:
    """(m,) the share of draws in which each is listed, draw by draw from the method itself."""
    r, p = np.random.default_rng(7), here.problem
    figures, v = FigureSpace.of(p), stated_values(p)
    drawn = figures.values(figures.draw(r, n))
    count = np.zeros(p.m)
    for w, values in zip(Sampler.of(here.space).draw(r, n), drawn, strict=True):
        table = v.copy()
        table[figures.rows, figures.columns] = values
        scores = table @ w
        count += [(scores > score + 1e-10).sum() < 2 for score in scores]
    return count / n


@pytest.mark.parametrize("seed", range(6))
def test_the_sentence_on_acceptability_is_true(seed: int, tmp_path: Path) -> None:
    here = case(tmp_path, seed)
    found, share = acceptability(here), often_listed(here)
    said = found.sentence(EN)
    named = {id for id in here.problem.candidates if id in said}
    sure = share >= 0.95
    for i, id in enumerate(here.problem.candidates):
        near = 4 * np.sqrt(0.95 * 0.05 * (1 / 4000 + 1 / 4096))
        if "at least" in said and abs(share[i] - 0.95) > near:
            assert (id in named) == sure[i]
    if "most often" in said:
        assert share.max() - share[[here.problem.row(id) for id in named]].min() <= 4 * np.sqrt(0.25 * 2 / 4000)
    rows = found.rows()
    for above, below in pairwise(rows):
        assert above["above_next"] == found.details()["pairwise"][above["candidate"]][below["candidate"]]


@pytest.mark.parametrize("seed", range(12))
def test_the_sentence_on_common_ground_is_true(seed: int, tmp_path: Path) -> None:
    """No weights of a fine grid ask for less than is said; the weights named ask for no more."""
    study = random_study(tmp_path / str(seed), seed)
    found = common_ground(asking.case(study, Choices(draws=1)), study)
    spaces = [each.space for each in own_spaces(study).values()]
    met = found.ground.meeting
    assert met.weights.sum() == pytest.approx(1)
    for space, nearest, moved in zip(spaces, met.nearest, met.concessions, strict=True):
        assert space.holds(nearest[None, :], 1e-6).all()
        assert np.abs(met.weights - nearest).sum() / 2 == pytest.approx(moved, abs=1e-7)
    steps = np.arange(41) / 40
    grid = np.array([(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-12])
    worst = np.zeros(len(grid))
    for k, space in enumerate(spaces):
        inside = np.concatenate([Sampler.of(space).draw(np.random.default_rng(k), 3000), met.nearest[[k]]])
        apart = np.abs(grid[:, None, :] - inside[None]).sum(axis=2).min(axis=1) / 2
        worst = np.maximum(worst, apart)
    said = found.sentence(EN)
    if met.common:
        assert "have weights in common" in said
        assert all(space.holds(met.weights[None, :], 1e-6).all() for space in spaces)
    else:
        assert "no weights in common" in said
        assert worst.min() >= met.concessions.max() - 1e-6


def test_one_weight_set_has_nothing_to_meet(tmp_path: Path) -> None:
    random_study(tmp_path, 1)
    at = tmp_path / "criteria" / "study.yaml"
    kept = [
        line
        for line in at.read_text().splitlines()
        if not line.startswith(("weight_sets", "  - {id: other", "  - {id: third"))
    ]
    at.write_text("\n".join(kept))
    with pytest.raises(UsageError, match="one weight set only"):
        asking.ask(techprio.load(at), "ground", Choices())
    assert "ground" not in dict(asking.ask_all(techprio.load(at), Choices(draws=200)))
