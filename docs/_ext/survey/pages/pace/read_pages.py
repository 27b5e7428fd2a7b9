"""How pages are read by several processes.

Each of those that Sphinx forks hands over the whole environment for every ten pages, which takes longer than reading
them. That is an internal of :mod:`sphinx.builders`; where it is gone, Sphinx's own way is taken.
"""

from __future__ import annotations

import pickle
from functools import partial
from typing import TYPE_CHECKING

from sphinx.locale import __
from sphinx.util.display import progress_message

from survey.pages.pace.sharing import share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

READ, MERGE = "_read_parallel", "merge_info_from"


def read(app: Sphinx, docnames: Sequence[str], nproc: int) -> None:
    """Read pages with several processes, and merge what each has found, as ``Builder._read_parallel`` does."""
    for docname in docnames:
        app.events.emit("env-purge-doc", app.env, docname)
        app.env.clear_doc(docname)
    with progress_message(__("reading sources")):
        for names, found in share(docnames, min(nproc, len(docnames)), partial(_read, app)):
            app.env.merge_info_from(names, pickle.loads(found), app)  # made by a process of this build


def _read(app: Sphinx, docnames: Iterator[str]) -> tuple[list[str], bytes]:
    """Read pages in a process of their own; return which, and the environment with what was found in them."""
    names = []
    for docname in docnames:
        app.builder.read_doc(docname, _cache=False)
        names.append(docname)
    return names, pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL)


def _begin(app: Sphinx) -> None:
    """Put ours in the place of the builder's own method."""
    if callable(getattr(app.builder, READ, None)) and hasattr(app.env, MERGE):
        setattr(app.builder, READ, partial(read, app))


def setup(app: Sphinx) -> None:
    """Connect the step."""
    app.connect("builder-inited", _begin)
