"""Data → section: every fault of shape at once, and what is left of the data once the faulty parts are out.

A fault must not breed others. So the parts that are wrong are taken out (an optional one alone, a required one with the
thing that needs it) and the rest is read again: rules between files are then checked on all that is sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from techprio.errors import Fault
from techprio.study.base import Section
from techprio.study.misfit import Misfit
from techprio.yaml_source import MAX_FAULTS, TOO_MANY_FAULTS, Path_, Source, Step

S = TypeVar("S", bound=Section)


def fit(source: Source, section: type[S], path: Path_ = ()) -> tuple[S | None, list[Fault]]:
    """The data at ``path`` as a ``section`` (None if nothing sound is left of it), and the faults of its shape."""
    faults: list[Fault] | None = None
    while True:
        try:
            return section.model_validate(source.value(path)), faults or []
        except ValidationError as failure:
            if failure.error_count() > MAX_FAULTS:
                return None, _first_faults(source, section, path)
            every = [Misfit.of(source, section, path, details) for details in failure.errors(include_url=False)]
        faulty_parts, bare_keys = _paths_above(every), _bare_keys(every)
        errors = [error for error in every if not error.follows_from(faulty_parts, bare_keys)]
        if faults is None:
            faults = _once(fault for n, error in enumerate(errors) for fault in error.faults(guess=n < GUESSES))
        if not _take_out(source, errors):
            return None, faults


def _first_faults(source: Source, section: type[Section], path: Path_) -> list[Fault]:
    """Of very many faults, those of the first few thousand nodes."""
    place = source.cut(path, MAX_FAULTS // 4)
    faults = fit(source, section, path)[1]
    return [*faults, Fault(place, "E118", "", TOO_MANY_FAULTS, "", {"limit": MAX_FAULTS})]


def _paths_above(errors: Sequence[Misfit]) -> set[Path_]:
    """The paths of all that has an error in it."""
    return {error.path[:n] for error in errors for n in range(len(error.path))}


def _bare_keys(errors: Sequence[Misfit]) -> set[Path_]:
    return {error.path for error in errors if error.is_bare_key}


GUESSES = 200
"""For how many faults of a file the nearest known spelling is looked up."""


def _once(faults: Iterator[Fault]) -> list[Fault]:
    """A part that an alias repeats has its faults once."""
    first: dict[Any, Fault] = {}
    for f in faults:
        first.setdefault((f.place, f.code, f.message, str(f.facts)), f)
    return list(first.values())


def _take_out(source: Source, errors: Sequence[Misfit]) -> bool:
    """Take out of the data what is in error; False if nothing would be left."""
    parts: set[Path_] = set()
    for error in errors:
        part = error.removable()
        if part is None:
            return False
        parts.add(part)
    taken: set[tuple[int, Step]] = set()
    for part in sorted(filter(None, parts), key=_back_to_front, reverse=True):
        there = (id(source.value(part[:-1])), part[-1])
        if there not in taken:
            source.take_out(part)
        taken.add(there)
    return True


def _back_to_front(path: Path_) -> tuple[tuple[float, str], ...]:
    """Sorted by this and reversed, what is taken out of a list moves nothing that is still to go."""
    return tuple((step, "") if isinstance(step, int | float) else (0.0, step) for step in path)
