"""Rows on the terminal, in Markdown, HTML and CSV."""

from __future__ import annotations

import csv
import io
import os

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from techprio.silence import quiet
from techprio.tables import DETAIL, Column, Table, decimals, to_csv, to_html, to_markdown, to_terminal
from techprio.wording import language

EN = language("en")
TABLE = Table(
    [
        Column("name", "name", narrows="clips"),
        Column("score", "score", "right", decimals(2)),
        Column("more", "more", rank=1),
        Column("most", "most", rank=2),
    ],
    [
        {
            "name": "A name that is rather long for one line",
            "score": 0.5,
            "more": "x",
            "most": "yy",
            DETAIL: "+ why",
        },
        {"name": "Short", "score": 12.345, "more": None, "most": "z"},
    ],
    title="Title",
    notes=["A note."],
    lines={0: "cut"},
)


def test_a_table_with_room_shows_everything() -> None:
    assert to_terminal(TABLE, EN, 60).splitlines() == [
        "Title",
        "name                                    score more most",
        "───────────────────────────────────────────────────────",
        "A name that is rather long for one line  0.50 x    yy",
        "+ why",
        "───────────────────────── cut ─────────────────────────",
        "Short                                   12.34      z",
        "A note.",
    ]


def test_a_table_without_room_drops_columns_by_rank_and_clips() -> None:
    assert to_terminal(TABLE, EN, 30).splitlines()[1:4] == [
        "name                score more",
        "──────────────────────────────",
        "A name that is rat…  0.50 x",
    ]
    assert to_terminal(TABLE, EN, 24).splitlines()[1].split() == ["name", "score"]


@pytest.mark.parametrize("room", range(24, 70))
def test_no_line_is_wider_than_the_room(room: int) -> None:
    assert max(map(len, to_terminal(TABLE, EN, room).splitlines())) <= room


def test_wide_letters_count_double() -> None:
    table = Table([Column("name", "name", narrows="clips"), Column("n", "n")], [{"name": "半導体" * 9, "n": 1}])
    line = to_terminal(table, EN, 24).splitlines()[2]
    assert line.endswith("… 1")
    assert len(line) < 24


def test_style_is_written_only_when_asked_for() -> None:
    assert "\x1b[" not in to_terminal(TABLE, EN, 60)
    assert "\x1b[1m" in to_terminal(TABLE, EN, 60, styled=True)


HOSTILE = Table([Column("a", "a")], [{"a": "<img src=x onerror=alert(1)>|`*_[x]\x1b[31m"}], title="<b>", notes=["<i>"])


def test_html_is_escaped() -> None:
    found = to_html(HOSTILE, EN)
    for tag in ("<img", "<b>", "<i>"):
        assert tag not in found


def test_markdown_is_escaped() -> None:
    row = to_markdown(HOSTILE, EN).splitlines()[4]
    assert row == r"| \<img src=x onerror=alert(1)\>\|\`\*\_\[x\]\\x1b\[31m |"


def test_no_control_character_reaches_the_terminal() -> None:
    assert "\x1b" not in to_terminal(HOSTILE, EN, 80)


def test_csv_spreads_mappings_and_is_read_back() -> None:
    text = to_csv([{"id": "a", "part": {"x": 1.5, "y": None}, "list": ["p", "q"]}, {"id": 'b,"c"', "part": {"x": 2}}])
    assert list(csv.reader(io.StringIO(text))) == [
        ["id", "part.x", "part.y", "list"],
        ["a", "1.5", "", "p; q"],
        ['b,"c"', "2", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_csv_gives_spreadsheets_no_formula(text: str) -> None:
    assert to_csv([{"a": text}]).splitlines()[1] == f"'{text}"


@given(st.floats(-1e14, 1e14) | st.integers(-(10**9), 10**9), st.sampled_from([0, 1, 2, 4]))
def test_numbers_are_written_as_the_locale_writes_them(value: float, decimals: int) -> None:
    pattern = f"#,##0.{'0' * decimals}".rstrip(".")
    for code in ("en", "vi"):
        assert language(code).number(value, decimals) == format_decimal(value, format=pattern, locale=code)


def test_what_compiled_code_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        os.write(1, b"a stray line of the solver\n")
    os.write(1, b"a table\n")
    assert capfd.readouterr() == ("a table\n", "")
