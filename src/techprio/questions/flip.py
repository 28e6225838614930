"""What is the smallest change that swaps two candidates, or brings one on the list or off it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.build import known
from techprio.errors import UsageError
from techprio.hall import Cut, Flags, Floats
from techprio.questions.answer import Answer, Case, share_of_weight
from techprio.questions.extreme import sums
from techprio.questions.one_figure import FigureChange, least_changes
from techprio.ranking import listed, ordered, ranks
from techprio.robustness.flips import Flip, list_flip, pair_flip
from techprio.robustness.smaa import Progress
from techprio.robustness.space import WeightSpace
from techprio.tables import Column
from techprio.wording import Language


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """Something that may be turned round, and the least changes that do it."""

    candidate: int
    other: int | None
    """Who is passed by whom: ``candidate`` passes ``other``; None: ``candidate`` comes on the list, or goes off."""
    within: Flip | None
    """Least L1 change of weights within the admissible ones."""
    beyond: Flip | None
    """The same among all weights, where no admissible ones do it."""
    largest: Flip | None
    """Among the admissible weights, the change whose largest single move is least; None, too, if not asked for."""
    figures: tuple[FigureChange, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Flips(Answer):
    """The least changes of weights and of single figures that turn something round."""

    question = "flip"
    heading = "the smallest changes that turn it round"

    turns: tuple[Turn, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a turn, the smallest change of weights first."""
        p, listed_now = self.case.problem, self.case.verdict.listed
        found = []
        for turn in sorted(self.turns, key=lambda t: _moved(t.within) if t.within else 2 + _moved(t.beyond)):
            figure = turn.figures[0] if turn.figures else None
            row: dict[str, Any] = {"candidate": p.candidates[turn.candidate]}
            if turn.other is not None:
                row |= {"turn": "passes", "other": p.candidates[turn.other]}
            else:
                assert listed_now is not None  # asked for with a list only
                row |= {"turn": "leaves" if listed_now[turn.candidate] else "enters", "other": None}
            row |= {
                "weight_moved": _moved(turn.within) if turn.within else None,
                "weight_moved_beyond": _moved(turn.beyond) if turn.beyond else None,
                "largest_move": turn.largest.distance if turn.largest else None,
                "figure": _figure_row(self.case, figure),
            }
            found.append(row)
        return found

    def details(self) -> dict[str, Any]:
        """The weights of every flip, and every figure that can do it by itself."""
        p = self.case.problem
        return {
            "turns": [
                {
                    "candidate": p.candidates[turn.candidate],
                    "other": None if turn.other is None else p.candidates[turn.other],
                    **{
                        name: None if flip is None else dict(zip(p.criteria, flip.weights.tolist(), strict=True))
                        for name, flip in (("within", turn.within), ("beyond", turn.beyond), ("largest", turn.largest))
                    },
                    "figures": [_figure_row(self.case, change) for change in turn.figures],
                }
                for turn in self.turns
            ]
        }

    def columns(self) -> list[Column]:
        other = any(turn.other is not None for turn in self.turns)
        columns = [
            Column("candidate", "candidate", narrows="clips"),
            Column("turn", "turn"),
            Column("other", "other") if other else None,
            Column("weight_moved", "weight moved", "right", _share),
            Column("weight_moved_beyond", "any weights", "right", _share, rank=1),
            Column("largest_move", "largest move", "right", _share, rank=2)
            if any(t.largest for t in self.turns)
            else None,
            Column("figure", "or one figure", narrows="wraps"),
        ]
        return [column for column in columns if column]

    def shown(self, row: Mapping[str, Any], words: Language) -> Mapping[str, Any]:
        """A row as the table shows it."""
        figure = row["figure"]
        text = "–"
        if figure is not None:
            facts = {
                "id": f"{figure['candidate']}.{figure['criterion']}",
                "was": _number(words, figure["was"]),
                "to": _number(words, figure["to"]),
            }
            text = words.say(
                "{id} {was} → {to}, in its range" if figure["in_range"] else "{id} {was} → {to}, beyond its range",
                **facts,
            )
        return {**super().shown(row, words), "turn": words.say(row["turn"]), "figure": text}

    def sentence(self, words: Language) -> str:
        """The smallest change of weights, and whether it is admissible."""
        row = self.rows()[0]
        facts = {"a": row["candidate"], "b": row["other"] or ""}
        turn = row["turn"]
        if row["weight_moved"] is not None:
            template = {
                "passes": "{a} passes {b} once {share} of the weight changes hands, which is admissible.",
                "enters": "Nearest to a change is {a}: it enters the list once {share} of the weight changes hands.",
                "leaves": "Nearest to a change is {a}: it leaves the list once {share} of the weight changes hands.",
            }
            return words.say(template[turn], share=share_of_weight(words, row["weight_moved"]), **facts)
        if row["weight_moved_beyond"] is not None:
            template = {
                "passes": "No admissible weights put {a} above {b}; beyond them it takes {share} of the weight.",
                "enters": "No admissible weights change the list; beyond them {a} enters with {share} of the weight.",
                "leaves": "No admissible weights change the list; beyond them {a} leaves with {share} of the weight.",
            }
            return words.say(template[turn], share=share_of_weight(words, row["weight_moved_beyond"]), **facts)
        if turn == "passes":
            return words.say("No weights at all put {a} above {b}.", **facts)
        return words.say("No weights at all change the list.")

    def how(self, words: Language) -> str:
        """Exact, with witnesses."""
        return words.say(
            "Exact, at the stated figures: each change with the weights that it leads to. Figures: at the "
            "stated weights."
        )


