"""YAML means what the 1.2 core schema says, and every place is where it is said to be."""

import hashlib
import json
import math
import textwrap
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from techprio.errors import Place
from techprio.yaml_reader import MAX_DEPTH, MAX_NODES, parse
from techprio.yaml_source import Map, Path_, Seq, Source


def read(text: str) -> Source:
    return parse((textwrap.dedent(text) if text.startswith("\n") else text).encode(), "a.yaml")


def sound(text: str) -> Any:
    """The data of a text without faults."""
    source = read(text)
    assert source.faults == []
    return source.data


def codes(text: str) -> list[str]:
    return [fault.code for fault in read(text).faults]


# -- what a plain scalar means --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("17", 17),
        ("017", 17),
        ("-0", 0),
        ("+1", 1),
        ("0x1F", 31),
        ("0xff", 255),
        ("0o17", 15),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("4e3", 4000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("+1.5e+2", 150.0),
        ("3.14", 3.14),
        ("9007199254740993", 9007199254740993),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("+.INF", math.inf),
        ("1e400", math.inf),
        ("1" * 310, math.inf),
        ("0x" + "f" * 300, math.inf),
    ],
)
def test_numbers_constants_and_nothing(word: str, value: Any):
    found = sound(f"a: {word}")["a"]
    assert (type(value), value) == (type(found), found)


@pytest.mark.parametrize("word", [".nan", ".NaN", ".NAN"])
def test_not_a_number(word: str):
    assert math.isnan(sound(f"a: {word}")["a"])


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "NO", "Yes", "on", "off", "y", "n", "nUll", "tRUE", "none", "None", "nil"),
        *("12:30", "1:2:3", "1_000", "3,5", "20.000.000", "1.2.3", "2026-04-03", "2026-04", "2026-04-03T10:00:00Z"),
        *("0o8", "0xg", "0b11", "-0x1", "1e", "e3", ".", "..", "+", "-.", "1e3.5", ".inf.", ".INf", "nan", "inf"),
        *("+.nan", "٣", "１２", "½", "1__0", "=", "1-2", "(1)", "1 2"),
    ],
)
def test_everything_else_is_text(word: str):
    assert unicodedata.normalize("NFC", word) == sound(f"a: {word}")["a"]


