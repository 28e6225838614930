"""The folder of the plans: which file is what, read into the draft."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

from techprio.errors import Place
from techprio.study.base import Section
from techprio.study.draft import Draft, PlanAt, ReportAt
from techprio.study.names import Names, id_of, ids_in, keys_in, part
from techprio.study.plans import AgenciesFile, PlanFile, ReportFile
from techprio.yaml_source import Path_, Source

S = TypeVar("S", bound=Section)
PROGRESS = "progress"
"""The folder of the monthly reports, in that of the plans."""


class Reader(Protocol):
    """What reads the files of a study and keeps their faults."""

    draft: Draft

    def read(self, path: Path, shown: str) -> Source: ...
    def fit(self, source: Source, section: type[S], path: Path_ = ()) -> S | None: ...
    def fault(self, code: str, place: Place, path: str, message: str, hint: str = "", **facts: Any) -> None: ...
    def read_sources(self, source: Source) -> None: ...


def read_plans(reader: Reader, folder: Path) -> None:
    """Read every plan, the agencies and the monthly reports."""
    for path in _files(reader, folder):
        source = reader.read(path, str(path))
        if path.parent.name == PROGRESS and path.parent != folder:
            _read_report(reader, source)
        elif path.name == "sources.yaml":
            reader.read_sources(source)
        elif path.name == "agencies.yaml":
            _read_agencies(reader, source)
        else:
            _read_plan(reader, source)


def _files(reader: Reader, folder: Path) -> Iterator[Path]:
    """The files to read, in the order of their names; what would be passed over in silence is a fault."""
    for directory, folders, files in os.walk(folder):
        here = Path(directory)
        folders.sort()
        for name in folders:
            if (here / name).is_symlink():
                reader.fault("E115", Place(str(here / name)), "", "a linked folder is not followed", _PUT_HERE)
        for name in sorted(files):
            path = here / name
            if name.lower().endswith(".yml") or (name.lower().endswith(".yaml") and not name.endswith(".yaml")):
                message = "a file is read if its name ends in .yaml"
                reader.fault("E117", Place(str(path)), "", message, "name it {cure}", cure=f"{path.stem}.yaml")
                _nothing_unknown(reader.draft)
            elif name.endswith(".yaml") and here not in (folder, folder / PROGRESS):
                message = "plans stand in the folder itself, and monthly reports in progress"
                reader.fault("E629", Place(str(path)), "", message, "move the file there")
                _nothing_unknown(reader.draft)
            elif name.endswith(".yaml") and path.is_symlink() and not _inside(path, folder):
                message = "this link leads out of the folder of the plans"
                reader.fault("E115", Place(str(path)), "", message, "put the file itself here")
                _nothing_unknown(reader.draft)
            elif name.endswith(".yaml"):
                yield path


_PUT_HERE = "put the folder itself here"


def _inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _nothing_unknown(draft: Draft) -> None:
    """A file was not read: nothing that it may hold can be called unknown."""
    for names in (draft.programme.plan_ids, draft.programme.agency_ids, draft.programme.months, draft.sources):
        names.whole = False


def _read_plan(reader: Reader, source: Source) -> None:
    draft = reader.draft.programme
    draft.plan_ids.add([id_of(source.data)])
    keys = PlanFile.model_fields
    milestones = Names().add(ids_in(part(source.data, "milestones", keys)))
    kpis = Names().add(ids_in(part(source.data, "kpis", keys)))
    if (plan := reader.fit(source, PlanFile)) is not None:
        draft.plans.append(PlanAt(plan, source, milestones, kpis))


def _read_agencies(reader: Reader, source: Source) -> None:
    draft = reader.draft.programme
    draft.agency_ids.add(keys_in(part(source.data, "agencies", AgenciesFile.model_fields)))
    draft.agencies, draft.agencies_source = reader.fit(source, AgenciesFile), source


def _read_report(reader: Reader, source: Source) -> None:
    draft = reader.draft.programme
    content = digest(source.data)
    report = reader.fit(source, ReportFile)
    draft.months.add([report.month if report else None])
    if report is not None:
        draft.reports.append(ReportAt(report, source, content))


def digest(data: Any) -> str:
    """What a report comes to: 16 digits of its content, whatever its comments, line ends and order of keys."""
    text = json.dumps(_plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data if isinstance(data, str | int | float | bool | None) else str(type(data))
