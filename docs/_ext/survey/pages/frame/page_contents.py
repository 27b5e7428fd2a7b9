"""The contents of a page, beside its text: as the theme makes them, without taking them for HTML that may be anything.

The theme parses what Sphinx has written of a page's headings, adds classes, and writes it again (``generate_toc_html``
of pydata-sphinx-theme), which takes as long as the rest of the frame. What Sphinx writes is known: lists of links. Ours
puts the same classes into it; where there is anything else in it, the theme's own way is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

#: What Sphinx writes of a page with a title: a list of one, with a list in it.
_LINK = r'<li><a class="reference internal" href="([^"&]*)">((?:[^<\n]|<(?!/a>)[^\n])*)</a>'
_WHOLE = re.compile(rf"<ul>\n{_LINK}(?P<below><ul>\n.*</ul>\n)</li>\n</ul>\n\Z", re.DOTALL)
_TITLE_ALONE = re.compile(rf"<ul>\n{_LINK}</li>\n</ul>\n\Z")
_PIECE = re.compile(rf"(<ul>\n)|(</ul>\n)|{_LINK}|(</li>\n)")
#: Elements in titles that are written again as they are.
_SIMPLE = re.compile(r'</?(?:em|strong|sub|sup)>|<(?:code|span)(?: class="[\w-]+(?: [\w-]+)*")?>|</(?:code|span)>')
_FIRST = 2  #: Level of the headings below the title.
#: Signs that the theme writes as themselves; it knows others, which we leave to it.
_SIGNS = {"&quot;": '"', "&#64;": "@"}
_SIGN = re.compile(r"&(?!amp;|lt;|gt;)[^;]*;?")


def contents(toc: str, shown: int) -> str | None:
    """Return the contents of a page with the theme's classes, or None if they are not as we know them.

    ``shown`` is how many levels of the contents are open.
    """
    if _TITLE_ALONE.match(toc):
        return ""
    whole = _WHOLE.match(toc)
    try:
        return "".join(_pieces(whole["below"], shown + 1)).strip("\n") if whole is not None else None
    except ValueError:
        return None


def _pieces(text: str, shown: int) -> Iterator[str]:
    level, end = 1, 0
    while end < len(text):
        piece = _PIECE.match(text, end)
        if piece is None:
            raise ValueError(text[end:])
        end = piece.end()
        opened, closed, address, title, _ended = piece.groups()
        level += bool(opened) - bool(closed)
        if (level < _FIRST) != (end == len(text)):  # more than one title
            raise ValueError(text)
        if opened:
            yield f'<ul class="{"pst-show_toc_level " if level <= shown else ""}nav section-nav flex-column">\n'
        elif address is None:
            yield piece[0]
        else:
            yield f'<li class="toc-h{level} nav-item toc-entry">'
            yield f'<a class="reference internal nav-link" href="{address}">{_title(title)}</a>'


def _title(text: str) -> str:
    """Write a title as the theme writes it again."""
    if "<" in _SIMPLE.sub("", text):
        raise ValueError(text)
    for sign in _SIGN.findall(text):
        if sign not in _SIGNS:
            raise ValueError(text)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)


def _offer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates a function for the contents of the page."""
    made: list[Any] = []

    def page_contents() -> Any:
        if not made:
            found = contents(context.get("toc", ""), int(context.get("theme_show_toc_level", 1)))
            stock: Callable[[], Any] = context["generate_toc_html"]
            made.append(stock() if found is None else found)
        return made[0]

    context["survey_page_contents"] = page_contents


def setup(app: Sphinx) -> None:
    """Connect the step, before the theme asks for the contents."""
    app.connect("html-page-context", _offer, priority=402)
