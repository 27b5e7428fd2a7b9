"""After a change, a build reads the pages that show it, and gives what a clean build gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changes import CHANGES
from comparing import MODES, Rebuilder, Rebuilt, codes, differences, rebuilder_in

if TYPE_CHECKING:
    from comparing import Change

by_mode = pytest.mark.parametrize("mode", MODES)


@pytest.fixture(scope="module")
def rebuilder(tmp_path_factory: pytest.TempPathFactory) -> Rebuilder:
    """Return a survey to be changed."""
    return rebuilder_in(tmp_path_factory.getbasetemp().resolve())


# Tests of one change run one after the other, so that they share its builds.
@pytest.fixture(scope="module", params=CHANGES, ids=lambda change: change.name)
def rebuilt(request: pytest.FixtureRequest, rebuilder: Rebuilder) -> Rebuilt:
    """Return what a change leads to."""
    change: Change = request.param
    return Rebuilt(rebuilder, change)


@by_mode
def test_output_is_that_of_a_clean_build(rebuilt: Rebuilt, mode: str):
    assert differences(rebuilt.after(mode).files, rebuilt.clean.files) == []


@by_mode
def test_only_pages_that_show_the_change_are_read(rebuilt: Rebuilt, mode: str):
    read, shows = rebuilt.after(mode).read, rebuilt.change.shows
    missed, needless = sorted(shows - read), sorted(read - shows)
    assert missed == []
    if not rebuilt.change.more:
        assert needless == []


@by_mode
def test_nothing_else_is_warned_of(rebuilt: Rebuilt, mode: str):
    assert codes(rebuilt.after(mode).warnings) == list(rebuilt.change.warns)
    assert rebuilt.after(mode).warnings.count("WARNING") == len(rebuilt.change.warns)
