"""The node by which reference managers, such as Zotero, find a work on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.exports import coins

if TYPE_CHECKING:
    from survey.catalogue import BibEntry


def openurl(entry: BibEntry) -> nodes.raw:
    """Return the node by which reference managers find a work of the bibliography."""
    return nodes.raw("", coins.span(entry), format="html")
