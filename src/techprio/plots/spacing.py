"""Words beside marks, moved apart where they would cover one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from techprio.plots.lettering import width
from techprio.plots.sheet import figure_of
from techprio.plots.style import GREY

Floats = NDArray[np.float64]


def spaced(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places, moved as little as need be so that neighbours are ``gap`` apart, between ``low`` and ``high``.

    Neighbours that would overlap form a block, centred on the mean of what its members asked for.
    """
    if not places:
        return []
    order = np.argsort(places, kind="stable")
    blocks: list[list[float]] = []  # sum of (place − own offset), count
    for place in (places[k] for k in order):
        blocks.append([place, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + gap * blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total - count * gap * blocks[-1][1]
            blocks[-1][1] += count
    found = []
    for total, count in blocks:
        start = min(max(total / count, low), high - gap * (count - 1))
        found += [start + gap * k for k in range(int(count))]
    for k in range(1, len(found)):
        found[k] = max(found[k], found[k - 1] + gap)
    for k in reversed(range(len(found))):
        found[k] = min(found[k], found[k + 1] - gap if k + 1 < len(found) else high)
    spread = [0.0] * len(places)
    for k, place in zip(order, found, strict=True):
        spread[k] = place
    return spread


def labelled(ax: Axes, points: Sequence[tuple[float, float, str, bool]], *, marks: Sequence[Any] = ()) -> None:
    """Words beside points (x, y, text, bold), each where it covers least of the marks and words there already.

    ``marks`` are further points (x, y) that nothing should cover. Words further away have a line to their point. The
    limits of the axes must be final.
    """
    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = box.width * figure.get_figwidth(), box.height * figure.get_figheight()
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()

    def inches(x: float, y: float) -> tuple[float, float]:
        return (x - left) / (right - left) * wide, (y - low) / (high - low) * tall

    places = [inches(x, y) for x, y, _, _ in points]
    taken = [(x - 0.07, y - 0.07, x + 0.07, y + 0.07) for x, y in [*places, *(inches(*m) for m in marks)]]
    for (px, py, text, bold), (x, y) in zip(points, places, strict=True):
        half, up = width(text, bold=bold) / 2 + 0.02, 0.07
        spots = [spot for r in (0.0, 0.1, 0.25, 0.45) for spot in _ring(r, half)]
        boxes = [(x + dx - half, y + dy - up, x + dx + half, y + dy + up) for dx, dy in spots]
        best = int(np.argmin(_crowded(np.array(boxes), np.array(taken), wide, tall)))
        taken.append(boxes[best])
        line = {"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3}
        ax.annotate(
            text,
            (px, py),
            xytext=(72 * spots[best][0], 72 * spots[best][1]),
            textcoords="offset points",
            ha="center",
            va="center",
            weight="bold" if bold else "normal",
            zorder=8,
            annotation_clip=False,
            bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.75},
            arrowprops=line if best >= len(_ring(0.0, half)) else None,
        )


def _ring(r: float, half: float) -> list[tuple[float, float]]:
    """Places for the middle of a word round a point, those right and left of it first."""
    side, up = half + 0.09 + r, 0.15 + r
    return [(side, 0), (-side, 0), (0, up), (0, -up), (side, up), (-side, up), (side, -up), (-side, -up)]


def _crowded(boxes: Floats, taken: Floats, wide: float, tall: float) -> Floats:
    """How much of each box is taken already, or beyond the edges of the axes: (b, 4), (t, 4) -> (b,)."""
    inside = _overlaps(boxes, np.array([[0.0, 0.0, wide, tall]]))[:, 0]
    whole = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return np.asarray(_overlaps(boxes, taken).sum(axis=1) + whole - inside)


def _overlaps(boxes: Floats, others: Floats) -> Floats:
    """The area that each box (left, low, right, high) shares with each of the others: (b, 4), (o, 4) -> (b, o)."""
    corner = np.maximum(boxes[:, None, :2], others[None, :, :2])
    opposite = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.maximum(opposite - corner, 0.0).prod(axis=2))
