"""The strict base of every section, and the small types that sections share."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, get_args

from pydantic import (
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from techprio.study.guesses import date_meant, id_meant, language_meant
from techprio.study.languages import LANGUAGE_CODES
from techprio.wording import nearest
from techprio.yaml_source import shown


class Section(BaseModel):
    """A section of a file: frozen, and every key it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    extra: Any = None
    """Anything you like: nothing reads it."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """What stands for a required value that is faulty or missing, while the rest of its section is checked."""

    value: Any


def wrong(code: str, message: str, hint: str = "", **facts: Any) -> PydanticCustomError:
    """A fault of shape that pydantic carries out to where faults are made: the facts, not the sentence."""
    return PydanticCustomError("fault", "fault", {"code": code, "message": message, "hint": hint, "facts": facts})


def misspelt(data: Mapping[Any, Any], key: str, known: Collection[str]) -> str | None:
    """The key of ``data`` that is not ``known`` and most like ``key``, where ``key`` itself is not there."""
    if key in data:
        return None
    strange = (name for name in data if isinstance(name, str) and name not in known and name != "extra")
    return next((name for name in islice(strange, 20) if near_key(name, known) == key), None)


@lru_cache(maxsize=4096)
def _near_key(word: str, known: tuple[str, ...]) -> str | None:
    return nearest(word, known) or next((key for key in known if sorted(key) == sorted(word)), None)


def near_key(word: str, known: Iterable[str]) -> str | None:
    """The known key most like ``word``, or the one of the same letters."""
    return _near_key(word, tuple(known)) if len(word) <= 60 else None


NOT_A_CHOICE = '"{found}" is not one of {choices}'


def told_by(key: str, *names: str, default: str | None = None) -> Discriminator:
    """Which of several sections a mapping is, told by its ``key``. The tag of section ``x`` is ``<x>``: no key of a
    file looks like that, so tags can be told from keys in the location of an error. The error's message is the key and
    its legal words, for whoever writes the fault."""

    def tag(data: Any) -> str:
        if isinstance(data, Mapping):
            name = data[key] if key in data else None if misspelt(data, key, (key,)) else default
        else:
            name = getattr(data, key, default)
        return f"<{name}>"

    return Discriminator(tag, custom_error_type="kind", custom_error_message=" ".join([key, *names]))


# -- words ----------------------------------------------------------------------------------------------------------

# JSON Schemas of the small types. A "$shared" one is written once, in the definitions of a schema.
A_NUMBER = {"$shared": "Number"}
A_WORD = {"type": "string"}
A_WEIGHT = {"type": "number", "minimum": 0, "maximum": 1.7976931348623157e308}

# Latin letters with any marks, Vietnamese ones among them; the same class in Python, Rust and JavaScript.
ID_PATTERN = "^[0-9A-Za-z_.\u00c0-\u024f\u1e00-\u1eff-]+$"
_is_id = re.compile(ID_PATTERN).fullmatch


def _id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong("E203", "an id is expected here, not {found}", found=shown(value))
    if not isinstance(value, str):
        raise wrong("E208", "an id is text, and this is the number {value}", "put it in quotes", value=str(value))
    if not _is_id(value):
        code, hint, facts = id_meant(value)
        raise wrong(code, '"{value}" is not an id', hint, value=value, **facts)
    return value


ID_SCHEMA = {**A_WORD, "pattern": ID_PATTERN}
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(ID_SCHEMA)]


def _label(value: Any) -> str:
    """Tiers and groups may be numbered: ``tier: 1`` is the label "1"."""
    return _id(str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


Label = Annotated[str, BeforeValidator(_label), WithJsonSchema({"type": ["string", "integer"], "pattern": ID_PATTERN})]


def _words(value: Any) -> str:
    if not isinstance(value, str):
        hint = "put it in quotes" if isinstance(value, int | float) else ""
        raise wrong("E203", "a text is expected here, not {found}", hint, found=shown(value))
    return value.strip()


Words = Annotated[str, BeforeValidator(_words)]


def _language(value: Any) -> str:
    if not isinstance(value, str) or value not in LANGUAGE_CODES:
        code, hint, facts = language_meant(str(value))
        raise wrong(code, '"{value}" is not a language', hint, value=str(value), **facts)
    return value


def _text(value: Any) -> Any:
    """A plain text is a text in no particular language; inside there is only one form."""
    if isinstance(value, Mapping):
        if not value:
            raise wrong("E203", "a text is expected here, not {found}", found=shown(value))
        return value
    return {"": _words(value)}


A_TEXT = {"$shared": "Text"}
A_NAME = {"$shared": "Name"}
A_BLANK = {**A_WORD, "pattern": r"^\s*$"}
SHARED_SCHEMAS = {
    "Number": {"type": "number", "minimum": -1.7976931348623157e308, "maximum": 1.7976931348623157e308},
    "Text": {
        "description": "A text: plain, or one for each language.",
        "anyOf": [
            A_WORD,
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    "en": {**A_WORD, "description": "In English."},
                    "vi": {**A_WORD, "description": "In Vietnamese."},
                },
                "patternProperties": {f"^({'|'.join(sorted(LANGUAGE_CODES))})$": A_WORD},
                "additionalProperties": False,
            },
        ],
    },
    "Name": {
        "description": "A name: plain, or one for each language; at least one of them says something.",
        "allOf": [{"$ref": "#/definitions/Text"}],
        "anyOf": [{"type": "string", "pattern": r"\S"}, {"type": "object", "not": {"additionalProperties": A_BLANK}}],
    },
}
_Language = Annotated[str, BeforeValidator(lambda value: value if value == "" else _language(value))]
Text = Annotated[dict[_Language, Words], BeforeValidator(_text), WithJsonSchema(A_TEXT)]


def _named(value: Any) -> Any:
    text = _text(value)
    if not any(str(words or "").strip() for words in text.values()):
        raise wrong("E203", "a name is expected here")
    return text


Name = Annotated[dict[_Language, Words], BeforeValidator(_named), WithJsonSchema(A_NAME), StandIn("-")]


class Choice:
    """Marks a ``Literal``: one of a few words, and the fault names them all."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = get_args(source)

        def check(value: Any) -> Any:
            if isinstance(value, bool) or value not in words:
                found = value if isinstance(value, str) else shown(value)
                raise wrong("E206", NOT_A_CHOICE, choices=words, found=found)
            return value

        return no_info_before_validator_function(check, handler(source))


