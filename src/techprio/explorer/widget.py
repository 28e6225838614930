"""The explorer in a notebook: weights chosen there are read back here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import anywidget
import traitlets

from techprio import run
from techprio.build import Changes, node_weights, shares
from techprio.explorer.exploration import Exploration
from techprio.explorer.page import module, page, source, spoken
from techprio.verdict import Verdict


class Explorer(anywidget.AnyWidget):
    """The explorer as a widget.

    ``weights`` is node → weight among its siblings, as in a weight set: it follows the sliders, and the sliders follow
    it. Nodes left out keep the weight that they have in the run.
    """

    _esm = module()
    _css = source("explorer.css")
    data = traitlets.Dict().tag(sync=True)
    weights = traitlets.Dict().tag(sync=True)

    def __init__(self, exploration: Exploration, code: str) -> None:
        self.exploration = exploration
        super().__init__(data=_plain(spoken(exploration.data, code)), weights={})

    @property
    def shares(self) -> dict[str, float]:
        """Criterion → its share of the whole."""
        found = shares(self.exploration.study, self.weights)
        return {id: found[id] for id in self.exploration.verdict.problem.criteria}

    def rank(self) -> Verdict:
        """The run again, with the weights chosen."""
        choices = self.exploration.choices
        change = Changes(self.weights, choices.change.figure)
        return run.rank(self.exploration.study, replace(choices, change=change))

    def html(self) -> str:
        """The offline page of the run."""
        return page(self.exploration.data, self.data["language"])

    @traitlets.validate("weights")
    def _complete(self, proposal: Mapping[str, Any]) -> dict[str, float]:
        """Raises UsageError for a node that there is not, a weight below 0, and a branch whose nodes all weigh 0."""
        study, choices = self.exploration.study, self.exploration.choices
        given = {str(node): float(weight) for node, weight in proposal["value"].items()}
        found = node_weights(study, choices.weights, {**choices.change.weight, **given})
        shares(study, found)
        return found


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Only dicts and lists: what a widget can send."""
    import json

    plain: dict[str, Any] = json.loads(json.dumps(data, default=dict, allow_nan=False))
    return plain
