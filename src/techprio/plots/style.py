"""How every picture looks: letters, colours, marks. In force only while a picture is made or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

LETTERS = 8.0
"""The smallest type, in points; pictures are at most as wide as a sheet of A4 and are printed as they are."""
HEADLINE = 12.0
INK, GREY, FAINT, PALE = "#1a1a1a", "#595959", "#b3b3b3", "#ececec"

BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PURPLE = (
    "#000000",
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
)
"""Okabe, M. & Ito, K. (2008). Color Universal Design: how to make figures and presentations that are friendly to
colorblind people."""
CATEGORIES = (BLUE, ORANGE, GREEN, YELLOW, PURPLE, SKY, RED)
"""Up to seven kinds, neighbours apart in lightness too."""
TEXTURES = ("", "////", "..", "", "\\\\\\\\", "xxxx", "||||")
"""What says the same without colour."""

BAND_MARKS = {
    "core": ("s", BLUE),
    "likely": ("D", SKY),
    "contested": ("o", ORANGE),
    "unlikely": ("v", FAINT),
    "out": ("x", GREY),
}
"""Band → its mark and colour."""

MAGNITUDE = matplotlib.colormaps["cividis"]
DIVERGING = LinearSegmentedColormap.from_list("blue, white, red", [BLUE, "#ffffff", RED])
"""Only round a true zero."""

STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": LETTERS,
    "axes.titlesize": LETTERS,
    "axes.labelsize": LETTERS,
    "xtick.labelsize": LETTERS,
    "ytick.labelsize": LETTERS,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.2,
    "svg.fonttype": "path",
    "svg.hashsalt": "techprio",
    "pdf.fonttype": 42,
    "text.hinting": "none",
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "figure.dpi": 100,
    "savefig.facecolor": "white",
}


@contextmanager
def own_style() -> Iterator[None]:
    """The style of this package and nothing of the caller's; the caller's is back afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        yield


LINES = tuple(BLACK if colour == YELLOW else colour for colour in CATEGORIES)
"""For lines, of which yellow ones are lost on white."""


def lighter(colour: str, share: float) -> str:
    """A colour mixed with so much white."""
    red, green, blue = (1 - (1 - part) * (1 - share) for part in to_rgb(colour))
    return to_hex((red, green, blue))


def on(colour: tuple[float, ...]) -> str:
    """Black or white letters, whichever can be read on a colour."""
    red, green, blue = colour[:3]
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "#ffffff"
