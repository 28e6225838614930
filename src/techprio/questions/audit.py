"""Method, weights, evidence and robustness: what passes, what to look at, what fails, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from techprio.errors import Fault
from techprio.questions.answer import Answer, Case
from techprio.questions.effective import Effective
from techprio.questions.multiverse import Multiverse
from techprio.questions.reversal import Reversal
from techprio.questions.stability import Stability
from techprio.tables import Column
from techprio.wording import Language, language

State = Literal["pass", "warn", "fail"]
HANDBOOK = "OECD & JRC (2008). Handbook on Constructing Composite Indicators"
GREEN_BOOK = "Dodgson, J. S. et al. (2009). Multi-criteria analysis: a manual. DCLG, London"
LARGE_WEIGHT, SMALL_WEIGHT = 0.4, 0.02
"""A criterion above the first decides much by itself; one below the second hardly anything."""
HALF = 0.5
EVIDENCE = {
    "missing": "{n} of {all} figures are missing.",
    "unsourced": "{n} of {all} figures have no source.",
    "stale": "{n} of {all} figures rest on stale sources.",
    "conflicting": "{n} of {all} figures have sources that conflict.",
}
STATES = {"pass": "pass", "warn": "WARN", "fail": "FAIL"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    area: str
    """``method``, ``weights``, ``evidence`` or ``robustness``."""
    state: State
    template: str
    """What was found …"""
    facts: Mapping[str, Any]
    """… with these numbers."""
    reference: str
    """Why it matters: a source."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """How the figures of a study stand: counts of figures."""

    figures: int
    missing: int
    unsourced: int
    stale: int
    conflicting: int


@dataclass(frozen=True, eq=False, repr=False)
class Audit(Answer):
    """Everything that was looked at."""

    question = "audit"
    heading = "audit"

    checks: tuple[Check, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a check, by area."""
        english = language("en")
        return [
            {
                "area": check.area,
                "state": check.state,
                "reason": english.say(check.template, **check.facts),
                "reference": check.reference,
            }
            for check in self.checks
        ]

    def columns(self) -> list[Column]:
        return [
            Column("state", "state"),
            Column("area", "area"),
            Column("reason", "reason", narrows="wraps"),
            Column("reference", "reference", narrows="wraps", rank=1),
        ]

    def table(self, words: Language) -> Any:
        """The checks in the language asked for."""
        whole = super().table(words)
        rows = [
            {
                "state": words.say(STATES[check.state]),
                "area": words.say(check.area),
                "reason": words.say(check.template, **check.facts),
                "reference": check.reference,
            }
            for check in self.checks
        ]
        return type(whole)(whole.columns, rows, whole.title, whole.notes)

    def count(self, state: State) -> int:
        """How many checks came out so."""
        return sum(check.state == state for check in self.checks)

    def sentence(self, words: Language) -> str:
        """How many passed."""
        return words.say(
            "Of {n} checks, {ok} pass, {warn} ask to be looked at and {fail} fail.",
            n=len(self.checks),
            ok=self.count("pass"),
            warn=self.count("warn"),
            fail=self.count("fail"),
        )

    def how(self, words: Language) -> str:
        """What a state means."""
        return words.say(
            "FAIL: do not publish before this is mended or explained. WARN: explain it beside the ranking."
        )


def audit(
    case: Case,
    evidence: Evidence,
    warnings: Sequence[Fault],
    found: tuple[Stability, Multiverse, Effective, Reversal],
) -> Audit:
    """Put the checks together from answers that were computed before."""
    stability, multiverse, effective, reversal = found
    checks = [
        *_method(case, reversal),
        *_weights(case, effective),
        *_evidence(case, evidence, warnings),
        *_robustness(case, stability, multiverse),
    ]
    return Audit(case, tuple(checks))


def _method(case: Case, reversal: Reversal) -> Iterator[Check]:
    failed = [row for row in reversal.rows() if row["failed"]]
    reference = "Wang, X. & Triantaphyllou, E. (2008). Omega 36(1), 45–63"
    if failed:
        template = "The order of two candidates can depend on a third: {k} of {n} tests of rank reversal fail."
        yield Check("method", "warn", template, {"k": len(failed), "n": len(reversal.results)}, reference)
    else:
        template = "The order of two candidates never depends on a third: all tests of rank reversal hold."
        yield Check("method", "pass", template, {}, reference)
    scaling = str(case.verdict.settings.get("scaling", "none"))
    fixed = scaling in ("value", "scale")
    template = (
        "Values are measured against fixed anchors ({scaling})."
        if fixed
        else (
            "Figures are scaled by the candidates at hand ({scaling}), so that a new candidate changes the "
            "values of others."
        )
    )
    yield Check("method", "pass" if fixed else "warn", template, {"scaling": scaling}, GREEN_BOOK)


