"""Fixtures that all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from loopback import Loopback, serving
from trees import Tree, small_survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return an empty survey."""
    return Tree(tmp_path)


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    """Return a small survey with a little of everything."""
    return small_survey(tmp_path)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """Return a server with recorded answers of the services that look papers up."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as server:
        yield server
