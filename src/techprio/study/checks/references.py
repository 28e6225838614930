"""Rules on reference comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft
from techprio.study.references import parse_comparison


@rule("E328")
def comparison_reads(draft: Draft) -> Iterator[Found]:
    for i, text in enumerate(draft.criteria.references if draft.criteria else ()):
        found = parse_comparison(text)
        if found is None:
            message = "this is no comparison of two candidates"
            hint = "write it like P06 > P01, P06 >= P01 or P06 = P01, with spaces round the sign"
            yield Found(draft.criteria_source, ("references", i), message, hint)
        elif found.upper == found.lower:
            yield Found(draft.criteria_source, ("references", i), "a candidate is compared with itself")


@rule("E329")
def compared_candidates_are_known(draft: Draft) -> Iterator[Found]:
    if not draft.candidates.ids:
        return  # no candidate was read, which is a fault of its own
    for i, text in enumerate(draft.criteria.references if draft.criteria else ()):
        found = parse_comparison(text)
        for id in (found.upper, found.lower) if found else ():
            if draft.candidates.lack(id):
                message, facts = "there is no candidate {id}", {"id": id}
                yield Found(draft.criteria_source, ("references", i), message, "", facts, known=draft.candidates.known)
