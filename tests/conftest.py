"""Fixtures that all tests share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Loopback, serving
from sharing_out import Scheduler, rank
from trees import Tree, small_survey

from survey.catalogue.garbage import SELDOM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the files first that take longest, wherever they run."""
    items.sort(key=lambda item: rank(item.nodeid))


def pytest_collection_finish() -> None:
    """Set aside what stays to the end, thousands of tests and all modules, before any builds.

    A build does the same with what is there, and gives it back when it ends: with all these tests around it, that takes
    as long as a small build. It leaves it to who has chosen something, and each that is forked has less to look at.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduler | None:
    """Share tests out as :mod:`sharing_out` says, unless ``--dist`` asks for something else."""
    if config.getoption("dist") != "load":
        return None
    config.option.loadscopereorder = False
    return Scheduler(config, log)


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
