"""How often Python looks for garbage while much is read: seldom, since what is read stays.

By default it does so after every 700 new objects, and goes through all that is there again and again.
(https://docs.python.org/3/library/gc.html#gc.set_threshold)
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: New objects until the young ones are looked at (about a page's), and how seldom the older ones are.
SELDOM = (50_000, 5, 2)


@contextmanager
def seldom() -> Iterator[bool]:
    """Look seldom; who has switched it off, or chosen something, has it so, and is told that by ``False``."""
    usual = gc.get_threshold()
    ours = gc.isenabled() and 0 < usual[0] < SELDOM[0]
    if ours:
        gc.set_threshold(*SELDOM)
    try:
        yield ours
    finally:
        if ours:
            gc.set_threshold(*usual)
