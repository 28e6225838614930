"""What commands have in common: the study they work on, the options of everything that computes, progress."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.completion import rankings, settings
from techprio.wording import LANGUAGES, Language, language
from techprio.yaml_reader import parse

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from techprio.run import Choices
    from techprio.study.folder import Study
    from techprio.tables import Row, Table

Command = Callable[..., Any]
FORMATS = ("table", "json", "csv", "md")
PATH = click.Path(path_type=Path)


class Call:
    """One call of a command: the common options, and what they lead to."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.words: Language = language(options.get("lang") or "en")
        self.quiet: bool = options.get("quiet", False)

    @property
    def criteria(self) -> Path:
        return criteria_file(self.options.get("criteria") or self.options.get("criteria_at"))

    @property
    def folders(self) -> tuple[Path, ...]:
        at = self.options.get("candidates_at")
        folders = self.options.get("candidates") or ((at,) if at else ())
        for folder in folders:
            if not folder.is_dir():
                raise click.UsageError(f"there is no folder {folder}")
        return tuple(folders)

    def study(self) -> Study:
        """The study, or a StudyError with all faults; its warnings are counted on stderr."""
        from techprio.cli.output import stderr
        from techprio.offered import offered
        from techprio.study.folder import load

        with progress("{done} files read", self.words, self.quiet) as report:
            study = load(self.criteria, self.folders, offered(), report)
        gc.freeze()  # the study stays as long as the program: to look for garbage in it again and again takes seconds
        if study.warnings and not self.quiet:
            one, many = "{n} warning; techprio check shows it", "{n} warnings; techprio check shows them"
            stderr(self.words.several(len(study.warnings), one, many))
        return study

    def choices(self, report: Callable[[int, int], None] | None = None) -> Choices:
        """What the options ask of a run."""
        from techprio.build import Changes
        from techprio.run import Choices

        o = self.options
        figures = {_cell(name): number for name, number in pairs(o["figure"], "--figure")}
        return Choices(
            method=o["method"],
            settings={key: setting(value) for key, value in _split(o["set"], "--set")},
            weights=o["weights"],
            change=Changes(dict(pairs(o["weight"], "--weight")), figures),
            cut=o["cut"],
            draws=o["draws"],
            seed=o["seed"],
            precision=o["precision"],
            workers=o["workers"],
            executor=cluster(o["cluster"]),
            only=_label(o["only"]),
            progress=report,
            certify=o.get("certify", False),
        )

    def show(
        self, tables: Callable[[], Sequence[Table]], rows: Callable[[], Sequence[Row]], data: Callable[[], Any]
    ) -> None:
        """The result in the form and to the place asked for; only that form is made."""
        from techprio.cli.output import show

        show(tables, rows, data, form=self.options["form"], path=self.options["output"], words=self.words)


# -- options --------------------------------------------------------------------------------------------------------


def command(
    name: str, help: str, *groups: Sequence[Command], positional: bool = False
) -> Callable[[Command], click.Command]:
    """A command that is given a ``Call``, and its own parameters by name."""

    def decorate(function: Command) -> click.Command:
        own: list[click.Parameter] = getattr(function, "__click_params__", [])
        names = {parameter.name for parameter in own}

        def callback(**options: Any) -> Any:
            from techprio.cli.output import prepare_streams

            prepare_streams()
            return function(Call(options), **{key: value for key, value in options.items() if key in names})

        callback.__doc__ = function.__doc__
        if own:
            callback.__click_params__ = list(own)  # type: ignore[attr-defined]
        for group in groups:
            for option in reversed(group):
                option(callback)
        if positional:
            click.argument("candidates_at", metavar="[CANDIDATES]", required=False, type=PATH)(callback)
            click.argument("criteria_at", metavar="[CRITERIA]", required=False, type=PATH)(callback)
        return click.command(name, help=help)(callback)

    return decorate


STUDY = (
    click.option("--criteria", type=PATH, help="The criteria file; left out: the only one in criteria/."),
    click.option(
        "--candidates",
        type=PATH,
        multiple=True,
        help="A candidates folder; given again, it is laid over the one before.",
    ),
    click.option(
        "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the output."
    ),
    click.option("--quiet", is_flag=True, help="Say nothing beside the result."),
)
OUTPUT = (
    click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Form of the result."
    ),
    click.option("--output", type=PATH, help="File to write the result to."),
)
COMPUTING = (
    click.option("--method", metavar="ID", help="Ranking method; left out: the study's.", shell_complete=rankings),
    click.option("--set", metavar="KEY=VALUE", multiple=True, help="A setting of the method.", shell_complete=settings),
    click.option("--weights", metavar="SET", default="base", show_default=True, help="Weight set."),
    click.option("--weight", metavar="NODE=NUMBER", multiple=True, help="Change the weight of a node for this run."),
    click.option("--figure", metavar="CANDIDATE.CRITERION=NUMBER", multiple=True, help="Change a figure for this run."),
    click.option("--cut", type=click.IntRange(min=1), help="Size of the list."),
    click.option("--draws", type=click.IntRange(min=1), help="How many weights and figures are drawn."),
    click.option("--seed", type=click.IntRange(min=0), help="What makes the draws repeatable."),
    click.option(
        "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="How many processes draw."
    ),
    click.option(
        "--precision",
        metavar="SHARE",
        type=click.FloatRange(1e-4, 0.5),
        help="Draw until the standard error of every share is this small, like 0.005.",
    ),
    click.option("--cluster", metavar="ADDRESS", help="Draw on the Dask cluster whose scheduler is there."),
    click.option("--only", metavar="group=…|tier=…", help="Only the candidates of one group or tier."),
)