def _weights(case: Case, effective: Effective) -> Iterator[Check]:
    p = case.problem
    large = [p.criteria[j] for j in np.flatnonzero(p.weights > LARGE_WEIGHT)]
    small = [p.criteria[j] for j in np.flatnonzero((p.weights > 0) & (p.weights < SMALL_WEIGHT))]
    if large:
        template = "{ids} has more than {share} of the weight and decides much by itself."
        yield Check("weights", "warn", template, {"ids": ", ".join(large), "share": "40%"}, GREEN_BOOK)
    else:
        yield Check(
            "weights", "pass", "No criterion has more than {share} of the weight.", {"share": "40%"}, GREEN_BOOK
        )
    if small:
        template = "Criteria of less than {share} of the weight hardly count: {ids}."
        yield Check("weights", "warn", template, {"ids": ", ".join(small), "share": "2%"}, GREEN_BOOK)
    reference = "Paruolo, P., Saisana, M. & Saltelli, A. (2013). J. R. Stat. Soc. A 176(3), 609–634"
    far = [
        row for row in effective.rows() if row["nominal"] and abs(row["effective"] - row["nominal"]) > row["nominal"]
    ]
    if far:
        ids = ", ".join(row["criterion"] for row in far)
        template = "The effect of a criterion on scores is more than twice its weight: {ids}."
        yield Check("weights", "warn", template, {"ids": ids}, reference)
    else:
        yield Check(
            "weights", "pass", "No criterion has more than twice the effect that its weight says.", {}, reference
        )
    alike = [(a, b, r) for a, b, r in effective.alike() if r > 0]
    if alike:
        a, b, r = alike[0]
        template = (
            "{n} pairs of criteria go together and may count the same thing twice, {a} and {b} most (correlation {r})."
        )
        facts = {"n": len(alike), "a": a, "b": b, "r": round(r, 2)}
        yield Check("weights", "warn", template, facts, HANDBOOK)
    else:
        yield Check("weights", "pass", "No two criteria go together so closely that they count double.", {}, HANDBOOK)
    idle = [p.criteria[j] for j in range(p.n) if p.weights[j] > 0 and np.ptp(_column(case, j)) == 0]
    if idle:
        template = "All candidates have the same figure, so the weight has no effect: {ids}."
        yield Check("weights", "warn", template, {"ids": ", ".join(idle)}, HANDBOOK)


def _column(case: Case, j: int) -> Any:
    column = case.problem.x[:, j]
    return column[~np.isnan(column)] if (~np.isnan(column)).any() else np.zeros(1)


def _evidence(case: Case, evidence: Evidence, warnings: Sequence[Fault]) -> Iterator[Check]:
    share = float(case.verdict.illustrative.mean())
    state: State = "fail" if share > HALF else "warn" if share > 0 else "pass"
    template = "{share} of the weight rests on illustrative figures, which nobody has assessed."
    facts = {"share": f"{100 * share:.0f}%"}
    yield Check("evidence", state, template, facts, GREEN_BOOK)
    for name, template in EVIDENCE.items():
        n = int(getattr(evidence, name))
        state = "fail" if n > HALF * evidence.figures else "warn" if n else "pass"
        yield Check("evidence", state, template, {"n": n, "all": evidence.figures}, HANDBOOK)
    template = "techprio check gives {n} warnings."
    yield Check("evidence", "warn" if warnings else "pass", template, {"n": len(warnings)}, "techprio check")


def _robustness(case: Case, stability: Stability, multiverse: Multiverse) -> Iterator[Check]:
    trust, m = case.verdict.trust, case.problem.m
    reference = "Lahdelma, R. & Salminen, P. (2001). Operations Research 49(3), 444–454"
    if case.problem.cut is None:
        yield Check("robustness", "warn", "There is no list, so nothing is said of who is surely on it.", {}, reference)
        return
    contested = sum(band == "contested" for band in trust.band)
    state: State = "warn" if contested > case.problem.cut.total / 2 else "pass"
    template = "{n} of {m} candidates are contested, for a list of {total}."
    facts: dict[str, Any] = {"n": contested, "m": m, "total": case.problem.cut.total}
    yield Check("robustness", state, template, facts, reference)
    proved = sum(mark != "none" for mark in trust.certified)
    template = "{n} of {m} candidates are proved to be on the list, or off it, for every admissible weight."
    yield Check(
        "robustness", "pass" if proved else "warn", template, {"n": proved, "m": m}, "techprio robust certificates"
    )
    nearest = stability.nearest("list")
    if nearest is not None:
        moved, each, _ = nearest
        state = "warn" if moved < 0.1 * each.now else "pass"
        template = "The list changes soonest when the weight of {node} moves by {share} of itself."
        share = f"{100 * moved / each.now:.0f}%" if each.now else "–"
        reference = "Triantaphyllou, E. & Sánchez, A. (1997). Decision Sciences 28(1), 151–194"
        yield Check("robustness", state, template, {"node": each.node, "share": share}, reference)
    always = sum(row["listed"] == 1 for row in multiverse.rows())
    state = "warn" if always < case.problem.cut.total / 2 else "pass"
    template = "{n} candidates are listed in all {worlds} worlds of the multiverse, for a list of {total}."
    facts = {"n": always, "worlds": len(multiverse.worlds), "total": case.problem.cut.total}
    reference = "Saisana, M., Saltelli, A. & Tarantola, S. (2005). J. R. Stat. Soc. A 168(2), 307–323"
    yield Check("robustness", state, template, facts, reference)
