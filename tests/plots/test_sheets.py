"""The sheets: what stands on them, in which files, and how they are asked for."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text
from shown import ENGLISH, FAST, ROOT, SHIPPED, VIETNAMESE

import techprio
from techprio import plots
from techprio.cli.main import run
from techprio.plots.exhibit import pages_of
from techprio.plots.gallery import Gallery
from techprio.plots.lean import _by_steps, lean
from techprio.plots.lettering import shortened, width, wrapped
from techprio.plots.picture import DPI, Picture
from techprio.plots.spacing import spaced
from techprio.plots.style import LETTERS, own_style
from techprio.run import Choices

# -- the sheets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
@pytest.mark.parametrize("name", plots.NAMES)
def test_all_words_on_a_sheet_can_be_read(name: str, words: Any, stated: Gallery) -> None:
    for picture in stated.pictures(name, words):
        assert_legible(picture)


@pytest.mark.parametrize("name", plots.NAMES)
def test_all_words_can_be_read_of_few_candidates(name: str, few: Gallery) -> None:
    for picture in few.pictures(name, VIETNAMESE):
        assert_legible(picture)


@pytest.mark.parametrize("name", plots.NAMES)
def test_all_words_can_be_read_of_very_many_candidates(name: str, many: Gallery) -> None:
    pictures = many.pictures(name, VIETNAMESE)
    assert_legible(pictures[0])
    assert sum(len(picture.rows) for picture in pictures) >= len(pictures[0].rows)


def assert_legible(picture: Picture) -> None:
    """No word is smaller than eight points, off the paper, or over another one."""
    figure = picture.figure
    figure.set_dpi(DPI)
    figure.draw_without_rendering()  # labels of axes find their places only now
    shown = [each for each in texts(figure) if each.get_text().strip()]
    assert all(text.get_size() >= LETTERS for text in shown)
    boxes = np.array([Text.get_window_extent(text).extents for text in shown])
    paper = np.array([*figure.get_size_inches(), *figure.get_size_inches()]) * DPI
    off = (boxes < -2) | (boxes > paper + 2)
    assert [text.get_text() for text, out in zip(shown, off, strict=True) if out.any()] == []
    for k, (text, box) in enumerate(zip(shown, boxes, strict=True)):
        rest = boxes[k + 1 :]
        common = np.minimum(box[2:], rest[:, 2:]) - np.maximum(box[:2], rest[:, :2])
        over = (common > (3, 8)).all(axis=1)  # accents reach into the line above
        assert [(text.get_text(), shown[k + 1 + j].get_text()) for j in np.flatnonzero(over)] == []


def texts(figure: Figure) -> list[Text]:
    """Everything that is written: on the sheet, in the axes, and along those axes that are shown."""
    found = list(figure.texts)
    for ax in figure.axes:
        found += ax.texts
        for axis in (ax.xaxis, ax.yaxis) if ax.axison else ():
            low, high = sorted(axis.get_view_interval())
            found += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            found.append(axis.label)
    return found


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
    for form in ("svg", "png", "pdf"):
        one, other = (stated.pictures("effective", ENGLISH)[0].to_bytes(form) for _ in range(2))
        assert one == other


def test_a_file_says_in_words_what_it_shows(stated: Gallery) -> None:
    (picture,) = stated.pictures("shifts", VIETNAMESE)
    root = ElementTree.fromstring(picture.to_bytes("svg"))
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.findtext("svg:title", namespaces=space) == picture.title
    assert root.findtext("svg:desc", namespaces=space) == picture.alt
    assert root.get("role") == "img"
    assert b"<text" not in picture.to_bytes("svg")  # letters are outlines: no font is wanted of the reader


@given(st.lists(st.tuples(*[st.integers(-9999, 9999)] * 4), min_size=1))
def test_an_outline_by_steps_goes_through_the_same_points(points: list[tuple[int, int, int, int]]) -> None:
    whole = "".join(f"M{a} {b}L{c} {d}z" for a, b, c, d in points)
    found, x, y, start = [], 0, 0, (0, 0)
    for command, numbers in re.findall(r"([a-z])([^a-z]*)", _by_steps(whole)):
        dx, dy = map(int, re.findall(r"-?\d+", numbers)) if numbers else (start[0] - x, start[1] - y)
        x, y = x + dx, y + dy
        if command == "m":
            start = (x, y)
        found.append((x, y))
    assert found == [place for a, b, c, d in points for place in ((a, b), (c, d), (a, b))]


def test_a_lean_picture_has_every_letter_where_it_was(stated: Gallery) -> None:
    (picture,) = stated.pictures("shifts", VIETNAMESE)
    stream = io.BytesIO()
    with own_style():
        picture.figure.savefig(stream, format="svg")
    fat = stream.getvalue().decode("utf-8")
    slim = lean(fat)
    names = list(dict.fromkeys(re.findall(r'id="(DejaVu[^"]*)"', fat)))
    before = re.findall(r'<use xlink:href="#(DejaVu[^"]*)"(?: transform="translate\(([-\d.]+))?', fat)
    after = re.findall(r'<use xlink:href="#g(\d+)"(?: x="([-\d.]+)")?', slim)
    assert [name for name, _ in before] == [names[int(k)] for k, _ in after]
    assert [float(x or 0) for _, x in before] == pytest.approx([float(x or 0) for _, x in after], abs=0.51)
    assert len(slim) < 0.7 * len(fat)


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
