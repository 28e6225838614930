"""Gates: what a candidate must meet before it is scored at all. *Not assessed* is never a pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from techprio.study.candidates import Candidate
from techprio.study.gates import Gate, Rule
from techprio.wording import Language


@dataclass(frozen=True, slots=True)
class Failure:
    """A gate that a candidate does not pass, and why."""

    gate: str
    name: Mapping[str, str] | None
    basis: tuple[str, ...]
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def reason(self, words: Language) -> str:
        return words.say(self.message, **self.facts)


class _Reason(NamedTuple):
    message: str
    facts: Mapping[str, Any]


def failures(gates: Sequence[Gate], candidate: Candidate) -> Iterator[Failure]:
    """Every gate that the candidate does not pass."""
    for gate in gates:
        found = _broken(gate.rule, candidate) if gate.rule else _unanswered(gate, candidate)
        if found:
            yield Failure(gate.id, gate.name, gate.basis, found.message, found.facts)


def _unanswered(gate: Gate, candidate: Candidate) -> _Reason | None:
    answers = {q.id: candidate.gates[q.id].answer if q.id in candidate.gates else "not assessed" for q in gate.of or ()}
    passed = sum(answer == "pass" for answer in answers.values())
    if passed >= gate.needed:
        return None
    rest = [f"{id} ({answer})" for id, answer in answers.items() if answer != "pass"]
    facts = {"passed": passed, "needed": gate.needed, "rest": ", ".join(rest)}
    return _Reason("{passed} of {needed} needed passes; open: {rest}", facts)


def _broken(rule: Rule, candidate: Candidate) -> _Reason | None:
    figure = candidate.figures.get(rule.criterion)
    value = figure.nominal if figure else None
    facts: dict[str, Any] = {"criterion": rule.criterion, "value": value, "most": rule.at_most, "least": rule.at_least}
    if value is None:
        return _Reason("{criterion} has no figure", facts)
    if rule.at_most is not None and value > rule.at_most:
        return _Reason("{criterion} is {value}, above {most}", facts)
    if rule.at_least is not None and value < rule.at_least:
        return _Reason("{criterion} is {value}, below {least}", facts)
    return None
