"""Words: languages, lists, numbers, nearest spellings; and a Vietnamese catalogue without gaps.

What is translated is found in the source by one rule. The *doors* are the functions and classes of the package with a
parameter ``message``, ``hint``, ``template``, ``heading``, ``one`` or ``many``. A text that is passed there is a
template: as a constant, as one of two (``a if … else b``), or under a name, which stands for all constants that are
assigned to it in the same function or at the top of a module.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from techprio.asking import QUESTIONS, VERIFY
from techprio.catalogue import KINDS
from techprio.evidence_report import STATES
from techprio.explorer.page import sentences
from techprio.plans.capacity import KIND_WORDS
from techprio.plans.outlook import KPI_STATES
from techprio.plans.readiness import CLARITIES
from techprio.questions import comparing, verification
from techprio.questions.answer import Answer
from techprio.questions.audit import EVIDENCE
from techprio.robustness import checking
from techprio.study.plans import STATUSES, Mechanism, Stage

SOURCE = Path(__file__).parents[1] / "src" / "techprio"
TEMPLATES = {"message", "hint", "template", "heading", "one", "many"}


def heirs(kind: type) -> Iterator[type]:
    """The classes that inherit from one, and those that inherit from them."""
    for heir in kind.__subclasses__():
        yield heir
        yield from heirs(heir)


DATA = {
    *STATES,
    *("figures", "criterion", "lead agency", "candidate", "tier", "group", "figure", "weight"),
    *("core", "likely", "contested", "unlikely", "out"),
    *("method", "weights", "both"),
    *KINDS,
    *(
        "formula",
        "in a study",
        "from the study",
        "of arrays",
        "orientation",
        "ties",
        "contributions",
        "rank reversal",
        "answers",
        "source",
    ),
    *("borderline", "exterior", "budget", "quota", "size", "must", "must not", "needs", "exclusive"),
    *("or", "and"),
    *QUESTIONS.values(),
    VERIFY,
    *(answer.heading for answer in heirs(Answer)),
    *EVIDENCE.values(),
    *("winner", "list", "order", "stated", "ranges", "always listed", "never listed", "best rank", "worst rank"),
    *("method", "weights", "evidence", "robustness", "study", "terms", "certificate", "band", "run", "row"),
    *(value for name, value in vars(checking).items() if name.startswith("BECAUSE")),
    *(
        value
        for module in (verification, comparing)
        for name, value in vars(module).items()
        if name.startswith("BECAUSE")
    ),
    *(*STATUSES, *KPI_STATES, *CLARITIES, *KIND_WORDS.values(), *get_args(Mechanism), *get_args(Stage), "partners"),
}
"""Words that are data and are said in the language of the output: states, kinds, bands, the lines of a card."""

PARTS = "put together: "


# -- what the source says -------------------------------------------------------------------------------------------


@cache
def modules() -> dict[str, ast.Module]:
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")}


@cache
def doors() -> dict[str, dict[str, list[dict[str, int]]]]:
    """Name of a function or class → module → its parameters for templates, with their positions in a call."""
    found: dict[str, dict[str, list[dict[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
                names = names[1:] if names[:1] in (["self"], ["cls"]) else names
            elif isinstance(node, ast.ClassDef):
                init = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
                names = [part.target.id for part in node.body if isinstance(part, ast.AnnAssign)]
                names = [arg.arg for arg in init[0].args.args[1:]] if init else names
                heirs = [
                    n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and node.name in map(ast.unparse, n.bases)
                ]
                for heir in heirs if init else ():
                    found[heir.name][module].append({n: i for i, n in enumerate(names) if n in TEMPLATES})
            else:
                continue
            if places := {name: i for i, name in enumerate(names) if name in TEMPLATES}:
                found[node.name][module].append(places)
    return found


def passed(call: ast.Call, module: str) -> Iterator[ast.expr]:
    """What a call passes to a door."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    here = doors().get(name, {})
    for places in here.get(module) or [places for each in here.values() for places in each]:
        for parameter, position in places.items():
            if position < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args[: position + 1]):
                yield call.args[position]
            yield from (keyword.value for keyword in call.keywords if keyword.arg == parameter)


