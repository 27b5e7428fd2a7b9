"""Titles and headings of pages as HTML, which Sphinx makes for each page as if they were pages themselves.

``render_partial`` of Sphinx's builder makes a document, some twenty transforms and a translator for each title and each
list of headings. Most hold nothing but text and links: ours writes them as Sphinx's translator does, and leaves others
to it, as it does everything where a theme or an extension writes titles, lists or links in its own way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.writers._html_base import HTMLTranslator
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

from survey.pages.html import quick_tags
from survey.pages.html.quick_tags import QuickTags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    Render = Callable[[nodes.Node | None], dict[str, str]]

_KINDS = ("title", "bullet_list", "list_item", "compact_paragraph", "reference", "Text")
_METHODS = [name for name in dir(HTML5Translator) if name.partition("_")[2] in _KINDS]
_FUNCTION = "render_partial"
_stock: Any = getattr(StandaloneHTMLBuilder, _FUNCTION, None)
#: What a link in the contents of a page may say of itself.
_SAID = frozenset({"refuri", "anchorname", "internal"})
_SIGNS = HTMLTranslator.special_characters
_SPACE = re.compile(r"\s")


class _OtherError(Exception):
    """Something else than text and links."""


def render(node: nodes.Node | None, stock: Render) -> dict[str, str]:
    """Return what Sphinx returns for a lone node."""
    try:
        if type(node) is nodes.title and _is_bare(node):
            return {"fragment": "", "title": _text(node)}
        if type(node) is nodes.bullet_list:
            return {"fragment": "".join(_list(node)), "title": ""}
    except _OtherError:
        pass
    return stock(node)


def _is_bare(node: nodes.Element) -> bool:
    return not any(node.attributes.values())


def _text(node: nodes.Element) -> str:
    if not node.children or not all(type(child) is nodes.Text for child in node.children):
        raise _OtherError
    return "".join(child.astext().translate(_SIGNS) for child in node.children)


def _list(node: nodes.Element) -> Iterator[str]:
    if not node.children or not _is_bare(node):
        raise _OtherError
    yield "<ul>\n"
    for item in node.children:
        if type(item) is not nodes.list_item or not _is_bare(item):
            raise _OtherError
        link, *below = item.children
        yield f"<li>{_link(link)}"
        for part in below:
            if type(part) is not nodes.bullet_list:
                raise _OtherError
            yield from _list(part)
        yield "</li>\n"
    yield "</ul>\n"


def _link(paragraph: nodes.Node) -> str:
    link: Any = paragraph.children[0] if len(paragraph.children) == 1 else None
    if type(paragraph) is not addnodes.compact_paragraph or type(link) is not nodes.reference:
        raise _OtherError
    said = {name for name, value in link.attributes.items() if value}
    address = link.get("refuri") or ""
    if not said <= _SAID or not link.get("internal") or not address or _SPACE.search(address):
        raise _OtherError
    return f'<a class="reference internal" href="{address.translate(_SIGNS)}">{_text(link)}</a>'


def _begin(app: Sphinx) -> None:
    """Put ours before Sphinx's, where nothing is written in another way than by it."""
    builder: Any = app.builder
    if getattr(type(builder), _FUNCTION, None) is _stock and _is_known(app):
        stock = getattr(builder, _FUNCTION)
        setattr(builder, _FUNCTION, lambda node: render(node, stock))


def _is_known(app: Sphinx) -> bool:
    """Tell whether titles, lists and links are written by Sphinx's own translator."""
    kind: Any = app.registry.get_translator_class(app.builder)
    handlers = app.registry.translation_handlers
    others = {name for by in (app.builder.name, app.builder.format) for name in handlers.get(by, {})}
    same = all(getattr(kind, name, None) is getattr(HTML5Translator, name) for name in _METHODS)
    return others.isdisjoint(_KINDS) and same and issubclass(kind, QuickTags) and quick_tags.is_known(kind)


def setup(app: Sphinx) -> None:
    """Connect the step, once it is known who writes."""
    app.connect("builder-inited", _begin, priority=960)
