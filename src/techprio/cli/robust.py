"""techprio robust"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from techprio.cli.common import COMPUTING, OUTPUT, STUDY, Call, command, progress


@command(
    "robust",
    "Answer one question about how far the ranking can be trusted, or all; without one, list the questions.",
    STUDY,
    OUTPUT,
    COMPUTING,
)
@click.argument("question", required=False)
@click.argument("about", nargs=-1, metavar="[CANDIDATE …] [CRITERIA] [CANDIDATES]")
@click.option("--all", "every", is_flag=True, help="Answer every question.")
@click.option(
    "--leaf", is_flag=True, help="With stability: all other criteria keep their proportions, not the siblings."
)
@click.option("--pieces", type=click.IntRange(min=1), help="With references: straight pieces of each value function.")
@click.option("--certify", is_flag=True, help="With certificates: prove more (see techprio rank --help).")
def robust(
    call: Call, question: str | None, about: tuple[str, ...], every: bool, leaf: bool, pieces: int | None, certify: bool
) -> int:
    if question == "verify":
        return _verify(call, about)
    if every:
        _place(call, [*([question] if question else []), *about])
        _all(call, leaf)
    elif question is None:
        _list(call)
    else:
        from techprio import asking

        ids = _place(call, about)
        with progress("{done} of {total} steps", call.words, call.quiet) as report:
            found = asking.ask(call.study(), question, call.choices(report), ids, leaf=leaf, pieces=pieces)
        call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
    return 0


def _place(call: Call, about: Any) -> list[str]:
    """What is no file or folder is a candidate; the criteria file and the candidates folder are kept as such."""
    ids = []
    for text in about:
        path = Path(text)
        if text.endswith((".yaml", ".yml")) or (path.is_dir() and (path / "criteria").is_dir()):
            call.options["criteria_at"] = path
        elif path.is_dir():
            call.options["candidates_at"] = path
        else:
            ids.append(text)
    return ids


def _list(call: Call) -> None:
    """The questions that may be asked."""
    from techprio.asking import QUESTIONS, VERIFY
    from techprio.tables import Column, Table

    rows = [{"question": id, "asks": text} for id, text in QUESTIONS.items()]
    rows.append({"question": "verify", "asks": VERIFY})
    columns = [Column("question", "question"), Column("asks", "what it asks", narrows="wraps")]
    shown = [{**row, "asks": call.words.say(row["asks"])} for row in rows]
    table = Table(columns, shown, call.words.say("techprio robust QUESTION, or --all"))
    call.show(lambda: [table], lambda: rows, lambda: {"questions": rows})


def _all(call: Call, leaf: bool) -> None:
    """Every question, one after the other."""
    from techprio import asking
    from techprio.cli.output import stderr
    from techprio.questions.answer import Answer

    study, answers = call.study(), {}
    with progress("{done} of {total} steps", call.words, call.quiet) as report:
        for question, found in asking.ask_all(study, call.choices(report), leaf=leaf):
            if isinstance(found, Answer):
                answers[question] = found
            elif not call.quiet:
                stderr(f"{question}: {found}")
    call.show(
        lambda: [answer.table(call.words) for answer in answers.values()],
        lambda: [{"question": id, **row} for id, answer in answers.items() for row in answer.rows()],
        lambda: {"answers": {id: answer.to_json() for id, answer in answers.items()}},
    )


def _verify(call: Call, about: tuple[str, ...]) -> int:
    """Check the certificates in a file; exit with 1 if one does not hold."""
    from techprio import asking
    from techprio.errors import StudyError

    if not about:
        raise click.UsageError("name the file: techprio robust verify FILE")
    _place(call, about[1:])
    try:
        data = json.loads(Path(about[0]).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise click.UsageError(f"{about[0]} is not JSON") from None
    try:
        study = call.study()
    except (click.UsageError, StudyError):
        study = None
    found = asking.verify_file(data, study)
    call.show(lambda: [found.table(call.words)], found.rows, found.to_json)
    return int(not found.holds)
