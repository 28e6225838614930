"""YAML text → plain data and the place of every key and value in it.

The meanings are those of the YAML 1.2 core schema (``NO`` is text, ``1e-3`` a number, ``12:30`` text, ``017`` is 17).
What a data file has no use for and a reader stumbles over is refused where it stands: doubled keys, tags, merge keys,
alias loops and bombs, a second document.

The events of PyYAML's C parser are turned into data in one pass with an explicit stack. (Its own ``compose`` recurses
in C and takes the process down on deeply nested input.) PyYAML's classes are used as they are and never changed.
"""

from __future__ import annotations

import codecs
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from yaml import AliasEvent, DocumentStartEvent, MappingStartEvent, MarkedYAMLError, ScalarEvent, SequenceStartEvent
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import CollectionEndEvent, CollectionStartEvent, MappingEndEvent, SequenceEndEvent

from techprio.errors import Fault, Place
from techprio.wording import printable
from techprio.yaml_mistakes import COPIED_SPACE, LINE_END, Advice, syntax_error
from techprio.yaml_scalars import CONSTANTS, GROUPED, LETTERS, NUMBER_BEGINS, plain_number
from techprio.yaml_source import (
    MAX_FAULTS,
    TOO_MANY_FAULTS,
    UNREAD,
    Map,
    Seq,
    Source,
    Step,
    Unread,
    in_short,
    item_text,
    key_text,
    lose,
    short,
)

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 300_000


