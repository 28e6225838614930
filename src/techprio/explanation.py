"""Why a candidate stands where it does: from its rank to each contribution, to the figure, the source and the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from techprio.build import Excluded
from techprio.errors import Place
from techprio.study.candidates import Figure
from techprio.tables import DETAIL, Column, Table, decimals, rounded, to_html
from techprio.verdict import Verdict
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of one candidate: what it adds, and what that rests on."""

    criterion: str
    name: Mapping[str, str]
    unit: str
    weight: float
    figure: Figure
    value: float
    """From 0 to 1; of a missing figure, what stands for it."""
    contribution: float | None
    """weight × value, where the score is such a sum."""
    lead: float
    """How far it lifts the candidate above the average one; below 0: how far it pulls it down."""
    place: Place | None

    def row(self) -> dict[str, Any]:
        f = self.figure
        return {
            "criterion": self.criterion,
            "name": language("en").text(self.name),
            "weight": rounded(self.weight),
            "figure": rounded(f.nominal),
            "low": rounded(f.low),
            "high": rounded(f.high),
            "unit": self.unit,
            "value": rounded(self.value),
            "contribution": rounded(self.contribution),
            "lead": rounded(self.lead),
            "sources": [{"id": c.id, "page": c.page, "says": language("en").text(c.says) or None} for c in f.source],
            "as_of": f.as_of,
            "grade": f.grade,
            "illustrative": f.illustrative,
            "note": language("en").text(f.note) or None,
            "place": str(self.place) if self.place else None,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """One candidate's place, criterion by criterion, the largest lead first."""

    verdict: Verdict
    candidate: str
    lines: tuple[Line, ...]

    def rows(self) -> list[dict[str, Any]]:
        return [line.row() for line in self.lines]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        """The candidate's row of the ranking, and its criteria."""
        return {"format": 1, "candidate": self._place(), "criteria": self.rows()}

    def _place(self) -> dict[str, Any]:
        return next(row for row in self.verdict.rows() if row["id"] == self.candidate)

    def table(self, words: Language) -> Table:
        place, names = (
            self._place(),
            dict(zip(self.verdict.problem.candidates, self.verdict.problem.names, strict=True)),
        )
        columns = [
            Column("criterion", "criterion", narrows="wraps"),
            Column("weight", "weight", "right", lambda v, w: w.percent(v, 1)),
            Column("figure", "figure", "right"),
            Column("value", "value", "right", decimals(2)),
            Column("contribution", "adds", "right", decimals(3)),
            Column("lead", "lead", "right", _signed),
            Column("place", "where", rank=1),
        ]
        rows = [_shown(line, words) for line in self.lines]
        total = len(self.verdict.problem.candidates)
        title = words.say(
            "{id} {name}: rank {rank} of {total}, score {score}",
            id=self.candidate,
            name=words.text(names[self.candidate]),
            rank=place["rank"],
            total=total,
            score=words.number(place["score"], 3),
        )
        return Table(columns, rows, title, [*_standing(place, words), _lead_note(words)])

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why one candidate stands above another, criterion by criterion, the largest difference first."""

    upper: Explanation
    lower: Explanation

    def pairs(self) -> list[tuple[Line, Line, float]]:
        """The two lines of each criterion, and how much of the difference it makes."""
        other = {line.criterion: line for line in self.lower.lines}
        found = [(line, other[line.criterion], line.lead - other[line.criterion].lead) for line in self.upper.lines]
        return sorted(found, key=lambda pair: -abs(pair[2]))

    def rows(self) -> list[dict[str, Any]]:
        a, b = self.upper.candidate, self.lower.candidate
        return [
            {
                "criterion": x.criterion,
                "name": language("en").text(x.name),
                "weight": rounded(x.weight),
                f"figure.{a}": rounded(x.figure.nominal),
                f"figure.{b}": rounded(y.figure.nominal),
                f"value.{a}": rounded(x.value),
                f"value.{b}": rounded(y.value),
                "difference": rounded(difference),
                f"place.{a}": str(x.place) if x.place else None,
                f"place.{b}": str(y.place) if y.place else None,
            }
            for x, y, difference in self.pairs()
        ]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        candidates = [self.upper.to_json()["candidate"], self.lower.to_json()["candidate"]]
        return {"format": 1, "candidates": candidates, "criteria": self.rows()}

    def table(self, words: Language) -> Table:
        a, b = self.upper.candidate, self.lower.candidate
        columns = [
            Column("criterion", "criterion", narrows="wraps"),
            Column("weight", "weight", "right", lambda v, w: w.percent(v, 1)),
            Column("a", a, "right"),
            Column("b", b, "right"),
            Column("difference", "difference", "right", _signed),
            Column("places", "where", rank=1),
        ]
        rows = [
            {
                "criterion": words.text(x.name),
                "weight": x.weight,
                "a": _figure(x, words),
                "b": _figure(y, words),
                "difference": difference,
                "places": f"{_where(x.place)}\n{_where(y.place)}",
            }
            for x, y, difference in self.pairs()
        ]
        first, second = (explanation.to_json()["candidate"] for explanation in (self.upper, self.lower))
        title = words.say(
            "{a} (rank {x}, score {s}) and {b} (rank {y}, score {t})",
            a=a,
            b=b,
            x=first["rank"],
            y=second["rank"],
            s=words.number(first["score"], 3),
            t=words.number(second["score"], 3),
        )
        note = "difference: what the criterion adds to what separates them, + for {a}, - for {b}; the sum is {sum}."
        total = _signed(sum(difference for *_, difference in self.pairs()), words)
        return Table(columns, rows, title, [words.say(note, a=a, b=b, sum=total)])

    def _repr_html_(self) -> str:
        return to_html(self.table(language("en")), language("en"))


@dataclass(frozen=True, slots=True)
class NotScored:
    """A candidate that a gate keeps out, and why."""

    excluded: Excluded

    def rows(self) -> list[dict[str, Any]]:
        english = language("en")
        return [
            {"id": self.excluded.id, "gate": f.gate, "basis": list(f.basis), "reason": f.reason(english)}
            for f in self.excluded.failures
        ]

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, "candidate": {"id": self.excluded.id, "rank": None}, "gates": self.rows()}

    def table(self, words: Language) -> Table:
        title = words.say("{id} {name} is not scored", id=self.excluded.id, name=words.text(self.excluded.name))
        columns = [
            Column("gate", "gate"),
            Column("basis", "basis", narrows="wraps"),
            Column("reason", "reason", narrows="wraps"),
        ]
        rows = [
            {"gate": words.text(f.name) or f.gate, "basis": "\n".join(f.basis), "reason": f.reason(words)}
            for f in self.excluded.failures
        ]
        return Table(columns, rows, title)


def _shown(line: Line, words: Language) -> dict[str, Any]:
    f = line.figure
    cited = "; ".join(filter(None, (" ".join(filter(None, (c.id, c.page))) for c in f.source)))
    about = ", ".join(filter(None, (cited, f.as_of, f.grade, words.say("illustrative") if f.illustrative else "")))
    return {
        "criterion": words.text(line.name),
        DETAIL: " ".join(filter(None, (f"[{about}]" if about else "", words.text(f.note)))),
        "weight": line.weight,
        "figure": _figure(line, words),
        "value": line.value,
        "contribution": line.contribution,
        "lead": line.lead,
        "place": _where(line.place),
    }


def _figure(line: Line, words: Language) -> str:
    f = line.figure
    if f.nominal is None:
        return words.say("missing")
    unit = f" {line.unit}" if line.unit else ""
    ends = "" if f.low is None or f.high is None else f"\n{words.number(f.low)}–{words.number(f.high)}"
    return f"{words.number(f.nominal)}{unit}{ends}"


def _where(place: Place | None) -> str:
    return f"{PurePath(place.file).name}:{place.line}" if place else ""


def _signed(value: Any, words: Language) -> str:
    return "" if value is None else ("+" if value > 0 else "") + words.number(value, 3)


def _standing(place: Mapping[str, Any], words: Language) -> Iterator[str]:
    if place["band"]:
        yield words.say(
            "{band}: on the list in {p} of the draws; in 90% of them its rank is {low} to {high}.",
            band=words.say(place["band"]),
            p=words.percent(place["p_cut"]),
            low=place["rank_low"],
            high=place["rank_high"],
        )
    if place["illustrative"]:
        yield words.say(
            "ILLUSTRATIVE: {share} of its weight rests on figures that nobody has assessed.",
            share=words.percent(place["illustrative"]),
        )


def _lead_note(words: Language) -> str:
    return words.say(
        "adds: weight × value; lead: how far that lifts the candidate above the average one, or pulls it below."
    )
