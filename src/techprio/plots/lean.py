"""SVG without what nobody sees: the same picture in less than half the bytes."""

from __future__ import annotations

import re

_GLYPH = re.compile(r'id="(DejaVuSans[\w-]*)"')
_LETTER = re.compile(r'<use xlink:href="#(DejaVuSans[\w-]*)"(?: transform="translate\(([\d.-]+) ([\d.-]+)\)")?/>')
_REMARK = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_NUMBERED = re.compile(r'<g id="[A-Za-z0-9.]+_\d+">')
_LONG = re.compile(r"(?<![\w.])-?\d{2,}\.\d{3,}")
_OUTLINE = re.compile(r' d="([^"]*)"')
_COMMAND = re.compile(r"\s*([A-Za-z])\s*")
_BREAK = re.compile(r"\s*\n\s*")


def lean(svg: str) -> str:
    """The picture with short names for its glyphs, places to a hundredth of a point or em, and no remarks.

    A glyph is placed by ``x`` instead of a transform, which says the same.
    """
    names = {name: f"g{k}" for k, name in enumerate(dict.fromkeys(_GLYPH.findall(svg)))}

    def letter(match: re.Match[str]) -> str:
        name, x, y = match.groups()
        across = f' x="{float(x):.0f}"' if x else ""
        up = f' y="{float(y):.0f}"' if y and float(y) else ""
        return f'<use xlink:href="#{names[name]}"{across}{up}/>'

    svg = _LETTER.sub(letter, _REMARK.sub("", svg))
    svg = _GLYPH.sub(lambda match: f'id="{names[match[1]]}"', svg)
    svg = _LONG.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), _NUMBERED.sub("<g>", svg))
    svg = _OUTLINE.sub(lambda match: ' d="' + _COMMAND.sub(r"\1", match[1]).strip() + '"', svg)
    return _BREAK.sub("\n", svg)
