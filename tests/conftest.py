"""What many tests stand on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import techprio
from techprio.template import new_study

# On a busy machine a slow example is no fault. HYPOTHESIS_PROFILE=thorough looks for much longer.
settings.register_profile("brief", deadline=None, max_examples=20)
settings.register_profile("thorough", deadline=None, max_examples=300)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "brief"))


@pytest.fixture
def study_folder(tmp_path: Path) -> Path:
    """A small study: the one that ``techprio init`` makes. Its numbers are worked out in docs/worked-example.md."""
    folder = tmp_path / "study"
    new_study(folder)
    return folder


@pytest.fixture
def study(study_folder: Path) -> techprio.Study:
    return techprio.load(study_folder / "criteria" / "study.yaml")
