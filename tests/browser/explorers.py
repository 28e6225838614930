"""An explorer in a page or in a stand-in for a notebook, what it shows, and what Python says it should."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

import techprio
from techprio.explorer.exploration import Exploration, exploration
from techprio.explorer.page import in_script, module, page, source, spoken
from techprio.run import Choices

ROOT = Path(__file__).parents[2]
NOTEBOOK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A notebook</title><style>{style}</style>
<body data-jp-theme-light="true"><main id="cell"></main>
<script type="application/json" id="data">{data}</script>
<script type="module">
const widget = (await import("data:text/javascript;base64,{module}")).default;
const traits = {{ data: JSON.parse(document.getElementById("data").textContent), weights: {weights} }};
const heard = [];
globalThis.saved = [];
globalThis.model = {{
  get: (name) => traits[name],
  set(name, value) {{
    if (traits[name] === value) return;
    traits[name] = value;
    for (const each of [...heard]) if (each.event === `change:${{name}}`) each.listener();
  }},
  save_changes: () => globalThis.saved.push(structuredClone(traits.weights)),
  on: (event, listener) => heard.push({{ event, listener }}),
  off: (event, listener) => heard.splice(heard.findIndex((each) => each.listener === listener), 1),
}};
globalThis.leave = widget.render({{ model, el: document.getElementById("cell") }});
</script></body></html>
"""
"""What Jupyter gives a widget, no more: a model with the traits, and an element."""


def as_page(data: Any, code: str) -> str:
    return page(data, code)


def as_widget(data: Any, code: str) -> str:
    return NOTEBOOK.format(
        style=source("explorer.css"),
        data=in_script(spoken(data, code)),
        module=base64.b64encode(module().encode()).decode(),
        weights=json.dumps(data["run"]["weights"]),
    )


Open = Callable[..., Page]
_made: list[tuple[techprio.Study, Choices, Exploration]] = []


def explored(study: techprio.Study, choices: Choices) -> Exploration:
    """An exploration, made once."""
    for made, by, found in _made:
        if made is study and by == choices:
            return found
    _made.append((study, choices, exploration(study, choices)))
    return _made[-1][2]


class Shown:
    """What an explorer shows."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def settle(self) -> None:
        """Wait until what was done is drawn."""
        self.tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def rows(self) -> list[dict[str, Any]]:
        self.settle()
        found: list[dict[str, Any]] = self.tab.evaluate(
            """() => [...document.querySelectorAll(".ranking tbody tr:not(.cut)")].map((row) => ({
              id: row.querySelector(".who strong").textContent,
              rank: Number(row.querySelector(".rank").textContent),
              score: row.querySelector(".score .number").textContent,
              listed: row.querySelector(".on").dataset.by,
            }))"""
        )
        return found

    def order(self) -> list[tuple[str, int, str]]:
        return [(row["id"], row["rank"], row["listed"]) for row in self.rows()]

    def percents(self) -> dict[str, float]:
        """The percentages beside the sliders at the top, by name."""
        self.settle()
        found: dict[str, float] = self.tab.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".depth-0")].map((row) => [
              row.querySelector(".name").textContent,
              Number(row.querySelector("input[type=text]").value.replace(",", ".")),
            ]))"""
        )
        return found


def expected(verdict: techprio.Verdict) -> list[tuple[str, int, str]]:
    """The same from Python."""
    return [(row["id"], row["rank"], row["listed_by"] or "null") for row in verdict.rows()]
