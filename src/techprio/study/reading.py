"""One pass over the files of a study: what they hold, and every fault of theirs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from techprio.errors import Fault, Place
from techprio.study.base import Section
from techprio.study.candidates import Candidate, CandidateFile, CandidatesFile, ListFile
from techprio.study.checks import faults_between
from techprio.study.criteria import CriteriaFile
from techprio.study.draft import Cited, Draft, Layer, Record
from techprio.study.methods import Methods
from techprio.study.names import Names, id_of, ids_in, keys_in, node_ids, part, question_ids, resource_ids
from techprio.study.paths import real, why_not
from techprio.study.shape import fit
from techprio.study.sources import SourcesFile
from techprio.yaml_reader import read
from techprio.yaml_source import Map, Path_, Seq, Source, in_short

S = TypeVar("S", bound=Section)
Progress = Callable[[int, int], None]
"""Told how many files are read; how many there will be is not known: 0."""


class Reading:
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
            if refused := why_not(self.path, folder, seen):
                text = source.path_text(path)
                facts = {"name": name, "near": refused.near}
                self.fault(refused.code, source.at_value(path), text, refused.message, refused.hint, **facts)
                draft.all_records = False
                draft.candidates.whole = draft.sources.whole = False
            else:
                yield folder
            seen.add(folder)

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
        if not path.is_symlink() or real(path).is_relative_to(real(folder)):
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
        if refused := why_not(self.path, folder, self.folders):
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

    def listed_sha256(self) -> str:
        """Of the listing of the candidate files."""
        return hashlib.sha256("".join(self.listing).encode(errors="surrogateescape")).hexdigest()


_CANDIDATE_KEYS = frozenset({*CandidateFile.model_fields, *CandidatesFile.model_fields})


def _top(key: str) -> Callable[[Any], Any]:
    return lambda data: part(data, key, CriteriaFile.model_fields)


_IDS_IN_CRITERIA: dict[str, Callable[[Any], Iterator[str | None]]] = {
    "nodes": lambda data: node_ids(_top("criteria")(data)),
    "questions": lambda data: question_ids(_top("gates")(data)),
    "resources": lambda data: resource_ids(_top("portfolio")(data)),
    "weight_sets": lambda data: ids_in(_top("weight_sets")(data)),
}
