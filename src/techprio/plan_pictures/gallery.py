"""All pictures of a programme by name."""

from __future__ import annotations

from importlib import import_module

from techprio.errors import UsageError
from techprio.plans.progress import Progress
from techprio.plots.leaf import Leaf
from techprio.plots.picture import Picture
from techprio.wording import Language, nearest

NAMES = ("roadmap", "attainment", "overdue", "means")


def leaves(progress: Progress, names: tuple[str, ...], words: Language) -> list[Leaf]:
    """The pages of the pictures named, or of all that have something to show. Raises UsageError for an unknown name."""
    for name in names:
        if name not in NAMES:
            raise UsageError("there is no picture {id}", id=name, near=nearest(name, NAMES))
    made: list[Leaf] = []
    for name in names or NAMES:
        made += import_module(f"techprio.plan_pictures.{name}").leaves(progress, words)
    return made


def pictures(progress: Progress, names: tuple[str, ...], words: Language) -> list[Picture]:
    """The same, drawn."""
    return [leaf.drawn() for leaf in leaves(progress, names, words)]
