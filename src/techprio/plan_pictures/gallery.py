"""All pictures of a programme by name."""

from __future__ import annotations

from importlib import import_module

from techprio.errors import UsageError
from techprio.plans.progress import Progress
from techprio.plots.picture import Picture
from techprio.wording import Language, nearest

NAMES = ("roadmap", "attainment", "overdue", "means")


def pictures(progress: Progress, names: tuple[str, ...], words: Language) -> list[Picture]:
    """The pictures named, or all; one that has nothing to show has no page. Raises UsageError for an unknown name."""
    for name in names:
        if name not in NAMES:
            raise UsageError("there is no picture {id}", id=name, near=nearest(name, NAMES))
    made: list[Picture] = []
    for name in names or NAMES:
        made += import_module(f"techprio.plan_pictures.{name}").pictures(progress, words)
    return made
