"""What a picture must say besides its finding: of which study, on what figures, from which weights and draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from techprio import __version__
from techprio.cautions import cautions, illustrative_said
from techprio.evidence_report import EvidenceReport
from techprio.verdict import About, Verdict
from techprio.verdict_table import draws_said
from techprio.wording import Language


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The words round a picture that come from the study and the run."""

    study: str
    banner: str
    foot: tuple[str, ...]


def verdict_of(result: Any) -> Verdict:
    """The ranking that a result belongs to."""
    if isinstance(result, Verdict):
        return result
    for name in ("verdict", "first", "case"):
        if (found := getattr(result, name, None)) is not None:
            return verdict_of(found)
    raise TypeError(f"{type(result).__name__} belongs to no verdict")


def of_verdict(result: Any, words: Language) -> Circumstances:
    """Those of a result that rests on draws."""
    verdict = verdict_of(result)
    return _of(verdict, words, draws_said(verdict.trust, words))


def without_draws(result: Any, words: Language) -> Circumstances:
    """Those of a result that is computed, not sampled."""
    return _of(verdict_of(result), words, words.say("Computed at the stated figures; no draws."))


def _of(verdict: Verdict, words: Language, draws: str) -> Circumstances:
    counted = words.several(verdict.problem.m, "{n} candidate", "{n} candidates")
    variant = ", ".join(f"{key}={value}" for key, value in verdict.settings.items() if isinstance(value, str | float))
    method = f"{verdict.method} ({variant})" if variant else verdict.method
    weights = words.say("weights {set}", set=verdict.weight_set)
    first = " · ".join([counted, weights, method, *_changes(verdict, words)])
    return Circumstances(
        words.text(verdict.about.title),
        illustrative_said(float(verdict.illustrative.mean()), words),
        (f"{first}. {draws}", *cautions(0.0, verdict.about.notice, words), _run(verdict.about, words)),
    )


def of_evidence(report: EvidenceReport, words: Language) -> Circumstances:
    """Those of the evidence of a study."""
    about = report.study.criteria
    share = sum(cell.weight for cell in report.cells if "illustrative" in cell.states)
    share /= sum(cell.weight for cell in report.cells) or 1
    count = len({cell.candidate.id for cell in report.cells})
    counted = words.several(count, "{n} candidate", "{n} candidates")
    weights = words.say("weights {set}", set=report.weight_set)
    own = About(
        about.id,
        about.title,
        about.notice,
        about.as_of,
        report.study.criteria_sha256,
        report.study.candidates_sha256,
    )
    return Circumstances(
        words.text(about.title),
        illustrative_said(share, words),
        (f"{counted} · {weights}.", *cautions(0.0, own.notice, words), _run(own, words)),
    )


def _changes(verdict: Verdict, words: Language) -> Iterator[str]:
    for change in verdict.changes:
        yield f"{change.id} = {words.number(change.to)}"


def _run(about: About, words: Language) -> str:
    """Which files and which program: enough to make the picture again."""
    template = "Study {id}, as of {date}; files {criteria} and {candidates}; techprio {version}."
    facts = {"criteria": about.criteria_sha256[:8] or "–", "candidates": about.candidates_sha256[:8] or "–"}
    return words.say(template, id=about.id, date=about.as_of or "–", version=__version__, **facts)
