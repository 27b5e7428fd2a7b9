"""How often Python looks for garbage while a build runs: seldom, and never among what stays to its end.

Trees of nodes are cyclic, so that Python must look for those that nobody needs any more. By default it does so after
every 700 new objects, and goes through all that is there again and again: a fifth of a build's time. If it hardly ever
does, then what is left of pages fills the memory. So what is there before the first page is read, which is modules,
settings and the catalogue, is set aside, and the rest is looked at as often as a few pages are read or written.

When the process ends, Python looks once more, and frees piece by piece what the system takes back as a whole: that is a
twentieth of a build's time. So everything is set aside then.

Both are documented: https://docs.python.org/3/library/gc.html#gc.set_threshold and #gc.freeze.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: New objects until the young ones are looked at (about a page's), and how seldom the older ones are.
SELDOM = (50_000, 5, 2)
_MANY = 100  #: Pages.
_ATTRIBUTE = "survey_usual_thresholds"


def _look_seldom(app: Sphinx, config: Config) -> None:
    """Begin; who has switched it off, or chosen something, has it so."""
    usual = gc.get_threshold()
    if gc.isenabled() and 0 < usual[0] < SELDOM[0]:
        setattr(app, _ATTRIBUTE, usual)
        gc.set_threshold(*SELDOM)


def _set_aside(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Set aside what stays, before pages are read; where there are none, it isn't worth it.

    Where many are read, so were many files, and what that has left goes first; after an edit there is next to nothing.
    """
    if docnames and hasattr(app, _ATTRIBUTE):
        if len(docnames) >= _MANY:
            gc.collect()
        gc.freeze()


def _look_as_usual(app: Sphinx, exception: Exception | None) -> None:
    usual: tuple[int, int, int] | None = getattr(app, _ATTRIBUTE, None)
    if usual is not None:
        gc.unfreeze()
        gc.set_threshold(*usual)


def setup(app: Sphinx) -> None:
    """Connect the steps: the first thing of a build, the last before pages are read, and the last of all."""
    atexit.unregister(gc.freeze)  # by an earlier build of this process
    atexit.register(gc.freeze)
    app.connect("config-inited", _look_seldom, priority=0)
    app.connect("env-before-read-docs", _set_aside, priority=1000)
    app.connect("build-finished", _look_as_usual, priority=1000)
