"""What has been read so far, sound or not: what the rules between files look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from techprio.errors import UsageError
from techprio.study.candidates import Candidate, Evidence, Figure
from techprio.study.criteria import CriteriaFile
from techprio.study.methods import Methods, Weighed
from techprio.study.names import Names
from techprio.study.nodes import Branch, Leaf
from techprio.study.portfolio import Resource
from techprio.study.sources import Publication
from techprio.study.tree import walk
from techprio.wording import nearest
from techprio.yaml_source import Path_, Source

if TYPE_CHECKING:  # not every command reads plans
    from techprio.study.plans import AgenciesFile, Plan, ReportFile


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
