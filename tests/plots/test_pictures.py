"""Pictures: what the title says is what the rows say, and what the rows say is what the result says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

import techprio
from techprio import plots
from techprio.cli.main import run
from techprio.plots.exhibit import pages_of
from techprio.plots.gallery import RESULTS, Gallery
from techprio.plots.lettering import shortened, width, wrapped
from techprio.plots.picture import DPI
from techprio.plots.spacing import spaced
from techprio.plots.style import LETTERS
from techprio.run import Choices
from techprio.wording import language

ROOT = Path(__file__).parents[2]
ENGLISH, VIETNAMESE = language("en"), language("vi")
SHIPPED = techprio.load(ROOT / "criteria" / "strategic-technologies.yaml")
WEIGHTS: list[Mapping[str, float]] = [{}, {"autonomy": 45}, {"delivery": 60, "fit": 1}, {"breakthrough": 0}]
FAST = [name for name in plots.NAMES if name != "flips"]


def gallery(change: Mapping[str, float] | None = None, **choices: Any) -> Gallery:
    changes = techprio.verbs.choices_of({"change": {"weight": dict(change or {})}, "draws": 500, **choices})
    return Gallery(SHIPPED, changes, near=3)


@pytest.fixture(scope="module")
def stated() -> Gallery:
    return gallery()


def rows_of(shown: Gallery, name: str) -> list[dict[str, Any]]:
    exhibit = plots.find(name)
    return exhibit.rows(RESULTS[exhibit.takes](shown), ENGLISH)


def finding(shown: Gallery, name: str) -> str:
    return plots.find(name).finding(rows_of(shown, name), ENGLISH)


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"(?<![\w.])\d+(?![\w.%])", text)]


# -- titles are true, whatever the weights ----------------------------------------------------------------------------


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_titles_say_what_the_results_say(change: Mapping[str, float]) -> None:
    shown = gallery(change)
    v = shown.verdict
    bands = list(v.trust.band)
    assert v.trust.p_cut is not None
    sure = int((v.trust.p_cut >= 0.95).sum())
    assert numbers(finding(shown, "ranges")) == [v.problem.m, sure, bands.count("contested")]
    first = v.problem.candidates[int(v.ranks.argmin())]
    assert finding(shown, "verdict").startswith(first)
    assert f"{bands.count('core')} candidates, and {bands.count('contested')} are" in finding(shown, "verdict")


@pytest.mark.parametrize("change", WEIGHTS, ids=str)
def test_the_weight_in_the_title_of_lines_is_where_the_list_changes(change: Mapping[str, float]) -> None:
    shown = gallery(change, draws=1)
    moved = shown.one_way
    nearest = min(moved.crossings, key=lambda crossing: abs(crossing.at - moved.now))
    title = finding(shown, "lines")
    assert f"{100 * nearest.at:.1f}%" in title
    assert f"{100 * moved.now:.1f}%" in title
    id = title.split()[0]
    i = moved.verdict.problem.row(id)
    assert bool(moved.verdict.listed[i]) == ("leaves the list" in title)


def test_a_crossing_is_where_the_ranking_itself_changes_its_list() -> None:
    moved = gallery(draws=1).one_way
    nearest = min(moved.crossings, key=lambda crossing: abs(crossing.at - moved.now))
    siblings = {node.id: node.weight for node in SHIPPED.criteria.criteria}
    rest = sum(weight for id, weight in siblings.items() if id != moved.node)
    for step, listed in ((-1e-6, not nearest.enters), (1e-6, nearest.enters)):
        share = nearest.at + step
        verdict = techprio.rank(SHIPPED, change={"weight": {moved.node: rest * share / (1 - share)}}, draws=1)
        assert verdict.listed is not None
        assert bool(verdict.listed[verdict.problem.row(nearest.candidate)]) == listed


@pytest.mark.parametrize("weights", ["base", "quick_win"])
def test_the_title_of_shifts_counts_the_lists(weights: str) -> None:
    shown = gallery(weights=weights)
    lists = np.stack([v.listed for v in shown.side_by_side.verdicts if v.listed is not None])
    always, some = int(lists.all(axis=0).sum()), int((lists.any(axis=0) & ~lists.all(axis=0)).sum())
    assert numbers(finding(shown, "shifts")) == [always, len(lists), some]
    assert finding(shown, "sets").startswith(f"{some} candidate")


def test_the_ternary_map_counts_who_is_first(stated: Gallery) -> None:
    rows = rows_of(stated, "ternary")
    first = max({row["first"] for row in rows}, key=lambda id: sum(row["first"] == id for row in rows))
    share = sum(row["first"] == first for row in rows) / len(rows)
    title = finding(stated, "ternary")
    assert title.startswith(first)
    assert f"{round(100 * share)}%" in title


def test_a_point_of_the_ternary_map_is_the_ranking_with_its_weights(stated: Gallery) -> None:
    found = stated.ternary
    nearest = int(((found.middles - found.now) ** 2).sum(axis=1).argmin())
    total = {node.id: node.weight for node in SHIPPED.criteria.criteria}
    change = {}
    for group, share in zip(found.groups, found.middles[nearest], strict=True):
        whole = sum(total[id] for id in group)
        change |= {id: float(100 * share * total[id] / whole) for id in group}
    verdict = techprio.rank(SHIPPED, change={"weight": change}, draws=1)
    assert int(verdict.ranks.argmin()) == int(found.first[nearest])


def test_nobody_on_the_front_is_beaten_in_both(stated: Gallery) -> None:
    rows = rows_of(stated, "tradeoff")
    for row in rows:
        beaten = any(
            other["feasibility"] >= row["feasibility"]
            and other["attractiveness"] >= row["attractiveness"]
            and (other["feasibility"], other["attractiveness"]) != (row["feasibility"], row["attractiveness"])
            for other in rows
        )
        assert row["front"] != beaten


def test_the_spread_is_counted_over_the_draws_of_the_ranking(stated: Gallery) -> None:
    trust = stated.verdict.trust
    assert np.array_equal(stated.spread.rank_quantiles[0], trust.rank_low)
    assert np.array_equal(stated.spread.rank_quantiles[-1], trust.rank_high)
    assert stated.spread.acceptability.sum(axis=1) == pytest.approx(1)


def test_the_parts_of_a_bar_add_up_to_its_score(stated: Gallery) -> None:
    for row in rows_of(stated, "contributions"):
        assert sum(row["parts"].values()) == pytest.approx(row["score"])


def test_the_plane_explains_what_its_title_says_and_warns_under_seventy_per_cent(stated: Gallery) -> None:
    title = finding(stated, "gaia")
    assert f"{round(100 * stated.gaia.explained)}%" in title
    assert title.startswith("Read with care") == (stated.gaia.explained < 0.7)


def test_evidence_is_counted(stated: Gallery) -> None:
    cells = stated.evidence.cells
    assessed = sum(not {"missing", "illustrative"} & set(cell.states) for cell in cells)
    assert numbers(finding(stated, "evidence"))[:2] == [assessed, len(cells)]


# -- the sheets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
@pytest.mark.parametrize("name", plots.NAMES)
def test_nothing_on_a_sheet_is_smaller_than_eight_points_or_off_the_paper(
    name: str, words: Any, stated: Gallery
) -> None:
    for picture in stated.pictures(name, words):
        picture.figure.set_dpi(DPI)
        picture.figure.draw_without_rendering()  # labels of axes find their places only now
        wide, tall = picture.figure.get_size_inches() * picture.figure.dpi
        for text in (each for each in texts(picture.figure) if each.get_text().strip()):
            box = text.get_window_extent()
            assert text.get_size() >= LETTERS
            assert box.x0 >= -1, text
            assert box.x1 <= wide + 2, text
            assert box.y0 >= -1, text
            assert box.y1 <= tall + 1, text


def texts(figure: Figure) -> list[Any]:
    from matplotlib.text import Text

    return [each for each in figure.findobj(Text) if each.get_visible() and not hidden(each)]


def hidden(text: Any) -> bool:
    """Labels of an axis that is switched off."""
    return text.axes is not None and not text.axes.axison and text not in text.axes.texts


@pytest.mark.parametrize("name", FAST)
def test_illustrative_figures_are_said_to_be_so(name: str, stated: Gallery) -> None:
    for picture in stated.pictures(name, ENGLISH):
        shown = [text.get_text() for text in texts(picture.figure)]
        assert any(text.startswith("ILLUSTRATIVE") for text in shown)
        assert "ILLUSTRATIVE" in picture.alt


def test_the_cut_is_drawn_once(stated: Gallery) -> None:
    (picture,) = stated.pictures("ranges", ENGLISH)
    assert len([line for line in picture.figure.axes[0].lines if line.get_gid() == "cut"]) == 1


def test_the_same_picture_is_the_same_bytes(stated: Gallery) -> None:
    for form in ("svg", "pdf"):
        one, other = (stated.pictures("shifts", ENGLISH)[0].to_bytes(form) for _ in range(2))
        assert one == other


def test_a_file_says_in_words_what_it_shows(stated: Gallery) -> None:
    (picture,) = stated.pictures("shifts", VIETNAMESE)
    root = ElementTree.fromstring(picture.to_bytes("svg"))
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.findtext("svg:title", namespaces=space) == picture.title
    assert root.findtext("svg:desc", namespaces=space) == picture.alt
    assert root.get("role") == "img"
    assert b"<text" not in picture.to_bytes("svg")  # letters are outlines: no font is wanted of the reader


def test_fonts_are_in_the_pdf(stated: Gallery) -> None:
    assert b"FontFile2" in stated.pictures("shifts", VIETNAMESE)[0].to_bytes("pdf")


def test_the_font_has_every_vietnamese_letter() -> None:
    from techprio.plots.lettering import _font

    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    for letter in letters + letters.upper():
        assert _font(False).get_char_index(ord(letter)), letter
        assert _font(True).get_char_index(ord(letter)), letter


def test_the_callers_style_is_left_alone(stated: Gallery) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    stated.pictures("sets", ENGLISH)[0].to_bytes("svg")
    assert dict(matplotlib.rcParams) == before


def test_a_name_full_of_markup_is_text(tmp_path: Path, study_folder: Path) -> None:
    file = study_folder / "candidates" / "first-list" / "A.yaml"
    text = file.read_text("utf-8").replace("en: Technology A", "en: <img onerror=x> $a_b$")
    file.write_text(text, "utf-8")
    assert run(["plot", "--criteria", str(study_folder / "criteria"), "-o", str(tmp_path), "--quiet"]) == 0
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<img onerror" not in page
    assert "<img onerror" not in (tmp_path / "verdict.svg").read_text("utf-8")


# -- many and few candidates ------------------------------------------------------------------------------------------


def test_pages_are_of_equal_length() -> None:
    assert [len(page) for page in pages_of(32)([{}] * 120)] == [30, 30, 30, 30]
    assert [len(page) for page in pages_of(32)([{}] * 5)] == [5]


def test_labels_are_moved_apart_and_stay_within() -> None:
    found = spaced([5.0, 5.0, 5.1, 9.9], 1.0, 0.0, 10.0)
    assert np.diff(sorted(found)).min() >= 1 - 1e-9
    assert max(found) <= 10
    assert min(found) >= 0


def test_text_fits_its_room() -> None:
    text = "Thiết bị điện cao áp, siêu cao áp; máy điện, động cơ điện"
    assert all(width(line) <= 1.2 for line in wrapped(text, 1.2))
    assert width(shortened(text, 1.2)) <= 1.2
    assert shortened(text, 1.2).endswith("…")
    assert len(wrapped(text, 1.2, most=2)) == 2
    assert " ".join(wrapped(text, 1.2)) == text


# -- asking for pictures ----------------------------------------------------------------------------------------------


def test_a_result_is_shown_by_its_own_pictures_only(stated: Gallery) -> None:
    assert [picture.name for picture in plots.plot(stated.verdict)] == ["verdict"]
    with pytest.raises(techprio.UsageError, match="verdict"):
        plots.plot(stated.verdict, "shifts")


def test_an_unknown_picture_is_named_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    criteria = str(ROOT / "criteria" / "strategic-technologies.yaml")
    assert run(["plot", "stabilty", "--criteria", criteria]) == 2
    assert "did you mean stability?" in capsys.readouterr().err


def test_named_pictures_are_written_with_their_rows(tmp_path: Path, study_folder: Path) -> None:
    where = ["--criteria", str(study_folder / "criteria"), "-o", str(tmp_path / "out"), "--quiet"]
    assert run(["plot", "stability", "acceptability", "--draws", "100", "--form", "png", *where]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("stability.png", "stability.csv", "acceptability.png", "acceptability.csv"),
    }
    assert (tmp_path / "out" / "stability.png").read_bytes().startswith(b"\x89PNG")


def test_draw_goes_on_axes_of_ones_own(stated: Gallery) -> None:
    from techprio.plots import ranges

    ax = Figure(figsize=(8, 6)).add_subplot()
    ranges.draw(ax, ranges.rows(stated.spread, ENGLISH), ENGLISH)
    assert len(ax.lines) > 30


def test_the_figures_of_the_documents_are_those_of_the_study() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    names = re.findall(r"^FIGURES := (.*)$", makefile, re.MULTILINE)[0].split()
    shown = Gallery(SHIPPED, Choices())
    for name in names:
        for picture in shown.pictures(name, ENGLISH):
            assert (ROOT / "docs" / "pictures" / f"{picture.name}.csv").read_text("utf-8") == picture.csv, (
                f"{picture.name}: make figures"
            )
            assert (ROOT / "docs" / "pictures" / f"{picture.name}.svg").exists()
