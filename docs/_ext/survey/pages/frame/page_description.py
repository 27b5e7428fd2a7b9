"""The beginning of a page's text, which sphinx-book-theme offers to templates: put together when one asks for it.

The theme's ``add_metadata_to_page`` writes out the text of each section of a page, and of the sections in it again, and
keeps 160 characters of it, which none of its templates shows. Ours calls it without the page, and offers the same text
to templates of a survey's own. Where the theme has no such function, or does not connect it, nothing changes.
"""

from __future__ import annotations

from collections import UserString
from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.pages.frame.light_theme import is_light

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FUNCTION = ("sphinx_book_theme", "add_metadata_to_page")  #: Module and name.
_EVENT, _NAME = "html-page-context", "page_description"
_LENGTH = 160


class Description(UserString):
    """The text, once somebody looks at it."""

    def __init__(self, doctree: nodes.document) -> None:
        self._doctree = doctree

    @property
    def data(self) -> str:  # type: ignore[override]  # where UserString keeps its text
        """The text of the sections, as the theme puts it together."""
        return "".join(part.astext().replace("\n", " ") for part in self._doctree.findall(nodes.section))[:_LENGTH]


def without_text(stock: Any) -> Any:
    """Return what does the same as the theme's function, but for the text."""

    def add_metadata(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        stock(app, pagename, templatename, context, None)
        if doctree is not None:
            context[_NAME] = Description(doctree)

    return add_metadata


def _replace(app: Sphinx) -> None:
    """Put ours in the place of the theme's function, before it shows its components for the first time."""
    if not is_light(app):
        return
    for listener in [*getattr(app.events, "listeners", {}).get(_EVENT, ())]:
        stock = listener.handler
        if (getattr(stock, "__module__", ""), getattr(stock, "__name__", "")) == FUNCTION:
            app.disconnect(listener.id)
            app.connect(_EVENT, without_text(stock), priority=499)


def setup(app: Sphinx) -> None:
    """Connect the step, once it is known whether pages are ours."""
    app.connect("builder-inited", _replace, priority=110)
