"""A ranked study as plain data that can be ranked again, in a browser, as its weights move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from techprio import __version__, run
from techprio.build import node_weights, with_figures
from techprio.explorer.evidence import Lines, cells, packed, sources
from techprio.hall import Branching, Cut, Floats, Problem
from techprio.methods.registry import find
from techprio.robustness.draws import stated_values
from techprio.run import Choices
from techprio.scoring import scoring
from techprio.study.folder import Study
from techprio.study.nodes import Branch, Leaf, LevelScale
from techprio.verdict import Change, Verdict
from techprio.wording import LANGUAGES, language


@dataclass(frozen=True, slots=True, eq=False)
class Exploration:
    """A run, and what the explorer needs to know of it."""

    study: Study
    choices: Choices
    """What was run; of another method than was asked for, if that one cannot be followed."""
    verdict: Verdict
    data: Mapping[str, Any]
    """Plain data: what goes into the page and the widget."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moving:
    """How scores follow weights: from ``terms`` (m, n), put together ``by`` sum, exp (of the sum) or the tree."""

    by: str
    terms: Floats


def exploration(study: Study, choices: Choices) -> Exploration:
    """Rank a study, ready to be explored.

    The scores of a method that is no function of a weighted sum cannot be followed as weights move: then the additive
    method stands in for it, and the data say so.
    """
    method, _ = run.variant(study, choices)
    verdict, moving, asked = None, None, None
    if method.terms is not None and method.link in (None, np.exp):
        verdict = run.rank(study, choices)
        moving = _moving(verdict)
    if verdict is None or moving is None:
        asked, choices = method.id, replace(choices, method="additive", settings={})
        verdict = run.rank(study, choices)
        moving = _moving(verdict)
        assert moving is not None  # of values, the additive method always has terms or a tree
    return Exploration(study, choices, verdict, _data(study, choices, verdict, moving, asked))


def _moving(verdict: Verdict) -> _Moving | None:
    problem, method = verdict.problem, find(verdict.method)
    terms = scoring(problem, method, verdict.settings).terms
    if terms is not None:
        return _Moving("sum" if method.link is None else "exp", terms)
    if "tree" in method.needs and verdict.settings.get("scaling") == "value" and problem.tree is not None:
        return _Moving("tree", stated_values(problem))
    return None


def _data(study: Study, choices: Choices, verdict: Verdict, moving: _Moving, asked: str | None) -> dict[str, Any]:
    problem = verdict.problem
    changed = with_figures(study, choices.change.figure)
    lines = Lines.of(study)
    return {
        "format": 1,
        "techprio": __version__,
        "language": LANGUAGES[0],
        "languages": list(LANGUAGES),
        "words": {},
        "study": {**verdict.about.row(), "title": verdict.about.title, "notice": verdict.about.notice},
        "method": {"id": verdict.method, "settings": dict(verdict.settings), "asked": asked},
        "score": {"by": moving.by, "unit": find(verdict.method).score_unit},
        "terms": [[x if np.isfinite(x) else None for x in row] for row in moving.terms.tolist()],
        "tree": _nodes(study.criteria.criteria, problem.tree, problem, lines),
        "candidates": _candidates(study, problem),
        "cut": _cut(problem.cut),
        "part": None if choices.only is None else dict(zip(("kind", "label"), choices.only, strict=True)),
        "run": {"weights": _run_weights(study, choices), **_run(verdict)},
        "sets": _sets(study, choices),
        "has_weight_sets": bool(study.criteria.weight_sets),
        "changes": [_change(change) for change in verdict.changes],
        "excluded": [
            {
                "id": excluded.id,
                "name": excluded.name,
                "gates": [{"gate": f.gate, "reason": _said(f.reason)} for f in excluded.failures],
            }
            for excluded in verdict.excluded
        ],
        "illustrative": [np.flatnonzero(row).tolist() for row in problem.illustrative],
        "evidence": packed(
            {"sources": sources(changed), "cells": cells(changed, problem, set(choices.change.figure), lines)}
        ),
    }