def flip(case: Case, about: Sequence[str] = (), progress: Progress | None = None) -> Flips:
    """The least changes by which the lower of two candidates passes the other; of one: by which it enters or leaves.

    With none: of every candidate. Raises UsageError for unknown candidates, MethodError where scores are no sums.
    """
    sums(case)
    ids = case.problem.candidates
    asked = [ids.index(known(id, ids, "{id} is not among the candidates ranked")) for id in about]
    if len(asked) == 2:
        if asked[0] == asked[1]:
            raise UsageError("name two different candidates")
        upper, lower = sorted(asked, key=lambda i: int(case.verdict.ranks[i]))
        return Flips(case, (_pair_turn(case, lower, upper),))
    if case.problem.cut is None:
        raise UsageError("there is no list: say how long it is with --cut, or name two candidates")
    turns = []
    for number, i in enumerate(asked or range(len(ids)), start=1):
        turns.append(_list_turn(case, i, case.problem.cut, largest=bool(asked)))
        if progress:
            progress(number, len(asked) or len(ids))
    return Flips(case, tuple(turns))


def _pair_turn(case: Case, lower: int, upper: int) -> Turn:
    terms, now = sums(case), case.problem.weights
    lead = terms[lower] - terms[upper]

    def above(scores: Floats) -> Flags:
        found = ranks(scores, case.method.score_unit)
        return np.asarray(found[:, lower] < found[:, upper])

    figures = least_changes(case, lower, above) + least_changes(case, upper, above)
    figures.sort(key=lambda change: change.value_change)
    within = pair_flip(lead, now, case.space, "l1")
    return Turn(
        lower,
        upper,
        within,
        None if within else pair_flip(lead, now, WeightSpace.around(now, None), "l1"),
        pair_flip(lead, now, case.space, "max"),
        tuple(figures),
    )


def _list_turn(case: Case, i: int, cut: Cut, *, largest: bool) -> Turn:
    terms, now = sums(case), case.problem.weights
    enter = not bool(case.verdict.listed[i]) if case.verdict.listed is not None else True

    def turned(scores: Floats) -> Flags:
        order, better = ordered(scores, case.method.score_unit)
        on_list = np.zeros(order.shape, bool)
        np.put_along_axis(on_list, order, listed(order, better, cut), axis=1)
        return np.asarray(on_list[:, i] == enter)

    within = list_flip(terms, i, cut, now, case.space, "l1", enter=enter)
    return Turn(
        i,
        None,
        within,
        None if within else list_flip(terms, i, cut, now, WeightSpace.around(now, None), "l1", enter=enter),
        list_flip(terms, i, cut, now, case.space, "max", enter=enter) if largest else None,
        tuple(least_changes(case, i, turned)),
    )


def _moved(found: Flip | None) -> float:
    """The weight that changes hands."""
    return 2.0 if found is None else found.distance / 2


def _figure_row(case: Case, change: FigureChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    p = case.problem
    return {
        "candidate": p.candidates[change.candidate],
        "criterion": p.criteria[change.criterion],
        "unit": p.units[change.criterion] if p.units else "",
        "was": change.was,
        "to": change.to,
        "in_range": change.possible,
    }


def _number(words: Language, value: float) -> str:
    return words.number(float(f"{value:.4g}"))


def _share(value: float | None, words: Language) -> str:
    return share_of_weight(words, value)
