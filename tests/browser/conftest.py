"""A real Chromium, and an explorer in it: as a page from the disk, or as a notebook would show the widget."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorers import ROOT, Open, as_page, as_widget, explored
from playwright.sync_api import Browser, Page, sync_playwright

import techprio
from techprio.run import Choices


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


@pytest.fixture(params=[as_page, as_widget], ids=["page", "widget"])
def host(request: pytest.FixtureRequest) -> Callable[[Any, str], str]:
    return request.param


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


@pytest.fixture
def without_terms(monkeypatch: pytest.MonkeyPatch) -> str:
    """A method whose scores cannot be followed as weights move."""
    from dataclasses import replace

    from techprio.methods import registry

    monkeypatch.setitem(
        registry.METHODS._entries, "opaque", replace(registry.find("additive"), id="opaque", terms=None, needs={})
    )
    return "opaque"