def _run_weights(study: Study, choices: Choices) -> dict[str, float]:
    return node_weights(study, choices.weights, choices.change.weight)


def _run(verdict: Verdict) -> dict[str, Any]:
    """What the run says: it stays beside what the explorer computes."""
    trust, listed = verdict.trust, verdict.listed
    by = verdict.by_floor
    on_list = None
    if listed is not None and by is not None:
        on_list = [None if not on else "floor" if floor else "score" for on, floor in zip(listed, by, strict=True)]
    return {
        "weight_set": verdict.weight_set,
        "scores": verdict.scores.tolist(),
        "ranks": verdict.ranks.tolist(),
        "order": verdict.order.tolist(),
        "listed": on_list,
        "band": list(trust.band),
        "p_cut": None if trust.p_cut is None else trust.p_cut.tolist(),
        "rank_low": trust.rank_low.tolist(),
        "rank_high": trust.rank_high.tolist(),
        "draws": trust.draws,
        "seed": str(trust.seed),
        "around": trust.around,
        "within": trust.within,
    }


def _nodes(
    nodes: Iterable[Branch | Leaf], tree: Branching | None, problem: Problem, lines: Lines
) -> list[dict[str, Any]]:
    """The criteria tree with the columns of its leaves."""
    below = {} if tree is None else {child.id: child for child in tree.children if isinstance(child, Branching)}
    found: list[dict[str, Any]] = []
    for node in nodes:
        if isinstance(node, Branch):
            branch = below[node.id]
            children = _nodes(node.criteria, branch, problem, lines)
            how = {"aggregate": branch.aggregate, "orness": branch.orness}
            found.append({"id": node.id, "name": node.name, **how, "children": children})
        else:
            j = problem.column(node.id)
            levels = node.scale.levels if isinstance(node.scale, LevelScale) else {}
            found.append(
                {
                    "id": node.id,
                    "name": node.name,
                    "column": j,
                    "unit": node.unit,
                    "question": node.question,
                    "levels": {f"{level:.15g}": text for level, text in levels.items()},
                }
            )
    return found


def _candidates(study: Study, problem: Problem) -> list[dict[str, Any]]:
    records = {candidate.id: candidate for candidate in study.candidates}
    labels = study.criteria.labels
    tiers, groups = labels.tier or {}, labels.group or {}
    return [
        {
            "id": id,
            "name": problem.names[i],
            "tier": _labelled(records[id].tier, tiers),
            "group": _labelled(records[id].group, groups),
            "lead_agency": records[id].lead_agency,
            "description": records[id].description,
        }
        for i, id in enumerate(problem.candidates)
    ]


def _labelled(label: str | None, names: Mapping[str, Mapping[str, str]]) -> Mapping[str, str] | None:
    return None if label is None else names.get(label, {"": label})


def _cut(cut: Cut | None) -> dict[str, Any] | None:
    if cut is None:
        return None
    floors = [
        {"kind": f.kind, "label": f.label, "count": f.count, "members": np.flatnonzero(f.members).tolist()}
        for f in cut.floors
    ]
    return {"total": cut.total, "floors": floors}


def _sets(study: Study, choices: Choices) -> list[dict[str, Any]]:
    """The tree's own weights and the study's sets; before them those of the run, where they are in none."""
    base = {"id": "base", "name": _said(lambda words: words.say("base weights")), "by": None, "note": None}
    sets = [{**base, "weights": node_weights(study, "base")}]
    for each in study.criteria.weight_sets:
        about = {"id": each.id, "name": each.name, "by": each.by, "note": each.note}
        sets.append({**about, "weights": node_weights(study, each.id)})
    if choices.change.weight:
        name = _said(lambda words: words.say("this run"))
        sets.insert(0, {"id": "", "name": name, "by": None, "note": None, "weights": _run_weights(study, choices)})
    return sets


def _change(change: Change) -> dict[str, Any]:
    return {"what": change.what, "id": change.id, "was": change.was, "to": change.to}


def _said(sentence: Any) -> dict[str, str]:
    """A sentence of the program in every language."""
    return {code: sentence(language(code)) for code in LANGUAGES}
