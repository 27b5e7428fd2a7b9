"""Events without the messages for debugging that Sphinx makes of each.

For each event ``EventManager.emit`` (:mod:`sphinx.events`) writes out all that its listeners are given, among it the
whole context of a page with its text, for a message that only ``sphinx-build -vv`` shows; and each of Sphinx's messages
becomes a record, which handlers then drop. Without ``-vv`` the arguments are not written out, and the logger of events
is at the level of what is shown (https://docs.python.org/3/library/logging.html#logging.Logger.setLevel). Should Sphinx
no longer look for ``repr`` in its module, nothing changes.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sphinx import events

from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_NAME = "repr"
LOGGER = "sphinx.sphinx.events"  #: Sphinx puts its own name before that of the module (:mod:`sphinx.util.logging`).
_FOR_DEBUGGING = 2  #: How often ``-v`` is given for messages for debugging.


def unwritten(arguments: object) -> str:
    """Return what stands in a message that nobody sees."""
    return "(…)"


@contextmanager
def quiet() -> Iterator[None]:
    """Write nothing out that nobody sees."""
    logger = logging.getLogger(LOGGER)
    usual = logger.level
    logger.setLevel(logging.INFO)
    try:
        with replaced(events, _NAME, unwritten):
            yield
    finally:
        logger.setLevel(usual)


def setup(app: Sphinx) -> None:
    """Have it so while pages are built, but let everything be written out for who debugs."""
    if app.verbosity < _FOR_DEBUGGING:
        while_building(app, quiet)
