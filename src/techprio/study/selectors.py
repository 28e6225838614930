"""Which candidates a part of the portfolio section speaks of."""

from __future__ import annotations

from techprio.study.candidates import Candidate
from techprio.study.portfolio import Members


def chosen_by(members: Members, candidate: Candidate) -> bool:
    """Whether a candidate meets every condition stated; one whose figure is missing does not lie within limits."""
    for key in ("tier", "group", "region"):
        if getattr(members, key) not in (None, getattr(candidate, key)):
            return False
    if members.agency is not None and members.agency not in (candidate.lead_agency or {}).values():
        return False
    if members.candidates and candidate.id not in members.candidates:
        return False
    if members.where is None:
        return True
    figure = candidate.figures.get(members.where.criterion)
    number = figure.nominal if figure else None
    if number is None:
        return False
    low, high = members.where.at_least, members.where.at_most
    return (low is None or number >= low) and (high is None or number <= high)
