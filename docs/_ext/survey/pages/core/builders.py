"""What kind of output a builder makes, and where its pages are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from survey.exports import Site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_NOT_SITES = frozenset({"epub", "pickle", "json"})


def is_site(builder: Builder) -> bool:
    """Tell whether a builder makes a site of HTML pages: not a book, a help file or a pickle of pages."""
    return builder.format == "html" and not getattr(builder, "embedded", True) and builder.name not in _NOT_SITES


def has_pages(builder: Builder) -> bool:
    """Tell whether a builder makes a site of many pages, which have scripts and can link to files and each other."""
    return is_site(builder) and builder.name != "singlehtml"


def site_of(app: Sphinx) -> Site:
    """Return the site that this build makes."""
    return Site.at(app.config.html_baseurl, partial(_address, app.builder))


def _address(builder: Builder, docname: str) -> str:
    """Return the address of a page from the site's root; a site of one page has anchors."""
    address = builder.get_target_uri(docname)
    return f"{builder.env.config.root_doc}.html{address}" if address.startswith("#") else address
