"""The bibliography: what figures and gate answers rest on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from techprio.study.base import Choice, Format, Id, Name, Section, Text, When

Grade = Annotated[Literal["A", "B", "C", "D"], Choice()]


class Publication(Section):
    """One source."""

    title: Name
    """The source's title."""
    publisher: Text | None = None
    """Who published it."""
    date: When | None = None
    """When it was published: a day, a month or a year. Its age is counted from here."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where it can be read."""
    level: Grade | None = None
    """A: an official text. B: press or institution. C: company or secondary. D: hearsay."""
    note: Text | None = None
    """What a reader should know of it."""


class SourcesFile(Section):
    """`sources.yaml`, beside the criteria file or in a candidates folder."""

    techprio: Format
    """The format version: 1."""
    sources: dict[Id, Publication]
    """The sources by id."""
