"""What a build changes of the process that it runs in, from its first step on, and gives back at its end.

Methods of other libraries that are replaced, variables of the environment, how often Python looks for garbage: all of
that is the process's, in which other projects may be built as well, by tests and by tools that build several. So each
change is a context manager, entered when a build begins to look for outdated pages, which is its first event, and left
when it is finished. Until then nothing is changed, so that nothing is left of a build that fails before it begins. A
process that builds the same project again changes all of it again.

``build-finished`` comes twice where a listener fails, the second time with the exception: then, as in a build that
failed, all is given back first of all, and otherwise last of all.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sphinx.application import Sphinx

    Change = Callable[[], AbstractContextManager[object]]

_ATTRIBUTE = "survey_while_building"
_MISSING = object()


class Changes:
    """What one application changes while it builds."""

    def __init__(self) -> None:
        self.all: list[Change] = []
        self._made: ExitStack | None = None

    def make(self) -> None:
        """Make the changes, in the order in which they were asked for, unless they are made."""
        if self._made is None:
            with ExitStack() as stack:
                for change in self.all:
                    stack.enter_context(change())
                self._made = stack.pop_all()

    def give_back(self) -> None:
        """Undo them, the last one first."""
        made, self._made = self._made, None
        if made is not None:
            made.close()


def while_building(app: Sphinx, change: Change) -> None:
    """Have a change made whenever the application builds, and undone when it has built."""
    changes: Changes | None = getattr(app, _ATTRIBUTE, None)
    if changes is None:
        changes = Changes()
        setattr(app, _ATTRIBUTE, changes)
        app.connect("env-get-outdated", _begin, priority=0)
        app.connect("build-finished", _end_early, priority=0)
        app.connect("build-finished", _end, priority=10_000)
    changes.all.append(change)


def _begin(app: Sphinx, *_given: Any) -> tuple[()]:
    _changes(app).make()
    return ()


def _end_early(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        _changes(app).give_back()


def _end(app: Sphinx, _exception: Exception | None) -> None:
    _changes(app).give_back()


def _changes(app: Sphinx) -> Changes:
    changes: Changes = getattr(app, _ATTRIBUTE)
    return changes


@contextmanager
def replaced(owner: Any, name: str, ours: Any) -> Iterator[None]:
    """Have ours in the place of what a class or a module has under a name.

    What somebody else has put there meanwhile stays: it may lead to ours.
    """
    stock = vars(owner).get(name, _MISSING)
    setattr(owner, name, ours)
    try:
        yield
    finally:
        if vars(owner).get(name) is ours:
            if stock is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, stock)
