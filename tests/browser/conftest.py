"""A real Chromium, and an explorer in it: as a page from the disk, or as a notebook would show the widget."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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


def chromium() -> str:
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    raise RuntimeError("no Chromium is installed: apt-get install chromium, or name one in CHROMIUM")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def shipped() -> techprio.Study:
    return techprio.load(ROOT / "criteria" / "strategic-technologies.yaml")


def as_page(data: Any, code: str) -> str:
    return page(data, code)


def as_widget(data: Any, code: str) -> str:
    return NOTEBOOK.format(
        style=source("explorer.css"),
        data=in_script(spoken(data, code)),
        module=base64.b64encode(module().encode()).decode(),
        weights=json.dumps(data["run"]["weights"]),
    )


@pytest.fixture(params=[as_page, as_widget], ids=["page", "widget"])
def host(request: pytest.FixtureRequest) -> Callable[[Any, str], str]:
    return request.param


Open = Callable[..., Page]
_made: list[tuple[techprio.Study, Choices, Exploration]] = []


def explored(study: techprio.Study, choices: Choices) -> Exploration:
    """An exploration, made once."""
    for made, by, found in _made:
        if made is study and by == choices:
            return found
    _made.append((study, choices, exploration(study, choices)))
    return _made[-1][2]


@pytest.fixture
def open_explorer(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """(study, host) → the explorer, open. In the end nothing was asked of a network, and nothing went wrong."""
    wrong: list[str] = []
    contexts = []

    def asked(url: str) -> None:
        if not url.startswith(("data:", tmp_path.as_uri())):
            wrong.append(f"asked for {url}")

    def opened(
        study: techprio.Study,
        host: Callable[[Any, str], str] = as_page,
        *,
        code: str = "en",
        choices: Choices | None = None,
        size: tuple[int, int] = (1280, 900),
        scheme: Any = "light",
    ) -> Page:
        found = explored(study, choices or Choices(draws=400))
        file = tmp_path / "explorer.html"
        file.write_text(host(found.data, code), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(8000)
        tab.on("request", lambda request: asked(request.url))
        tab.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda dialog: (wrong.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        tab.goto(file.as_uri())
        tab.wait_for_selector(".ranking tbody tr")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


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
              row.querySelector(".name").textContent, Number(row.querySelector("input[type=text]").value.replace(",", ".")),
            ]))"""
        )
        return found


def expected(verdict: techprio.Verdict) -> list[tuple[str, int, str]]:
    """The same from Python."""
    return [(row["id"], row["rank"], row["listed_by"] or "null") for row in verdict.rows()]


@pytest.fixture
def without_terms(monkeypatch: pytest.MonkeyPatch) -> str:
    """A method whose scores cannot be followed as weights move."""
    from dataclasses import replace

    from techprio.methods import registry

    monkeypatch.setitem(
        registry._methods, "opaque", replace(registry.find("additive"), id="opaque", terms=None, needs={})
    )
    return "opaque"
