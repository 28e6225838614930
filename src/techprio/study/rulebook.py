"""The page of each rule: what it asks, why, a wrong and a right example."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from importlib.resources import files
from typing import Any

from techprio.errors import UsageError
from techprio.wording import Language, nearest
from techprio.yaml_reader import parse

WIDTH = 88

_HEADINGS = {
    "criteria": ("Wrong, in a criteria file:", "Right, in a criteria file:"),
    "candidate": ("Wrong, in a candidate file:", "Right, in a candidate file:"),
    "sources": ("Wrong, in sources.yaml:", "Right, in sources.yaml:"),
    "list": ("Wrong, in list.yaml:", "Right, in list.yaml:"),
    "plan": ("Wrong, in a plan:", "Right, in a plan:"),
    "progress": ("Wrong, in a monthly report:", "Right, in a monthly report:"),
    None: ("Wrong:", "Right:"),
}
_ERROR, _WARNING = "{code} (error)", "{code} (warning)"


@cache
def rulebook() -> dict[str, dict[str, Any]]:
    """Code → its page: ``rule`` in each language, the ``file`` that it is about, ``wrong`` and ``right``."""
    text = (files("techprio.study") / "faults.yaml").read_bytes()
    return dict(parse(text, "faults.yaml").data)


def page(code: str, words: Language) -> str:
    """The page of a code, as text."""
    if code not in rulebook():
        if near := _nearest(code):
            raise UsageError("there is no rule {code}", code=code, near=near)
        raise UsageError("there is no rule {code}; rules are named like E402", code=code)
    entry = rulebook()[code]
    wrong, right = _HEADINGS[entry.get("file")]
    return "\n\n".join(
        [
            words.say(_WARNING if code.startswith("W") else _ERROR, code=code),
            textwrap.fill(words.text(entry["rule"]), WIDTH),
            f"{words.say(wrong)}\n\n{_indented(entry['wrong'])}",
            f"{words.say(right)}\n\n{_indented(entry['right'])}",
        ]
    )


def _nearest(code: str) -> str | None:
    """The code most like another: of the same letter, the next number."""
    alike = [known for known in rulebook() if known[0] == code[:1]]
    if alike and re.fullmatch(r"[0-9]{1,4}", code[1:]):
        return min(alike, key=lambda known: abs(int(known[1:]) - int(code[1:])))
    return nearest(code, rulebook())


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip().replace("\t", "<tab>"), "    ")
