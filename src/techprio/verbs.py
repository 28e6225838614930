"""The verbs of the command line as functions: a study in, a result out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from techprio import asking, classing, run, selecting
from techprio.acceptance import Smaa
from techprio.build import Changes, build, gated, known, node_weights, shares, with_figures
from techprio.choice import Wanted
from techprio.class_table import Classed
from techprio.errors import UsageError
from techprio.evidence_report import EvidenceReport
from techprio.evidence_report import evidence as evidence_of
from techprio.explanation import Comparison, Explanation, NotScored
from techprio.ground import Ground, ground_of
from techprio.hall import Problem
from techprio.many_rankings import ManyRankings
from techprio.offered import offered
from techprio.questions.answer import Answer
from techprio.questions.audit import Audit
from techprio.robustness.smaa import Progress
from techprio.run import Choices
from techprio.selecting import Limits
from techprio.selection import Selection
from techprio.side_by_side import SideBySide
from techprio.study import folder
from techprio.study.folder import Study
from techprio.study.programme import Programme
from techprio.verdict import Verdict
from techprio.wording import LANGUAGES

if TYPE_CHECKING:
    from techprio.explorer.widget import Explorer
    from techprio.views.gaia import Gaia
    from techprio.views.one_way import OneWay
    from techprio.views.spread import Spread
    from techprio.views.ternary import Ternary
    from techprio.views.trade_off import TradeOff


class Options(TypedDict, total=False):
    """What every verb that computes may be asked for; left out: what the study says."""

    method: str | None
    """The ranking method's id."""
    settings: Mapping[str, Any]
    """Settings of the method."""
    weights: str
    """The weight set; ``base`` is the tree's own weights."""
    change: Mapping[str, Mapping[str, float]]
    """``{"weight": {node: number}, "figure": {"candidate.criterion": number}}``, for this run only."""
    cut: int | None
    """The size of the list."""
    draws: int | None
    """How many weights and figures are drawn."""
    seed: int | None
    """What makes the draws repeatable."""
    precision: float | None
    """Drawing stops once the standard error of every share is this small, like 0.005."""
    workers: int
    """How many processes draw; the numbers are the same."""
    executor: Executor | None
    """Any ``concurrent.futures.Executor`` to draw, a cluster's among them; the numbers are the same."""
    only: tuple[str, str] | None
    """``("tier", "2")`` or ``("group", …)``: only these candidates."""
    progress: Progress | None
    """Told (draws done, draws in all)."""
    certify: bool
    """Whether also proofs are sought that take their time: extreme ranks, figures within their ranges."""


def load(criteria: str | Path, candidates: str | Path | Sequence[str | Path] = ()) -> Study:
    """Read and check a study: its criteria file, and the candidates folders that this names or those given.

    Raises StudyError, with every fault of every file in ``.faults``, if there is an error among them; warnings are kept
    in the study.
    """
    folders = [candidates] if isinstance(candidates, str | Path) else list(candidates)
    return folder.load(Path(criteria), [Path(each) for each in folders], offered())


def programme(criteria: str | Path, candidates: str | Path | Sequence[str | Path] = ()) -> Programme:
    """Read and check a study with its plans, and return these: for ``techprio.plans.progress.progress`` and others.

    Raises StudyError with every fault, and UsageError if the criteria file names no plans.
    """
    folders = [candidates] if isinstance(candidates, str | Path) else list(candidates)
    study = folder.load(Path(criteria), [Path(each) for each in folders], offered(), plans=True)
    if study.programme is None:
        raise UsageError("the criteria file names no plans; add plans: with their folder")
    return study.programme


def rank(study: Study | Problem, **options: Unpack[Options]) -> Verdict:
    """Rank the candidates, and say how far the ranking can be trusted.

    Of a Problem that did not come from files, ``weights``, ``change`` and ``only`` mean nothing and are refused.
    """
    if not isinstance(study, Problem):
        return run.rank(study, choices_of(options))
    _only_what_tables_have(options)
    return run.rank_table(study, choices_of(options))


def smaa(study: Study | Problem, **options: Unpack[Options]) -> Smaa:
    """How often each candidate is listed, at which rank, above whom, and for which weights, by any method."""
    if not isinstance(study, Problem):
        return run.smaa(study, choices_of(options))
    _only_what_tables_have(options)
    return run.smaa_table(study, choices_of(options))


def common_ground(study: Study) -> Ground:
    """The weights that every weight set's own space admits, or else those that ask for the least concession."""
    return ground_of(study)


def rank_by(study: Study, kind: str, **options: Unpack[Options]) -> list[Verdict]:
    """A ranking within each ``tier`` or ``group``."""
    if kind not in ("tier", "group"):
        raise UsageError("candidates have a tier and a group, not a {kind}", kind=kind)
    return run.rank_by(study, kind, choices_of(options))


def classes(study: Study, **options: Unpack[Options]) -> Classed:
    """The candidates in the study's classes of priority, and how surely each is in its class."""
    return classing.classes(study, choices_of(options))


def compare(study: Study, **options: Unpack[Options]) -> SideBySide:
    """The rankings under all weight sets side by side, with their agreement."""
    return run.compare(study, choices_of(options))


def compare_methods(study: Study, methods: Sequence[str] = (), **options: Unpack[Options]) -> ManyRankings:
    """The rankings by several methods under all weight sets, their consensus, and who depends on which of the two.

    ``methods``: ids; left out, those of the study's multiverse.
    """
    return run.compare_methods(study, choices_of(options), methods)


