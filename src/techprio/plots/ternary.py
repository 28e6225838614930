"""Who is first at every balance of three groups of weights, and where the list stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from techprio.plots.candidates import named
from techprio.plots.circumstances import without_draws
from techprio.plots.exhibit import Exhibit
from techprio.plots.lettering import LINE, shortened, wrapped
from techprio.plots.phrases import set_name, share_of
from techprio.plots.sheet import ACROSS, Frame, figure_of
from techprio.plots.spacing import labelled
from techprio.plots.style import CATEGORIES, FAINT, INK, lighter
from techprio.tables import Row, rounded
from techprio.views.ternary import Ternary, triangles
from techprio.wording import Language

MOST = 6
"""Candidates that are told apart; those first on less of the map are put together."""
HIGH = float(np.sqrt(3) / 2)
FILLS = tuple(lighter(colour, 0.35) for colour in CATEGORIES)
LEAST_NAMED = 0.02
"""Shares of the map from here on have their candidate written on them."""


def rows(result: Ternary, words: Language) -> list[dict[str, Any]]:
    """One row a small triangle: the shares in its middle, who is first there, and whether the list is the stated one.

    The first row also says what holds for all: the groups, the stated shares and those of the weight sets.
    """
    p = result.verdict.problem
    b = [[words.text(p.branch_names[p.branches.index(id)]) for id in group] for group in result.groups]
    names = {p.candidates[i]: words.text(p.names[i]) for i in set(result.first.tolist())}
    common = {
        "groups": [words.listing(group, "and") for group in b],
        "now": [rounded(share) for share in result.now],
        "sets": {id: [rounded(share) for share in three] for id, three in result.sets},
        "set_names": {id: set_name(words, id, result.set_names) for id, _ in result.sets},
        "size": result.size,
    }
    return [
        {
            **row,
            "name": names[row["first"]],
            "up": bool(result.up[k]),
            **(common if k == 0 else {}),
        }
        for k, row in enumerate(result.rows())
    ]


def draw(ax: Axes, rows: Sequence[Row], words: Language) -> None:
    """A field a balance, coloured by who is first and labelled; a heavy line round the stated list."""
    ax.set_axis_off()
    middles = np.array([list(row.values())[:3] for row in rows])
    corners = _flat(triangles(middles, np.array([row["up"] for row in rows])))
    first = [row["first"] for row in rows]
    told = list(shares(rows))[:MOST]
    pieces = _pieces(corners, first)
    colours = [FILLS[told.index(id)] if id in told else "#ffffff" for id, _ in pieces]
    fields = [piece for _, piece in pieces]
    ax.add_collection(PolyCollection(fields, facecolors=colours, edgecolors=colours, linewidths=0.5, clip_on=False))
    ax.add_collection(LineCollection(_borders(corners, first), colors="white", linewidths=1.2))
    points: list[tuple[float, float, str, bool]] = []
    if rows[0]["same"] is not None:
        same = [row["same"] for row in rows]
        ax.add_collection(LineCollection(_borders(corners, same), colors=INK, linewidths=2.2, gid="same list"))
        if any(same):
            x, y = corners[np.array(same)].mean(axis=(0, 1)).tolist()
            points.append((x, y, words.say("same list"), False))
    ax.plot([0, 1, 0.5, 0], [0, 0, HIGH, 0], color=INK, linewidth=0.8)
    x, y = _flat(np.array(rows[0]["now"]))
    ax.plot(x, y, "*", markersize=13, markerfacecolor=INK, markeredgecolor="white", zorder=7)
    others = {id: _flat(np.array(place)) for id, place in rows[0]["sets"].items() if place != rows[0]["now"]}
    for place in others.values():
        ax.plot(*place, "o", markersize=5, markerfacecolor="white", markeredgecolor=INK, zorder=5)
    called = rows[0]["set_names"]
    points += [(float(x), float(y), shortened(called[id], 1.6), False) for id, (x, y) in others.items()]
    box, figure = ax.get_position(), figure_of(ax)
    shape = box.width * figure.get_figwidth() / (box.height * figure.get_figheight())
    ax.set_xlim(0.5 - shape * HIGH / 2, 0.5 + shape * HIGH / 2)
    ax.set_ylim(0, HIGH)
    labelled(ax, [*points, *_middles(corners, first, shares(rows), told)], marks=[(float(x), float(y))])
    _corners(ax, rows[0]["groups"], words)
    _key(ax, rows, told, words)


def _flat(shares: Any) -> Any:
    """Shares of three (…, 3) → places on the sheet (…, 2): the first group above, the others left and right below."""
    return np.stack([shares[..., 2] + shares[..., 0] / 2, shares[..., 0] * HIGH], axis=-1)


def shares(rows: Sequence[Row]) -> dict[str, float]:
    """Who is first on which share of the map, the largest first."""
    ids, counts = np.unique([row["first"] for row in rows], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {str(ids[k]): float(counts[k] / len(rows)) for k in order}


def _pieces(corners: Any, first: Sequence[str]) -> list[tuple[str, Any]]:
    """Neighbours along a strip that share who is first, as one field: (who, its four corners)."""
    strips = np.round(corners[..., 1].min(axis=1), 9).tolist()
    found = []
    for (floor, id), members in groupby(range(len(first)), key=lambda k: (strips[k], first[k])):
        points = corners[list(members)].reshape(-1, 2)
        low = np.isclose(points[:, 1], floor)
        ends = [(part[:, 0].min(), part[:, 0].max(), part[0, 1]) for part in (points[low], points[~low])]
        (left, right, bottom), (start, end, top) = ends
        found.append((id, np.array([(left, bottom), (right, bottom), (end, top), (start, top)])))
    return found


def _borders(corners: Any, kinds: Sequence[Any]) -> list[list[tuple[float, float]]]:
    """The edges between small triangles of different kinds."""
    seen: dict[tuple[Any, ...], Any] = {}
    found = []
    for triangle, kind in zip(np.round(corners, 9).tolist(), kinds, strict=True):
        points = [tuple(point) for point in triangle]
        for a, b in ((0, 1), (1, 2), (0, 2)):
            edge = tuple(sorted((points[a], points[b])))
            if edge in seen and seen[edge] != kind:
                found.append(list(edge))
            seen[edge] = kind
    return found


def _middles(corners: Any, first: Sequence[str], share: dict[str, float], told: Sequence[str]) -> list[Any]:
    """Where the name of each large field is written: the small triangle nearest to the middle of the field."""
    found = []
    for id in told:
        if share[id] >= LEAST_NAMED:
            inside = corners[np.array([each == id for each in first])].mean(axis=1)
            x, y = inside[((inside - inside.mean(axis=0)) ** 2).sum(axis=1).argmin()].tolist()
            found.append((x, y, id, True))
    return found


def _corners(ax: Axes, groups: Sequence[str], words: Language) -> None:
    places = [
        ((0.5, HIGH), (0, 6), "center", "bottom"),
        ((0, 0), (0, -6), "left", "top"),
        ((1, 0), (0, -6), "right", "top"),
    ]
    for name, (where, offset, across, up) in zip(groups, places, strict=True):
        text = words.say("all weight on {group}", group=name)
        room = 5.5 if across == "center" else 2.55
        ax.annotate(
            "\n".join(wrapped(text, room, most=3)),
            where,
            xytext=offset,
            textcoords="offset points",
            ha=across,
            va=up,
            linespacing=LINE - 0.1,
            annotation_clip=False,
        )


def _key(ax: Axes, rows: Sequence[Row], told: Sequence[str], words: Language) -> None:
    """Who is first on which share of the map."""
    from matplotlib.patches import Rectangle

    box, figure = ax.get_position(), figure_of(ax)
    wide, tall = figure.get_figwidth(), figure.get_figheight()
    x, y = box.x1 * wide + 0.25, box.y1 * tall - 0.2
    names = {row["first"]: row["name"] for row in rows}
    lines = [(FAINT, words.say("first on this share of the map"))]
    for id, share in shares(rows).items():
        if id in told:
            name = "" if names[id] == id else f" {names[id]}"
            lines.append((FILLS[told.index(id)], f"{words.percent(share)}  {id}{name}"))
    rest = 1 - sum(share for id, share in shares(rows).items() if id in told)
    if rest > 1e-9:
        lines.append(("#ffffff", f"{words.percent(rest)}  {words.say('others')}"))
    for k, (colour, text) in enumerate(lines):
        if k:
            size = (0.16 / wide, 0.13 / tall)
            at = (x / wide, (y - 0.14) / tall)
            swatch = Rectangle(at, *size, facecolor=colour, edgecolor=INK, linewidth=0.4)
            swatch.set_transform(figure.transFigure)
            figure.add_artist(swatch)
        shown = wrapped(text, wide - x - 0.35, most=2)
        figure.text((x + (0.24 if k else 0)) / wide, y / tall, "\n".join(shown), va="top", linespacing=LINE - 0.15)
        y -= 0.14 * len(shown) + 0.1


def finding(rows: Sequence[Row], words: Language) -> str:
    """Who is first on most of the map, and on how much of it the list is the stated one."""
    (id, share), *_ = shares(rows).items()
    row = next(row for row in rows if row["first"] == id)
    facts = {"name": named({"id": id, "name": row["name"]}), "share": share_of(words, share)}
    if rows[0]["same"] is None:
        return words.say("{name} is first at {share} of all balances of the three groups", **facts)
    same = share_of(words, sum(row["same"] for row in rows) / len(rows))
    template = "{name} is first at {share} of all balances of the three groups; the list is the same at {same}"
    return words.say(template, **facts, same=same)


def frame(rows: Sequence[Row]) -> Frame:
    """The size of a page with these rows."""
    return Frame(ACROSS, 4.7, left=0.6, right=4.6, top=0.35, bottom=0.6)


EXHIBIT = Exhibit(
    "ternary",
    "Ternary",
    lambda words: words.say("Ternary map of weights"),
    rows,
    draw,
    finding,
    frame,
    lambda words: words.say(
        "Each point is a balance of three groups of weights; in a corner one group has all. Star: the stated weights; "
        "circles: weight sets. The heavy line encloses the balances that give the stated list. Within a group the "
        "weights keep their ratios."
    ),
    circumstances=without_draws,
)
