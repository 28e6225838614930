"""Errors as sentences: what the user got wrong is said, not traced."""

from __future__ import annotations

import sys
from itertools import pairwise

from techprio.cli.output import stderr
from techprio.errors import MethodError, StudyError, UsageError
from techprio.wording import language


def explain_failure(error: Exception) -> int:
    """Print what went wrong and return the exit code; anything unforeseen is raised again."""
    words = language(_language_asked_for())
    if isinstance(error, StudyError):
        from techprio.cli.faults import fault_lines, summary

        stderr("\n".join(fault_lines(error.faults, words)))
        stderr(summary(error.faults, None, words))
        return 1
    if isinstance(error, UsageError):
        stderr(f"{words.say('Error')}: {error.sentence(words)}")
        return 1 if isinstance(error, MethodError) else 2
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        stderr(f"{words.say('Error')}: {name}{error.strerror or error}")
        return 2
    if isinstance(error, MemoryError):
        stderr(f"{words.say('Error')}: {words.say('there is not enough memory for this')}")
        return 1
    raise error


def _language_asked_for() -> str:
    """The value of --lang, found without the parser that may have failed."""
    args = sys.argv[1:]
    given = [b for a, b in pairwise(args) if a == "--lang"]
    given += [a.removeprefix("--lang=") for a in args if a.startswith("--lang=")]
    return "vi" if given[-1:] == ["vi"] else "en"
