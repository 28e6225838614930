"""The portfolio section of the criteria file: which sets of candidates may be chosen, and what a set is worth."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, WithJsonSchema

from techprio.study.base import Choice, Flag, Id, Label, Name, Number, OrOne, Section, Text, Weight, Whole, Words

Share = Annotated[Number, Field(ge=0, le=1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Ids = Annotated[tuple[Id, ...], OrOne()]


class FromZero(NamedTuple):
    """The scale of what is used up: nobody uses less than nothing."""

    limits: tuple[float, None] = (0.0, None)


MONEY = ("state", "enterprise", "other")
"""Where the money of a plan comes from; a budget with such a source is held against all plans."""


class Resource(Section):
    """Something that candidates use up and that is no criterion: each candidate states it among its figures."""

    id: Id
    """Its id, under which candidates state their figure."""
    name: Name
    """Its name."""
    unit: Words = ""
    """The unit of its figures."""
    note: Text | None = None
    """What a reader should know of it."""

    @property
    def scale(self) -> FromZero:
        return FromZero()


class FigureLimit(Section):
    """A condition on a figure as it is stated."""

    criterion: Id
    """The criterion or resource."""
    at_most: Number | None = None
    """The figure may not be above."""
    at_least: Number | None = None
    """The figure may not be below."""


class Members(Section):
    """Some of the candidates: those that meet every condition that is stated."""

    tier: Label | None = None
    """Those of a tier."""
    group: Label | None = None
    """Those of a group."""
    agency: Words | None = None
    """Those of a lead agency, by its name in any language."""
    region: Label | None = None
    """Those of a region."""
    candidates: Ids = ()
    """Those named."""
    where: FigureLimit | None = None
    """Those whose figure lies within limits."""

    @property
    def conditions(self) -> list[str]:
        """The conditions that are stated."""
        stated = [key for key in ("tier", "group", "agency", "region", "where") if getattr(self, key) is not None]
        return [*stated, *(["candidates"] if self.candidates else [])]


class PartialUse(Members):
    """Which share of their figures some of the candidates take from a budget."""

    share: Weight
    """What the figure is multiplied with."""


class Budget(Section):
    """What there is of something that candidates use up."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""
    of: Id
    """The criterion or resource whose figures are added up."""
    year: Whole | None = None
    """The year that it is for."""
    source: Words = ""
    """Whose money it is."""
    share: Weight = 1.0
    """What each figure is multiplied with: the share of it that falls on this year or source."""
    shares: tuple[PartialUse, ...] = ()
    """Other shares for some of the candidates; the last one that fits counts."""
    limit: Weight
    """How much there is."""


class Quota(Members):
    """How many of some candidates, or how much of something for them, at least and at most."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""
    of: Id | None = None
    """The criterion or resource whose figures are added up; left out: the candidates are counted."""
    at_least: Weight | None = None
    """The floor."""
    at_most: Weight | None = None
    """The ceiling."""


class Size(Section):
    """How many are chosen in all."""

    at_least: Whole | None = None
    """No fewer."""
    at_most: Whole | None = None
    """No more."""


class Synergies(Section):
    """What links are worth if both candidates are chosen, in units of value, unless a link says its own effect."""

    complements: Weight = 0.0
    """Value that two complements bring together."""
    enables: Weight = 0.0
    """Value that is won where one enables another."""
    substitutes: Weight = 0.0
    """Value that is lost where one could stand for another."""
    exclusive: Flag = False
    """Whether substitutes are never chosen together."""


class Risk(Section):
    """How much is dared."""

    appetite: Share = 1.0
    """1: values count as stated. 0: as low as the ranges of the figures allow. Between: a mixture (Hurwicz 1951)."""
    costs: Annotated[Literal["stated", "high"], Choice()] = "stated"
    """Which costs must fit the budgets: those stated, or the high ends of their ranges."""


class Bet(Members):
    """A kind of bet, for the balance: near the market, say, or breakthrough."""

    id: Id
    """Its id."""
    name: Name | None = None
    """Its name."""


class Portfolio(Section):
    """Which sets of candidates may be chosen, and what a set is worth."""

    resources: tuple[Resource, ...] = ()
    """What candidates use up beside what the criteria ask for."""
    budgets: tuple[Budget, ...] = ()
    """What there is, by year and source; of people too."""
    size: Size = Size()
    """How many are chosen in all."""
    quotas: tuple[Quota, ...] = ()
    """Floors and ceilings by tier, group, agency, region, or any other part of the candidates."""
    must: Ids = ()
    """Candidates that are chosen whatever else is."""
    must_not: Ids = ()
    """Candidates that are not."""
    synergies: Synergies = Synergies()
    """What links are worth."""
    leave_out: Ids = ()
    """Criteria that do not count in a candidate's value, because budgets count them already."""
    baseline: Share = 0.0
    """The value of not choosing a candidate: it is taken off the value of each that is chosen."""
    risk: Risk = Risk()
    """How much is dared."""
    bets: tuple[Bet, ...] = ()
    """Kinds of bets, for the balance."""

    @property
    def sums(self) -> list[tuple[tuple[str, int], str]]:
        """Every criterion or resource whose figures are added up, with what adds them up: (section, number)."""
        budgets = [(("budgets", i), budget.of) for i, budget in enumerate(self.budgets)]
        return budgets + [(("quotas", i), quota.of) for i, quota in enumerate(self.quotas) if quota.of is not None]
