"""What has been read so far, sound or not: what the rules between files look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from techprio.study.candidates import Candidate, Evidence, Figure
from techprio.study.criteria import CriteriaFile, Leaf
from techprio.study.sources import Publication
from techprio.study.tree import leaves
from techprio.yaml_source import Map, Path_, Seq, Source

Methods = Mapping[str, frozenset[str]]
"""Ranking method → the names of its settings. Passed in: methods lie below."""


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of one kind that the files name, in sound parts and in faulty ones."""

    ids: frozenset[str] = frozenset()
    whole: bool = True
    """False where a file could not be read: then no id can be called unknown."""

    def lack(self, id: str) -> bool:
        return self.whole and id not in self.ids


@dataclass(frozen=True, slots=True)
class Layer:
    """One candidate as one file states it."""

    candidate: Candidate
    source: Source
    path: Path_
    folder: int
    """Which of the study's folders the file lies in."""
    stated: frozenset[str]
    """The criteria that it gives figures for, faulty ones included."""


@dataclass(frozen=True, slots=True)
class Record:
    """One candidate with the layers that it is made of, lowest first."""

    candidate: Candidate
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, layers: tuple[Layer, ...]) -> Record:
        """Later layers are laid over earlier ones, figure by figure and answer by answer."""
        candidate = layers[0].candidate
        for layer in layers[1:]:
            above = layer.candidate
            stated = {name: getattr(above, name) for name in above.model_fields_set}
            stated["figures"] = {**candidate.figures, **above.figures}
            stated["gates"] = {**candidate.gates, **above.gates}
            candidate = candidate.model_copy(update=stated)
        return cls(candidate, layers)

    def layer_of(self, criterion: str) -> Layer | None:
        """The layer that the figure comes from."""
        return next((layer for layer in reversed(self.layers) if criterion in layer.candidate.figures), None)

    @property
    def stated(self) -> frozenset[str]:
        return frozenset().union(*(layer.stated for layer in self.layers))


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication and where it stands."""

    publication: Publication
    source: Source
    path: Path_


@dataclass(slots=True)
class Draft:
    """The sound parts of every file, and what is known of the others."""

    criteria_source: Source
    criteria: CriteriaFile | None
    whole: bool
    """Whether the criteria file has no fault of shape: if it has, sums over it mean nothing."""
    layers: list[Layer] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    publications: list[tuple[str, Cited]] = field(default_factory=list)
    nodes: Names = Names()
    questions: Names = Names()
    weight_sets: Names = Names()
    candidates: Names = Names()
    sources: Names = Names()
    methods: Methods = field(default_factory=dict)

    @property
    def leaves(self) -> dict[str, Leaf]:
        return {leaf.id: leaf for leaf in leaves(self.criteria.criteria)} if self.criteria else {}

    def figures(self) -> Iterator[tuple[Layer, Leaf, Figure, Path_]]:
        """Every stated figure on a known criterion."""
        known = self.leaves
        for layer in self.layers:
            for id, figure in layer.candidate.figures.items():
                if leaf := known.get(id):
                    yield layer, leaf, figure, (*layer.path, "figures", id)

    def evidence(self) -> Iterator[tuple[Layer, Evidence, Path_]]:
        """Every figure and gate answer, known or not."""
        for layer in self.layers:
            for section in ("figures", "gates"):
                for id, evidence in getattr(layer.candidate, section).items():
                    yield layer, evidence, (*layer.path, section, id)


def ids_in(items: object) -> Iterator[str]:
    """The ids of a list's items, whatever else is wrong with them."""
    for item in items if isinstance(items, list) else ():
        if isinstance(item, str):
            yield item
        elif isinstance(item, Map) and isinstance(item.get("id"), str):
            yield item["id"]


def node_ids(nodes: object) -> Iterator[str]:
    """The ids of all nodes of a tree, whatever else is wrong with them."""
    yield from ids_in(nodes)
    for node in nodes if isinstance(nodes, Seq) else ():
        if isinstance(node, Map):
            yield from node_ids(node.get("criteria"))


def keys_in(mapping: object) -> frozenset[str]:
    """The keys of a mapping that are words."""
    return frozenset(key for key in mapping if isinstance(key, str)) if isinstance(mapping, Map) else frozenset()


def names(ids: Iterable[str], whole: bool) -> Names:
    """The ids of one kind; ``whole`` if no others can be hidden."""
    return Names(frozenset(ids), whole)
