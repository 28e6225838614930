"""Certificates in a file, checked again: their arithmetic, and whether they are about this study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from techprio.errors import UsageError
from techprio.methods.registry import find
from techprio.proving import tolerance_of
from techprio.questions.comparing import compared
from techprio.robustness.certificates import SEAL, sealed
from techprio.robustness.checking import Checker, Finding
from techprio.tables import Column, Table, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

DAMAGED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What bad data raise."""
BECAUSE_DAMAGED = "the data are damaged"
BECAUSE_MORE = "the ranking says more than the certificates prove"
BECAUSE_BROKEN = "the certificate is not as it was written: its seal is broken"


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


def verify(data: Any, again: Mapping[str, Any] | None) -> Verification:
    """Check every certificate in what ``rank --format json`` or ``robust certificates --format json`` wrote.

    ``again`` is what the study at hand gives anew, as ``Verdict.to_json`` writes it: empty if it gives nothing that is
    asked so; None: there is none to compare with. Raises UsageError if the file holds no certificates.
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
            if document.get(SEAL) != sealed(document)[SEAL]:
                findings.append(Finding("–", "certificate", False, BECAUSE_BROKEN, {}))
        except DAMAGED:
            figures, findings = "stated", [Finding("–", "certificate", False, BECAUSE_DAMAGED, {})]
        found += [(figures, finding) for finding in findings]
        for finding in findings:
            if finding.holds:
                claimed.setdefault(finding.candidate, set()).add(f"{figures} {finding.claim}")
    found += [("stated", finding) for finding in _ranking(data, claimed)]
    if again is not None:
        found += [("stated", finding) for finding in compared(data, again)]
    return Verification(tuple(found), again is not None)


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
