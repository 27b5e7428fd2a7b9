"""Events without the messages for debugging that Sphinx makes of each.

For each event ``EventManager.emit`` (:mod:`sphinx.events`) writes out all that its listeners are given, among it the
whole context of a page with its text, for a message that only ``sphinx-build -vv`` shows; and each of Sphinx's messages
becomes a record, which handlers then drop. Without ``-vv`` the arguments are not written out, and the logger of events
is at the level of what is shown (https://docs.python.org/3/library/logging.html#logging.Logger.setLevel). Should Sphinx
no longer look for ``repr`` in its module, nothing changes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sphinx import events

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NAME = "repr"
LOGGER = "sphinx.sphinx.events"  #: Sphinx puts its own name before that of the module (:mod:`sphinx.util.logging`).
_FOR_DEBUGGING = 2  #: How often ``-v`` is given for messages for debugging.


def unwritten(arguments: object) -> str:
    """Return what stands in a message that nobody sees."""
    return "(…)"


def setup(app: Sphinx) -> None:
    """Begin, or let everything be written out for who debugs."""
    is_quiet = app.verbosity < _FOR_DEBUGGING
    logging.getLogger(LOGGER).setLevel(logging.INFO if is_quiet else logging.NOTSET)
    if is_quiet:
        vars(events)[_NAME] = unwritten
    else:
        vars(events).pop(_NAME, None)
