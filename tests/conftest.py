"""Fixtures that all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Tree, small_survey

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return an empty survey."""
    return Tree(tmp_path)


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    """Return a small survey with a little of everything."""
    return small_survey(tmp_path)
