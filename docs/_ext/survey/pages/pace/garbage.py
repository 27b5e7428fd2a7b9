"""How often Python looks for garbage while a build runs: seldom, since most of what a build makes stays.

Trees of nodes are cyclic, so that Python must look for those that nobody needs any more. By default it does so after
every 700 new objects, and goes through all that is there again and again: a fifth of a build's time, for memory that
Sphinx keeps anyway (https://docs.python.org/3/library/gc.html#gc.set_threshold).

When the process ends, Python would go through all of it once more, to free what the system takes back as a whole: an
eighth of a full build. So what is there by then is left out of that (https://docs.python.org/3/library/gc.html#gc.freeze).
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: New objects until the young ones are looked at (about a page's), and how seldom the older ones are.
SELDOM = (50_000, 20, 50)
_ATTRIBUTE = "survey_usual_thresholds"


def _look_seldom(app: Sphinx, config: Config) -> None:
    """Begin; who has switched it off, or chosen something, has it so."""
    usual = gc.get_threshold()
    if gc.isenabled() and 0 < usual[0] < SELDOM[0]:
        setattr(app, _ATTRIBUTE, usual)
        gc.set_threshold(*SELDOM)


def _look_as_usual(app: Sphinx, exception: Exception | None) -> None:
    usual: tuple[int, int, int] | None = getattr(app, _ATTRIBUTE, None)
    if usual is not None:
        gc.set_threshold(*usual)


def setup(app: Sphinx) -> None:
    """Connect both steps, the first thing and the last of a build; and what is done when the process ends."""
    atexit.unregister(gc.freeze)  # for every build of a process once
    atexit.register(gc.freeze)
    app.connect("config-inited", _look_seldom, priority=0)
    app.connect("build-finished", _look_as_usual, priority=1000)