def explain(
    study: Study, candidate: str, other: str | None = None, **options: Unpack[Options]
) -> Explanation | Comparison | NotScored:
    """Why a candidate stands where it does; with ``other``, why above or below it."""
    return run.explain(study, candidate, other, choices_of(options))


def robust(study: Study, question: str, *about: str, **options: Unpack[Options]) -> Answer:
    """The answer to one question about how far the ranking can be trusted: ``techprio.asking.QUESTIONS`` has them.

    ``about`` names candidates where the question asks about some: ``robust(study, "flip", "A", "B")``.
    """
    return asking.ask(study, question, choices_of(options), about)


def audit(study: Study, **options: Unpack[Options]) -> Audit:
    """Method, weights, evidence and robustness: what passes, what to look at, what fails."""
    return asking.audit(study, choices_of(options))


def select(
    study: Study,
    *,
    budgets: Mapping[str, float] | None = None,
    must: Sequence[str] = (),
    must_not: Sequence[str] = (),
    size: int | None = None,
    seconds: float | None = None,
    **options: Unpack[Options],
) -> Selection:
    """The set of the greatest value under budgets, what each constraint costs, and how robust the set is.

    ``budgets`` changes limits by the id of a budget, criterion or resource; ``size``: how many at the most;
    ``seconds``: how long each program may take. Raises UsageError if the study has no portfolio section
    and nothing is asked for, StudyError with the smallest conflict if no set keeps every constraint.
    """
    wanted = Wanted(dict(budgets or {}), tuple(must), tuple(must_not), size)
    return selecting.select(study, choices_of(options), Limits(wanted, seconds))


def evidence(study: Study, weights: str = "base") -> EvidenceReport:
    """The missing, illustrative, stale, conflicting and unsourced figures."""
    return evidence_of(study, shares(study, node_weights(study, weights)), weights)


def explore(study: Study, language: str = "en", **options: Unpack[Options]) -> Explorer:
    """The explorer in a notebook: move weights and see the list follow; ``.weights`` is what was chosen.

    Raises UsageError if the packages for notebooks are not installed.
    """
    from techprio.explorer.exploration import exploration

    try:
        from techprio.explorer.widget import Explorer
    except ModuleNotFoundError as error:
        raise UsageError(
            "the explorer in notebooks needs {package}: pip install 'techprio[notebooks]'", package=error.name
        ) from None
    return Explorer(exploration(study, choices_of(options)), known(language, LANGUAGES, "there is no language {id}"))


def spread(study: Study, **options: Unpack[Options]) -> Spread:
    """How the draws spread each candidate over ranks and scores."""
    from techprio.views.spread import spread as spread_of

    return spread_of(study, choices_of(options))


def one_way(study: Study, node: str | None = None, **options: Unpack[Options]) -> OneWay:
    """One node's weight from nothing to all: scores, and who comes onto the list and leaves it."""
    from techprio.views.one_way import one_way as one_way_of

    return one_way_of(study, choices_of(options), node)


def trade_off(
    study: Study, feasibility: Sequence[str] | None = None, risk: str | None = None, **options: Unpack[Options]
) -> TradeOff:
    """Attractiveness against feasibility, with their ranges and the risk."""
    from techprio.views.trade_off import trade_off as trade_off_of

    return trade_off_of(study, choices_of(options), feasibility, risk)


def ternary(study: Study, groups: Sequence[Sequence[str]] | None = None, **options: Unpack[Options]) -> Ternary:
    """Every balance between three groups of weights: who is first, and where the list stays the same."""
    from techprio.views.ternary import ternary as ternary_of

    return ternary_of(study, choices_of(options), groups)


def gaia(study: Study, **options: Unpack[Options]) -> Gaia:
    """Candidates, criteria and weights in the plane that shows most of their differences under PROMETHEE II."""
    from techprio.views.gaia import gaia as gaia_of

    return gaia_of(study, choices_of(options))


def problem(study: Study, weights: str = "base", change: Mapping[str, Mapping[str, float]] | None = None) -> Problem:
    """The study as arrays and labels: the candidates that pass every gate, the weights of one set."""
    changes = _changes(change or {})
    changed = with_figures(study, changes.figure)
    return build(changed, shares(changed, node_weights(changed, weights, changes.weight)), gated(changed)[0])


def _only_what_tables_have(options: Options) -> None:
    if idle := {"weights", "change", "only"} & set(options):
        raise UsageError("a problem without a study has no {id}", id=sorted(idle)[0])


def choices_of(options: Options) -> Choices:
    """The options of a verb as a run takes them. Raises TypeError for one that there is not."""
    given: dict[str, Any] = dict(options)
    unknown = set(given) - set(Options.__annotations__)
    if unknown:
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    if "change" in given:
        given["change"] = _changes(given["change"])
    return Choices(**given)


def _changes(change: Mapping[str, Mapping[str, float]]) -> Changes:
    for kind in change:
        if kind not in ("weight", "figure"):
            raise UsageError("weights and figures can be changed, not a {kind}", kind=kind)
    figures = {}
    for name, number in change.get("figure", {}).items():
        candidate, dot, criterion = name.rpartition(".")
        if not dot:
            raise UsageError("{name}: write a figure as candidate.criterion", name=name)
        figures[candidate, criterion] = number
    return Changes(dict(change.get("weight", {})), figures)
