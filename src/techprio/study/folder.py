"""Paths → Study, or one StudyError with every fault of every file."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from techprio.errors import Fault, Place, StudyError
from techprio.study.base import Section
from techprio.study.candidates import Candidate, CandidateFile, CandidatesFile, ListFile
from techprio.study.checks import faults_between
from techprio.study.criteria import CriteriaFile
from techprio.study.draft import (
    Cited,
    Draft,
    Layer,
    Methods,
    Names,
    Record,
    id_of,
    ids_in,
    keys_in,
    node_ids,
    part,
    question_ids,
    resource_ids,
)
from techprio.study.nodes import Leaf
from techprio.study.programme import Programme
from techprio.study.shape import fit
from techprio.study.sources import Publication, SourcesFile
from techprio.study.tree import leaves
from techprio.wording import nearest
from techprio.yaml_reader import read
from techprio.yaml_source import Map, Path_, Seq, Source, in_short

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
        reading = _Reading(criteria, methods or Methods(), progress)
        reading.read_folders(folders)
        if plans:
            reading.read_plans()
        faults = reading.all_faults()
        if any(not fault.is_warning for fault in faults):
            return None, faults, reading.files
        study = reading.study(faults)
        if methods and (late := list(methods.afterwards(study))):
            return None, reading.in_order([*faults, *late]), reading.files
        return study, faults, reading.files


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


class _Refused(NamedTuple):
    """A folder that cannot be read: the code, what is wrong, what to do."""

    code: str
    message: str
    hint: str = ""
    near: str | None = None


class _Reading:
    """One pass over the files of a study."""

    def __init__(self, path: Path, methods: Methods, progress: Progress | None) -> None:
        self.path = path
        self.progress = progress
        self.faults: list[Fault] = []
        self.files: list[str] = []
        self.listing: list[str] = []
        self.folders: tuple[Path, ...] = ()
        self.plan_folder: Path | None = None
        self.list_info: ListFile | None = None
        source = self.read(path, str(path))
        ids: Any = {kind: Names().add(found(source.data)) for kind, found in _IDS_IN_CRITERIA.items()}
        criteria = self.fit(source, CriteriaFile)
        sound = criteria is not None and all(fault.is_warning for fault in self.faults)
        self.draft = Draft(source, criteria, sound, methods=methods, **ids)
        beside = path.parent / "sources.yaml"
        if beside.exists() and self.is_inside(beside, path.parent, "this link leads out of its folder"):
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
        self.draft.own_candidates = not folders
        self.draft.layered = self.draft.layered or len(self.folders) > 1
        for i, folder in enumerate(self.folders):
            for relative, path in self.yaml_files(folder):
                source = self.read(path, str(path))
                self.listing.append(f"{source.sha256}  {relative}\n")
                if path.name == "sources.yaml":
                    self.read_sources(source)
                elif path.name == "list.yaml":
                    self.list_info = self.fit(source, ListFile) or self.list_info
                else:
                    self.read_candidates(source, i)
        self.merge()

    def folders_named(self) -> Iterator[Path]:
        source, draft = self.draft.criteria_source, self.draft
        named = draft.criteria.candidates if draft.criteria else ()
        if named is None and not source.lost((), "candidates"):
            hint = "add candidates: with the folder, or name it on the command line"
            self.fault("E116", source.at_first_key(()), "", "no candidates folder is named", hint)
        draft.all_records, draft.layered = draft.all_records and bool(named), len(named or ()) > 1
        seen: set[Path] = set()
        for i, name in enumerate(named or ()):
            path: Path_ = ("candidates", i) if isinstance(source.value(("candidates",)), list) else ("candidates",)
            folder = Path(os.path.normpath(self.path.parent / name))
            if refused := self.why_not(folder, seen):
                text = source.path_text(path)
                facts = {"name": name, "near": refused.near}
                self.fault(refused.code, source.at_value(path), text, refused.message, refused.hint, **facts)
                draft.all_records = False
                draft.candidates.whole = draft.sources.whole = False
            else:
                yield folder
            seen.add(folder)

    def why_not(self, folder: Path, seen: Collection[Path]) -> _Refused | None:
        """Why a folder that the criteria file names cannot be read."""
        if folder in seen:
            return _Refused("E116", "the folder {name} is named twice")
        if not _real(folder).is_relative_to(_real(self.path).parent.parent):
            message = "this leads out of the study, which is the folder above the criteria file's"
            return _Refused("E115", message, "keep the candidates in the study")
        if _real(self.path).is_relative_to(_real(folder)):
            message = "the criteria file lies in this folder, and the candidates need one of their own"
            return _Refused("E116", message, "make one, such as candidates/first-list")
        if not os.path.isdir(folder):
            near = _folder_near(folder)
            return _Refused("E116", "there is no folder {name}", "did you mean {near}?" if near else "", near)
        return None

    def yaml_files(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """The files to read, in the order of their names; whatever would be passed over in silence is a fault."""
        found: list[tuple[str, Path]] = []
        for directory, folders, files in os.walk(folder, onerror=self.cannot_list):
            here = Path(directory)
            for name in folders:
                if (here / name).is_symlink():
                    self.pass_over("E115", here / name, "a linked folder is not followed", "put the folder itself here")
                elif name.endswith(".yaml"):
                    self.fault("E101", Place(str(here / name)), "", "this is a folder, not a file", "name it otherwise")
            for name in files:
                path = here / name
                if name.endswith(".yaml"):
                    if self.is_inside(path, folder, "this link leads out of the candidates folder"):
                        found.append((path.relative_to(folder).as_posix(), path))
                elif name.lower().endswith((".yml", ".yaml")):
                    message = "a file is read if its name ends in .yaml"
                    self.pass_over("E117", path, message, "name it {cure}", cure=f"{path.stem}.yaml")
        if not any(path.name not in ("sources.yaml", "list.yaml") for _, path in found):
            self.draft.all_records = False
            if not any(Path(fault.place.file).is_relative_to(folder) for fault in self.faults):
                self.fault("E116", Place(str(folder)), "", "no candidate file (*.yaml) is in this folder")
        yield from sorted(found)

    def cannot_list(self, error: OSError) -> None:
        """A folder that may not be looked into."""
        reason = error.strerror or str(error)
        self.pass_over("E101", Path(error.filename), "the folder cannot be read: {reason}", reason=reason)

    def is_inside(self, path: Path, folder: Path, message: str) -> bool:
        """Whether a file, if it is a link, stays in ``folder``; a fault if it does not."""
        if not path.is_symlink() or _real(path).is_relative_to(_real(folder)):
            return True
        self.pass_over("E115", path, message, "put the file itself here")
        return False

    def pass_over(self, code: str, path: Path, message: str, hint: str = "", **facts: Any) -> None:
        """A fault for what is not read; what it may hold cannot be called unknown."""
        self.fault(code, Place(str(path)), "", message, hint, **facts)
        if path.stem == "sources" or not path.suffix:
            self.draft.sources.whole = False
        if path.stem != "sources":
            self.draft.candidates.whole = False
            self.draft.all_records = False

    def read_sources(self, source: Source) -> None:
        self.draft.sources.add(keys_in(part(source.data, "sources", SourcesFile.model_fields)))
        if found := self.fit(source, SourcesFile):
            cited = ((id, Cited(publication, source, ("sources", id))) for id, publication in found.sources.items())
            self.draft.publications.extend(cited)

    def read_candidates(self, source: Source, folder: int) -> None:
        data, draft = source.data, self.draft
        listed = part(data, "candidates", _CANDIDATE_KEYS) if isinstance(data, Map) and "id" not in data else None
        several = listed is not None
        items = listed if isinstance(listed, Seq) else [data]
        draft.candidates.add(ids_in(listed) if several else [id_of(data)])
        stated: dict[str | None, Names] = {}
        for item in items:
            stated.setdefault(id_of(item), Names().add(keys_in(part(item, "figures", Candidate.model_fields))))
        count = len(items)
        found = self.fit(source, CandidatesFile if several else CandidateFile)
        each = found.candidates if isinstance(found, CandidatesFile) else (found,) if found else ()
        for i, candidate in enumerate(each):
            if isinstance(candidate, Candidate):
                path: Path_ = ("candidates", i) if several else ()
                draft.layers.append(Layer(candidate, source, path, folder, stated[candidate.id]))
        draft.all_records = draft.all_records and len(each) == count

    def merge(self) -> None:
        """One record a candidate, in the order in which candidates are first met."""
        layers: dict[str, list[Layer]] = {}
        for layer in self.draft.layers:
            below = layers.setdefault(layer.candidate.id, [])
            if all(other.folder != layer.folder for other in below):
                below.append(layer)
        self.draft.records = [Record.of(tuple(found)) for found in layers.values()]

    # -- plans -------------------------------------------------------------------------------------------------------

    def read_plans(self) -> None:
        """The folder of the plans, if the criteria file names one."""
        named = self.draft.criteria.plans if self.draft.criteria else None
        if named is None:
            return
        source = self.draft.criteria_source
        path: Path_ = ("plans", "folder") if isinstance(source.value(("plans",)), Map) else ("plans",)
        folder = Path(os.path.normpath(self.path.parent / named.folder))
        if refused := self.why_not(folder, self.folders):
            facts = {"name": named.folder, "near": refused.near}
            self.fault(
                refused.code, source.at_value(path), source.path_text(path), refused.message, refused.hint, **facts
            )
            return
        from techprio.study.plan_folder import read_plans

        self.plan_folder = folder
        read_plans(self, folder)

    # -- the outcome ------------------------------------------------------------------------------------------------

    def fault(self, code: str, place: Place, path: str, message: str, hint: str = "", **facts: Any) -> None:
        self.faults.append(Fault(place, code, path, message, hint, in_short(facts)))

    def all_faults(self) -> list[Fault]:
        """Those of the files and those between them, in file order."""
        return self.in_order([*self.faults, *faults_between(self.draft)])

    def in_order(self, faults: Sequence[Fault]) -> list[Fault]:
        order = {name: i for i, name in enumerate(self.files)}
        last = len(order)
        return sorted(faults, key=lambda f: (order.get(f.place.file, last), f.place, f.code))

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
            candidates_sha256=hashlib.sha256("".join(self.listing).encode(errors="surrogateescape")).hexdigest(),
            programme=Programme.of(draft, self.plan_folder) if self.plan_folder else None,
        )


_CANDIDATE_KEYS = frozenset({*CandidateFile.model_fields, *CandidatesFile.model_fields})


def _real(path: Path) -> Path:
    """Where a path leads, links and all; a loop of links leads to itself."""
    return Path(os.path.realpath(path))


def _folder_near(folder: Path) -> str | None:
    """The folder beside it whose name is most like its own."""
    try:
        return nearest(folder.name, (path.name for path in folder.parent.iterdir() if path.is_dir()))
    except OSError:
        return None


def _top(key: str) -> Callable[[Any], Any]:
    return lambda data: part(data, key, CriteriaFile.model_fields)


_IDS_IN_CRITERIA: dict[str, Callable[[Any], Iterator[str | None]]] = {
    "nodes": lambda data: node_ids(_top("criteria")(data)),
    "questions": lambda data: question_ids(_top("gates")(data)),
    "resources": lambda data: resource_ids(_top("portfolio")(data)),
    "weight_sets": lambda data: ids_in(_top("weight_sets")(data)),
}
