"""A page that Sphinx cannot read doesn't end the build: its place says so, and the build goes on.

The checks find what is known to do that, with a line, and keep such pages from being read; this is for what they don't
know, as extensions and new versions of MyST bring it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransformer

from survey.catalogue import Problem
from survey.pages.core.loading import app_of, place_in, warn
from survey.pages.pace import made_nodes
from survey.pages.safety.guarded_parser import GuardedParser
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class SafeParser(GuardedParser):
    """Reads pages as the guarded parser does, and none ends in a traceback."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Read a page, or a passage of one; of one that cannot be read, the document keeps nothing."""
        if isinstance(document.transformer, SphinxTransformer) and not document.children:  # a page, of which nothing is
            made_nodes.begin(document)
        try:
            super().parse(inputstring, document)
        except Exception as error:  # noqa: BLE001  # whatever MyST, docutils or a directive raises
            document.children.clear()
            document += nodes.paragraph("", _("This page cannot be read."))
            document.settings.myst_footnote_sort = False  # the transforms that follow ask for it
            place = place_in(app_of(document.settings.env), str(document["source"]))
            reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            hint = "look for what is unusual on it, and leave it out"
            warn(Problem(place, 1, "unreadable-page", f"the page cannot be read ({reason[:300]})", hint))


def setup(app: Sphinx) -> None:
    """Register the parser in the place of the guarded one."""
    app.add_source_parser(SafeParser, override=True)
