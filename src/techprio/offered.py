"""What there is to rank, weigh and sort by, as the rules of a study need to know it."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.build import figure_faults
from techprio.errors import Fault
from techprio.methods import settings_of_methods
from techprio.sorting import SORTINGS
from techprio.study.draft import Methods, Weighting
from techprio.study.folder import Study
from techprio.weighing import GIVEN, READS_FIGURES, weighed
from techprio.weights import WEIGHTINGS
from techprio.weights.registry import Weighting as Entry

FROM_STUDY = frozenset({"profiles", "limits", "types", "q", "p", "s", "v"})
"""Settings of sorting methods that the study states elsewhere: profiles and limits with the classes, thresholds with
the criteria."""


def offered() -> Methods:
    """Every method with the settings that a study may state."""
    return Methods(
        ranking=settings_of_methods(),
        weighting={id: _weighting(entry) for id, entry in WEIGHTINGS.items()},
        sorting={id: frozenset(entry.settings) - FROM_STUDY for id, entry in SORTINGS.items()},
        afterwards=_afterwards,
    )


def _weighting(entry: Entry) -> Weighting:
    judges = entry.kind == "judgement" and entry.id != "equal"
    reads = entry.kind == "objective" or entry.id in READS_FIGURES
    return Weighting(frozenset(entry.settings) - GIVEN, judges, reads, weighed)


def _afterwards(study: Study) -> Iterator[Fault]:
    yield from figure_faults(study)
