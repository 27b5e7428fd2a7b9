"""Our style sheets and scripts as readers load them: without the comments and indentation that are for developers.

Sphinx copies them as they are; here they are replaced by what rcssmin and rjsmin leave of them, a sixth less of what
every page loads. A file of the same name that a survey brings along is its own, and stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rcssmin
import rjsmin

from survey.catalogue.texts.whole_files import write_whole
from survey.pages.frame.light_theme import is_light

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

_PAGES = Path(__file__).parents[1]
#: Folders whose files Sphinx copies to ``_static``.
_OURS = (_PAGES / "static", _PAGES / "type")
_SMALLER: Mapping[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def _make_smaller(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not is_light(app):
        return
    for folder in _OURS:
        for path in sorted(folder.iterdir()):
            copy = Path(app.outdir, "_static", path.name)
            if path.suffix in _SMALLER and copy.is_file() and copy.read_bytes() == (content := path.read_bytes()):
                write_whole(copy, _SMALLER[path.suffix](content.decode()).encode())


def setup(app: Sphinx) -> None:
    """Connect the step, before it is noted what the files of the output are."""
    app.connect("build-finished", _make_smaller)
