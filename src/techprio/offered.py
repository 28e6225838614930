"""What there is to rank, weigh and sort by, as the rules of a study need to know it."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.build import found_weights
from techprio.errors import Fault, JudgementError, UsageError
from techprio.methods import settings_of_methods
from techprio.sorting import SORTINGS
from techprio.study.checks.judgements import judgement_found
from techprio.study.checks.rule import Found
from techprio.study.folder import Study
from techprio.study.methods import Methods, Weighting
from techprio.weighing import GIVEN, READS_FIGURES, weighed
from techprio.weights import WEIGHTINGS
from techprio.weights.registry import Weighting as Entry
from techprio.yaml_source import Path_

FROM_STUDY = frozenset({"profiles", "limits", "types", "q", "p", "s", "v"})
"""Settings of sorting methods that the study states elsewhere: profiles and limits with the classes, thresholds with
the criteria."""


def offered() -> Methods:
    """Every method with the settings that a study may state."""
    return Methods(
        ranking=settings_of_methods(),
        weighting={id: _weighting(entry) for id, entry in WEIGHTINGS.items()},
        sorting={id: frozenset(entry.settings) - FROM_STUDY for id, entry in SORTINGS.items()},
        afterwards=_figures_make_weights,
    )


def _weighting(entry: Entry) -> Weighting:
    judges = entry.kind == "judgement" and entry.id != "equal"
    reads = entry.kind == "objective" or entry.id in READS_FIGURES
    return Weighting(frozenset(entry.settings) - GIVEN, judges, reads, weighed)


def _figures_make_weights(study: Study) -> Iterator[Fault]:
    """Weight sets that the study's figures give no weights to. Rule E335."""
    for i, stated in enumerate(study.criteria.weight_sets):
        if WEIGHTINGS[stated.method].kind != "objective" and stated.method not in READS_FIGURES:
            continue
        path: Path_ = ("weight_sets", i)
        try:
            found_weights(study, stated.id)
        except JudgementError as error:
            yield judgement_found(study.criteria_source, (*path, "judgements"), error).fault("E335")
        except UsageError as error:
            blames_settings = stated.settings and not {"i", "j"} & set(error.facts)
            where = (*path, "settings" if blames_settings else "method")
            yield Found(study.criteria_source, where, error.message, "", error.facts).fault("E335")