@pytest.mark.parametrize("word", ["17", "1e-3", "true", "null", "~", "", "2026", ".5", "0x1F", "<<"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quoted_words_are_text(word: str, quote: str):
    assert word == sound(f"a: {quote}{word}{quote}")["a"]


def test_keys_that_are_numbers():
    data = sound("{1: a, 2.5: b, -3: c, 0x10: d, '1': e, .inf: f, .nan: g, null: h, true: i, '': j}")
    assert list(data) == [1, 2.5, -3, 16, "1", ".inf", ".nan", "null", "true", ""]
    assert list("abcdefghij") == list(data.values())


# -- forms of text --------------------------------------------------------------------------------------------------


def test_block_scalars():
    data = sound(
        """
        kept: |
          one

          two
        folded: >-
          one
          two

          three
        stripped: |-
          one
        plain: one
          two
        """
    )
    assert data == {"kept": "one\n\ntwo\n", "folded": "one two\nthree", "stripped": "one", "plain": "one two"}


def test_comments_and_a_document_with_its_marks():
    assert sound("%YAML 1.2\n--- # begins\na: 1 # one\nb: x#y\nc: x #y\n... # ends\n") == {"a": 1, "b": "x#y", "c": "x"}


def test_a_byte_order_mark_is_let_be():
    source = parse("\ufeffa: 1\nb: x\n".encode(), "a.yaml")
    assert source.data == {"a": 1, "b": "x"}
    assert Place("a.yaml", 1, 4) == source.at_value(("a",))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str):
    source = parse(end.join(["a: |", "  one", "  two", "b:", "- x", "- Công: 2", ""]).encode(), "a.yaml")
    assert source.data == {"a": "one\ntwo\n", "b": ["x", {"Công": 2}]}
    assert Place("a.yaml", 6, 9) == source.at_value(("b", 1, "Công"))


def test_texts_and_keys_are_kept_in_nfc():
    decomposed = unicodedata.normalize("NFD", "công nghệ")
    data = sound(f"{decomposed}: {decomposed}\n'{decomposed} 2': \"{decomposed}\"\n")
    assert data == {"công nghệ": "công nghệ", "công nghệ 2": "công nghệ"}


def test_keys_that_are_the_same_in_nfc_are_doubled():
    assert codes(f"é: 1\n{unicodedata.normalize('NFD', 'é')}: 2\n") == ["E107"]


def test_anchors_and_aliases_repeat_a_part():
    data = sound("a: &x {v: [1, 2]}\nb: *x\nc: &y 5\nd: [*y, *y]\ne: &x 7\nf: *x\n")
    assert data == {"a": {"v": [1, 2]}, "b": {"v": [1, 2]}, "c": 5, "d": [5, 5], "e": 7, "f": 7}


def test_an_empty_file_has_no_data():
    for text in ("", "# nothing\n", "---\n...\n"):
        source = read(text)
        assert (source.data, source.faults) == (None, [])


def test_the_hash_is_of_the_bytes():
    data = "\ufeffa: 1\r\n".encode()
    assert hashlib.sha256(data).hexdigest() == parse(data, "a.yaml").sha256


# -- places ---------------------------------------------------------------------------------------------------------

TEXT = """\
# Một ghi chú
tên: {vi: Công nghệ số, en: "Digital \\u2014 now", ‘x’: [1, {y: 2}]}
danh sách:
  - id: mục-1
    trị: 3
  -   - 4
      - 𝄞: 5
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("tên",), (2, 1), (2, 6)),
        (("tên", "vi"), (2, 7), (2, 11)),
        (("tên", "en"), (2, 25), (2, 29)),
        (("tên", "‘x’"), (2, 51), (2, 56)),
        (("tên", "‘x’", 0), (2, 57), (2, 57)),
        (("tên", "‘x’", 1, "y"), (2, 61), (2, 64)),
        (("danh sách", 0), (4, 5), (4, 5)),
        (("danh sách", 0, "trị"), (5, 5), (5, 10)),
        (("danh sách", 1, 1, "𝄞"), (7, 9), (7, 12)),
    ],
)
def test_places_count_letters_not_bytes(path: Path_, key: tuple[int, int], value: tuple[int, int]):
    source = read(TEXT)
    assert Place("a.yaml", *key) == source.at_key(path)
    assert Place("a.yaml", *value) == source.at_value(path)


def test_a_path_that_ends_early_leads_as_far_as_it_can():
    source = read(TEXT)
    assert Place("a.yaml", 2, 11) == source.at_value(("tên", "vi", "sâu", 3))
    assert Place("a.yaml", 4, 5) == source.at_first_key(("danh sách", 0))
    assert Place("a.yaml", 6, 7) == source.at_first_key(("danh sách", 1))
    assert Place("a.yaml", 2, 1) == source.at_value(("không có",))


def test_a_path_as_text_calls_list_items_by_their_ids():
    source = read("c:\n- id: x\n  v: {1: [5]}\n- w: {0.5: 1}\n")
    assert source.path_text(("c", 0, "v", 1, 0)) == "c[x].v.1[0]"
    assert source.path_text(("c", 1, "w", 0.5)) == "c[1].w.0.5"


def test_places_stay_known_when_parts_are_taken_out():
    source = read("a: 1\nb: 2\nc: [x, y, z]\nd: 4\n")
    for path in (("c", 1), ("b",), ("a",)):
        source.take_out(path)
    assert source.data == {"c": ["x", "z"], "d": 4}
    assert [Place("a.yaml", 3, 11), Place("a.yaml", 4, 4)] == [source.at_value(path) for path in (("c", 1), ("d",))]
    assert source.lost((), "a")
    assert source.lost(("c",))
    assert not source.lost((), "d")


# -- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 1\na: 2\n", ["2:1 E107 a"]),
        ("a: {b: 1, b: 2}\n", ["1:11 E107 a.b"]),
        ("a: !!int 3\nb: !x [1]\n", ["1:4 E108 a", "2:4 E108 b"]),
        ("- !x {a: 1}\n", ["1:3 E108 [0]"]),
        ("<<: {a: {b: !x 1}}\nc: 1\n", ["1:1 E109 <<", "1:13 E108 <<.a.b"]),
        ("a: &a [*a]\n", ["1:8 E110 a[0]"]),
        ("a: &a {b: {c: *a}}\n", ["1:15 E110 a.b.c"]),
        ("a: *x\n", ["1:4 E110 a"]),
        ("a: *x\nb: &x 1\n", ["1:4 E110 a"]),
        ("a: 1\n---\nb: 2\n", ["2:1 E113 "]),
        ("? [a]\n: 1\n", ["1:3 E114 "]),
        ("a: {? {b: 1} : 2}\n", ["1:7 E114 a"]),
        ("a: &x 1\n*x : 2\n", ["2:1 E114 "]),
        ('a: "\\0"\n', ["1:4 E106 a"]),
        ('"a\\u202e": 1\n', ["1:1 E106 a\\u202e"]),
        ("a: 1\n\x07b: 2\n", ["2:1 E106 "]),
        ("a: x\u2066y\n", ["1:5 E106 "]),
        ("a: x\ufeffy\n", ["1:5 E106 "]),
        ("%TAG ! x\n---\na: 1\n", ["1:1 E108 "]),
        ("a: [1, 2\n", ["1:4 E104 a[2]"]),
        ("}\n", ["1:1 E104 "]),
        ("\ta: 1\n", ["1:1 E105 "]),
        ("a: 20.000\n", ["1:4 W507 a"]),
    ],
)
def test_what_a_data_file_has_no_use_for_is_refused_where_it_stands(text: str, places: list[str]):
    found = read(text).faults
    assert places == [f"{f.place.line}:{f.place.column} {f.code} {f.path}" for f in found]


@pytest.mark.parametrize("word", ["0.125", "1000.000", "1.2345", "12.34", "100.00", "01.200", "'1.200'"])
def test_a_point_is_doubted_only_where_it_could_mean_thousands(word: str):
    assert codes(f"a: {word}") == []


@pytest.mark.parametrize("word", ["1.200", "20.000", "-999.125", "+1.000"])
def test_a_point_before_three_decimals_is_doubted(word: str):
    assert codes(f"a: {word}") == ["W507"]


def test_reading_goes_on_after_what_is_refused_in_one_place():
    source = read("a: !x 1\nb: {b: 1, b: 2}\nc: 3\n")
    assert [fault.code for fault in source.faults] == ["E108", "E107"]
    assert source.data["c"] == 3


# -- limits ---------------------------------------------------------------------------------------------------------


def test_depth():
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["E112"]


def test_depth_counts_what_aliases_repeat():
    half = MAX_DEPTH // 2
    part = "[" * half + "]" * half
    assert codes(f"- &a {part}\n- {'[' * (half - 1)}*a{']' * (half - 1)}\n") == []
    assert codes(f"- &a {part}\n- {'[' * half}*a{']' * half}\n") == ["E112"]


def test_nodes():
    assert codes("[" + "1," * (MAX_NODES - 1) + "]") == []
    assert codes("[" + "1," * (MAX_NODES + 1) + "]") == ["E111"]


def test_nodes_count_what_aliases_repeat():
    many = "[" + "1," * 999 + "]"
    assert codes(f"- &a {many}\n" + "- *a\n" * 298) == []
    assert codes(f"- &a {many}\n" + "- *a\n" * 300) == ["E111"]


# -- any data -------------------------------------------------------------------------------------------------------

refused = "\u2028\u2029\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
letters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters=refused)
texts = st.text(letters, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
scalars = texts | numbers | st.booleans() | st.none()


def parts(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(texts | st.integers(), inner, max_size=4)


trees = st.recursive(scalars, parts, max_leaves=12)


class Dumper(yaml.SafeDumper):
    """Writes every text in quotes and every number so that YAML 1.1 and 1.2 agree on it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
Dumper.add_representer(float, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", number(value)))


def number(value: float) -> str:
    """With a point, which YAML 1.1 asks for."""
    return repr(value) if "." in repr(value) else repr(value).replace("e", ".0e")


def paths(data: Any, above: Path_ = ()) -> list[tuple[Path_, Any]]:
    """Every path into data, with what it leads to."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(above, data), *(found for key, value in items for found in paths(value, (*above, key)))]


@given(trees, st.booleans())
def test_any_data_is_read_back_and_every_place_points_at_it(data: Any, flow: bool):
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, default_flow_style=flow, width=1000)
    source = parse(text.encode(), "a.yaml")
    assert [fault for fault in source.faults if fault.code != "W507"] == []
    assert data == source.data
    lines = text.split("\n")
    for path, value in paths(data)[1:]:
        key = path[-1]
        if not isinstance(key, int) or isinstance(source.value(path[:-1]), Map):
            place = source.at_key(path)
            assert lines[place.line - 1][place.column - 1 :].startswith(written(key))
        if not isinstance(value, dict | list):
            place = source.at_value(path)
            assert lines[place.line - 1][place.column - 1 :].startswith(written(value))


def written(value: Any) -> str:
    """How the dumper begins a scalar."""
    if isinstance(value, str):
        return '"'
    if isinstance(value, float):
        return number(value)
    return json.dumps(value)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_refused(text: str):
    source = parse(text.encode(), "a.yaml")
    assert source.data is None or isinstance(source.data, Map | Seq | str | int | float | bool) or source.faults
    for fault in source.faults:
        assert 1 <= fault.place.line <= len(text.splitlines()) + 1


@given(st.text(st.sampled_from("ab:-{}[],'\"#&*!|>%@`?~ \n\t\u00a0<1."), max_size=40))
def test_any_punctuation_is_read_or_refused(text: str):
    for fault in parse(text.encode(), "a.yaml").faults:
        assert fault.code.startswith(("E1", "W5"))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes):
    parse(data, "a.yaml")
