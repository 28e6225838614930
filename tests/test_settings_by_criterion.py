"""Settings that go by criterion: stated by id in a criteria file or by --set, whatever the order of the columns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import techprio
from broken.corpus import SOUND, lay
from techprio.cli.main import run
from techprio.errors import MethodError
from techprio.methods import METHODS

ROWS = {"P": [3.0, 20, 5], "Q": [4, 30, 2], "R": [5, 10, 8]}


def problem() -> techprio.Problem:
    return techprio.Problem.from_rows(
        list(ROWS), ["a", "b", "c"], list(ROWS.values()), weights=[5, 3, 2], sense=[1, -1, 1]
    )


def ranked(method: str, **settings: Any) -> np.ndarray:
    scores: np.ndarray = techprio.rank(problem(), method=method, settings=settings, draws=10).scores
    return scores


def by_array(method: str, **settings: Any) -> np.ndarray:
    return METHODS[method].function(list(ROWS.values()), [5, 3, 2], [1, -1, 1], **settings)


def test_interactions_go_by_pairs_of_criteria() -> None:
    settings = {"interactions": {"c": {"a": 0.1}, "b": {"c": -0.05}}, "scaling": "minmax"}
    found = techprio.rank(problem(), method="choquet", settings=settings, draws=1)
    assert found.scores == pytest.approx(by_array("choquet", interactions=[(2, 0, 0.1), (1, 2, -0.05)]))
    assert found.settings["interactions"] == settings["interactions"]  # as it was said


def test_a_setting_a_criterion_goes_by_id() -> None:
    bounds, ideal = {"c": [0, 20], "a": [0, 10], "b": [0, 100]}, {"a": [4, 5], "b": [20, 30], "c": [5, 5]}
    found = ranked("rim", bounds=bounds, reference_ideal=ideal)
    by_column = {"bounds": [[0, 10], [0, 100], [0, 20]], "reference_ideal": [[4, 5], [20, 30], [5, 5]]}
    assert found == pytest.approx(by_array("rim", **by_column))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"interactions": {"a": {"d": 0.1}}}, "interactions of choquet: there is no criterion d"),
        ({"interactions": {"a": {"b": 0.9}}}, "the interactions of column b are too strong"),
        ({"bounds": {"a": [0, 1], "b": [0, 1]}, "scaling": "scale"}, "bounds for every criterion, and has none for c"),
    ],
)
def test_what_does_not_fit_is_named(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        ranked("choquet", **settings)


def test_what_must_be_stated_is_asked_for() -> None:
    with pytest.raises(MethodError, match="rim needs reference_ideal: state it under settings"):
        ranked("rim", bounds={"a": [0, 10], "b": [0, 100], "c": [0, 20]})


CHOQUET = """analysis:
  method: choquet
  draws: 10
  settings:
    interactions:
      growth: {time: 0.02}
"""


def test_a_criteria_file_and_the_command_line_state_the_same(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (SOUND / "criteria" / "study.yaml").read_text(encoding="utf-8")
    plain = lay(tmp_path / "plain", {})
    stated = lay(tmp_path / "stated", {"criteria/study.yaml": re.sub(r"(?m)^analysis:\n( .*\n)+", CHOQUET, text)})
    asked = ["rank", "--draws", "10", "--quiet", "--format", "csv", "--criteria"]
    assert run([*asked, str(stated)]) == 0
    by_file = capfd.readouterr().out
    assert run([*asked, str(plain), "--method", "choquet", "--set", "interactions={growth: {time: 0.02}}"]) == 0
    assert capfd.readouterr().out == by_file
    assert run([*asked, str(plain), "--method", "choquet"]) == 0
    assert capfd.readouterr().out != by_file


def test_a_setting_that_is_no_yaml_is_refused(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plain = lay(tmp_path, {})
    assert run(["rank", "--criteria", str(plain), "--method", "choquet", "--set", "interactions={growth: {"]) == 2
    assert "this is not YAML" in capfd.readouterr().err
