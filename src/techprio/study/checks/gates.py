"""Rules on gates."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.study.checks.rule import Found, rule
from techprio.study.draft import Draft


@rule("E310")
def questions_or_rule(draft: Draft) -> Iterator[Found]:
    for i, gate in enumerate(draft.criteria.gates if draft.criteria else ()):
        source, path = draft.criteria_source, ("gates", i)
        lost = source.lost(path, "of") or source.lost(path, "rule")
        if (gate.of is None) == (gate.rule is None) and not lost:
            message = "a gate asks questions (of) or states a rule, one of the two"
            yield Found(source, path, message, at="first_key")
        if gate.rule and gate.rule.at_most is None and gate.rule.at_least is None and not source.lost((*path, "rule")):
            message = "the rule sets no limit"
            yield Found(source, (*path, "rule"), message, "add at_most or at_least", at="first_key")


@rule("E311")
def enough_questions(draft: Draft) -> Iterator[Found]:
    for i, gate in enumerate(draft.criteria.gates if draft.criteria else ()):
        asked = [question.id for question in gate.of or ()]
        before: set[str] = set()
        for j, id in enumerate(asked):
            if id in before:
                message = "the question {id} stands twice in this gate"
                yield Found(draft.criteria_source, ("gates", i, "of", j), message, "", {"id": id})
            before.add(id)
        lost = draft.criteria_source.lost(("gates", i, "of"))
        if gate.of and gate.needed > len(asked) and not lost:
            facts = {"needed": gate.needed, "asked": len(asked)}
            message = "{needed} passes are asked for, and there are {asked} questions"
            yield Found(draft.criteria_source, ("gates", i, "require", "at_least"), message, "", facts)


@rule("E312")
def rule_names_criterion(draft: Draft) -> Iterator[Found]:
    for i, gate in enumerate(draft.criteria.gates if draft.criteria else ()):
        if gate.rule is None:
            continue
        path, id = ("gates", i, "rule", "criterion"), gate.rule.criterion
        if draft.nodes.lack(id):
            known = frozenset(draft.leaves)
            yield Found(draft.criteria_source, path, "there is no criterion {id}", "", {"id": id}, known=known)
        elif id in draft.branches:
            message = "{id} is a branch and has no figures"
            yield Found(draft.criteria_source, path, message, "name one of its criteria", {"id": id})


@rule("E404")
def known_questions(draft: Draft) -> Iterator[Found]:
    for layer in draft.layers:
        for id in layer.candidate.gates:
            if draft.questions.lack(id):
                path, known = (*layer.path, "gates", id), draft.questions.known
                message, hint = "there is no question {id}", "no gate of the criteria file asks it"
                yield Found(layer.source, path, message, hint, {"id": id}, at="key", known=known)
