"""What can go wrong, as facts: the sentence is made from them only when it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

from techprio.wording import Language, language

Answer = TypeVar("Answer", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a study: an error (``E…``) or a warning (``W…``)."""

    place: Place
    code: str
    path: str
    message: str
    hint: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        return self.code.startswith("W")

    def sentence(self, words: Language) -> str:
        """The message and its cure."""
        return "; ".join(words.say(part, **self.facts) for part in (self.message, self.hint) if part)

    def report(self, words: Language) -> str:
        """``file:line:column: CODE path: message; hint``."""
        path = f" {self.path}" if self.path else ""
        return f"{self.place}: {self.code}{path}: {self.sentence(words)}"


class StudyError(Exception):
    """A study that cannot be used, with all of its faults at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(fault.report(language("en")) for fault in self.faults)


class UsageError(ValueError):
    """A call that asks for something that does not exist: an unknown method, weight set, candidate …

    A fact ``near`` is what may have been meant.
    """

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts

    def sentence(self, words: Language) -> str:
        hint = "did you mean {near}?" if self.facts.get("near") else ""
        return "; ".join(words.say(part, **self.facts) for part in (self.message, hint) if part)

    def __str__(self) -> str:
        return self.sentence(language("en"))


class MethodError(UsageError):
    """Figures, weights or settings that a method cannot take, named by row and column or by label.

    A fact ``method`` is which: it stands in front, unless the message has it.
    """

    def sentence(self, words: Language) -> str:
        said, method = super().sentence(words), self.facts.get("method")
        return said if method is None or re.search(rf"(^|\W){re.escape(method)}($|\W)", said) else f"{method}: {said}"


class UndefinedError(UsageError):
    """A coefficient has no value for these rankings."""


def speaking_of(method: str) -> Callable[[Answer], Answer]:
    """Have every MethodError of a function say which method it is of, unless it says so."""

    def of(function: Answer) -> Answer:
        @wraps(function)
        def speaking(*arguments: Any, **settings: Any) -> Any:
            try:
                return function(*arguments, **settings)
            except MethodError as error:
                error.facts.setdefault("method", method)
                raise

        return cast(Answer, speaking)

    return of


class JudgementError(UsageError):
    """A judgement from which no weights can be found; ``path`` leads to it, key by key from the judgements."""

    def __init__(self, message: str, path: tuple[str | int, ...] = (), **facts: Any) -> None:
        super().__init__(message, **facts)
        self.path = path
