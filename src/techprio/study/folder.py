"""Paths → Study, or one StudyError with every fault of every file."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from techprio.errors import Fault, Place, StudyError
from techprio.study.base import Section
from techprio.study.candidates import Candidate, CandidateFile, CandidatesFile, ListFile
from techprio.study.checks import faults_between
from techprio.study.criteria import CriteriaFile, Leaf
from techprio.study.draft import Cited, Draft, Layer, Methods, Names, Record, ids_in, keys_in, names, node_ids
from techprio.study.shape import fit
from techprio.study.sources import Publication, SourcesFile
from techprio.study.tree import leaves
from techprio.wording import nearest
from techprio.yaml_source import Map, Path_, Seq, Source, read

S = TypeVar("S", bound=Section)
Progress = Callable[[int, int], None]
"""Told how many files are read; how many there will be is not known: 0."""


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
    criteria: Path, folders: Sequence[Path] = (), methods: Methods | None = None, progress: Progress | None = None
) -> Study:
    """Read and check a study. Raises StudyError with every fault if there is an error among them."""
    study, faults, _ = inspect(criteria, folders, methods, progress)
    if study is None:
        raise StudyError(faults)
    return study


def inspect(
    criteria: Path, folders: Sequence[Path] = (), methods: Methods | None = None, progress: Progress | None = None
) -> tuple[Study | None, list[Fault], list[str]]:
    """Read and check a study: the study, unless there is an error; all faults in file order; the files read."""
    with _no_garbage_collection():
        reading = _Reading(criteria, methods or {}, progress)
        reading.read_folders(folders)
        faults = reading.all_faults()
        errors = any(not fault.is_warning for fault in faults)
        return (None if errors else reading.study(faults)), faults, reading.files


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


class _Reading:
    """One pass over the files of a study."""

    def __init__(self, path: Path, methods: Methods, progress: Progress | None) -> None:
        self.path = path
        self.progress = progress
        self.faults: list[Fault] = []
        self.files: list[str] = []
        self.listing: list[str] = []
        self.folders: tuple[Path, ...] = ()
        self.list_info: ListFile | None = None
        source = self.read(path, str(path))
        ids: Any = {
            kind: names(found(source.data), source.data is not None) for kind, found in _IDS_IN_CRITERIA.items()
        }
        criteria = self.fit(source, CriteriaFile)
        sound = criteria is not None and not self.faults
        self.draft = Draft(source, criteria, sound, methods=methods, **ids)
        beside = path.parent / "sources.yaml"
        if beside.exists():
            self.read_sources(self.read(beside, str(beside)))

    def read(self, path: Path, shown: str) -> Source:
        source = read(path, shown)
        self.files.append(shown)
        self.faults += source.faults
        if self.progress:
            self.progress(len(self.files), 0)
        return source

    def fit(self, source: Source, section: type[S], path: Path_ = ()) -> S | None:
        """The sound part of a file; its faults are kept."""
        if source.data is None and any(not fault.is_warning for fault in source.faults):
            return None
        found, faults = fit(source, section, path)
        self.faults += faults
        return found

    # -- candidate folders ------------------------------------------------------------------------------------------

    def read_folders(self, folders: Sequence[Path]) -> None:
        """The folders given, or else those that the criteria file names."""
        self.folders = tuple(folders or self.folders_named())
        for i, folder in enumerate(self.folders):
            for relative, path in self.yaml_files(folder):
                source = self.read(path, str(path))
                self.listing.append(f"{source.sha256}  {relative}\n")
                if path.name == "sources.yaml":
                    self.read_sources(source)
                elif relative == "list.yaml":
                    self.list_info = self.fit(source, ListFile) or self.list_info
                else:
                    self.read_candidates(source, i)
        self.merge()

    def folders_named(self) -> Iterator[Path]:
        source, root = self.draft.criteria_source, self.path.resolve().parent.parent
        named = self.draft.criteria.candidates if self.draft.criteria else ()
        if named is None:
            hint = "add candidates: with the folder, or name it on the command line"
            self.fault("E116", source.at_first_key(()), "candidates", "no candidates folder is named", hint)
        for i, name in enumerate(named or ()):
            at = ("candidates", i) if isinstance(source.value(("candidates",)), list) else ("candidates",)
            folder = Path(os.path.normpath(self.path.parent / name))
            if not folder.resolve().is_relative_to(root):
                message = "this leads out of the study, which is the folder above the criteria file's"
                self.fault("E115", source.at_value(at), "candidates", message, "keep the candidates in the study")
            elif not folder.is_dir():
                near = (
                    nearest(folder.name, (p.name for p in folder.parent.glob("*/"))) if folder.parent.is_dir() else None
                )
                hint = "did you mean {near}?" if near else ""
                self.fault(
                    "E116", source.at_value(at), "candidates", "there is no folder {name}", hint, name=name, near=near
                )
            else:
                yield folder

    def yaml_files(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """The files to read, in the order of their names; whatever would be passed over in silence is a fault."""
        inside = folder.resolve()
        found: list[tuple[str, Path]] = []
        for directory, folders, files in os.walk(folder):
            here = Path(directory)
            for name in [name for name in folders if (here / name).is_symlink()]:
                message = "a linked folder is not followed"
                self.fault("E115", Place(str(here / name)), "", message, "put the folder itself here")
            for name in files:
                path = here / name
                if name.endswith(".yml"):
                    self.fault("E117", Place(str(path)), "", "a file that ends in .yml is not read", "name it .yaml")
                elif not name.endswith(".yaml"):
                    continue
                elif path.is_symlink() and not path.resolve().is_relative_to(inside):
                    message = "this link leads out of the candidates folder"
                    self.fault("E115", Place(str(path)), "", message, "put the file itself here")
                else:
                    found.append((path.relative_to(folder).as_posix(), path))
        if not any(path.name not in ("sources.yaml", "list.yaml") for _, path in found):
            self.fault("E116", Place(str(folder)), "", "no candidate file (*.yaml) is in this folder")
        yield from sorted(found)

    def read_sources(self, source: Source) -> None:
        self.draft.sources = _joined(self.draft.sources, keys_in(source.value(("sources",))), source)
        if found := self.fit(source, SourcesFile):
            cited = ((id, Cited(publication, source, ("sources", id))) for id, publication in found.sources.items())
            self.draft.publications.extend(cited)

    def read_candidates(self, source: Source, folder: int) -> None:
        several = isinstance(source.value(("candidates",)), Seq)
        items = source.data["candidates"] if several else [source.data]
        self.draft.candidates = _joined(self.draft.candidates, ids_in(items), source)
        stated = {item["id"]: keys_in(item.get("figures")) for item in items if isinstance(item, Map) and "id" in item}
        found = self.fit(source, CandidatesFile if several else CandidateFile)
        each = found.candidates if isinstance(found, CandidatesFile) else (found,)
        for i, candidate in enumerate(each):
            if isinstance(candidate, Candidate):
                path: Path_ = ("candidates", i) if several else ()
                self.draft.layers.append(Layer(candidate, source, path, folder, stated[candidate.id]))

    def merge(self) -> None:
        """One record a candidate, in the order in which candidates are first met."""
        layers: dict[str, list[Layer]] = {}
        for layer in self.draft.layers:
            below = layers.setdefault(layer.candidate.id, [])
            if all(other.folder != layer.folder for other in below):
                below.append(layer)
        self.draft.records = [Record.of(tuple(found)) for found in layers.values()]

    # -- the outcome ------------------------------------------------------------------------------------------------

    def fault(self, code: str, place: Place, path: str, message: str, hint: str = "", **facts: Any) -> None:
        self.faults.append(Fault(place, code, path, message, hint, facts))

    def all_faults(self) -> list[Fault]:
        """Those of the files and those between them, in file order."""
        order = {name: i for i, name in enumerate(self.files)}
        faults = [*self.faults, *faults_between(self.draft)]
        last = len(order)
        return sorted(faults, key=lambda f: (order.get(f.place.file, last), f.place.line, f.place.column, f.code))

    def study(self, faults: Sequence[Fault]) -> Study:
        draft = self.draft
        assert draft.criteria is not None  # without it there is an error among the faults
        return Study(
            criteria=draft.criteria,
            records=tuple(draft.records),
            sources={id: cited.publication for id, cited in draft.publications},
            list_info=self.list_info,
            warnings=tuple(faults),
            files=tuple(self.files),
            folders=self.folders,
            criteria_source=draft.criteria_source,
            criteria_sha256=draft.criteria_source.sha256,
            candidates_sha256=hashlib.sha256("".join(self.listing).encode()).hexdigest(),
        )


def _joined(known: Names, ids: Iterable[str], source: Source) -> Names:
    return Names(known.ids.union(ids), known.whole and source.data is not None)


def _question_ids(data: Any) -> Iterator[str]:
    gates = data.get("gates") if isinstance(data, Map) else None
    for gate in gates if isinstance(gates, Seq) else ():
        yield from ids_in(gate.get("of") if isinstance(gate, Map) else None)


def _ids_under(key: str) -> Callable[[Any], Iterator[str]]:
    return lambda data: ids_in(data.get(key) if isinstance(data, Map) else None)


_IDS_IN_CRITERIA: dict[str, Callable[[Any], Iterator[str]]] = {
    "nodes": lambda data: node_ids(data.get("criteria") if isinstance(data, Map) else None),
    "questions": _question_ids,
    "weight_sets": _ids_under("weight_sets"),
}
