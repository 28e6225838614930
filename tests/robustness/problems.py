"""Problems that several tests work on."""

from __future__ import annotations

from techprio.hall import Problem, ValueFunction, frozen

NAN = float("nan")


def problem(missing: str = "interval") -> Problem:
    """Two candidates, three criteria: a range, a missing figure, a range with a bent value function; a cost."""
    return Problem(
        candidates=("a", "b"),
        criteria=("x", "y", "z"),
        x=frozen([[40.0, NAN, 3.0], [10.0, 5.0, 2.0]]),
        low=frozen([[20.0, NAN, 1.0], [10.0, 5.0, 2.0]]),
        high=frozen([[80.0, NAN, 5.0], [10.0, 5.0, 2.0]]),
        sense=frozen([1.0, -1.0, 1.0]),
        weights=frozen([0.5, 0.3, 0.2]),
        missing=("interval", missing, "interval"),
        value_functions=(
            ValueFunction(frozen([0.0, 100.0]), frozen([0.0, 1.0])),
            ValueFunction(frozen([0.0, 10.0]), frozen([1.0, 0.0])),
            ValueFunction(frozen([1.0, 2.0, 5.0]), frozen([0.0, 0.6, 1.0])),
        ),
    )
