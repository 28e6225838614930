from __future__ import annotations

import pytest
from shown import gallery

from techprio.plots.gallery import Gallery


@pytest.fixture(scope="session")
def stated() -> Gallery:
    return gallery()
