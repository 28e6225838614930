"""What every weighting from judgements returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from techprio.hall import Floats, frozen
from techprio.tables import Column, Table, as_text, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Judged:
    """Weights of the nodes that were judged."""

    nodes: tuple[str, ...]
    weights: Floats
    """(n,) in the order of the nodes; their sum is 1."""

    def rows(self) -> list[dict[str, Any]]:
        """Node and weight, and what else is known of each node."""
        return [{"node": id, "weight": float(w)} for id, w in zip(self.nodes, self.weights, strict=True)]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def _repr_html_(self) -> str:
        rows = self.rows()
        columns = [Column(key, key, "left" if key == "node" else "right", _shown) for key in rows[0]]
        return to_html(Table(columns, rows), language("en"))


def _shown(value: Any, words: Language) -> str:
    return words.number(value, 4) if isinstance(value, float) else as_text(value, words)


def shared(importance: Any) -> Floats:
    """Importances (n,), one of them above 0, divided by their sum; read-only."""
    importance = np.asarray(importance, float)
    importance = importance / importance.max()
    return frozen(importance / importance.sum())