# -- numbers and dates ----------------------------------------------------------------------------------------------

Number = Annotated[float, Strict(), AllowInfNan(False), WithJsonSchema(A_NUMBER)]
Weight = Annotated[float, Strict(), AllowInfNan(False), Field(ge=0), WithJsonSchema(A_WEIGHT)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]


def _percent(value: Any) -> float:
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?%", value) if isinstance(value, str) else None
    if not found:
        raise wrong("E203", "a percentage is expected here, not {found}", "write it like 50%", found=shown(value))
    share = float(found[1]) / 100
    if share > 1:
        raise wrong("E207", "{value} is more than 100%", value=value)
    return share


Percent = Annotated[
    float,
    BeforeValidator(_percent),
    WithJsonSchema({"type": "string", "pattern": r"^(0*[0-9]{1,2}(\.[0-9]+)?|0*100(\.0+)?) ?%$"}),
]

_LONG, _SHORT, _FEBRUARY = (
    r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    r"(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    r"02-(0[1-9]|[12][0-9])",
)
_DAY = rf"[0-9]{{4}}-({_LONG}|{_SHORT}|{_FEBRUARY})"
_MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"


def _when(value: Any) -> str:
    """A day, a month or a year, as text; a bare year is a number to YAML."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        try:
            last_day(text)
        except ValueError:
            raise wrong("E209", '"{value}" is not a day of the calendar', value=text) from None
        return text
    word = value if isinstance(value, str) else shown(value)
    code, hint, facts = date_meant(word)
    raise wrong(code, '"{value}" is not a date', hint, value=word, **facts)


def _day(value: Any) -> str:
    text = _when(value)
    if len(text) != 10:
        raise wrong("E209", '"{value}" is not a day', "write it like 2026-11-21", value=text)
    return text


When = Annotated[
    str,
    BeforeValidator(_when),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 9999},
                {"pattern": rf"^([0-9]{{4}}|{_MONTH}|{_DAY})$", **A_WORD},
            ]
        }
    ),
]
Day = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}$"})]


def last_day(when: str) -> datetime.date:
    """The last day that a day, month or year may mean."""
    year, month, day = (*map(int, when.split("-")), 0, 0)[:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    """Whole months from one day to another."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


# -- files ----------------------------------------------------------------------------------------------------------


def _format(value: Any) -> int:
    if isinstance(value, int) and value > 1:
        raise wrong("E212", "this version reads format 1, and the file says {value}", _NEWER, value=str(value))
    if value != 1 or isinstance(value, bool):
        raise wrong("E212", "the format is the number 1, not {found}", "write techprio: 1", found=shown(value))
    return 1


_NEWER = "use a newer version of techprio"


Format = Annotated[int, BeforeValidator(_format), WithJsonSchema({"const": 1}), StandIn(1)]


class Widened:
    """A bare value of one of ``kinds`` stands for the section that says only it, under ``key``."""

    def __init__(self, key: str, *kinds: type, schema: dict[str, Any]) -> None:
        self.key, self.kinds, self.schema = key, kinds, schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self.widen, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [self.schema, handler(core)]}

    def widen(self, value: Any) -> Any:
        return {self.key: value} if isinstance(value, self.kinds) else value


class OrOne:
    """Of a list, a single item may stand without the list around it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self.widen, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(core)
        return {"anyOf": [listed["items"], listed]}

    @staticmethod
    def widen(value: Any) -> Any:
        return value if isinstance(value, list | tuple) else [value]


NUMBER_KEYS: Any = {"propertyNames": {"pattern": r"^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$"}}
