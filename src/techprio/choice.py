"""Study + values → Model: which sets may be chosen, with the place in the files of everything that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from techprio.build import known
from techprio.errors import Place, UsageError
from techprio.hall import Floats, Problem, Words, frozen
from techprio.portfolio.model import Amount, Constraint, Model, Pair
from techprio.study.candidates import Candidate
from techprio.study.folder import Study
from techprio.study.portfolio import Budget, Members, PartialUse, Portfolio, Size
from techprio.study.selectors import chosen_by


@dataclass(frozen=True, slots=True)
class Wanted:
    """One-off changes to the portfolio section."""

    budgets: Mapping[str, float] = field(default_factory=dict)
    """Budget → its limit; a criterion or resource that no budget has that id of becomes a budget."""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    at_most: int | None = None
    """How many are chosen at the most."""

    def __bool__(self) -> bool:
        return bool(self.budgets or self.must or self.must_not or self.at_most is not None)


def section(study: Study, wanted: Wanted) -> Portfolio:
    """The portfolio section with what is asked for besides. Raises UsageError if there is neither."""
    stated = study.criteria.portfolio
    if stated is None and not wanted:
        raise UsageError("the study has no portfolio section: add portfolio: to the criteria file, or give --budget")
    stated = stated or Portfolio()
    budgets = {budget.id: budget for budget in stated.budgets}
    sums = [*(leaf.id for leaf in study.leaves), *(resource.id for resource in stated.resources)]
    for id, limit in wanted.budgets.items():
        if not limit >= 0:
            raise UsageError("{id} cannot be limited to {limit}", id=id, limit=limit)
        if id not in budgets:
            known(id, [*budgets, *sums], "there is no budget, criterion or resource {id}")
        old = budgets.get(id) or Budget(id=id, of=id, limit=limit)
        budgets[id] = old.model_copy(update={"limit": float(limit)})
    everybody = [candidate.id for candidate in study.candidates]
    for id in (*wanted.must, *wanted.must_not):
        known(id, everybody, "there is no candidate {id}")
    free = [id for id in stated.must_not if id not in wanted.must]
    kept = [id for id in stated.must if id not in wanted.must_not]
    update = {
        "budgets": tuple(budgets.values()),
        "must": tuple(dict.fromkeys([*kept, *wanted.must])),
        "must_not": tuple(dict.fromkeys([*free, *wanted.must_not])),
    }
    if wanted.at_most is not None:
        low = stated.size.at_least
        fits = low is None or low <= wanted.at_most
        update["size"] = Size(at_least=low if fits else None, at_most=wanted.at_most)  # type: ignore[assignment]
    return stated.model_copy(update=update)


def counted(study: Study, stated: Portfolio) -> Floats:
    """(n,) 1 for the criteria that count in a candidate's value, 0 for those left out."""
    out = set(stated.leave_out)
    kept = [float(leaf.id not in out and not out & _above(study, leaf.id)) for leaf in study.leaves]
    if not any(kept):
        raise UsageError("every criterion is left out of the value")
    return frozen(kept)


def _above(study: Study, leaf: str) -> set[str]:
    """The branches that a leaf lies in."""
    from techprio.study.tree import walk

    paths = {node.id: path for path, node in walk(study.criteria.criteria)}
    at = paths[leaf]
    return {id for id, path in paths.items() if id != leaf and at[: len(path)] == path}


