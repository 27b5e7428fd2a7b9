"""How pages are written by several processes: each resolves the pages that it writes.

Sphinx has one process resolve all pages, one after the other, and others write them: so two processes take as long as
one. What must be known afterwards of a page that another process has resolved is handed over instead: the images to
copy, and what the other parts of the survey note while pages are written, each of which answers to two events:

``survey-given`` (app)
    A process has written its pages. Returns what it has to hand over, by the name of the part.
``survey-taken`` (app, given)
    That has come back to the process that goes on; there it is to be as if that process had written the pages.

Other extensions may note what they see there as well, and answer to no such event. So wherever any takes part in
resolving pages that isn't known, and for every builder but those of HTML pages, Sphinx's own way is taken; also where
the internals of :mod:`sphinx.builders` that this needs are gone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sphinx import builders
from sphinx.locale import __
from sphinx.util.display import progress_message

from survey.pages.pace import strangers
from survey.pages.pace.sharing import share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

GIVEN, TAKEN = "survey-given", "survey-taken"
WRITE, WRITE_ONE = "_write_parallel", "_write_docname"
_BUILDERS = frozenset({"html", "dirhtml"})


def write(app: Sphinx, docnames: Sequence[str], nproc: int) -> None:
    """Write pages with several processes, as ``Builder._write_parallel`` does; this one meanwhile waits."""
    first, *others = docnames
    one: Any = getattr(builders, WRITE_ONE)
    write_one = partial(one, env=app.env, builder=app.builder, tags=app.tags)
    write_one(first)  # what all pages have in common, such as templates, is made before there are several processes
    with progress_message(__("writing output")):
        for given in share(others, min(nproc + 1, len(others)), partial(_write, app, write_one)):
            app.builder.images.update(given.pop("images"))
            app.events.emit(TAKEN, given)


def _write(app: Sphinx, write_one: partial[None], docnames: Iterator[str]) -> dict[str, Any]:
    """Write pages in a process of their own; return what is to be known of them."""
    for docname in docnames:
        write_one(docname)
    given = {"images": app.builder.images}
    for more in app.events.emit(GIVEN):
        given |= more
    return given


def _begin(app: Sphinx, builder: Any) -> None:
    """Put ours in the place of the builder's own method."""
    if builder.name not in _BUILDERS or not callable(getattr(builder, WRITE, None)):
        return
    makes_an_index = getattr(builder, "search", True)  # Sphinx's own, of pages as they are resolved
    if hasattr(builders, WRITE_ONE) and not makes_an_index and not strangers.while_resolving(app):
        setattr(builder, WRITE, partial(write, app))


def setup(app: Sphinx) -> None:
    """Add the events, and connect the step to when all extensions have connected theirs."""
    app.add_event(GIVEN)
    app.add_event(TAKEN)
    app.connect("write-started", _begin)
