"""The page of each rule: what it asks, why, a wrong and a right example."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from techprio.errors import UsageError
from techprio.wording import Language, nearest
from techprio.yaml_source import parse


@cache
def rulebook() -> dict[str, dict[str, Any]]:
    """Code → its page: ``rule`` in each language, the ``file`` that it is about, ``wrong`` and ``right``."""
    text = (files("techprio.study") / "faults.yaml").read_bytes()
    return dict(parse(text, "faults.yaml").data)


def page(code: str, words: Language) -> str:
    """The page of a code, as text."""
    if code not in rulebook():
        near = nearest(code, rulebook())
        message = "there is no rule {code}" + ("; did you mean {near}?" if near else "")
        raise UsageError(message, code=code, near=near)
    entry = rulebook()[code]
    parts = [
        f"{code}  {words.text(entry['rule'])}",
        f"{words.say('wrong')} ({entry['file']}):",
        _indented(entry["wrong"]),
    ]
    parts += [f"{words.say('right')}:", _indented(entry["right"])]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