def read(path: Path, shown: str) -> Source:
    """Read one file; ``shown`` is its name in faults."""
    try:
        if path.is_dir():
            return _unreadable(shown, "E101", "this is a folder, not a file")
        if not path.is_file():
            message = "this is not a file of text" if path.exists() else "there is no such file"
            return _unreadable(shown, "E101", message)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(shown, "E101", "the file cannot be read: {reason}", reason=error.strerror or str(error))
    if len(data) > MAX_BYTES:
        return _unreadable(shown, "E102", "the file is larger than {limit} MiB", "split it", limit=MAX_BYTES // 2**20)
    return parse(data, shown)


def parse(data: bytes, shown: str) -> Source:
    """Read YAML from bytes; the faults stand in the result."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8")
        return _unreadable(shown, "E103", "this is not UTF-8 text", "save the file as UTF-8", before)
    if found := _INVISIBLE.search(text):
        message, hint = _FORBIDDEN_CHARACTER
        before = text[: found.start()]
        return _unreadable(shown, "E106", message, hint, before, character=_code_point(found[0]))
    if "%TAG" in text and (found := _TAG_DIRECTIVE.search(text)):  # many of them take the parser for ever
        return _unreadable(shown, "E108", "tags have no meaning here", "delete the line", text[: found.start()])
    reader = _Reader(shown, text)
    reader.source.sha256 = hashlib.sha256(data).hexdigest()
    try:
        reader.run()
    except MarkedYAMLError as error:
        reader.syntax(error)
    except _EnoughError:
        reader.source.data = None
    return reader.source


# What is neither text nor an ordinary line end; the last two ranges reorder the text that a reader sees.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_FORBIDDEN_CHARACTER = Advice("the character {character} cannot stand in a study", "delete it")
_NO_TAGS = "delete it, or put a text that begins with ! in quotes"
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)


def _unreadable(file: str, code: str, message: str, hint: str = "", before: str = "", **facts: Any) -> Source:
    """A source without data, whose one fault stands after the text ``before``."""
    start = max(before.rfind("\n"), before.rfind("\r")) + 1
    place = Place(file, len(LINE_END.findall(before)) + 1, len(before) - start + 1)
    return Source(file, faults=[Fault(place, code, "", message, hint, facts)])


class _EnoughError(Exception):
    """A limit is passed: reading on would only cost time and memory."""


_NO_KEY = object()


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read; ``key`` waits for its value."""

    data: Map | Seq
    is_map: bool
    step: Step = ""
    """Its key or number in what is around it."""
    in_braces: bool = False
    anchor: str | None = None
    nodes_before: int = 0
    depth: int = 0
    key: Any = _NO_KEY
    key_mark: Any = None
    drops_value: bool = False


class _Reader:
    """Turns the events of one document into data. The frame at the bottom of the stack is a list around it."""

    def __init__(self, file: str, text: str) -> None:
        self.source = Source(file)
        self.text = text
        self.stack = [_Frame(Seq(), is_map=False)]
        self.nodes = 0
        self.anchors: dict[str, tuple[Any, int, int]] = {}
        """Anchor → (value, nodes in it, depth of it)."""
        self.open: set[str | None] = set()
        """The anchors of what is being read."""

    def run(self) -> None:
        """Read the document. The most common events are handled right here: 10,000 files are a few million of them."""
        next_event = CParser(self.text).get_event
        stack = self.stack
        while (event := next_event()) is not None:
            if isinstance(event, ScalarEvent):
                frame, word = stack[-1], event.value
                if frame.key is not _NO_KEY or not frame.is_map:
                    self.put(self.scalar(event, word), event.start_mark)
                elif word[:1] in LETTERS and word not in frame.data and event.implicit[0] and word.isascii():
                    frame.key, frame.key_mark = word, event.start_mark
                else:
                    self.key(event, word)
                if self.nodes > MAX_NODES:
                    self.too_many(event.start_mark)
                self.nodes += 1
            elif handler := _HANDLERS.get(event.__class__):
                handler(self, event)
        if root := self.stack[0].data:
            self.source.data, self.source.root_mark = root[0], root.marks[0]

    # -- events -----------------------------------------------------------------------------------------------------

    def scalar(self, event: ScalarEvent, word: str) -> Any:
        """The value of a scalar."""
        value: Any = word
        if event.tag is not None:
            value = self.refuse_tag(event)
        elif event.implicit[0]:
            if word[:1] in NUMBER_BEGINS:
                value = self.number(event, word)
            elif word in CONSTANTS:
                value = CONSTANTS[word]
                frame = self.stack[-1]
                if not word and frame.in_braces and isinstance(frame.data, Map):
                    frame.data.leave_bare(frame.key)
            elif not word.isascii():
                value = unicodedata.normalize("NFC", word)
        elif found := _INVISIBLE.search(word):
            self.fault("E106", event.start_mark, *_FORBIDDEN_CHARACTER, character=_code_point(found[0]))
            value = UNREAD
        else:
            value = unicodedata.normalize("NFC", word)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1, 0)
        return value

    def begin(self, event: CollectionStartEvent) -> None:
        """A mapping or list begins."""
        is_map = event.__class__ is MappingStartEvent
        data = Map() if is_map else Seq()
        around = self.stack[-1]
        step = around.key if around.is_map else len(around.data)
        if step is _NO_KEY:
            self.fault("E114", event.start_mark, "a key must be a plain word or number")
            raise _EnoughError
        if len(self.stack) > MAX_DEPTH:
            self.too_deep(event.start_mark)
        self.put(data if event.tag is None else self.refuse_tag(event), event.start_mark)
        if event.anchor is not None:
            self.anchors.pop(event.anchor, None)  # until it ends, what it names is not known
            self.open.add(event.anchor)
        self.nodes += 1
        in_braces = is_map and bool(event.flow_style)
        self.stack.append(_Frame(data, is_map, step, in_braces, event.anchor, self.nodes - 1))

    def end(self, _: CollectionEndEvent) -> None:
        """A mapping or list ends."""
        frame = self.stack.pop()
        self.stack[-1].depth = max(self.stack[-1].depth, frame.depth + 1)
        if frame.anchor is not None:
            self.open.discard(frame.anchor)
            self.anchors[frame.anchor] = (frame.data, self.nodes - frame.nodes_before, frame.depth + 1)

    def alias(self, event: AliasEvent) -> None:
        """``*anchor``: the same data again, counted as often as it is seen."""
        anchor, mark = str(event.anchor), event.start_mark
        frame = self.stack[-1]
        if anchor in self.open:
            self.fault("E110", mark, "*{anchor} stands inside what it repeats", "write the part out", anchor=anchor)
        elif anchor not in self.anchors:
            message, hint = "nothing before this is marked &{anchor}", "put a text that begins with * in quotes"
            self.fault("E110", mark, message, hint, anchor=anchor)
        value, nodes, depth = self.anchors.get(anchor, (UNREAD, 1, 0))
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self.too_many(mark)
        if len(self.stack) - 1 + depth > MAX_DEPTH:
            self.too_deep(mark)
        if frame.is_map and frame.key is _NO_KEY:
            self.fault("E114", mark, "a key must be a plain word or number")
            raise _EnoughError
        frame.depth = max(frame.depth, depth)
        self.put(value, mark)

    def document(self, event: DocumentStartEvent) -> None:
        """The first document is read, a second one refused."""
        if self.stack[0].data:
            self.fault("E113", event.start_mark, "a second document begins here", "keep one document in a file")
            raise _EnoughError

    # -- parts of events --------------------------------------------------------------------------------------------

    def put(self, value: Any, mark: Any) -> None:
        """Add a value to what is being read."""
        frame = self.stack[-1]
        data = frame.data
        if isinstance(data, Seq):
            data.append(value)
            data.marks.append(mark)
            return
        if not frame.drops_value:
            data[frame.key] = value
            data.marks += (frame.key_mark, mark)
        frame.key, frame.drops_value = _NO_KEY, False

    def key(self, event: ScalarEvent, word: str) -> None:
        """A key that needs care: a number, not ASCII, tagged, ``<<``, or there already; its value may be dropped."""
        frame, plain = self.stack[-1], event.implicit[0]
        assert isinstance(frame.data, Map)
        number = plain_number(word) if plain else word
        if isinstance(number, int | float) and math.isfinite(number):
            key: Step = number
        else:
            key = unicodedata.normalize("NFC", word)
        frame.key, frame.key_mark, frame.drops_value = key, event.start_mark, True
        if event.tag is not None:
            self.refuse_tag(event)
        elif plain and word == "<<":
            self.fault("E109", event.start_mark, "the key << merges mappings in YAML 1.1 only", "write the entries out")
        elif key in frame.data:
            first = frame.data.key_mark(key).line + 1
            message = "{key} stands twice in this mapping, first on line {first}"
            self.fault("E107", event.start_mark, message, "keep one of them", key=str(key), first=first)
        elif found := _INVISIBLE.search(word):
            frame.key = printable(word)
            self.fault("E106", event.start_mark, *_FORBIDDEN_CHARACTER, character=_code_point(found[0]))
        elif plain and not word[:1].isascii() and word[:1].isspace():
            frame.key = word.strip()
            self.fault("E105", event.start_mark, *COPIED_SPACE)
        else:
            frame.drops_value = False
        if frame.drops_value and key not in frame.data:
            lose(frame.data, None)

    def number(self, event: ScalarEvent, word: str) -> Any:
        """A plain scalar that begins like a number."""
        value = plain_number(word)
        if type(value) is float and GROUPED.fullmatch(word):
            message = "{word} is the number {value}: a point is not a thousands separator"
            hint = "write {whole} if that is meant, else {other}"
            other = word.rstrip("0").rstrip(".") if word.endswith("0") else f"{word}0"
            facts = {"word": word, "value": f"{value:g}", "whole": word.replace(".", ""), "other": other}
            self.fault("W507", event.start_mark, message, hint, **facts)
        return value

    # -- faults -----------------------------------------------------------------------------------------------------

    def fault(self, code: str, mark: Any, message: str, hint: str = "", **facts: Any) -> None:
        place = Place(self.source.file, mark.line + 1, mark.column + 1)
        self.source.faults.append(Fault(place, code, short(self.path_text()), message, hint, in_short(facts)))
        if len(self.source.faults) == MAX_FAULTS:
            self.source.faults.append(Fault(place, "E118", "", TOO_MANY_FAULTS, "", {"limit": MAX_FAULTS}))
            raise _EnoughError

    def path_text(self) -> str:
        """Where the reader is: through what it is in the middle of, to the key it has just read."""
        text = ""
        for around, frame in pairwise(self.stack[1:]):
            step = frame.step
            text += key_text(step) if around.is_map or not isinstance(step, int) else item_text(step, frame.data)
        frame = self.stack[-1]
        if len(self.stack) > 1 and frame.key is not _NO_KEY:
            text += key_text(frame.key)
        elif len(self.stack) > 1 and not frame.is_map:
            text += item_text(len(frame.data), None)
        return text.removeprefix(".")

    def refuse_tag(self, event: Any) -> Unread:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.fault("E108", event.start_mark, "the tag {tag} has no meaning here", _NO_TAGS, tag=tag)
        return UNREAD

    def too_deep(self, mark: Any) -> None:
        self.fault("E112", mark, "more than {limit} mappings and lists stand inside each other", limit=MAX_DEPTH)
        raise _EnoughError

    def too_many(self, mark: Any) -> None:
        message = "with its aliases the file holds more than {limit} nodes"
        self.fault("E111", mark, message, "split the file", limit=MAX_NODES)
        raise _EnoughError

    def syntax(self, error: MarkedYAMLError) -> None:
        """One fault, in an analyst's words, from the parser's; none if its line has an error already."""
        code, mark, message, hint = syntax_error(error, self.text)
        if any(f.place.line == mark.line + 1 and not f.is_warning for f in self.source.faults):
            return
        said = ": ".join(filter(None, (error.context, error.problem)))
        self.fault(code, mark, message, hint, **({"problem": said} if "{problem}" in message else {}))


_HANDLERS: dict[type, Callable[[_Reader, Any], None]] = {
    MappingStartEvent: _Reader.begin,
    SequenceStartEvent: _Reader.begin,
    MappingEndEvent: _Reader.end,
    SequenceEndEvent: _Reader.end,
    AliasEvent: _Reader.alias,
    DocumentStartEvent: _Reader.document,
}


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
