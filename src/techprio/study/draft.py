"""What has been read so far, sound or not: what the rules between files look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from techprio.errors import Fault, UsageError
from techprio.study.base import ID_PATTERN, misspelt
from techprio.study.candidates import Candidate, Evidence, Figure
from techprio.study.criteria import CriteriaFile, WeightSet
from techprio.study.gates import Gate
from techprio.study.nodes import NODE_KEYS, Branch, Leaf
from techprio.study.portfolio import Portfolio, Resource
from techprio.study.sources import Publication
from techprio.study.tree import walk
from techprio.wording import nearest
from techprio.yaml_source import UNREAD, Map, Path_, Seq, Source

if TYPE_CHECKING:  # not every command reads plans
    from techprio.study.plans import AgenciesFile, Plan, ReportFile


class Doubt(NamedTuple):
    """Judgements that can be used and should be looked at again: where, below what is weighed, and why."""

    path: Path_
    message: str
    hint: str
    facts: Mapping[str, Any]


class Weighed(NamedTuple):
    """What judgements come to."""

    weights: Mapping[str, float]
    doubts: Sequence[Doubt]


@dataclass(frozen=True, slots=True)
class Weighting:
    """What the rules know of a way of finding weights."""

    settings: frozenset[str]
    judges: bool
    """Whether it takes judgements."""
    reads_figures: bool
    weigh: Callable[[WeightSet, Any, Sequence[str]], Weighed]
    """(weight set, judgements, nodes) → weights. Raises UsageError; a JudgementError leads to the judgement."""


@dataclass(frozen=True, slots=True)
class Methods:
    """What there is to rank, weigh and sort by. Passed in: methods lie below."""

    ranking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ranking method → the names of its settings."""
    weighting: Mapping[str, Weighting] = field(default_factory=dict)
    sorting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Sorting method → the names of its settings that a study may state."""
    afterwards: Callable[[Any], Iterable[Fault]] = lambda study: ()
    """Sound study → faults that show only when weights are found from its figures."""


@dataclass(slots=True)
class Names:
    """The ids of one kind that the files name, in sound parts and in faulty ones; it grows as files are read."""

    ids: set[str] = field(default_factory=set)
    whole: bool = True
    """False where there is one that could not be read: then no id can be called unknown."""
    _known: frozenset[str] = frozenset()

    def add(self, ids: Iterable[str | None]) -> Names:
        """Take in ids as the functions below find them."""
        for id in ids:
            if id is None:
                self.whole = False
            else:
                self.ids.add(id)
        return self

    @property
    def known(self) -> frozenset[str]:
        """The ids, as what an unknown one is compared with; made once, for there may be a fault a figure."""
        if len(self._known) != len(self.ids):
            self._known = frozenset(self.ids)
        return self._known

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
    stated: Names
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
    def stated(self) -> Names:
        if len(self.layers) == 1:
            return self.layers[0].stated
        each = [layer.stated for layer in self.layers]
        return Names(set().union(*(names.ids for names in each)), all(names.whole for names in each))


class Column(NamedTuple):
    """One criterion with the figures that the layers state for it."""

    leaf: Leaf | Resource
    figures: list[tuple[Layer, Figure]]

    def path(self, layer: Layer) -> Path_:
        return (*layer.path, "figures", self.leaf.id)


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication and where it stands."""

    publication: Publication
    source: Source
    path: Path_


class PlanAt(NamedTuple):
    """A plan and the file it stands in."""

    plan: Plan
    source: Source
    milestones: Names
    """The ids of its milestones, faulty ones included."""
    kpis: Names


class ReportAt(NamedTuple):
    """A monthly report, the file it stands in and what its content comes to."""

    report: ReportFile
    source: Source
    digest: str


@dataclass(slots=True)
class PlanDraft:
    """What has been read of plans, agencies and reports."""

    plans: list[PlanAt] = field(default_factory=list)
    reports: list[ReportAt] = field(default_factory=list)
    agencies: AgenciesFile | None = None
    agencies_source: Source | None = None
    plan_ids: Names = field(default_factory=Names)
    agency_ids: Names = field(default_factory=Names)
    months: Names = field(default_factory=Names)

    def plan(self, id: str) -> PlanAt | None:
        return next((at for at in self.plans if at.plan.id == id), None)

    def in_order(self) -> list[ReportAt]:
        """The reports, the oldest first; of a month entered twice, the one whose file has its name."""
        named = sorted(
            self.reports, key=lambda at: (at.report.month, not at.source.file.endswith(f"{at.report.month}.yaml"))
        )
        return list({at.report.month: at for at in reversed(named)}.values())[::-1]


