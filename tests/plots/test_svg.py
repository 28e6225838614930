"""Text as outlines, shaped word by word: the letters stand where matplotlib itself would put them."""

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from techprio.plots.svg import WordByWord

TEXTS = [
    "P05",
    "",
    " ",
    "two  blanks",
    "AVA To fit 0.25 – 3",
    "Hệ thống sản xuất, lưu trữ · Trí tuệ nhân tạo",
    "first ",
]


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("text", TEXTS)
def test_letters_stand_where_matplotlib_puts_them(text: str, weight: str):
    prop = FontProperties(family="DejaVu Sans", weight=weight, size=8)
    mine, own = WordByWord(), TextToPath()
    glyphs, outlines, _ = mine.get_glyphs_with_font(mine._get_font(prop), text)
    blanks = {name for name, (points, _) in outlines_of(own, prop, " ").items()}
    wanted = [each for each in own.get_glyphs_with_font(own._get_font(prop), text)[0] if each[0] not in blanks]
    assert [name for name, *_ in glyphs] == [name for name, *_ in wanted]
    assert set(outlines) == {name for name, *_ in glyphs}
    em = own.FONT_SCALE
    np.testing.assert_allclose([x for _, x, *_ in glyphs], [x for _, x, *_ in wanted], atol=0.02 * em)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_as_wide_as_matplotlib_says(text: str):
    prop = FontProperties(family="DejaVu Sans", size=8)
    assert WordByWord().get_text_width_height_descent(text, prop, False) == (
        TextToPath().get_text_width_height_descent(text, prop, False)
    )


def outlines_of(shaper: TextToPath, prop: FontProperties, text: str) -> dict:
    return shaper.get_glyphs_with_font(shaper._get_font(prop), text)[1]
