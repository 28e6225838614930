"""The explorer as people use it: page and widget alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from explorers import ROOT, Open, Shown, as_page, as_widget, expected
from playwright.sync_api import Page

import techprio
from techprio.explorer.page import sentences
from techprio.run import Choices
from techprio.wording import language

FIT = "Strategic fit and major problems"


def slider(tab: Page, name: str = FIT) -> Any:
    return tab.get_by_role("slider", name=name, exact=True)


# -- weights --------------------------------------------------------------------------------------------------------


def test_it_opens_with_the_run(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    verdict = techprio.rank(shipped, draws=400)
    assert Shown(tab).order() == expected(verdict)
    assert tab.locator(".watermark").is_hidden()
    assert [row["score"] for row in Shown(tab).rows()][:2] == ["0.833", "0.814"]
    share = language("en").percent(float(verdict.illustrative.mean()))
    assert share in tab.locator(".banner").inner_text()


def test_every_weight_set_is_a_button_that_ranks_as_python_does(
    open_explorer: Open, shipped: techprio.Study, host: Any
) -> None:
    tab = open_explorer(shipped, host)
    for weights in shipped.criteria.weight_sets:
        button = tab.get_by_role("button", name=language("en").text(weights.name), exact=True)
        button.click()
        assert Shown(tab).order() == expected(techprio.rank(shipped, weights=weights.id, draws=1))
        assert button.get_attribute("aria-pressed") == "true"
        assert tab.locator(".watermark").is_visible()
        assert tab.locator(".summary").inner_text().startswith("EXPLORATORY")


def test_a_slider_moves_by_keys_and_its_siblings_give_way(
    open_explorer: Open, shipped: techprio.Study, host: Any
) -> None:
    tab = open_explorer(shipped, host)
    before = Shown(tab).percents()
    slider(tab).focus()
    for _ in range(6):
        tab.keyboard.press("ArrowRight")
        Shown(tab).settle()
    after = Shown(tab).percents()
    assert after[FIT] == pytest.approx(before[FIT] + 3)
    others = [name for name in before if name != FIT]
    assert [after[n] / after[others[0]] for n in others] == pytest.approx(
        [before[n] / before[others[0]] for n in others], rel=0.02
    )
    assert sum(after.values()) == pytest.approx(100, abs=0.3)
    assert slider(tab).get_attribute("aria-valuetext") == "23.0% of the whole, 23.0% of the whole"
    for _ in range(6):
        tab.keyboard.press("ArrowLeft")
        Shown(tab).settle()
    assert Shown(tab).percents() == before
    assert tab.locator(".watermark").is_hidden()


def test_a_weight_at_the_very_end_and_back_loses_nothing(
    open_explorer: Open, shipped: techprio.Study, host: Any
) -> None:
    tab = open_explorer(shipped, host)
    before = Shown(tab).percents()
    slider(tab).focus()
    tab.keyboard.press("End")
    assert Shown(tab).percents() == {name: 100.0 if name == FIT else 0.0 for name in before}
    number = tab.get_by_role("textbox", name=f"{FIT}, percent of the whole")
    number.fill("20,0")
    number.press("Enter")
    assert Shown(tab).percents() == before
    assert Shown(tab).order() == expected(techprio.rank(shipped, draws=1))


def test_what_is_no_number_changes_nothing(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    before = Shown(tab).percents()
    number = tab.get_by_role("textbox", name=f"{FIT}, percent of the whole")
    for text in ("much", "", "1e999"):
        number.fill(text)
        number.press("Enter")
        assert Shown(tab).percents() == before


def test_a_weight_that_is_held_stays(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    tab.get_by_role("checkbox", name="hold Socio-economic impact").check()
    slider(tab).focus()
    tab.keyboard.press("End")
    after = Shown(tab).percents()
    assert (after["Socio-economic impact"], after[FIT]) == (22.0, 78.0)
    assert slider(tab, "Socio-economic impact").is_disabled()
    tab.get_by_role("button", name="Reset to the run").click()
    assert slider(tab, "Socio-economic impact").is_enabled()
    assert Shown(tab).order() == expected(techprio.rank(shipped, draws=1))


def test_a_leaf_moves_within_its_branch(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    tab.get_by_role("button", name=f"criteria below {FIT}").click()
    leaf = slider(tab, "Contribution to major national problems")
    leaf.focus()
    tab.keyboard.press("Home")
    change = {"weight": {"alignment": 100.0, "national_problems": 0.0}}
    assert Shown(tab).order() == expected(techprio.rank(shipped, change=change, draws=1))
    assert slider(tab).input_value() == "20"


# -- what follows ---------------------------------------------------------------------------------------------------


def test_weights_copied_as_yaml_rank_in_a_study_as_on_the_page(
    open_explorer: Open, shipped: techprio.Study, tmp_path: Path
) -> None:
    tab = open_explorer(shipped)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    slider(tab).focus()
    for _ in range(3):
        tab.keyboard.press("PageUp")
    tab.get_by_role("button", name="criteria below Breakthrough potential").click()
    slider(tab, "Ability to form a new industry, value chain or production method").focus()
    tab.keyboard.press("PageUp")
    tab.get_by_role("button", name="Copy weights as YAML").click()
    tab.wait_for_function("() => document.querySelector('.yaml .done').textContent === 'Copied.'")
    copied = tab.evaluate("() => navigator.clipboard.readText()")
    text = (ROOT / "criteria" / "strategic-technologies.yaml").read_text(encoding="utf-8")
    file = tmp_path / "criteria.yaml"
    file.write_text(text.replace("\nweight_sets:\n", f"\nweight_sets:\n{copied}", 1), encoding="utf-8")
    command = ["rank", "--criteria", str(file), "--candidates", str(ROOT / "candidates" / "decision-21-2026")]
    options = ["--weights", "explored", "--draws", "1", "--format", "json", "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "techprio", *command, *options], capture_output=True, check=True, text=True
    )
    ranking = json.loads(done.stdout)["ranking"]
    assert [(row["id"], row["rank"], row["listed_by"] or "null") for row in ranking] == Shown(tab).order()
    assert [row["id"] for row in ranking] != [row["id"] for row in techprio.rank(shipped, draws=1).rows()]


def test_what_changes_is_said_in_words_and_aloud(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    tab.get_by_role("button", name="Quick win").click()
    base, quick = (techprio.rank(shipped, weights=id, draws=1) for id in ("base", "quick_win"))
    assert base.listed is not None
    assert quick.listed is not None
    ids = quick.problem.candidates
    enter = [ids[i] for i in quick.order if quick.listed[i] and not base.listed[i]]
    leave = [ids[i] for i in quick.order if base.listed[i] and not quick.listed[i]]
    moved = int((base.ranks != quick.ranks).sum())
    said = f"{moved} ranks differ from the run. Onto the list: {', '.join(enter)}. Off the list: {', '.join(leave)}."
    assert said in tab.locator(".summary").inner_text()
    assert [row.split()[0] for row in tab.locator("tr.enters .who").all_inner_texts()] == enter
    assert [row.split()[0] for row in tab.locator("tr.leaves .who").all_inner_texts()] == leave
    assert tab.locator(".ghosts path.enters").count() == len(enter)
    aloud = tab.locator("[role=status].spoken")
    tab.wait_for_function("() => document.querySelector('[role=status].spoken').textContent !== ''")
    first = quick.rows()[0]
    assert aloud.inner_text() == f"{said} First: {first['id']} {first['name']}."


def test_the_evidence_goes_down_to_the_line(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host)
    name = tab.locator(".who").filter(has_text="P01")
    name.focus()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog")
    dialog.locator("table tbody tr").first.wait_for()
    rows = dialog.locator("table tbody tr").all_inner_texts()
    lines = techprio.explain(shipped, "P01", draws=1).rows()
    assert len(rows) == len(lines)
    for line in lines:
        row = next(text for text in rows if text.startswith(line["name"]))
        assert f"{line['figure']:,.10g}" in row
        if line["low"] is not None:
            assert f"{line['low']:,.10g}–{line['high']:,.10g}" in row
        assert f"{line['value']:.2f}" in row
        assert f"{line['contribution']:.3f}"[:-1] in row
        file, number, _ = line["place"].rsplit(":", 2)
        assert f"candidates/decision-21-2026/{Path(file).name}:{number}" in row
        for cited in line["sources"]:
            assert techprio.wording.language("en").text(shipped.sources[cited["id"]].title) in row
        assert ("illustrative" in row) >= line["illustrative"]
    link = dialog.locator("a").first
    assert re.match("https?://", link.get_attribute("href") or "")
    tab.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert tab.evaluate("() => document.activeElement.textContent").startswith("P01")


def test_the_map_follows_the_axes_and_the_list(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host, size=(1920, 1080))
    verdict = techprio.rank(shipped, draws=1)
    assert verdict.listed is not None
    assert verdict.branch_values is not None
    p = verdict.problem
    listed = tab.locator(".map circle.listed title").all_text_contents()
    assert {text.split()[0] for text in listed} == {p.candidates[i] for i in np.flatnonzero(verdict.listed)}
    for axis, branch in enumerate(["capability", "delivery"]):
        tab.locator(".axes select").nth(axis).select_option(branch)
        values = verdict.branch_values[:, p.branches.index(branch)]
        places = [float(c.get_attribute("cxy"[:: 2 if axis else 1][:2]) or 0) for c in tab.locator(".map circle").all()]
        assert abs(np.corrcoef(values, places)[0, 1]) == pytest.approx(1, abs=1e-4)
    tab.locator(".map circle").first.click()
    assert tab.get_by_role("dialog").get_by_role("heading").inner_text().startswith("P01")


def test_a_method_that_cannot_be_followed_is_said_to_be_replaced(
    open_explorer: Open, study: techprio.Study, without_terms: str
) -> None:
    tab = open_explorer(study, choices=Choices(method=without_terms, draws=50))
    assert without_terms in tab.locator(".warning").inner_text()
    assert Shown(tab).order() == expected(techprio.rank(study, method="additive", draws=1))


# -- languages ------------------------------------------------------------------------------------------------------


def test_the_language_switches_whole_and_keeps_what_is_set(
    open_explorer: Open, shipped: techprio.Study, host: Any
) -> None:
    tab = open_explorer(shipped, host, size=(1920, 1080))
    tab.get_by_role("button", name="Quick win").click()
    order = Shown(tab).order()
    tab.get_by_role("button", name="Tiếng Việt").click()
    assert Shown(tab).order() == order
    assert tab.evaluate("() => document.activeElement.dataset.language") == "vi"
    assert tab.locator(".techprio").get_attribute("lang") == "vi"
    assert tab.locator(".score .number").first.inner_text().startswith("0,")
    tab.locator(".who").first.click()
    tab.get_by_role("dialog").locator("table tbody tr").first.wait_for()
    spoken = tab.evaluate(
        """() => [...document.querySelectorAll(".techprio *")].flatMap((node) => [
          node.getAttribute("aria-label"), ...[...node.childNodes].filter((c) => c.nodeType === 3).map((c) => c.data)])
          .filter(Boolean).map((text) => text.trim())"""
    )
    english = {text for text in sentences() if language("vi").say(text) != text and "{" not in text}
    assert english & set(spoken) == set()
    assert language("vi").say("Trade-offs") in spoken


def test_a_page_can_begin_in_vietnamese(open_explorer: Open, shipped: techprio.Study, host: Any) -> None:
    tab = open_explorer(shipped, host, code="vi")
    assert tab.locator("h1").inner_text() == language("vi").text(shipped.criteria.title)
    if host is as_page:
        assert tab.evaluate("() => document.documentElement.lang") == "vi"
        assert tab.title() == language("vi").text(shipped.criteria.title)


# -- safety ---------------------------------------------------------------------------------------------------------

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


def hostile(folder: Path) -> techprio.Study:
    """A study that tries to be more than text, in every place where it may say something."""
    from techprio.template import new_study

    new_study(folder)
    path = folder / "criteria" / "study.yaml"
    text = json.dumps(HOSTILE)
    path.write_text(
        re.sub(
            r"^( *)(title|name|question):\n(?: *(?:en|vi): .*\n)+",
            rf"\1\2: {text}\n",
            path.read_text("utf-8"),
            flags=re.M,
        )
    )
    for file in (folder / "candidates").rglob("*.yaml"):
        content = re.sub(
            r"^( *)(name|title):\n(?: *(?:en|vi): .*\n)+", rf"\1\2: {text}\n", file.read_text("utf-8"), flags=re.M
        )
        content = re.sub(r"^( *)(note|date): .*$", lambda m: f"{m[1]}note: {text}", content, flags=re.M)
        file.write_text(content, encoding="utf-8")
    return techprio.load(path)


def test_what_a_study_says_is_text_and_nothing_else(open_explorer: Open, tmp_path: Path, host: Any) -> None:
    study = hostile(tmp_path / "hostile")
    assert any(HOSTILE in language("en").text(candidate.name) for candidate in study.candidates)
    tab = open_explorer(study, host)
    assert HOSTILE in tab.locator(".who").first.inner_text()
    tab.locator(".who").first.click()
    tab.get_by_role("dialog").locator("table tbody tr").first.wait_for()
    assert HOSTILE in tab.get_by_role("dialog").inner_text()
    assert tab.locator("img").count() == 0
    assert tab.locator("script").count() == 2


# -- for everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code", "scheme"),
    [(as_page, "en", "light"), (as_page, "vi", "light"), (as_page, "en", "dark"), (as_widget, "en", "light")],
)
def test_a_scan_finds_nothing_amiss(
    open_explorer: Open, shipped: techprio.Study, kind: Any, code: str, scheme: str
) -> None:
    tab = open_explorer(shipped, kind, code=code, scheme=scheme, size=(1920, 1080))
    tab.locator(".sets button").nth(2).click()
    tab.locator(".opener").first.click()
    Shown(tab).settle()
    scan(tab)
    tab.locator(".who").first.click()
    tab.get_by_role("dialog").locator("table tbody tr").first.wait_for()
    scan(tab)


def scan(tab: Page) -> None:
    found = Axe().run(tab).response["violations"]
    assert [(v["id"], v["impact"], [n["target"] for n in v["nodes"][:3]]) for v in found] == []


def test_the_keyboard_reaches_everything(open_explorer: Open, study: techprio.Study, host: Any) -> None:
    tab = open_explorer(study, host, size=(1920, 1080))
    wanted = tab.evaluate(
        """() => { globalThis.met = new Set(); return [...document.querySelectorAll(
          ".techprio :is(button, input, select, summary)")]
          .filter((e) => e.checkVisibility() && !e.disabled).length; }"""
    )
    for _ in range(wanted + 2):
        tab.keyboard.press("Tab")
        seen = tab.evaluate(
            """() => { const e = document.activeElement; if (e !== document.body) met.add(e);
              return e === document.body || getComputedStyle(e).outlineStyle !== "none"; }"""
        )
        assert seen, "what has the focus does not show it"
    assert tab.evaluate("() => met.size") == wanted


def test_on_paper_there_is_the_list_and_no_controls(open_explorer: Open, shipped: techprio.Study) -> None:
    tab = open_explorer(shipped)
    tab.locator(".sets button").nth(2).click()
    Shown(tab).settle()
    tab.emulate_media(media="print")
    for hidden in (".controls", ".languages", ".yaml", ".tabs"):
        assert tab.locator(hidden).first.is_hidden(), hidden
    for there in (".ranking table", ".map svg", ".watermark", ".banner", "footer", ".depth-1 .name"):
        assert tab.locator(there).first.is_visible(), there


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("code", ["en", "vi"])
def test_nothing_sticks_out(open_explorer: Open, shipped: techprio.Study, width: int, code: str) -> None:
    tab = open_explorer(shipped, code=code, size=(width, 800))
    for opener in tab.locator(".opener").all():
        opener.click()
    for tabbed in ("list", "map"):
        if tab.locator(f"[data-shows={tabbed}]").is_visible():
            tab.locator(f"[data-shows={tabbed}]").click()
        Shown(tab).settle()
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
        sticking = tab.evaluate(
            """(width) => [...document.querySelectorAll(
                ".techprio :is(p, h1, h2, button, input, select, td, th, label)")]
              .filter((e) => e.checkVisibility() && !e.closest(".spoken")).filter((e) => {
                const box = e.getBoundingClientRect(); return box.width && (box.left < -1 || box.right > width + 1); })
              .map((e) => e.outerHTML.slice(0, 80))""",
            width,
        )
        assert sticking == []


# -- size -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> techprio.Study:
    """300 candidates with the evidence of the shipped ones."""
    folder = tmp_path_factory.mktemp("large") / "list"
    folder.mkdir()
    shipped = ROOT / "candidates" / "decision-21-2026"
    rng = np.random.default_rng(1)
    for file in sorted(shipped.glob("P*.yaml")):
        text = file.read_text(encoding="utf-8")
        for copy in range(10):
            candidate = re.sub(r"^(id: P\d+)$", rf"\1-{copy}", text, flags=re.M)
            candidate = re.sub(r"^links:.*\n(  .*\n)+", "", candidate, flags=re.M)
            candidate = re.sub(
                r"^    value: [1-5]\n    low: [1-5]\n    high: [1-5]$",
                lambda _: f"    value: {rng.integers(1, 6)}",
                candidate,
                flags=re.M,
            )
            candidate = re.sub(
                r"^      \S.*$",
                lambda m: f"      {' '.join(rng.permutation(m[0].split()).tolist())}" if ":" not in m[0] else m[0],
                candidate,
                flags=re.M,
            )
            (folder / f"{file.stem}-{copy}.yaml").write_text(candidate, encoding="utf-8")
    (folder / "sources.yaml").write_text((shipped / "sources.yaml").read_text("utf-8"), encoding="utf-8")
    return techprio.load(ROOT / "criteria" / "strategic-technologies.yaml", folder)


def test_three_hundred_candidates_open_at_once_and_move_smoothly(
    open_explorer: Open, large: techprio.Study, host: Any, tmp_path: Path
) -> None:
    tab = open_explorer(large, host, choices=Choices(draws=100))
    assert len(Shown(tab).rows()) == 300
    size = (tmp_path / "explorer.html").stat().st_size
    assert size < 2_000_000
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        """Milliseconds that the page has kept its processor busy: what other programs do does not count."""
        found = session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(each["value"] for each in found if each["name"] == "TaskDuration"))

    begun = worked()
    tab.reload()
    tab.wait_for_selector(".ranking tbody tr")
    Shown(tab).settle()
    opened = worked() - begun
    begun = worked()
    tab.evaluate(
        """async () => {
          const range = document.querySelector("input[type=range]");
          for (let k = 0; k < 20; k += 1) {
            range.value = 10 + 3 * k;
            range.dispatchEvent(new Event("input"));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          }
        }"""
    )
    moved = (worked() - begun) / 20
    print(f"300 candidates: {size / 1e6:.2f} MB, opened by {opened:.0f} ms of work, moved by {moved:.0f} ms")
    assert opened < 1000
    assert moved < 200
    tab.wait_for_timeout(400)
    weights = tab.evaluate("() => document.querySelector('textarea').value")
    change = {"weight": {m[1]: float(m[2]) for m in re.finditer(r"^ {6}(\w+): (\S+)$", weights, re.M)}}
    assert Shown(tab).order() == expected(techprio.rank(large, change=change, draws=1))


# -- the widget -----------------------------------------------------------------------------------------------------


def test_the_widget_gives_weights_back_and_takes_them(open_explorer: Open, shipped: techprio.Study) -> None:
    tab = open_explorer(shipped, as_widget)
    slider(tab).focus()
    tab.keyboard.press("End")
    tab.wait_for_function("() => saved.length && saved.at(-1).fit === 100")
    weights = tab.evaluate("() => saved.at(-1)")
    change = {"weight": weights}
    assert Shown(tab).order() == expected(techprio.rank(shipped, change=change, draws=1))
    tab.evaluate("() => model.set('weights', { ...model.get('weights'), fit: 5, impact: 95 })")
    assert {k: v for k, v in Shown(tab).percents().items() if v} == {FIT: 5.0, "Socio-economic impact": 95.0}
    tab.evaluate("() => leave()")
    assert tab.locator(".ranking").count() == 0
