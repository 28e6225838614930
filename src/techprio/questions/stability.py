"""How far may one weight move?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from techprio.questions.answer import Answer, Case, share_of_weight
from techprio.robustness.intervals import Aim, Interval, interval, leaf_lines, named_lines, node_lines
from techprio.tables import Column
from techprio.wording import Language

AIMS: tuple[Aim, ...] = ("winner", "list", "order")


@dataclass(frozen=True, eq=False, repr=False)
class Stability(Answer):
    """The interval of each weight within which the winner, the list and the order stay as they are."""

    question = "stability"
    heading = "how far may one weight move?"

    intervals: tuple[Interval, ...]
    leaf: bool
    """Whether all other criteria keep their proportions, not only the siblings."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a node and an aim, top down."""
        found = []
        for each in self.intervals:
            row: dict[str, Any] = {"node": each.node, "aim": each.aim, "share": each.now}
            for side, end, change in (("low", each.low, each.before), ("high", each.high, each.after)):
                row[side] = end
                row[f"{side}_up"] = None if change is None else self.case.ids(change[0])
                row[f"{side}_down"] = None if change is None else self.case.ids(change[1])
            found.append(row)
        return found

    def columns(self) -> list[Column]:
        return [
            Column("node", "node"),
            Column("share", "weight", "right", _share),
            Column("aim", "stays"),
            Column("low", "from", "right", _share),
            Column("low_who", "below that", narrows="wraps"),
            Column("high", "to", "right", _share),
            Column("high_who", "above that", narrows="wraps"),
        ]

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it."""
        shown = {**row, "aim": words.say(row["aim"])}
        for side in ("low", "high"):
            up, down = row[f"{side}_up"], row[f"{side}_down"]
            shown[f"{side}_who"] = (
                "–" if up is None else " ".join([*(f"↑{id}" for id in up), *(f"↓{id}" for id in down)])
            )
        return shown

    def nearest(self, aim: Aim) -> tuple[float, Interval, bool] | None:
        """(how far, interval, whether upwards) of the weight that changes ``aim`` soonest."""
        moves = []
        for each in self.intervals:
            if each.aim == aim and each.before is not None:
                moves.append((each.now - each.low, each, False))
            if each.aim == aim and each.after is not None:
                moves.append((each.high - each.now, each, True))
        return min(moves, key=lambda move: move[0], default=None)

    def sentence(self, words: Language) -> str:
        """Which single weight changes the list soonest, or else the winner."""
        aim: Aim = "winner" if self.case.problem.cut is None else "list"
        found = self.nearest(aim)
        if found is None:
            stays = (
                "No single weight, moved alone, changes the list."
                if aim == "list"
                else ("No single weight, moved alone, changes the winner.")
            )
            return words.say(stays)
        _, each, upwards = found
        change = each.after if upwards else each.before
        assert change is not None  # nearest() looks at those only
        end = each.high if upwards else each.low
        is_end = end in (0.0, each.most)
        template = (
            "Of all weights moved alone, {node} changes the list soonest: from {now} {past}, {up} "
            "comes in and {down} drops out."
            if aim == "list"
            else (
                "Of all weights moved alone, {node} changes the winner soonest: from {now} {past}, {up} "
                "leads and not {down}."
            )
        )
        return words.say(
            template,
            node=each.node,
            now=share_of_weight(words, each.now),
            past=words.say("to {end}" if is_end else "past {end}", end=share_of_weight(words, end)),
            up=", ".join(self.case.ids(change[0])) or words.say("nobody"),
            down=", ".join(self.case.ids(change[1])) or words.say("nobody"),
        )

    def how(self, words: Language) -> str:
        """Exact where scores are linear in the weights."""
        rest = words.say(
            "All other criteria keep their proportions." if self.leaf else "Siblings keep their proportions."
        )
        if self.case.terms is not None:
            return f"{words.say('Exact, at the stated figures.')} {rest}"
        return f"{words.say('Found by trying 200 places on each side and halving, at the stated figures.')} {rest}"


def stability(case: Case, *, leaf: bool = False) -> Stability:
    """The stability intervals of every node, or (``leaf``) of every criterion against all others."""
    lines = leaf_lines(case.problem) if leaf else named_lines(node_lines(case.problem), case.problem)
    aims = AIMS if case.problem.cut is not None else ("winner", "order")
    judge = case.judge
    return Stability(case, tuple(interval(line, judge, aim, case.terms) for line in lines for aim in aims), leaf)


def _share(value: float | None, words: Language) -> str:
    return share_of_weight(words, value)
