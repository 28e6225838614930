"""The weights of every set, down the tree: among siblings and of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from techprio.build import found_weights, node_weights, shares, weight_set
from techprio.study.folder import Study
from techprio.study.nodes import Leaf
from techprio.study.tree import walk
from techprio.tables import Column, Table, rounded, to_html
from techprio.weighing import Weighing
from techprio.weights_said import how_found, said_of
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class WeightTable:
    """Node by node, top down, the weights of the sets named."""

    study: Study
    sets: tuple[str, ...]

    @cached_property
    def found(self) -> dict[str, tuple[Weighing, ...]]:
        """Weight set → how its weights were found, where they are not stated."""
        return {id: found_weights(self.study, id) for id in self.sets}

    def rows(self) -> list[dict[str, Any]]:
        local = {id: node_weights(self.study, id) for id in self.sets}
        whole = {id: shares(self.study, local[id]) for id in self.sets}
        return [
            {
                "node": node.id,
                "name": language("en").text(node.name),
                "depth": len(path) // 2,
                "leaf": isinstance(node, Leaf),
                "weight": {id: rounded(local[id][node.id]) for id in self.sets},
                "share": {id: rounded(whole[id][node.id]) for id in self.sets},
            }
            for path, node in walk(self.study.criteria.criteria)
        ]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        sets = []
        for id in self.sets:
            stated = weight_set(self.study, id)
            by = language("en").text(stated.by) or None
            name = language("en").text(stated.name) or id
            found = [said_of(weighing) for weighing in self.found[id]]
            sets.append({"id": id, "name": name, "by": by, "method": stated.method, "found": found})
        return {"format": 1, "sets": sets, "nodes": self.rows()}

    def table(self, words: Language) -> Table:
        names = {node.id: node.name for _, node in walk(self.study.criteria.criteria)}
        columns = [Column("node", "node", narrows="wraps"), *(Column(id, id, "right", _percent) for id in self.sets)]
        rows = [
            {"node": "  " * (row["depth"] - 1) + words.called(row["node"], names[row["node"]]), **row["share"]}
            for row in self.rows()
        ]
        notes = [words.say("Shares of the whole; a branch's is the sum of those below it.")]
        for id in self.sets:
            if by := weight_set(self.study, id).by:
                notes.append(f"{id}: {words.text(by)}")
            notes += how_found(weight_set(self.study, id), self.found[id], words)
        if self.study.criteria.notice:
            notes.append(words.text(self.study.criteria.notice))
        return Table(columns, rows, words.say("Weights"), notes)

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def _percent(value: Any, words: Language) -> str:
    return words.percent(value, 1)


def weights(study: Study, set: str | None = None) -> WeightTable:
    """The weights of one set, or of all."""
    if set is not None:
        weight_set(study, set)
        return WeightTable(study, (set,))
    return WeightTable(study, ("base", *(s.id for s in study.criteria.weight_sets)))
