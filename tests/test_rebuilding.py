"""After a change, a build reads the pages that show it, and gives what a clean build gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changes import CHANGES
from comparing import MODES, Rebuilder, Rebuilt, codes, differences, rebuilder_in

if TYPE_CHECKING:
    from comparing import Change

#: Changes that two processes have to make good as well; random edits go on from there.
IN_PARALLEL = frozenset({"a result", "a new paper", "a paper removed", "a title", "a head's stage", "a new page"})
KINDS = [(change, mode) for change in CHANGES for mode in MODES if mode == "serial" or change.name in IN_PARALLEL]


@pytest.fixture(scope="module")
def rebuilder(tmp_path_factory: pytest.TempPathFactory) -> Rebuilder:
    """Return a survey to be changed."""
    return rebuilder_in(tmp_path_factory.getbasetemp().resolve())


# Tests of one change run one after the other, so that they share its builds.
@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: f"{kind[0].name}, {kind[1]}")
def rebuilt(request: pytest.FixtureRequest, rebuilder: Rebuilder) -> tuple[Rebuilt, str]:
    """Return what a change leads to, and in which mode it is built."""
    change: Change
    change, mode = request.param
    return Rebuilt(rebuilder, change), mode


def test_output_is_that_of_a_clean_build(rebuilt: tuple[Rebuilt, str]):
    result, mode = rebuilt
    assert differences(result.after(mode).files, result.clean.files) == []


def test_only_pages_that_show_the_change_are_read(rebuilt: tuple[Rebuilt, str]):
    result, mode = rebuilt
    read, shows = result.after(mode).read, result.change.shows
    missed, needless = sorted(shows - read), sorted(read - shows)
    assert missed == []
    if not result.change.more:
        assert needless == []


def test_nothing_else_is_warned_of(rebuilt: tuple[Rebuilt, str]):
    result, mode = rebuilt
    assert codes(result.after(mode).warnings) == list(result.change.warns)
    assert result.after(mode).warnings.count("WARNING") == len(result.change.warns)
