"""What an analyst most likely did where a YAML parser stumbles: its words turned into theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from yaml import MarkedYAMLError


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place that the parser did not name."""

    line: int
    column: int
    index: int


class Advice(NamedTuple):
    """What is wrong and what to do."""

    message: str
    hint: str = ""


class Slip(NamedTuple):
    """A fault of the text, before its place has a file."""

    code: str
    mark: Any
    message: str
    hint: str = ""


def syntax_error(error: MarkedYAMLError, text: str) -> Slip:
    """What the analyst most likely did, where the parser stumbled."""
    scene = _Scene(error, text)
    for guess in (_conflict, _wrong_space, _colon_without_space, _second_colon, _quotation_ended, _stray):
        if found := guess(scene):
            return found
    for row in _SYNTAX:
        if row.words in scene.said:
            return Slip("E104", scene.context if row.where_it_opens else scene.mark, row.message, row.hint)
    return Slip("E104", scene.mark, "this is not YAML: {problem}")


class _Scene:
    """Where the parser stumbled, and what it said."""

    def __init__(self, error: MarkedYAMLError, text: str) -> None:
        self.said = f"{error.context or ''}: {error.problem or ''}"
        mark: Any = error.problem_mark or error.context_mark
        self.context: Any = error.context_mark or mark
        self.mark, self.text = mark, text
        start, self.line = self.line_at(mark)
        self.before, self.after = self.line[: mark.index - start], self.line[mark.index - start :]

    def line_at(self, mark: Any) -> tuple[int, str]:
        """Where the line of a mark begins in the text, and the line."""
        index = min(mark.index, len(self.text))
        start = max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1
        return start, LINE_END.split(self.text[start : start + _LONG], maxsplit=1)[0]

    def line_above(self) -> tuple[_Mark, str]:
        """The nearest line above that is not empty."""
        start, _ = self.line_at(self.mark)
        above = self.text[:start].rstrip()
        mark = _Mark(self.mark.line - len(LINE_END.findall(self.text, len(above), start)), 0, len(above))
        return mark, self.line_at(mark)[1]


LINE_END = re.compile("\r\n|\r|\n")
_LONG = 10_000
"""Of a longer line only the beginning is looked at."""


def _conflict(scene: _Scene) -> Slip | None:
    if found := _CONFLICT.search(scene.text):
        mark = _Mark(len(LINE_END.findall(scene.text, 0, found.start())), 0, found.start())
        return Slip("E104", mark, "two versions of the file were merged and differ here", "keep one of them")
    return None


def _wrong_space(scene: _Scene) -> Slip | None:
    """A tab, or a space copied from a document or a web page."""
    if "\t" in scene.before + scene.after[:1] and ("cannot start any token" in scene.said or "a tab" in scene.said):
        return Slip("E105", scene.mark, "a tab stands where YAML wants spaces", "indent with spaces")
    lines = [(scene.context, scene.line_at(scene.context)[1]), scene.line_above(), (scene.mark, scene.line)]
    for mark, line in lines:
        if found := _COPIED_SPACE.match(line):
            return Slip("E105", _Mark(mark.line, found.end() - 1, 0), *COPIED_SPACE)
    return None


def _colon_without_space(scene: _Scene) -> Slip | None:
    """``key:value``, on the line that the parser took for the first of a longer text."""
    if "mapping values are not allowed" in scene.said:
        mark, line = scene.line_above()
    elif "could not find expected ':'" in scene.said:
        mark, line = scene.context, scene.line_at(scene.context)[1]
    else:
        return None
    if found := _NO_SPACE.fullmatch(line):
        return Slip("E104", _Mark(mark.line, found.end(1), 0), "a colon needs a space after it", "write key: value")
    return None


def _second_colon(scene: _Scene) -> Slip | None:
    if "mapping values are not allowed" not in scene.said or ": " not in scene.before:
        return None
    return Slip("E104", scene.mark, "a second colon begins a value where none can stand", "put the text in quotes")


