"""The module, put together from its files, and the offline page around it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from techprio.wording import LANGUAGES, language

PARTS = ("scoring", "weights", "words", "sliders", "list", "map", "evidence", "frame", "explorer")
"""The files of the module, each after those that it imports."""
DATA_WORDS = ("core", "likely", "contested", "unlikely", "out")
"""Words that are data and are said in the language of the page."""

_CALL = re.compile(r"\b(?:say|several)\(((?:[^(){}\"]|\"(?:[^\"\\]|\\.)*\")*)")
_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"")


def source(name: str) -> str:
    """One of the explorer's own files."""
    return (files("techprio") / "explorer" / "static" / name).read_text(encoding="utf-8")


@cache
def module() -> str:
    """The JavaScript of the explorer as one ES module, which gives ``render`` to a widget.

    Its files are put one after the other and share one scope, so what they import is there already.
    """
    joined = "\n".join(source(f"{part}.js") for part in PARTS)
    alone = re.sub(r"^import .*\n", "", joined, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", alone, flags=re.MULTILINE)


def sentences() -> tuple[str, ...]:
    """Every sentence that the module says."""
    found = [json.loads(text) for call in _CALL.findall(module()) for text in _TEXT.findall(call)]
    return tuple(dict.fromkeys([*found, *DATA_WORDS]))


def spoken(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The data of an exploration with the words to show it in every language, ``code`` first."""
    words = {
        other: {text: language(other).catalogue.get(text, text) for text in sentences()}
        for other in LANGUAGES
        if other != "en"
    }
    return {**data, "language": code, "words": words}


def page(data: Mapping[str, Any], code: str) -> str:
    """One HTML file that needs nothing else, asks no network for anything, and runs no other script than its own."""
    script, style = f"\n{module()}\nopenPage();\n", f"\nbody {{ margin: 0; }}\n{source('explorer.css')}"
    words = language(code)
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        ]
    )
    return f"""<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{html.escape(words.text(data["study"]["title"]))}</title>
<style>{style}</style>
</head>
<body>
<main id="techprio" class="techprio"></main>
<noscript>{html.escape(words.say("This page needs JavaScript: allow it for this file."))}</noscript>
<script type="application/json" id="techprio-data">{in_script(spoken(data, code))}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def in_script(data: Any) -> str:
    """JSON that no reader of HTML can take for the end of a script, or for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=dict, allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
