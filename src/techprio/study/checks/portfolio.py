"""Rules on the portfolio section, and on the links and figures that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from techprio.study.candidates import Candidate, Link
from techprio.study.checks.candidates import NO_LABEL, label_lost
from techprio.study.checks.criteria import doubled
from techprio.study.checks.rule import Found, few, rule
from techprio.study.draft import Draft
from techprio.study.portfolio import Members, Portfolio, Quota, Size
from techprio.study.selectors import chosen_by
from techprio.yaml_source import Path_

TOP = "portfolio"


def _portfolio(draft: Draft) -> Portfolio | None:
    return draft.criteria.portfolio if draft.criteria else None


def _selectors(stated: Portfolio) -> Iterator[tuple[Path_, Members]]:
    """Every part of the candidates that the section speaks of, with its path."""
    for i, budget in enumerate(stated.budgets):
        yield from (((TOP, "budgets", i, "shares", k), share) for k, share in enumerate(budget.shares))
    yield from (((TOP, "quotas", i), quota) for i, quota in enumerate(stated.quotas))
    yield from (((TOP, "bets", i), bet) for i, bet in enumerate(stated.bets))


@rule("E340")
def doubled_in_portfolio(draft: Draft) -> Iterator[Found]:
    if (stated := _portfolio(draft)) is None:
        return
    source = draft.criteria_source
    resources = [((TOP, "resources", i), each.id) for i, each in enumerate(stated.resources)]
    yield from doubled(source, resources, "the resource {id} stands on line {line} already")
    constraints = [((TOP, "budgets", i), each.id) for i, each in enumerate(stated.budgets)]
    constraints += [((TOP, "quotas", i), each.id) for i, each in enumerate(stated.quotas)]
    yield from doubled(source, constraints, "the constraint {id} stands on line {line} already")
    bets = [((TOP, "bets", i), each.id) for i, each in enumerate(stated.bets)]
    yield from doubled(source, bets, "the bet {id} stands on line {line} already")
    for i, resource in enumerate(stated.resources):
        if resource.id in draft.nodes.ids:
            message, hint = "{id} is a node of the criteria tree", "figures are stated once: name the criterion instead"
            yield Found(source, (TOP, "resources", i, "id"), message, hint, {"id": resource.id})


@rule("E341")
def known_sums(draft: Draft) -> Iterator[Found]:
    if (stated := _portfolio(draft)) is None or not draft.nodes.whole or not draft.resources.whole:
        return
    named: list[tuple[Path_, str]] = [((TOP, *at, "of"), id) for at, id in stated.sums]
    named += [((*path, "where", "criterion"), m.where.criterion) for path, m in _selectors(stated) if m.where]
    there = frozenset({*draft.leaves, *draft.resources.ids})
    for path, id in named:
        if id not in there and id not in draft.nodes.ids:
            message = "there is no criterion or resource {id}"
            yield Found(draft.criteria_source, path, message, "", {"id": id}, known=there)
        elif id in draft.branches:
            message, hint = "{id} is a branch and has no figures", "name one of its criteria"
            yield Found(draft.criteria_source, path, message, hint, {"id": id})
    for path, id in _ids(draft, "leave_out", stated.leave_out):
        if draft.nodes.lack(id):
            known = frozenset(draft.leaves)
            yield Found(draft.criteria_source, path, "there is no criterion {id}", "", {"id": id}, known=known)


def _ids(draft: Draft, key: str, ids: tuple[str, ...]) -> Iterator[tuple[Path_, str]]:
    """The ids of a list that may also stand alone, with their paths."""
    listed = isinstance(draft.criteria_source.value((TOP, key)), list)
    for i, id in enumerate(ids):
        yield ((TOP, key, i) if listed else (TOP, key)), id


@rule("E342")
def known_members(draft: Draft) -> Iterator[Found]:
    if (stated := _portfolio(draft)) is None:
        return
    named = list(_ids(draft, "must", stated.must)) + list(_ids(draft, "must_not", stated.must_not))
    for path, members in _selectors(stated):
        listed = isinstance(draft.criteria_source.value((*path, "candidates")), list)
        named += [((*path, "candidates", *([i] if listed else [])), id) for i, id in enumerate(members.candidates)]
        yield from _unknown_labels(draft, path, members)
        amounts = isinstance(members, Quota) and members.of is not None
        if not members.conditions and not amounts and not draft.criteria_source.lost(path):
            message = "nothing says which candidates are meant"
            hint = "add tier, group, agency, region, candidates or where"
            yield Found(draft.criteria_source, path, message, hint, at="first_key")
    for path, id in named:
        if draft.candidates.lack(id) and draft.own_candidates and draft.all_records:
            message, known = "there is no candidate {id}", draft.candidates.known
            yield Found(draft.criteria_source, path, message, "", {"id": id}, known=known)


NOBODY = {
    "tier": "there is no tier {id}",
    "group": "there is no group {id}",
    "region": "there is no region {id}",
    "agency": "no candidate is led by {id}",
}


def _unknown_labels(draft: Draft, path: Path_, members: Members) -> Iterator[Found]:
    if not draft.all_records or not draft.own_candidates:
        return
    candidates = [record.candidate for record in draft.records]
    agencies = {name for c in candidates for name in (c.lead_agency or {}).values()}
    labels = draft.criteria.labels if draft.criteria else None
    there_are: dict[str, set[str | None]] = {
        "tier": set(getattr(labels, "tier", None) or {c.tier for c in candidates}),
        "group": set(getattr(labels, "group", None) or {c.group for c in candidates}),
        "region": {c.region for c in candidates},
        "agency": set(agencies),
    }
    for key, there in there_are.items():
        stated = getattr(members, key)
        lost = any(layer.source.lost(layer.path, key if key != "agency" else "lead_agency") for layer in draft.layers)
        lost = lost or (key in NO_LABEL and label_lost(draft, key))
        if stated is not None and stated not in there and not lost:
            known = frozenset(name for name in there if name)
            yield Found(draft.criteria_source, (*path, key), NOBODY[key], "", {"id": stated}, known=known)


@rule("E343")
def bounds_in_order(draft: Draft) -> Iterator[Found]:
    if (stated := _portfolio(draft)) is None:
        return
    source = draft.criteria_source
    bounded: list[tuple[Path_, Quota | Size]] = [((TOP, "quotas", i), quota) for i, quota in enumerate(stated.quotas)]
    for path, each in [*bounded, ((TOP, "size"), stated.size)]:
        lost = any(source.lost(path, key) for key in ("at_least", "at_most")) or source.lost(path)
        if each.at_least is None and each.at_most is None:
            if isinstance(each, Quota) and not lost:
                message, hint = "this asks for nothing", "add at_least or at_most"
                yield Found(source, path, message, hint, at="first_key")
        elif each.at_least is not None and each.at_most is not None and each.at_least > each.at_most:
            message, facts = "at_least {low} is above at_most {high}", {"low": each.at_least, "high": each.at_most}
            yield Found(source, (*path, "at_least"), message, "", facts)


@rule("E344")
def figures_to_add_up(draft: Draft) -> Iterator[Found]:
    """A sum over figures that are not known would be a sum of guesses."""
    stated = _portfolio(draft)
    if stated is None or not draft.own_candidates or not draft.all_records or not draft.candidates.whole:
        return
    first: dict[str, str] = {}
    for (section, i), id in stated.sums:
        first.setdefault(id, getattr(stated, section)[i].id)
    demanded = {leaf.id for leaf in draft.leaves.values() if leaf.missing == "error"}  # rule E409 asks for these
    known = {column.leaf.id for column in chain(draft.columns, draft.used)} - demanded
    for id, constraint in first.items():
        for record in draft.records if id in known else ():
            figure, layer = record.candidate.figures.get(id), record.layer_of(id)
            at = layer or record.layers[-1]
            lost = at.source.lost(at.path) or at.source.lost((*at.path, "figures")) or not record.stated.whole
            if (
                (figure is None or figure.nominal is None)
                and not lost
                and not at.source.lost((*at.path, "figures", id))
            ):
                message = "the figure for {of} is missing, and {constraint} adds it up over the candidates"
                path, place = ((*at.path, "figures", id), "key") if layer else ((*at.path, "id"), "value")
                hint = "give at least a range: low and high"
                facts = {"of": id, "constraint": constraint}
                yield Found(at.source, path, message, hint, facts, at="key" if place == "key" else "value")


@rule("E345")
def can_be_kept(draft: Draft) -> Iterator[Found]:
    """What is plainly impossible, told without a solver; ``techprio select`` finds the rest."""
    stated = _portfolio(draft)
    if stated is None or not draft.whole or not draft.all_records or not draft.own_candidates:
        return
    source = draft.criteria_source
    candidates = {record.candidate.id: record.candidate for record in draft.records}
    must = _with_needs(stated.must, candidates)
    for path, id in _ids(draft, "must", stated.must):
        if barred := [need for need in _with_needs((id,), candidates) if need in stated.must_not]:
            message = "{id} must be chosen, and {barred} must not"
            hint = "a candidate needs what its links say; take one of them out" if barred != [id] else "decide for one"
            yield Found(source, path, message, hint, {"id": id, "barred": few(barred)})
    for i, budget in enumerate(stated.budgets):
        used = sum(_use(stated, i, candidates[id]) for id in must if id in candidates)
        if used > budget.limit * (1 + 1e-9):
            message = "what must be chosen already takes {used}, and {id} has {limit}"
            facts = {"used": used, "limit": budget.limit, "id": budget.id}
            yield Found(source, (TOP, "budgets", i, "limit"), message, "raise the limit, or must have less", facts)
    for i, quota in enumerate(stated.quotas):
        there = sum(chosen_by(quota, candidate) for candidate in candidates.values())
        sound = quota.at_most is None or quota.at_least is None or quota.at_least <= quota.at_most
        sound = sound and bool(quota.conditions) and not any(_unknown_labels(draft, (TOP, "quotas", i), quota))
        if sound and quota.of is None and quota.at_least is not None and quota.at_least > there:
            message, facts = (
                "the floor asks for {floor}, and there are {there}",
                {"floor": quota.at_least, "there": there},
            )
            yield Found(source, (TOP, "quotas", i, "at_least"), message, "lower the floor", facts)
    if stated.size.at_least is not None and stated.size.at_least > len(candidates):
        facts = {"floor": stated.size.at_least, "there": len(candidates)}
        message = "the floor asks for {floor}, and there are {there}"
        yield Found(source, (TOP, "size", "at_least"), message, "lower the floor", facts)


def _use(stated: Portfolio, budget: int, candidate: Candidate) -> float:
    """What a candidate takes from a budget at its stated figure."""
    row = stated.budgets[budget]
    figure = candidate.figures.get(row.of)
    share = next((s.share for s in reversed(row.shares) if chosen_by(s, candidate)), row.share)
    return share * ((figure.nominal if figure else None) or 0.0)


def _with_needs(ids: tuple[str, ...], candidates: Mapping[str, Candidate]) -> list[str]:
    """Some candidates and all that they need, directly or through others."""
    found = list(dict.fromkeys(ids))
    for id in found:  # grows meanwhile
        links = candidates[id].links if id in candidates else ()
        found += [link.to for link in links if link.kind == "needs" and link.to not in found]
    return found


@rule("E415")
def needs_without_a_circle(draft: Draft) -> Iterator[Found]:
    """None of a circle could be begun. Circles that share no candidate are each reported where they close."""
    ids = {record.candidate.id for record in draft.records}
    left = {r.candidate.id: [k.to for k in r.candidate.links if _need(k) and k.to in ids] for r in draft.records}
    while True:
        while free := [id for id, needs in left.items() if not any(need in left for need in needs)]:
            for id in free:
                del left[id]
        if not left:
            return
        path = [next(iter(left))]
        while path[-1] not in path[:-1]:
            path.append(next(need for need in left[path[-1]] if need in left))
        circle = path[path.index(path[-1]) :]
        if len(circle) > 2:  # a link to itself is another fault
            yield _closing(draft, circle)
        for id in circle[1:]:
            del left[id]


def _need(link: Link) -> bool:
    return link.kind == "needs"


def _closing(draft: Draft, circle: list[str]) -> Found:
    id, to = circle[-2:]
    links = ((layer, i, link) for layer in draft.layers for i, link in enumerate(layer.candidate.links))
    layer, i = next((layer, i) for layer, i, k in links if layer.candidate.id == id and k.to == to and _need(k))
    message, hint = "these need each other in a circle: {circle}", "one of them is a complement, or both are one"
    return Found(layer.source, (*layer.path, "links", i, "to"), message, hint, {"circle": " → ".join(circle)})


@rule("E416")
def effects_of_links(draft: Draft) -> Iterator[Found]:
    for layer in draft.layers:
        kinds = Counter((link.to, link.kind) for link in layer.candidate.links)
        for i, link in enumerate(layer.candidate.links):
            path = (*layer.path, "links", i)
            if link.kind == "needs" and link.effect is not None:
                message, hint = "what is needed has no effect: without it nothing is chosen", "take the effect out"
                yield Found(layer.source, (*path, "effect"), message, hint, at="key")
            elif kinds.pop((link.to, link.kind), 1) > 1:
                message, hint = "the link {kind} to {id} stands here twice", "keep one"
                yield Found(layer.source, (*path, "to"), message, hint, {"kind": link.kind, "id": link.to})
