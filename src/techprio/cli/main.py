"""The program: which commands there are, and what becomes of errors. A command is imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from techprio import __version__

COMMANDS = {
    "init": "Make a new study folder that ranks at once.",
    "new": "Write a new candidate file, every question and anchor in it.",
    "check": "Check every file, and show all faults at once.",
    "rank": "Rank the candidates, and say how far the ranking can be trusted.",
    "explain": "Say why a candidate stands where it does, figure by figure to the source.",
    "compare": "Set the rankings under all weight sets, or by many methods, side by side.",
    "explore": "Write an offline page in which weights can be moved and the list follows.",
    "evidence": "Show missing, illustrative, stale and conflicting figures.",
    "robust": "Answer questions about how far the ranking can be trusted.",
    "audit": "Check method, weights, evidence and robustness: pass, warn or fail.",
    "plot": "Draw the pictures that a committee should see.",
    "weights": "Show the weights of each set.",
    "select": "Choose the set of the greatest value under budgets, and say what each constraint costs.",
    "methods": "List the ranking methods, or show the card of one.",
    "plan": "Write, check and show implementation plans, and monitor their progress.",
    "schema": "Write JSON Schemas, so that an editor completes and checks the files.",
}


class Program(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"techprio.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from techprio.wording import nearest

            near = nearest(name, COMMANDS)
            ctx.fail(f"No such command {name!r}." + (f" Did you mean {near!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="techprio")
def program() -> None:
    """Rank technologies by many criteria, and say how far the ranking can be trusted.

    Run it in a folder that has criteria/ and candidates/ in it, or name a criteria file.
    """


def main(args: list[str] | None = None) -> None:
    """Run the program and leave it with one of its exit codes: 0, 1 (faults), 2 (wrong usage), 130 (interrupted)."""
    for library in ("OPENBLAS", "MKL", "OMP"):  # products here are small: threads cost more, and round differently
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them takes as long as to read a study
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    try:
        code = program.main(args, prog_name="techprio", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        devnull = os.open(os.devnull, os.O_WRONLY)  # the reader has gone; what is still buffered goes nowhere
        os.dup2(devnull, sys.stdout.fileno())
        return 0
    except Exception as error:
        from techprio.cli.failure import explain_failure

        return explain_failure(error)
    return code if isinstance(code, int) else 0
