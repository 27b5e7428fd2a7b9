"""What kind of output a builder makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder

_NOT_SITES = frozenset({"epub", "pickle", "json"})


def is_site(builder: Builder) -> bool:
    """Tell whether a builder makes a site of HTML pages: not a book, a help file or a pickle of pages."""
    return builder.format == "html" and not getattr(builder, "embedded", True) and builder.name not in _NOT_SITES