Values = dict[str, list[ast.expr]]


def texts(value: ast.expr, assigned: Values, seen: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
    """The constants that an expression may be; what is put together from parts is yielded as it is."""
    match value:
        case ast.Constant(value=str()):
            yield value
        case ast.IfExp(body=a, orelse=b):
            yield from texts(a, assigned, seen)
            yield from texts(b, assigned, seen)
        case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values) | ast.Dict(values=values):
            for part in values:
                yield from texts(part, assigned, seen)
        case ast.Subscript(value=ast.Name() as name):
            yield from texts(name, assigned, seen)
        case ast.NamedExpr(value=inner):
            yield from texts(inner, assigned, seen)
        case ast.Name(id=id) if id not in seen:
            for part in assigned.get(id, ()):
                yield from texts(part, assigned, seen | {id})
        case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            yield value


def assignments(scope: ast.AST) -> Values:
    """Name → what is assigned to it."""
    found: Values = defaultdict(list)
    for node in ast.walk(scope):
        for target in node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]:
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                found[target.id].append(value)
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.expr):
                for i, part in enumerate(target.elts):
                    if isinstance(part, ast.Name):
                        found[part.id].append(value.elts[i] if isinstance(value, ast.Tuple) else value)
    return found


@cache
def top_level() -> dict[str, list[ast.expr]]:
    """Constants at the top of any module, by name."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for tree in modules().values():
        for name, values in assignments(
            ast.Module([n for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)], [])
        ).items():
            found[name] += values
    return found


@cache
def said() -> dict[str, str]:
    """Every template of the source, with a place where it stands."""
    found: dict[str, str] = {}
    for module, tree in modules().items():
        for scope in [*tree.body, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))]:
            assigned = {**top_level(), **assignments(scope)}
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
                if ast.unparse(call.func).startswith("click."):
                    continue  # what the command line says of itself is in English
                for value in passed(call, module):
                    for text in texts(value, assigned):
                        words = text.value if isinstance(text, ast.Constant) else f"{PARTS}{ast.unparse(text)}"
                        found.setdefault(words, f"{module}:{text.lineno}")
    for words in sentences():
        found.setdefault(words, "explorer/static")
    return {words: place for words, place in found.items() if re.search(r"[A-Za-z]", words) and not is_code(words)}


def is_code(words: str) -> bool:
    return re.fullmatch(r"[EW]\d{3}", words) is not None


def test_a_template_is_found_however_it_is_passed():
    assert {
        "this key has no colon",  # a field of a row in a table
        "there is no tier {id}",  # a value of a table
        "with direction min the best anchor {best} must be below the worst {worst}",  # assigned in a branch
        "{n} errors",  # one of two numbers
        "Wrong, in a criteria file:",
        "candidate",  # a heading
    } <= set(said())


def test_no_template_is_put_together_from_parts():
    assert [f"{place} {words}" for words, place in said().items() if words.startswith(PARTS)] == []


# -- the catalogue --------------------------------------------------------------------------------------------------


@cache
def catalogue() -> dict[str, str]:
    with (SOURCE / "locale" / "vi.po").open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream, locale="vi", abort_invalid=True) if m.id}


def test_everything_said_has_its_vietnamese_words():
    wanted = {**dict.fromkeys(DATA, "data"), **said()}
    missing = [f"  {place}  {words!r}" for words, place in wanted.items() if not catalogue().get(words)]
    assert not missing, "\n".join(["locale/vi.po lacks:", *missing])


def test_the_catalogue_says_nothing_that_the_source_does_not():
    unused = set(catalogue()) - set(said()) - DATA
    assert not unused, "\n".join(["nothing says these words of locale/vi.po:", *map(repr, unused)])


def names(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", template))


@pytest.mark.parametrize("words", catalogue(), ids=lambda words: words[:40])
def test_a_translation_names_the_same_facts(words: str):
    assert names(words) == names(catalogue()[words])
