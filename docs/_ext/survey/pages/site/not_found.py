"""The page for addresses that don't exist, ``404.html``: servers give it at any depth, so its links start at the root.

sphinx-notfound-page makes such a page of the theme, but the sidebar and the bars of our theme bypass the functions
that it replaces and would lead nowhere; and the search would find the page.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.exports import HOME
from survey.pages.core.loading import catalogue_of, language_tag
from survey.pages.safety.content_security import policy_tag
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.exports import Site

NOT_FOUND = "404.html"
#: The pages that it leads to, in this order.
_WAYS_ON = (HOME, "search", "explore", "taxonomy", "heads/index", "chronology", "bibliography")


def not_found(app: Sphinx, site: Site) -> str:
    """Return the page, with ways on to those of the main pages that the survey has."""
    root = urlsplit(site.base).path or "/"
    links = "\n".join(
        f'<li><a href="{escape(root + address)}">{escape(title)}</a></li>' for address, title in _ways_on(app, site)
    )
    title = escape(_("Page not found"))
    text = escape(_("There is nothing at this address. Perhaps one of these helps:"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language_tag(app))}">\n<head>\n<meta charset="utf-8">\n'
        f"{policy_tag(app)}\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n'
        f"<title>{title} · {escape(app.config.project)}</title>\n"
        f'<link rel="icon" href="{escape(root)}_static/favicon.svg" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{escape(root)}_static/notfound.css">\n</head>\n'
        f'<body data-pagefind-ignore="all">\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n<ul>\n{links}\n</ul>\n'
        f"</main>\n</body>\n</html>\n"
    )


def _ways_on(app: Sphinx, site: Site) -> Iterator[tuple[str, str]]:
    documents = catalogue_of(app).documents
    for docname in _WAYS_ON:
        if docname in documents and docname in app.env.found_docs:
            yield site.page(docname), documents[docname].title
        elif docname == "search" and getattr(app.builder, "search", False):
            yield site.page(docname), _("Search")
