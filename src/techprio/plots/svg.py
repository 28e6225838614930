"""Figures as SVG with their text as outlines: each word is shaped once, for most words stand in many pictures."""

from __future__ import annotations

import io
from functools import cache
from typing import Any, NamedTuple

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

_Renderer: Any = RendererSVG
"""It has no types."""
POINTS = 72
"""SVG is written in points."""


def svg_of(figure: Figure, metadata: dict[str, Any], dpi: float) -> str:
    """The figure as matplotlib writes it; ``dpi`` is that of pixels within."""
    stream = io.StringIO()
    before, figure.dpi = figure.dpi, POINTS
    try:
        width, height = (float(side) * POINTS for side in figure.get_size_inches())
        renderer = _Renderer(width, height, stream, image_dpi=dpi, metadata=metadata)
        renderer._text2path = WordByWord()
        figure.draw(renderer)
        renderer.finalize()
    finally:
        figure.dpi = before
    return stream.getvalue()


class Shaped(NamedTuple):
    """A word as outlines, in units of the font."""

    glyphs: tuple[tuple[str, float, float, float], ...]
    """Name, place and scale of each."""
    outlines: dict[str, Any]
    advance: float
    """Where the next word begins."""


class WordByWord(TextToPath):
    """What matplotlib asks of text. Blanks part words: no letter is shaped or moved by one across a blank."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
        return _extent(s, _key(prop), prop.get_size_in_points())

    def _get_font(self, prop: FontProperties) -> Any:
        return _key(prop)

    def get_glyphs_with_font(
        self, font: Any, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **how: Any
    ) -> Any:
        known = {} if glyph_map is None else glyph_map
        found = {} if return_new_glyphs_only else known
        glyphs, at = [], 0.0
        for word in s.split(" "):
            shaped = _shaped(word, font)
            glyphs += [(glyph, at + x, y, scale) for glyph, x, y, scale in shaped.glyphs]
            found.update((glyph, outline) for glyph, outline in shaped.outlines.items() if glyph not in known)
            at += shaped.advance
        return glyphs, found, []


Font = tuple[tuple[str, ...], Any, Any]
"""Family, style and weight: all that two texts in the same letters share."""


def _key(prop: FontProperties) -> Font:
    return tuple(prop.get_family()), prop.get_style(), prop.get_weight()


def _properties(font: Font, size: float | None = None) -> FontProperties:
    family, style, weight = font
    return FontProperties(family=list(family), style=style, weight=weight, size=size)


@cache
def _shaped(word: str, font: Font) -> Shaped:
    plain: Any = TextToPath()
    glyphs, outlines, _ = plain.get_glyphs_with_font(plain._get_font(_properties(font)), word + "  ")
    own = tuple(glyphs[:-2])
    return Shaped(own, {name: outlines[name] for name, *_ in own}, glyphs[-1][1])


@cache
def _extent(text: str, font: Font, size: float) -> tuple[float, float, float]:
    return TextToPath().get_text_width_height_descent(text, _properties(font, size), False)
