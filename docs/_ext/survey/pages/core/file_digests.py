"""Digests of files during a build, with those that the last one has left: asked for thousands of files each time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.texts.known_digests import KnownDigests

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: In the folder of doctrees: what it says holds for one place on one machine, and so it isn't part of any output.
FILE = "survey/digests.json"
_ATTRIBUTE = "survey_file_digests"


def file_digests(app: Sphinx) -> KnownDigests:
    """Return the digests of this build."""
    found: KnownDigests = getattr(app, _ATTRIBUTE)
    return found


def _begin(app: Sphinx, config: Config) -> None:
    setattr(app, _ATTRIBUTE, KnownDigests.read(Path(app.doctreedir) / FILE))


def _finish(app: Sphinx, exception: Exception | None) -> None:
    file_digests(app).write(Path(app.doctreedir) / FILE)


def setup(app: Sphinx) -> None:
    """Connect the first and the last step, so that digests stay right even if the build fails."""
    app.connect("config-inited", _begin, priority=0)
    app.connect("build-finished", _finish, priority=1000)
