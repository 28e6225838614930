"""What a shell offers after a tab."""

from __future__ import annotations

import pytest
from click.shell_completion import BashComplete

from techprio.catalogue import KINDS
from techprio.cli.main import program
from techprio.methods import METHODS


def offered(*words: str) -> list[str]:
    shell = BashComplete(program, {}, "techprio", "_TECHPRIO_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize("command", ["rank", "compare", "explain", "robust"])
def test_every_ranking_method_is_offered(command: str) -> None:
    assert offered(command, "--method", "") == list(METHODS)
    assert offered(command, "--method", "top") == ["topsis"]


def test_every_card_is_offered() -> None:
    assert set(offered("methods", "")) == {id for kind in KINDS.values() for id in kind}


def test_the_settings_of_the_method_are_offered() -> None:
    assert offered("rank", "--method", "codas", "--set", "t") == ["tau=", "target="]
