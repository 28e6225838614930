"""How far rankings agree, and one ranking that stands for many.

Two rankings (m,): ``kendall``, ``spearman``, ``weighted_spearman``, ``ws``, ``rbo``, ``top_k``. Many (k, m):
``kendall_w``, and the consensus by ``borda``, ``copeland``, ``schulze`` or ``kemeny``. 1 is best, less is better; only
the order counts, so ranks may follow any rule for ties. A coefficient that has no value, as of a ranking that ties
all candidates, raises UndefinedError; ``if_defined`` makes None of it.
"""

from techprio.agreement.concordance import kendall_w
from techprio.agreement.consensus import Consensus, borda, copeland, preferences, schulze
from techprio.agreement.kemeny import Kemeny, kemeny
from techprio.agreement.pairs import if_defined, kendall, overlaps, rbo, spearman, top_k, weighted_spearman, ws

__all__ = [
    "Consensus",
    "Kemeny",
    "borda",
    "copeland",
    "if_defined",
    "kemeny",
    "kendall",
    "kendall_w",
    "overlaps",
    "preferences",
    "rbo",
    "schulze",
    "spearman",
    "top_k",
    "weighted_spearman",
    "ws",
]