def pairs(given: Sequence[str], option: str) -> Iterator[tuple[str, float]]:
    """``NAME=NUMBER`` as name and number."""
    for name, value in _split(given, option):
        try:
            yield name, float(value)
        except ValueError:
            raise click.UsageError(f"{option} {name}={value}: {value!r} is not a number") from None


def _split(given: Sequence[str], option: str) -> Iterator[tuple[str, str]]:
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{option} {text}: write it as NAME=VALUE")
        yield name, value


def setting(text: str) -> Any:
    """The value of a setting: a number, true or false, a word, or a list or a mapping as YAML has them."""
    if text.startswith(("[", "{")):
        source = parse(text.encode(), "--set")
        if source.faults:
            raise click.UsageError(source.faults[0].report(language("en")))
        return source.data
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def per_column(text: str, option: str, kind: Callable[[str], Any]) -> dict[str, Any] | list[Any]:
    """``3,2,1`` in the order of columns, or ``price=3,quality=2`` by name."""
    try:
        if "=" in text:
            return {name: kind(value) for name, value in _split(text.split(","), option)}
        return [kind(value) for value in text.split(",")]
    except ValueError:
        raise click.UsageError(f"{option} {text}: give a number for each column") from None


def cluster(address: str | None) -> Executor | None:
    """The executor of the Dask cluster at an address."""
    if address is None:
        return None
    try:
        from distributed import Client
    except ImportError:
        raise click.UsageError("--cluster needs Dask: pip install 'techprio[cluster]'") from None
    try:
        client: Any = Client
        executor: Executor = client(address, timeout=10, set_as_default=False).get_executor()
    except (OSError, ValueError) as error:
        raise click.UsageError(f"there is no cluster at {address}: {error}") from None
    return executor


def _cell(name: str) -> tuple[str, str]:
    candidate, dot, criterion = name.rpartition(".")
    if not dot:
        raise click.UsageError(f"--figure {name}: write it as CANDIDATE.CRITERION=NUMBER")
    return candidate, criterion


def _label(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    kind, equals, label = text.partition("=")
    if kind not in ("group", "tier") or not equals:
        raise click.UsageError(f"--only {text}: write it as group=… or tier=…")
    return kind, label


# -- the study ------------------------------------------------------------------------------------------------------


def criteria_file(named: Path | None) -> Path:
    """The criteria file named, or the only one in ``criteria/`` of the folder named, or of this one."""
    if named is not None and not named.is_dir():
        if not named.exists():
            raise click.UsageError(f"there is no file {named}")
        return named
    folder = named or Path()
    inside = folder / "criteria" if (folder / "criteria").is_dir() else folder
    found = sorted(path for path in inside.glob("*.yaml") if path.name != "sources.yaml")
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"no criteria file is in {inside}: name one, or make a study with: techprio init DIR")
    raise click.UsageError(f"name one of the criteria files: {', '.join(map(str, found))}")


# -- progress -------------------------------------------------------------------------------------------------------


@contextmanager
def progress(template: str, words: Language, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A function to be told (done, of all); after a second of work it keeps one line on stderr up to date to the end.

    On a terminal the line is rewritten ten times a second at the most; elsewhere a new one is written every five.
    """
    begun = time.monotonic()
    live = sys.stderr.isatty()
    last = begun + (0.9 if live else -3.0)
    written = False

    def report(done: int, total: int) -> None:
        nonlocal last, written
        now = time.monotonic()
        if quiet or 0 < total <= done or now - begun < 1 or now - last < (0.1 if live else 5):
            return
        left = (now - begun) * (total - done) / done if done else 0.0
        text = words.say(template, done=done, total=total)
        if total:
            text += words.say(", about {seconds} s left", seconds=max(1, round(left)))
        sys.stderr.write(f"\r{text}\x1b[K" if live else f"{text}\n")
        sys.stderr.flush()
        last, written = now, True

    try:
        yield report
    finally:
        if live and written:
            sys.stderr.write("\r\x1b[K")
