"""All pictures of a study: each result is computed once, when the first picture asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from techprio import run
from techprio.build import node_weights, shares
from techprio.evidence_report import evidence
from techprio.plots import find
from techprio.plots.exhibit import leaves_of
from techprio.plots.leaf import Leaf
from techprio.plots.picture import Picture
from techprio.run import Choices
from techprio.study.folder import Study
from techprio.verdict import Verdict
from techprio.wording import Language


class Gallery:
    """A study as pictures."""

    def __init__(
        self,
        study: Study,
        choices: Choices,
        *,
        node: str | None = None,
        feasibility: Sequence[str] | None = None,
        risk: str | None = None,
        groups: Sequence[Sequence[str]] | None = None,
        near: int | None = None,
    ) -> None:
        """``near``: of how many candidates next to the cut the smallest changes are sought; None: of all."""
        self.study = study
        self.choices = choices
        self.node = node
        self.feasibility = feasibility
        self.risk = risk
        self.groups = groups
        self.near = near
        self._answers: dict[str, Any] = {}

    def leaves(self, name: str, words: Language) -> list[Leaf]:
        """The pages of one exhibit, not yet drawn."""
        shown = find(name)
        return leaves_of(shown, RESULTS[shown.takes](self), words)

    def pictures(self, name: str, words: Language) -> list[Picture]:
        """The pages of one exhibit."""
        return [leaf.drawn() for leaf in self.leaves(name, words)]

    @property
    def verdict(self) -> Verdict:
        found: Verdict = self.case.verdict
        return found

    @cached_property
    def spread(self) -> Any:
        from techprio.views.spread import spread

        return spread(self.study, self.choices, verdict=self.verdict)

    @cached_property
    def side_by_side(self) -> Any:
        return run.compare(self.study, self.choices)

    @cached_property
    def evidence(self) -> Any:
        """The evidence of those asked about, in the order of their ranks; those that fail a gate come last."""
        weights = shares(self.study, node_weights(self.study, self.choices.weights))
        found = evidence(self.study, weights, self.choices.weights)
        rank = dict(zip(self.verdict.problem.candidates, self.verdict.ranks.tolist(), strict=True))
        asked = {*rank, *(each.id for each in self.verdict.excluded)}
        cells = [cell for cell in found.cells if cell.candidate.id in asked]
        by_rank = sorted(cells, key=lambda cell: rank.get(cell.candidate.id, len(found.cells)))
        return replace(found, cells=tuple(by_rank))

    @cached_property
    def one_way(self) -> Any:
        from techprio.views.one_way import one_way

        return one_way(self.study, self.choices, self.node, verdict=self.verdict)

    @cached_property
    def trade_off(self) -> Any:
        from techprio.views.trade_off import trade_off

        return trade_off(self.study, self.choices, self.feasibility, self.risk, verdict=self.verdict)

    @cached_property
    def ternary(self) -> Any:
        from techprio.views.ternary import ternary

        return ternary(self.study, self.choices, self.groups, verdict=self.verdict)

    @cached_property
    def case(self) -> Any:
        from techprio.asking import case

        return case(self.study, self.choices)

    def answer(self, question: str) -> Any:
        """The answer to one of the questions of robustness."""
        from techprio.asking import ask

        if question not in self._answers:
            self._answers[question] = ask(self.study, question, self.choices, asked_of=self.case)
        return self._answers[question]

    @cached_property
    def flips(self) -> Any:
        """The smallest changes; each candidate takes a second, so a hurried gallery asks of those next to the cut."""
        verdict = self.verdict
        if self.near is None or verdict.listed is None or verdict.problem.m <= self.near:
            return self.answer("flip")
        from techprio.asking import ask

        edge = np.sort(verdict.scores[verdict.listed & ~verdict.by_floor] if verdict.by_floor is not None else [])[:1]
        gap = np.abs(verdict.scores - (edge[0] if len(edge) else verdict.scores.max()))
        nearest = [verdict.problem.candidates[i] for i in np.argsort(gap, kind="stable")[: self.near]]
        found: list[Any] = [ask(self.study, "flip", self.choices, (id,), asked_of=self.case) for id in nearest]
        return replace(found[0], turns=tuple(turn for each in found for turn in each.turns))

    @cached_property
    def gaia(self) -> Any:
        from techprio.views.gaia import gaia

        return gaia(self.study, self.choices)


RESULTS: dict[str, Callable[[Gallery], Any]] = {
    "Verdict": lambda gallery: gallery.verdict,
    "Spread": lambda gallery: gallery.spread,
    "Stability": lambda gallery: gallery.answer("stability"),
    "Flips": lambda gallery: gallery.flips,
    "Multiverse": lambda gallery: gallery.answer("methods"),
    "Effective": lambda gallery: gallery.answer("weights"),
    "Necessity": lambda gallery: gallery.answer("necessary"),
    "Gaia": lambda gallery: gallery.gaia,
    "SideBySide": lambda gallery: gallery.side_by_side,
    "EvidenceReport": lambda gallery: gallery.evidence,
    "OneWay": lambda gallery: gallery.one_way,
    "TradeOff": lambda gallery: gallery.trade_off,
    "Ternary": lambda gallery: gallery.ternary,
}
"""The class of a result → how a gallery comes by it."""