def model(study: Study, problem: Problem, stated: Portfolio, values: Floats) -> Model:
    """The choice among the candidates of a problem, whose values are (m,)."""
    by_id = {candidate.id: candidate for candidate in study.candidates}
    candidates = [by_id[id] for id in problem.candidates]
    sums = Sums(study, candidates, stated)
    constraints = (
        *_budgets(stated, sums),
        *_quotas(stated, sums),
        *_sizes(stated.size, len(candidates)),
        *_fixed(stated, problem.candidates),
        *_links(stated, candidates),
    )
    return Model(problem.candidates, values, constraints, tuple(_pairs(stated, candidates)))


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures that are added up."""

    study: Study
    candidates: list[Candidate]
    stated: Portfolio

    def amount(self, of: str, share: Floats) -> Amount:
        stated, low, high = [], [], []
        for candidate in self.candidates:
            figure = candidate.figures.get(of)
            number = figure.nominal if figure else None
            if figure is None or number is None:
                what = "the figure for {of} is missing, so nothing can be added up: candidate {id}"
                raise UsageError(what, of=of, id=candidate.id)
            least, most = figure.ends
            stated.append(number)
            low.append(number if least is None else least)
            high.append(number if most is None else most)
        return Amount(frozen(share), of, frozen(stated), frozen(low), frozen(high))

    def row(self, amount: Amount) -> Floats:
        """What counts against a limit: the stated figures, or the high ends where the section says so."""
        figures = amount.high if self.stated.risk.costs == "high" else amount.stated
        return frozen(amount.share * figures)

    def name(self, of: str) -> tuple[Words, str]:
        """Name and unit of a criterion or resource."""
        leaves = {leaf.id: (leaf.name, leaf.unit) for leaf in self.study.leaves}
        resources = {resource.id: (resource.name, resource.unit) for resource in self.stated.resources}
        return {**leaves, **resources}[of]


def members(selector: Members, candidates: Iterable[Candidate]) -> Floats:
    """(m,) 1 for the candidates meant."""
    return frozen([float(chosen_by(selector, candidate)) for candidate in candidates])


def _share(budget: Budget, candidate: Candidate) -> float:
    fitting: list[PartialUse] = [share for share in budget.shares if chosen_by(share, candidate)]
    return fitting[-1].share if fitting else budget.share


def _budgets(stated: Portfolio, sums: Sums) -> Iterator[Constraint]:
    for budget in stated.budgets:
        amount = sums.amount(budget.of, np.array([_share(budget, c) for c in sums.candidates]))
        name, unit = sums.name(budget.of)
        yield Constraint(
            budget.id,
            "budget",
            sums.row(amount),
            high=budget.limit,
            name=budget.name or name,
            unit=unit,
            year=budget.year,
            source=budget.source,
            amount=amount,
        )


def _quotas(stated: Portfolio, sums: Sums) -> Iterator[Constraint]:
    for quota in stated.quotas:
        meant = members(quota, sums.candidates)
        amount = None if quota.of is None else sums.amount(quota.of, meant)
        row = meant if amount is None else frozen(amount.share * amount.stated)
        unit = "" if quota.of is None else sums.name(quota.of)[1]
        name = quota.name or {"": quota.id}
        if quota.at_least is not None:
            yield Constraint(quota.id, "quota", row, low=quota.at_least, name=name, unit=unit, amount=amount)
        if quota.at_most is not None:
            yield Constraint(quota.id, "quota", row, high=quota.at_most, name=name, unit=unit, amount=amount)


def _sizes(size: Size, m: int) -> Iterator[Constraint]:
    row = frozen(np.ones(m))
    if size.at_least is not None:
        yield Constraint("size", "size", row, low=size.at_least)
    if size.at_most is not None:
        yield Constraint("size", "size", row, high=size.at_most)


def _unit_row(m: int, *entries: tuple[int, float]) -> Floats:
    row = np.zeros(m)
    for i, number in entries:
        row[i] = number
    return frozen(row)


def _fixed(stated: Portfolio, ids: tuple[str, ...]) -> Iterator[Constraint]:
    m = len(ids)
    for id in stated.must:
        if id not in ids:
            raise UsageError("{id} must be chosen, and it does not pass the gates or is left out of this run", id=id)
        yield Constraint(id, "must", _unit_row(m, (ids.index(id), 1.0)), low=1.0)
    for id in stated.must_not:
        if id in ids:
            yield Constraint(id, "must not", _unit_row(m, (ids.index(id), 1.0)), high=0.0)


def _links(stated: Portfolio, candidates: list[Candidate]) -> Iterator[Constraint]:
    """What is needed is chosen too; where it cannot be, what needs it is not. Substitutes may exclude each other."""
    position, m = {c.id: i for i, c in enumerate(candidates)}, len(candidates)
    seen: set[frozenset[str]] = set()
    for i, candidate in enumerate(candidates):
        for link in candidate.links:
            to = position.get(link.to)
            if link.kind == "needs":
                ends = [(i, 1.0)] if to is None else [(i, 1.0), (to, -1.0)]
                yield Constraint(f"{candidate.id} → {link.to}", "needs", _unit_row(m, *ends), high=0.0)
            both = frozenset({candidate.id, link.to})
            if link.kind == "substitutes" and stated.synergies.exclusive and to is not None and both not in seen:
                seen.add(both)
                row = _unit_row(m, (i, 1.0), (to, 1.0))
                yield Constraint(f"{candidate.id} × {link.to}", "exclusive", row, high=1.0)


def _pairs(stated: Portfolio, candidates: list[Candidate]) -> Iterator[Pair]:
    """What links are worth. Complements and substitutes stated from both sides count once, with the larger effect."""
    position = {c.id: i for i, c in enumerate(candidates)}
    found: dict[tuple[object, str], Pair] = {}
    for i, candidate in enumerate(candidates):
        for link in candidate.links:
            to = position.get(link.to)
            if to is None or link.kind == "needs" or (link.kind == "substitutes" and stated.synergies.exclusive):
                continue
            effect = float(getattr(stated.synergies, link.kind) if link.effect is None else link.effect)
            one_way = link.kind == "enables"
            key = ((i, to) if one_way else frozenset({i, to}), link.kind)
            pair = Pair(i, to, link.kind, -effect if link.kind == "substitutes" else effect)
            if effect and (key not in found or abs(found[key].effect) < effect):
                found[key] = pair
    yield from found.values()


def place_of(study: Study, constraint: Constraint) -> Place:
    """Where a constraint is stated; of one asked for on the command line, the head of the criteria file."""
    source, stated = study.criteria_source, study.criteria.portfolio or Portfolio()
    rows = {"budget": ("budgets", stated.budgets, "limit"), "quota": ("quotas", stated.quotas, "")}
    end = "at_least" if np.isfinite(constraint.low) else "at_most"
    if constraint.kind in rows:
        key, items, last = rows[constraint.kind]
        ids = [getattr(item, "id", "") for item in items]
        if constraint.id in ids:
            return source.at_value(("portfolio", key, ids.index(constraint.id), last or end))
    if constraint.kind == "size" and getattr(stated.size, end) is not None:
        return source.at_value(("portfolio", "size", end))
    key = constraint.kind.replace(" ", "_")
    if constraint.kind in ("must", "must not") and constraint.id in getattr(stated, key):
        listed = isinstance(source.value(("portfolio", key)), list)
        at = (getattr(stated, key).index(constraint.id),) if listed else ()
        return source.at_value(("portfolio", key, *at))
    if constraint.kind in ("needs", "exclusive"):
        who, _, to = constraint.id.split(" ")
        for record in study.records:
            for layer in reversed(record.layers) if record.candidate.id == who else ():
                for i, link in enumerate(layer.candidate.links):
                    if link.to == to:
                        return layer.source.at_value((*layer.path, "links", i, "to"))
    return source.at_first_key(())
