"""techprio compare"""

from __future__ import annotations

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command


@command(
    "compare",
    "Set the rankings under all weight sets side by side, with their agreement.",
    STUDY,
    OUTPUT,
    COMPUTING,
    positional=True,
)
def compare(call: Call) -> None:
    from techprio import run

    found = run.compare(call.study(), call.choices())
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
