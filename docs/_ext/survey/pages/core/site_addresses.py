"""Where things are on the site that a build makes, relative to its root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.pages.core.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def address_of(app: Sphinx, kind: str, key: str) -> str | None:
    """Return the address of something, or None if it has no page.

    ``kind`` is that of a paper or an entry, ``member`` for a model of a family, or ``page`` for a page of text.
    """
    domain = domain_of(app.env)
    if kind == "page":
        target = (key, "") if key in app.env.found_docs else None
    elif kind == "member":
        target = domain.target(domain.catalogue.members[key][0].kind, key, member=True)
    else:
        target = domain.target(kind, key)
    if target is None:
        return None
    docname, anchor = target
    return f"{app.builder.get_target_uri(docname)}{'#' if anchor else ''}{anchor}"
