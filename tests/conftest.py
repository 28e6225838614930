"""What many tests stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import techprio
from techprio.template import new_study

settings.register_profile("unhurried", deadline=None)  # on a busy machine a slow example is no fault
settings.load_profile("unhurried")


@pytest.fixture
def study_folder(tmp_path: Path) -> Path:
    """A small study: the one that ``techprio init`` makes. Its numbers are worked out in docs/worked-example.md."""
    folder = tmp_path / "study"
    new_study(folder)
    return folder


@pytest.fixture
def study(study_folder: Path) -> techprio.Study:
    return techprio.load(study_folder / "criteria" / "study.yaml")
