"""All pictures of a chosen set by name."""

from __future__ import annotations

from importlib import import_module

from techprio.plots.picture import Picture
from techprio.selection import Selection
from techprio.wording import Language

NAMES = ("index", "curve", "balance", "prices")


def pictures(selection: Selection, words: Language) -> list[Picture]:
    """Every picture that has something to show."""
    made: list[Picture] = []
    for name in NAMES:
        made += import_module(f"techprio.selection_pictures.{name}").pictures(selection, words)
    return made
