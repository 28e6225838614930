"""Certificates in a file, checked again: their arithmetic, and whether they are about this study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from techprio.errors import UsageError
from techprio.methods.registry import find
from techprio.proving import Standing, tolerance_of
from techprio.robustness.checking import Checker, Finding
from techprio.tables import Column, Table, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

DAMAGED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What bad data raise."""
BECAUSE_DAMAGED = "the data are damaged"
BECAUSE_MORE = "the ranking says more than the certificates prove"
BECAUSE_SAME = "the files are the same"
BECAUSE_CHANGED = "the files have changed since"
BECAUSE_TERMS = "terms, weight space and list are those of the study"
BECAUSE_OTHER = "they are not those of the study"


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """What became of each claim in a file."""

    findings: tuple[tuple[str, Finding], ...]
    """(at the stated figures, or over their ranges; finding)."""
    compared: bool
    """Whether a study was there to compare the file with."""

    @property
    def holds(self) -> bool:
        return all(finding.holds for _, finding in self.findings)

    def rows(self) -> list[dict[str, Any]]:
        """One row a claim."""
        return [
            {
                "figures": figures,
                "candidate": f.candidate,
                "claim": f.claim,
                "holds": f.holds,
                "reason": language("en").say(f.reason, **f.facts),
            }
            for figures, f in self.findings
        ]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        import pandas as pd

        return pd.json_normalize(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The verification as plain data."""
        return {"format": 1, "holds": self.holds, "compared_with_study": self.compared, "rows": self.rows()}

    def sentence(self, words: Language) -> str:
        """Whether all holds."""
        n, failed = len(self.findings), sum(not finding.holds for _, finding in self.findings)
        if failed:
            return words.say("{k} of {n} claims do not hold.", k=failed, n=n)
        if not self.compared:
            return words.say("All {n} claims hold by their own data; no study was there to compare these with.", n=n)
        return words.say("All {n} claims hold, and they are about this study.", n=n)

    def table(self, words: Language) -> Table:
        """The findings on one page."""
        columns = [
            Column("candidate", "candidate"),
            Column("claim", "claim"),
            Column("figures", "figures"),
            Column("holds", "holds"),
            Column("reason", "reason", narrows="wraps"),
        ]
        rows = [
            {
                "candidate": f.candidate,
                "claim": words.say(f.claim),
                "figures": words.say(figures),
                "holds": words.say("holds") if f.holds else words.say("FAILS"),
                "reason": words.say(f.reason, **f.facts),
            }
            for figures, f in self.findings
        ]
        return Table(columns, rows, words.say("Certificates checked"), [self.sentence(words)])

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


def verify(data: Any, standing: Standing | None, digests: Mapping[str, str] | None) -> Verification:
    """Check every certificate in what ``rank --format json`` or ``robust certificates --format json`` wrote.

    ``standing`` and ``digests`` are those of the study at hand, computed anew; None: there is none to compare with.
    Raises UsageError if the file holds no certificates.
    """
    documents = data.get("certificates") if isinstance(data, Mapping) else None
    if not isinstance(documents, list) or not documents:
        raise UsageError("there are no certificates in the file; techprio rank --format json writes them")
    found: list[tuple[str, Finding]] = []
    claimed: dict[str, set[str]] = {}
    for document in documents:
        try:
            figures = "ranges" if document["figures"] == "ranges" else "stated"
            checker = Checker(document, tolerance_of(find(str(data["method"]["id"]))))
            findings = [*checker.findings(), *checker.extremes(document.get("extreme_ranks", ()))]
        except DAMAGED:
            figures, findings = "stated", [Finding("–", "certificate", False, BECAUSE_DAMAGED, {})]
        found += [(figures, finding) for finding in findings]
        for finding in findings:
            if finding.holds:
                claimed.setdefault(finding.candidate, set()).add(f"{figures} {finding.claim}")
    found += [("stated", finding) for finding in _ranking(data, claimed)]
    if standing is not None and digests is not None:
        found += [("stated", finding) for finding in _study(data, documents, standing, digests)]
    return Verification(tuple(found), standing is not None)


def _ranking(data: Mapping[str, Any], claimed: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Whether each band and mark of the ranking has its claim."""
    for row in data.get("ranking", data.get("rows", ())):
        id = str(row.get("id", row.get("candidate")))
        claims = claimed.get(id, set())
        wanted = {"core": "stated always listed", "out": "stated never listed"}.get(str(row.get("band")))
        lacks = wanted is not None and wanted not in claims
        if row.get("certified") == "weights_and_figures":
            lacks |= not claims & {"ranges always listed", "ranges never listed"}
        if row.get("certified") == "weights":
            lacks |= not claims & {"stated always listed", "stated never listed"}
        if lacks:
            yield Finding(id, "band", False, BECAUSE_MORE, {})


def _study(
    data: Mapping[str, Any], documents: list[Any], standing: Standing, digests: Mapping[str, str]
) -> Iterator[Finding]:
    """Whether the file is about the study at hand."""
    stated = data.get("study", {})
    same = all(stated.get(key) == digest for key, digest in digests.items())
    yield Finding("–", "study", same, BECAUSE_SAME if same else BECAUSE_CHANGED, {})
    again = standing.certificates()
    for number, document in enumerate(documents):
        try:
            same = number < len(again) and _alike(document, again[number])
        except DAMAGED:
            same = False
        reason = BECAUSE_TERMS if same else BECAUSE_OTHER
        yield Finding("–", "terms", same, reason, {})


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two documents stand on the same terms, space and list."""
    if list(one["terms"]) != list(other["terms"]) or one["criteria"] != other["criteria"]:
        return False
    floors = [
        [{k: f[k] for k in ("kind", "label", "count", "members")} for f in d["cut"]["floors"]] for d in (one, other)
    ]
    if floors[0] != floors[1] or one["cut"]["total"] != other["cut"]["total"]:
        return False
    pairs = [(one["terms"][id], other["terms"][id]) for id in one["terms"]]
    numbers = [(a[k], b[k]) if isinstance(a, Mapping) else (a, b) for a, b in pairs for k in ("low", "high")]
    spaces = [(one["space"][k], other["space"][k]) for k in ("lower", "upper", "rows", "bounds", "corners")]
    return all(
        (a is None) == (b is None)
        and (a is None or (np.shape(a) == np.shape(b) and bool(np.allclose(a, b, rtol=0, atol=1e-12))))
        for a, b in [*numbers, *spaces]
    )