@dataclass
class Draft:
    """The sound parts of every file, and what is known of the others."""

    criteria_source: Source
    criteria: CriteriaFile | None
    whole: bool
    """Whether the criteria file has no fault of shape: if it has, sums over it mean nothing."""
    layers: list[Layer] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    publications: list[tuple[str, Cited]] = field(default_factory=list)
    nodes: Names = field(default_factory=Names)
    questions: Names = field(default_factory=Names)
    weight_sets: Names = field(default_factory=Names)
    candidates: Names = field(default_factory=Names)
    sources: Names = field(default_factory=Names)
    resources: Names = field(default_factory=Names)
    all_records: bool = True
    """Whether every candidate of the files is among the records."""
    own_candidates: bool = True
    """Whether the candidates are those that the criteria file names: others need not suit its portfolio."""
    layered: bool = False
    """Whether there are several folders, one laid over another."""
    methods: Methods = field(default_factory=Methods)
    judged: dict[Path_, Weighed | UsageError] = field(default_factory=dict)
    """What judgements came to, by their path: found once."""
    programme: PlanDraft = field(default_factory=PlanDraft)

    @property
    def plans_as_of(self) -> str | None:
        """The day up to which plans are monitored."""
        criteria, source = self.criteria, self.criteria_source
        if criteria is None or source.lost(("plans",), "as_of"):
            return None
        return (criteria.plans.as_of if criteria.plans else None) or criteria.as_of

    @cached_property
    def leaf_paths(self) -> dict[str, tuple[Path_, Leaf]]:
        """The criteria with their paths, but for those whose id another node has too."""
        nodes = list(walk(self.criteria.criteria if self.criteria else ()))
        count = Counter(node.id for _, node in nodes)
        return {node.id: (path, node) for path, node in nodes if isinstance(node, Leaf) and count[node.id] == 1}

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        return {id: leaf for id, (_, leaf) in self.leaf_paths.items()}

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The criteria of whose scale or value function something could not be read."""
        parts: tuple[Path_, ...] = (
            ("scale",),
            ("scale", "levels"),
            ("value",),
            ("value", "values"),
            ("value", "points"),
        )
        lost = self.criteria_source.lost
        return frozenset(id for id, (path, _) in self.leaf_paths.items() if any(lost((*path, *part)) for part in parts))

    @cached_property
    def branches(self) -> frozenset[str]:
        """The ids of nodes that have no figures of their own."""
        nodes = walk(self.criteria.criteria if self.criteria else ())
        return frozenset(node.id for _, node in nodes if isinstance(node, Branch)) - self.leaves.keys()

    @cached_property
    def columns(self) -> list[Column]:
        """The criteria with every figure that is stated for them."""
        return self._filled([Column(leaf, []) for leaf in self.leaves.values()])

    @cached_property
    def used(self) -> list[Column]:
        """The resources of the portfolio with every figure that is stated for them."""
        stated = self.criteria.portfolio if self.criteria else None
        return self._filled([Column(resource, []) for resource in stated.resources] if stated else [])

    def _filled(self, columns: list[Column]) -> list[Column]:
        found = {column.leaf.id: column for column in columns}
        for layer in self.layers:
            for id, figure in layer.candidate.figures.items():
                if id in found:
                    found[id].figures.append((layer, figure))
        return columns

    def evidence(self) -> Iterator[tuple[Layer, Evidence, tuple[str, str]]]:
        """Every figure and gate answer, known or not, with where it stands in its layer."""
        for layer in self.layers:
            for id, figure in layer.candidate.figures.items():
                yield layer, figure, ("figures", id)
            for id, answer in layer.candidate.gates.items():
                yield layer, answer, ("gates", id)

    def unstated(self, record: Record) -> list[str]:
        """The criteria of which a candidate says nothing, not even in a word that is spelled nearly so."""
        stated, leaves = record.stated, self.leaves
        lower_layers_known = self.candidates.whole or not self.layered
        if leaves.keys() <= stated.ids or not stated.whole or not lower_layers_known:
            return []
        meant = {nearest(id, leaves) for id in islice(sorted(stated.ids - leaves.keys() - self.branches), 20)}
        return [id for id in leaves if id not in stated.ids and id not in meant]


# -- ids in data that may be faulty; None stands for one that cannot be read ----------------------------------------


def part(data: object, key: str, known: Collection[str]) -> Any:
    """What stands under a key; None if nothing does, UNREAD if what does, or may, cannot be read."""
    if not isinstance(data, Map):
        return UNREAD
    if key in data:
        return data[key]
    return UNREAD if key in data.lost or None in data.lost or misspelt(data, key, known) else None


def id_of(item: object) -> str | None:
    """The id of a list's item: the item itself, or what it says under ``id``."""
    return _id(item.get("id") if isinstance(item, Map) else item)


def _id(id: object) -> str | None:
    return id if isinstance(id, str) and (id.isidentifier() or re.fullmatch(ID_PATTERN, id)) else None


def ids_in(items: object) -> Iterator[str | None]:
    """The ids of a list's items."""
    if isinstance(items, Seq):
        yield from map(id_of, items)
    elif items is not None:
        yield None


def keys_in(mapping: object) -> Iterator[str | None]:
    """The keys of a mapping that are ids."""
    if isinstance(mapping, Map):
        yield from map(_id, mapping)
        yield from [None] * bool(mapping.lost)
    elif mapping is not None:
        yield None


def node_ids(nodes: object) -> Iterator[str | None]:
    """The ids of all nodes of a tree."""
    yield from ids_in(UNREAD if nodes is None else nodes)
    for node in nodes if isinstance(nodes, Seq) else ():
        below = part(node, "criteria", NODE_KEYS)
        if below is not None:
            yield from node_ids(below)


def resource_ids(portfolio: object) -> Iterator[str | None]:
    """The ids of the resources of a portfolio section."""
    return ids_in(None if portfolio is None else part(portfolio, "resources", Portfolio.model_fields))


def question_ids(gates: object) -> Iterator[str | None]:
    """The ids of the questions of all gates."""
    if not isinstance(gates, Seq | None):
        yield None
    for gate in gates if isinstance(gates, Seq) else ():
        yield from ids_in(part(gate, "of", Gate.model_fields))
