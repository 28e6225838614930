"""The explorer without a browser: its data, its page, its widget, its command."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import techprio
from techprio.explorer.exploration import exploration
from techprio.explorer.page import PARTS, in_script, module, page, sentences, source
from techprio.methods import registry
from techprio.run import Choices
from techprio.wording import language

FEW = Choices(draws=50)


def unpacked(data: Any) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(data["evidence"])))


def embedded(text: str) -> Any:
    """The data in a page, as a browser finds them."""
    found = re.search(r'<script type="application/json" id="techprio-data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


# -- data -----------------------------------------------------------------------------------------------------------


def test_the_data_hold_what_the_run_says(study: techprio.Study) -> None:
    found = exploration(study, FEW)
    verdict = techprio.rank(study, draws=50)
    run = found.data["run"]
    assert run["scores"] == verdict.scores.tolist()
    assert run["ranks"] == verdict.ranks.tolist()
    assert run["band"] == list(verdict.trust.band)
    scores = np.array(found.data["terms"]) @ verdict.problem.weights
    assert scores == pytest.approx(verdict.scores, abs=1e-12)


def test_places_are_seen_from_the_folder_of_the_study(study: techprio.Study) -> None:
    cells = unpacked(exploration(study, FEW).data)["cells"]
    assert cells[0][0]["place"].startswith("candidates/first-list/A.yaml:")
    assert "/tmp" not in json.dumps(cells)


def test_a_figure_changed_for_this_run_loses_its_source_and_says_so(study: techprio.Study) -> None:
    change = {"figure": {"A.market": 44.0}, "weight": {"impact": 10.0}}
    from techprio.verbs import _changes

    found = exploration(study, replace(FEW, change=_changes(change)))
    cell = unpacked(found.data)["cells"][0][1]
    assert cell["x"] == 44
    assert cell["changed"]
    assert "source" not in cell
    assert found.data["run"]["weights"]["impact"] == 10
    assert found.data["sets"][0]["id"] == ""
    assert found.data["sets"][0]["weights"]["impact"] == 10


def test_a_method_without_terms_is_replaced_by_additive(study: techprio.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    opaque = replace(registry.find("additive"), id="opaque", terms=None, needs={})
    monkeypatch.setitem(registry.METHODS._entries, "opaque", opaque)
    data = exploration(study, replace(FEW, method="opaque")).data
    assert data["method"] == {"id": "additive", "settings": {"scaling": "value"}, "asked": "opaque"}


def test_a_value_of_nothing_has_no_logarithm_and_is_null(study: techprio.Study) -> None:
    data = exploration(study, replace(FEW, method="geometric", settings={"floor": 0.0})).data
    assert data["score"]["by"] == "exp"
    json.dumps(data["terms"], allow_nan=False)


# -- the page -------------------------------------------------------------------------------------------------------


def test_a_page_runs_its_own_script_and_style_and_nothing_else(study: techprio.Study) -> None:
    text = page(exploration(study, FEW).data, "en")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for tag, start in (("script", '<script type="module">'), ("style", "<style>")):
        inside = text.split(start)[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"\b(src|href)=", text.split("<script")[0])


def test_two_pages_of_the_same_are_the_same_bytes(study: techprio.Study) -> None:
    assert page(exploration(study, FEW).data, "vi") == page(exploration(study, FEW).data, "vi")


def test_no_text_ends_the_script_that_holds_it() -> None:
    data = {"name": "</script><script>alert(1)</script><!-- &lt; \u2028"}
    text = in_script(data)
    assert not set("<>&") & set(text)
    assert json.loads(text) == data


def test_a_page_has_the_words_of_both_languages(study: techprio.Study) -> None:
    data = embedded(page(exploration(study, FEW).data, "vi"))
    assert data["language"] == "vi"
    assert data["words"]["vi"] == {text: language("vi").say(text) for text in sentences()}


# -- the module -----------------------------------------------------------------------------------------------------


def test_the_module_is_whole_and_gives_render() -> None:
    text = module()
    assert "import " not in re.sub(r"//.*|/\*.*?\*/", "", text)
    assert text.rstrip().endswith("export default { render };")
    assert text.count("export ") == 1


@pytest.mark.parametrize("part", PARTS)
def test_no_file_of_the_module_makes_markup_from_text_or_asks_a_network(part: str) -> None:
    text = source(f"{part}.js")
    wrong = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch\(|XMLHttp|WebSocket|import\("
    assert re.findall(wrong, text) == []
    assert text.count("\n") <= 300


@pytest.mark.parametrize("part", PARTS)
def test_a_file_imports_only_from_those_before_it(part: str) -> None:
    imported = re.findall(r'^import .* from "\./(\w+)\.js";$', source(f"{part}.js"), re.MULTILINE)
    assert set(imported) <= set(PARTS[: PARTS.index(part)])


def test_no_name_stands_twice_at_the_top_of_the_module() -> None:
    names = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", module(), re.MULTILINE)
    lists = re.findall(r"^const \[([\w, ]+)\]", module(), re.MULTILINE)
    names += [name for found in lists for name in found.split(", ")]
    assert sorted(names) == sorted(set(names))


# -- the widget -----------------------------------------------------------------------------------------------------


def test_weights_are_read_back_and_set(study: techprio.Study) -> None:
    widget = techprio.explore(study, draws=50)
    base = dict(widget.weights)
    assert base == exploration(study, FEW).data["run"]["weights"]
    widget.weights = {"impact": 10.0}
    assert widget.weights["impact"] == 10
    assert set(widget.weights) == set(base)
    verdict = techprio.rank(study, change={"weight": widget.weights}, draws=50)
    assert widget.rank().scores.tolist() == verdict.scores.tolist()
    assert list(widget.shares.values()) == pytest.approx(verdict.problem.weights.tolist())


def test_what_the_front_sends_arrives(study: techprio.Study) -> None:
    widget = techprio.explore(study, draws=50)
    heard = []
    widget.observe(lambda change: heard.append(change["new"]["impact"]), "weights")
    widget.set_state({"weights": {**widget.weights, "impact": 25}})
    assert heard == [25]


@pytest.mark.parametrize("wrong", [{"imapct": 1.0}, {"impact": -1.0}, {"growth": 0.0, "market": 0.0}])
def test_weights_that_make_no_sense_are_refused(study: techprio.Study, wrong: dict[str, float]) -> None:
    widget = techprio.explore(study, draws=50)
    before = dict(widget.weights)
    with pytest.raises(techprio.UsageError):
        widget.weights = wrong
    assert widget.weights == before


def test_a_language_that_there_is_not_is_refused(study: techprio.Study) -> None:
    with pytest.raises(techprio.UsageError, match="no language fr"):
        techprio.explore(study, "fr", draws=50)


def test_without_the_packages_for_notebooks_the_cure_is_said(
    study: techprio.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "techprio.explorer.widget", raising=False)
    with pytest.raises(techprio.UsageError, match=r"pip install 'techprio\[notebooks\]'"):
        techprio.explore(study, draws=50)


def test_the_page_of_a_widget_is_that_of_its_run(study: techprio.Study) -> None:
    assert techprio.explore(study, "vi", draws=50).html() == page(exploration(study, FEW).data, "vi")


# -- the command ----------------------------------------------------------------------------------------------------


def run(*args: str, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "techprio", "explore", "--draws", "50", *args]
    done = subprocess.run(command, capture_output=True, cwd=cwd, check=False, text=True, encoding="utf-8")
    assert done.returncode == code, done.stderr
    return done


def test_the_command_writes_a_page_beside_the_study(study_folder: Path) -> None:
    done = run(cwd=study_folder)
    assert done.stdout == ""
    assert "my-study-explorer.html" in done.stderr
    assert (study_folder / "my-study-explorer.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_command_writes_to_stdout_and_in_vietnamese(study_folder: Path) -> None:
    done = run("--output", "-", "--lang", "vi", "--weight", "impact=10", cwd=study_folder)
    data = embedded(done.stdout)
    assert data["language"] == "vi"
    assert data["run"]["weights"]["impact"] == 10
    assert not list(study_folder.glob("*.html"))


def test_a_folder_that_is_not_there_is_no_traceback(study_folder: Path) -> None:
    assert "Traceback" not in run("--output", "nowhere/page.html", cwd=study_folder, code=2).stderr
