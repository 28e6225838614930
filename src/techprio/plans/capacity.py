"""What all plans add up to, by year and agency, against what is available."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from techprio.plans.readiness import made_up_note
from techprio.plans.standing import Date, Standing, agency_name, standings
from techprio.study.portfolio import MONEY
from techprio.study.programme import Programme
from techprio.tables import Column, Table, rounded, to_html
from techprio.wording import Language, language

if TYPE_CHECKING:
    import pandas as pd

KINDS = (*MONEY, "people")
"""Three sources of money in VND billion, and full-time posts."""
KIND_WORDS = {"state": "state budget", "enterprise": "enterprises", "other": "other sources", "people": "people"}


@dataclass(frozen=True, slots=True)
class Load:
    """One agency in one year: what its plans need of one kind, and what it has."""

    agency: str | None
    year: int
    kind: str
    need: float
    available: float | None
    """None where agencies.yaml does not say."""
    plans: tuple[str, ...]
    illustrative: bool

    @property
    def lacking(self) -> float | None:
        """How much more is needed than is available."""
        if self.available is None:
            return None
        return max(0.0, self.need - self.available)

    @property
    def is_short(self) -> bool:
        return self.lacking is not None and self.lacking > 1e-9 * max(1.0, self.need)

    def row(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "year": self.year,
            "kind": self.kind,
            "need": rounded(self.need),
            "available": rounded(self.available),
            "lacking": rounded(self.lacking),
            "plans": list(self.plans),
            "illustrative": self.illustrative,
        }


@dataclass(frozen=True, slots=True)
class Capacity:
    """All sums of a programme on one day."""

    programme: Programme
    as_of: Date
    loads: tuple[Load, ...]
    silent: tuple[str, ...]
    """The open plans that state no budget."""

    def rows(self) -> list[dict[str, Any]]:
        """One row an agency, a year and a kind of means."""
        return [load.row() for load in self.loads]

    def to_frame(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.rows())

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, "as_of": self.as_of.isoformat(), "loads": self.rows(), "without_budget": list(self.silent)}

    def by_year(self) -> list[Load]:
        """The sums over all agencies; what is available is known only where every agency that needs some says."""
        found: dict[tuple[int, str], list[Load]] = {}
        for load in self.loads:
            found.setdefault((load.year, load.kind), []).append(load)
        return [_sum(None, year, kind, parts) for (year, kind), parts in sorted(found.items(), key=_by_year)]

    def tables(self, words: Language) -> list[Table]:
        short = sum(load.is_short for load in self.loads)
        one = "In {n} case the plans need more than is available"
        many = "In {n} cases the plans need more than is available"
        title = (
            words.several(short, one, many) if short else words.say("Nowhere do the plans need more than is available")
        )
        notes = [
            words.say(
                "Money in VND billion, people in full-time posts; plans that are completed or stopped count no more"
            )
        ]
        if self.silent:
            notes.append(words.say("Without a budget: {plans}", plans=", ".join(self.silent)))
        notes += made_up_note(any(load.illustrative for load in self.loads), words)
        columns = [
            Column("agency", "agency", narrows="wraps"),
            Column("year", "year"),
            Column("kind", "means"),
            Column("need", "needed", "right"),
            Column("available", "available", "right"),
            Column("lacking", "lacking", "right"),
            Column("plans", "plans", narrows="wraps", rank=1),
        ]
        total = [{**self._row(load, words), "agency": words.say("all agencies")} for load in self.by_year()]
        body = [self._row(load, words) for load in self.loads]
        return [
            Table(columns, body, title, notes),
            Table(columns[1:-1], total, words.say("All agencies together, by year")),
        ]

    def _row(self, load: Load, words: Language) -> dict[str, Any]:
        return {
            "agency": words.text(agency_name(self.programme, load.agency)),
            "year": str(load.year),
            "kind": words.say(KIND_WORDS[load.kind]),
            "need": load.need,
            "available": "?" if load.available is None else load.available,
            "lacking": load.lacking if load.is_short else "",
            "plans": ", ".join(load.plans) + (" *" if load.illustrative else ""),
        }

    def _repr_html_(self) -> str:
        return "".join(to_html(table, language("en")) for table in self.tables(language("en")))


def _by_year(item: tuple[tuple[int, str], Any]) -> tuple[int, int]:
    return item[0][0], KINDS.index(item[0][1])


def _sum(agency: str | None, year: int, kind: str, parts: list[Load]) -> Load:
    known = [part.available for part in parts if part.available is not None]
    return Load(
        agency,
        year,
        kind,
        sum(part.need for part in parts),
        sum(known) if len(known) == len(parts) else None,
        tuple(plan for part in parts for plan in part.plans),
        any(part.illustrative for part in parts),
    )


def capacity(programme: Programme, as_of: Date) -> Capacity:
    """Add up the budgets and people of the plans that are open on a day; each counts for its lead agency."""
    open_plans = [at for at in standings(programme, as_of) if not at.is_closed]
    found: dict[tuple[str, int, str], list[tuple[float, Standing]]] = {}
    for at in open_plans:
        for year, kind, amount in _needed(at):
            found.setdefault((at.plan.lead or "", year, kind), []).append((amount, at))
    keys = sorted(found, key=lambda key: (key[0], key[1], KINDS.index(key[2])))
    loads = [_load(programme, key, found[key]) for key in keys]
    return Capacity(programme, as_of, tuple(loads), tuple(at.plan.id for at in open_plans if at.plan.budget is None))


def _needed(at: Standing) -> list[tuple[int, str, float]]:
    """Year, kind and amount of everything that a plan needs."""
    needed = []
    for year, money in (at.plan.budget.years if at.plan.budget else {}).items():
        needed += [(year, kind, getattr(money, kind)) for kind in MONEY]
    for year, posts in (at.plan.people.need if at.plan.people else {}).items():
        needed.append((year, "people", posts))
    return [(year, kind, amount) for year, kind, amount in needed if amount > 0]


def _load(programme: Programme, key: tuple[str, int, str], parts: list[tuple[float, Standing]]) -> Load:
    agency, year, kind = key
    at = programme.agencies.get(agency)
    available: float | None = None
    if at is not None and kind == "people":
        available = at.people.get(year)
    elif at is not None and year in at.money:
        available = getattr(at.money[year], kind)
    made_up = any(standing.illustrative for _, standing in parts) or (at is not None and at.illustrative)
    plans = tuple(standing.plan.id for _, standing in parts)
    return Load(agency or None, year, kind, sum(amount for amount, _ in parts), available, plans, made_up)
