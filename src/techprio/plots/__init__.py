"""Pictures that a committee can be given as they are: a result in, finished sheets out.

Every exhibit is a file of its own with ``rows(result, words)``, the numbers behind the picture, and
``draw(ax, rows, words)``, which draws them on any axes. ``plot`` puts them on sheets: the finding as title, a banner
while figures are illustrative, and in the foot what the picture rests on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from techprio.errors import UsageError
from techprio.wording import language, nearest

if TYPE_CHECKING:
    from techprio.plots.exhibit import Exhibit
    from techprio.plots.picture import Picture
    from techprio.study.folder import Study

NAMES = (
    "verdict",
    "ranges",
    "acceptability",
    "contributions",
    "stability",
    "lines",
    "flips",
    "evidence",
    "shifts",
    "sets",
    "multiverse",
    "effective",
    "correlations",
    "tradeoff",
    "gaia",
    "ternary",
    "hasse",
)
"""Every exhibit, in the order in which a committee should see them."""


ELSEWHERE = {
    **dict.fromkeys(("portfolio", "index", "curve", "balance", "prices"), "techprio select --plot"),
    **dict.fromkeys(("plans", "roadmap", "attainment", "overdue", "means"), "techprio plan plot"),
}
"""Pictures of what is no ranking, and the commands that draw them."""


def known(name: str) -> str:
    """The name of an exhibit. Raises UsageError with the nearest one, or with the command that draws it."""
    if name in ELSEWHERE:
        raise UsageError("the picture {id} is drawn by {command}", id=name, command=ELSEWHERE[name])
    if name not in NAMES:
        raise UsageError("there is no picture {id}", id=name, near=nearest(name, NAMES))
    return name


def find(name: str) -> Exhibit:
    """The exhibit of that name."""
    known(name)
    found: Exhibit = import_module(f"techprio.plots.{name}").EXHIBIT
    return found


def plot(result: Any, name: str | None = None, *, lang: str = "en", **options: Any) -> list[Picture]:
    """The pictures of a result: of all exhibits that show its kind, or of the one named; one a page.

    Of a study, any exhibit by name; ``options`` are then those of the verbs (``weights="breakthrough"`` …).
    """
    from techprio.plots.exhibit import pictures
    from techprio.study.folder import Study

    if isinstance(result, Study):
        return _of_study(result, name, lang, options)
    if options:
        raise TypeError(f"a result is what it is: {', '.join(options)} can be asked of a study only")
    kind = type(result).__name__
    fitting = [each for each in map(find, NAMES) if each.takes == kind]
    chosen = fitting if name is None else [find(name)]
    if not fitting or any(each not in fitting for each in chosen):
        there = ", ".join(each.name for each in fitting)
        raise UsageError("a {kind} is not shown so; its pictures: {there}", kind=kind, there=there or "–")
    return [picture for each in chosen for picture in pictures(each, result, language(lang))]


def _of_study(study: Study, name: str | None, lang: str, options: Any) -> list[Picture]:
    """The pages of one exhibit of a study."""
    from techprio.plots.gallery import Gallery
    from techprio.verbs import choices_of

    if name is None:
        raise UsageError("name a picture of the study: {names}", names=", ".join(NAMES))
    return Gallery(study, choices_of(options)).pictures(name, language(lang))
