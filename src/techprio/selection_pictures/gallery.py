"""All pictures of a chosen set by name."""

from __future__ import annotations

from importlib import import_module

from techprio.plots.leaf import Leaf
from techprio.plots.picture import Picture
from techprio.selection import Selection
from techprio.wording import Language

NAMES = ("index", "curve", "balance", "prices")


def leaves(selection: Selection, words: Language) -> list[Leaf]:
    """The pages of every picture that has something to show."""
    made: list[Leaf] = []
    for name in NAMES:
        made += import_module(f"techprio.selection_pictures.{name}").leaves(selection, words)
    return made


def pictures(selection: Selection, words: Language) -> list[Picture]:
    """The same, drawn."""
    return [leaf.drawn() for leaf in leaves(selection, words)]