def _quotation_ended(scene: _Scene) -> Slip | None:
    if "did not find expected key" not in scene.said or not scene.before.rstrip().endswith(("'", '"')):
        return None
    hint = "inside '…' write '' for each ', and inside \"…\" write \\\" for each \""
    return Slip("E104", scene.mark, "the quoted text has ended before this", hint)


def _stray(scene: _Scene) -> Slip | None:
    """A bracket or comma without what belongs to it."""
    if "did not find expected key" not in scene.said and "did not find expected node content" not in scene.said:
        return None
    if scene.after.startswith(("]", "}")):
        hint = "delete it, or put the text in quotes"
        return Slip("E104", scene.mark, "a bracket is closed here that was never opened", hint)
    if scene.after.startswith(","):
        return Slip("E104", scene.mark, "a comma stands here without a value before it", "delete it")
    return None


_CONFLICT = re.compile("^<<<<<<< ", re.MULTILINE)

# Spaces that are none to YAML, where it wants one: before the first word, or after a colon or a hyphen.
_COPIED_SPACE = re.compile(r"(?=\s*\S)[ ]*+(?:[-\w.]+:|-)?[ ]*+[^\S \t]")
COPIED_SPACE = Advice(
    "this space is not a plain one: it was copied from a document or a web page",
    "replace it by one from the keyboard",
)
_NO_SPACE = re.compile(r"([ ]*(?:- +)?[\w.-]+:)[^\s:].*")


class _Row(NamedTuple):
    """What the parser says, whether the mistake is where the thing was opened, and what it most often means."""

    words: str
    where_it_opens: bool
    message: str
    hint: str


_SYNTAX = (
    _Row(
        "mapping values are not allowed",
        False,
        "a value begins here, and the line above has not ended",
        "check the indentation, and that the line above is key: value",
    ),
    _Row("while scanning a quoted scalar: found unexpected end", True, "this quotation is never closed", "close it"),
    _Row("while parsing a flow sequence", True, "this [ is never closed, or lacks a comma", "close it with ]"),
    _Row("while parsing a flow mapping", True, "this { is never closed, or lacks a comma", "close it with }"),
    _Row(
        "while parsing a quoted scalar",
        False,
        "a backslash in double quotes begins an escape, and this is none",
        "write the backslash twice, or use single quotes",
    ),
    _Row("cannot start any token", False, "no text can begin with this character", "put the text in quotes"),
    _Row("while scanning an alias", True, "a text cannot begin with *", "put the text in quotes"),
    _Row("while scanning an anchor", True, "a text cannot begin with &", "put the text in quotes"),
    _Row("while scanning a block scalar", True, "behind | and > the line must end", "put the text in quotes"),
    _Row("while scanning a directive", True, "a line cannot begin with %", "put the text in quotes"),
    _Row("undefined tag handle", False, "a text cannot begin with !", "put the text in quotes"),
    _Row("mapping keys are not allowed", False, "a text cannot begin with ? and a space", "put the text in quotes"),
    _Row(
        "block sequence entries are not allowed",
        False,
        "a list cannot begin in the line of its key",
        "begin it in the next line, or put a text that begins with - in quotes",
    ),
    _Row("did not find expected '-'", False, "the list above goes on with - or ends", "check the indentation"),
    _Row("could not find expected ':'", True, "this key has no colon", "write key: value"),
    _Row("did not find expected key", False, "a key is expected here", "check the indentation, and the quotes above"),
    _Row(
        "did not find expected <document start>",
        False,
        "the data have ended before this",
        "check the indentation: the first keys of all sections stand in one column",
    ),
    _Row("YAML directive", False, "the file says %YAML twice", "delete one"),
    _Row("incompatible YAML", False, "the file asks for a version of YAML that does not exist", "write %YAML 1.2"),
)
