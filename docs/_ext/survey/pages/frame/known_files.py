"""Templates and the files that pages load don't change while pages are written: one look a build is enough.

Jinja asks before each use of a template whether its file has changed; ``auto_reload`` is its documented switch for that
(https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment). For each file that a page loads Sphinx looks
where it really lies before it takes the digest that it keeps of it (``_file_checksum`` of
:mod:`sphinx.builders.html`): ours keeps it by the name, for one build. Where Sphinx has no such function any more, its
own way is taken.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from sphinx.builders import html

from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_FUNCTION = "_file_checksum"
_stock: Any = getattr(html, _FUNCTION, None)
#: By folder and name: the digest.
_known: dict[tuple[str, str], str] = {}


def digest(folder: Path, name: str | os.PathLike[str]) -> str:
    """Return what Sphinx adds to the address of a file."""
    file = os.fspath(folder), os.fspath(name)
    if file not in _known:
        _known[file] = _stock(folder, name)
    return _known[file]


def _begin(app: Sphinx) -> None:
    environment: Any = getattr(getattr(app.builder, "templates", None), "environment", None)
    if hasattr(environment, "auto_reload"):
        environment.auto_reload = False


def _forget(app: Sphinx, env: BuildEnvironment) -> None:
    """Begin to write with nothing known."""
    _known.clear()


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    if _stock is not None:
        while_building(app, partial(replaced, html, _FUNCTION, digest))
    app.connect("builder-inited", _begin)
    app.connect("env-updated", _forget)
