"""A survey of a literature as a Sphinx site: facts in small files, everything else derived.

Data flows one way: :mod:`survey.catalogue` reads ``references.bib`` and the Markdown files under ``docs/`` into one
immutable catalogue; :mod:`survey.exports` makes data files of it and :mod:`survey.pages` Sphinx pages;
:mod:`survey.adding` makes the files of a new paper; :mod:`survey.command` is the command line. Only
:mod:`survey.pages` knows Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx; imported late, so that the command line needs no Sphinx."""
    from survey.pages import setup as setup_pages  # noqa: PLC0415

    return setup_pages(app)
