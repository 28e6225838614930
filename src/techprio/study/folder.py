"""Paths → Study, or one StudyError with every fault of every file."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from techprio.errors import Fault, Place, StudyError
from techprio.study.candidates import Candidate, ListFile
from techprio.study.criteria import CriteriaFile
from techprio.study.draft import Record
from techprio.study.methods import Methods
from techprio.study.nodes import Leaf
from techprio.study.programme import Programme
from techprio.study.reading import Progress, Reading
from techprio.study.sources import Publication
from techprio.study.tree import leaves
from techprio.yaml_source import Source


@dataclass(frozen=True, slots=True, repr=False)
class Study:
    """A criteria file and the candidates it judges: sound, and every part of it knows its place."""

    criteria: CriteriaFile
    records: tuple[Record, ...]
    sources: Mapping[str, Publication]
    list_info: ListFile | None
    warnings: tuple[Fault, ...]
    files: tuple[str, ...]
    """Every file that was read."""
    folders: tuple[Path, ...]
    """The candidates folders, the lowest first."""
    criteria_source: Source
    criteria_sha256: str
    """Of the bytes of the criteria file."""
    candidates_sha256: str
    """Of a listing `sha256  path` of the candidate files, each path as seen from its folder."""
    programme: Programme | None = None
    """The plans, if the criteria file names a folder of them and they were asked for."""

    def __repr__(self) -> str:
        return f"<Study {self.criteria.id}: {len(self.records)} candidates, {len(self.leaves)} criteria>"

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(record.candidate for record in self.records)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return leaves(self.criteria.criteria)

    def place_of(self, candidate: int, criterion: str) -> Place:
        """Where a figure stands; of a missing one, where its candidate begins."""
        record = self.records[candidate]
        layer = record.layer_of(criterion)
        if layer is None:
            return record.layers[0].source.at_first_key(record.layers[0].path)
        return layer.source.at_value((*layer.path, "figures", criterion))


def load(
    criteria: Path,
    folders: Sequence[Path] = (),
    methods: Methods | None = None,
    progress: Progress | None = None,
    *,
    plans: bool = False,
) -> Study:
    """Read and check a study, its plans only if asked for. Raises StudyError with every fault if one is an error."""
    study, faults, _ = inspect(criteria, folders, methods, progress, plans=plans)
    if study is None:
        raise StudyError(faults)
    return study


def inspect(
    criteria: Path,
    folders: Sequence[Path] = (),
    methods: Methods | None = None,
    progress: Progress | None = None,
    *,
    plans: bool = True,
) -> tuple[Study | None, list[Fault], list[str]]:
    """Read and check a study: the study, unless there is an error; all faults in file order; the files read."""
    with _no_garbage_collection():
        reading = Reading(criteria, methods or Methods(), progress)
        reading.read_folders(folders)
        if plans:
            reading.read_plans()
        faults = reading.all_faults()
        if any(not fault.is_warning for fault in faults):
            return None, faults, reading.files
        study = _study(reading, faults)
        if methods and (late := list(methods.afterwards(study))):
            return None, reading.in_order([*faults, *late]), reading.files
        return study, faults, reading.files


def _study(reading: Reading, faults: Sequence[Fault]) -> Study:
    draft = reading.draft
    assert draft.criteria is not None  # without it there is an error among the faults
    return Study(
        criteria=draft.criteria,
        records=tuple(draft.records),
        sources={id: cited.publication for id, cited in draft.publications},
        list_info=reading.list_info,
        warnings=tuple(faults),
        files=tuple(reading.files),
        folders=reading.folders,
        criteria_source=draft.criteria_source,
        criteria_sha256=draft.criteria_source.sha256,
        candidates_sha256=reading.listed_sha256(),
        programme=Programme.of(draft, reading.plan_folder) if reading.plan_folder else None,
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Reading makes millions of objects and no cycles: looking for garbage meanwhile takes longer than the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
