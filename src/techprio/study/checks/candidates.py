"""Rules on candidates and what they name."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.study.base import last_day, months_between
from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft


@rule("E401")
def doubled_candidates(draft: Draft) -> Iterator[Found]:
    first: dict[tuple[int, str], str] = {}
    for layer in draft.layers:
        key, place = (layer.folder, layer.candidate.id), layer.source.at_value((*layer.path, "id"))
        if key in first:
            message, hint = "the candidate {id} stands at {place} already", "give each its own id"
            facts = {"id": layer.candidate.id, "place": first[key]}
            yield Found(layer.source, (*layer.path, "id"), message, hint, facts)
        first.setdefault(key, f"{place.file}:{place.line}")


@rule("E403")
def known_sources(draft: Draft) -> Iterator[Found]:
    for layer, evidence, place in draft.evidence():
        for i, citation in enumerate(evidence.source):
            if draft.sources.lack(citation.id):
                path = (*layer.path, *place)
                listed = isinstance(layer.source.value((*path, "source")), list)
                at = (*path, "source", i, "id") if listed else (*path, "source", "id")
                hint, known = "add it to sources.yaml", draft.sources.known
                yield Found(layer.source, at, "there is no source {id}", hint, {"id": citation.id}, known=known)


@rule("E405")
def known_links(draft: Draft) -> Iterator[Found]:
    for layer in draft.layers:
        for i, link in enumerate(layer.candidate.links):
            path = (*layer.path, "links", i, "to")
            if link.to == layer.candidate.id:
                yield Found(layer.source, path, "a candidate cannot be linked to itself")
            elif draft.candidates.lack(link.to):
                known = draft.candidates.known
                yield Found(layer.source, path, "there is no candidate {id}", "", {"id": link.to}, known=known)


NO_LABEL = {"tier": "there is no tier {id}", "group": "there is no group {id}"}


@rule("E406")
def known_labels(draft: Draft) -> Iterator[Found]:
    if draft.criteria is None:
        return
    for kind, message in NO_LABEL.items():
        legal = getattr(draft.criteria.labels, kind)
        for layer in draft.layers if legal else ():
            label = getattr(layer.candidate, kind)
            if label is not None and label not in legal and not label_lost(draft, kind):
                hint, known = "labels in the criteria file lists those there are", frozenset(legal)
                yield Found(layer.source, (*layer.path, kind), message, hint, {"id": label}, known=known)


def label_lost(draft: Draft, kind: str) -> bool:
    """Whether a label of this kind stands in the criteria file and could not be read."""
    source = draft.criteria_source
    return source.lost(("labels",), kind) or source.lost((), "labels") or source.lost(("labels", kind))


@rule("E410")
def doubled_sources(draft: Draft) -> Iterator[Found]:
    first: dict[str, str] = {}
    for id, cited in draft.publications:
        place = cited.source.at_key(cited.path)
        if id in first:
            message, hint = "the source {id} stands at {place} already", "keep it in one file"
            yield Found(cited.source, cited.path, message, hint, {"id": id, "place": first[id]}, at="key")
        first.setdefault(id, f"{place.file}:{place.line}")


@rule("W501")
def twins(draft: Draft) -> Iterator[Found]:
    seen: dict[tuple[object, ...], str] = {}
    for record in draft.records:
        figures = record.candidate.figures
        if any(layer.source.lost((*layer.path, "figures")) for layer in record.layers):
            continue
        key = tuple(sorted((id, f.value, f.low, f.high) for id, f in figures.items() if f.nominal is not None))
        if key and key in seen:
            message = "all figures equal those of {other}"
            layer = record.layers[-1]
            hint = "check that one is not a copy of the other"
            yield Found(layer.source, (*layer.path, "id"), message, hint, {"other": seen[key]})
        seen.setdefault(key, record.candidate.id)


@rule("W503")
def stale(draft: Draft) -> Iterator[Found]:
    criteria = draft.criteria
    if criteria is None or criteria.max_age is None or criteria.as_of is None:
        return
    today, limit = last_day(criteria.as_of), criteria.max_age
    hint = "look for newer evidence; max_age allows {limit} months"
    undated: set[str] = set()
    for layer, evidence, place in draft.evidence():
        if evidence.as_of is None:
            undated.update(citation.id for citation in evidence.source)
        elif (age := months_between(last_day(evidence.as_of), today)) > limit:
            facts = {"age": age, "limit": limit}
            yield Found(layer.source, (*layer.path, *place, "as_of"), "this is {age} months old", hint, facts)
    for id, cited in draft.publications:
        date = cited.publication.date
        if id in undated and date and (age := months_between(last_day(date), today)) > limit:
            message, about = "the source {id} is {age} months old", {"age": age, "limit": limit, "id": id}
            yield Found(cited.source, (*cited.path, "date"), message, hint, about)


@rule("E413")
def as_of_needed(draft: Draft) -> Iterator[Found]:
    criteria = draft.criteria
    if criteria is None or criteria.max_age is None or criteria.as_of is not None:
        return
    if not draft.criteria_source.lost((), "as_of"):
        message = "without as_of no age can be counted"
        yield Found(draft.criteria_source, ("max_age",), message, "add as_of: with the study's date", at="key")
