"""How often Python looks for garbage while a build runs: seldom, and never among what stays to its end.

Trees of nodes are cyclic, so that Python must look for those that nobody needs any more. By default it does so again
and again (:mod:`survey.catalogue.garbage`): a fifth of a build's time. If it hardly ever does, then what is left of
pages fills the memory. So what is there before the first page is read, which is modules, settings and the catalogue, is
set aside, and the rest is looked at as often as a few pages are read or written.

When the process ends, Python looks once more, and frees piece by piece what the system takes back as a whole: that is a
twentieth of a build's time. So everything is set aside then.

Both are documented: https://docs.python.org/3/library/gc.html#gc.set_threshold and #gc.freeze.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from survey.catalogue.garbage import seldom
from survey.pages.pace.while_building import while_building

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MANY = 100  #: Pages.
_ATTRIBUTE = "survey_sets_aside"


@contextmanager
def _while_building(app: Sphinx) -> Iterator[None]:
    """Look seldom, and let go of what is set aside in the end, unless somebody else had set something aside."""
    with seldom() as is_seldom:
        ours = is_seldom and gc.get_freeze_count() == 0
        setattr(app, _ATTRIBUTE, ours)
        try:
            yield
        finally:
            if ours:
                gc.unfreeze()


def _set_aside(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Set aside what stays, before pages are read; where there are none, it isn't worth it.

    Where many are read, so were many files, and what that has left goes first; after an edit there is next to nothing.
    """
    if docnames and getattr(app, _ATTRIBUTE):
        if len(docnames) >= _MANY:
            gc.collect()
        gc.freeze()


def setup(app: Sphinx) -> None:
    """Connect the steps: the first thing of a build, and the last before pages are read."""
    atexit.unregister(gc.freeze)  # by an earlier build of this process
    atexit.register(gc.freeze)
    while_building(app, partial(_while_building, app))
    app.connect("env-before-read-docs", _set_aside, priority=1000)
