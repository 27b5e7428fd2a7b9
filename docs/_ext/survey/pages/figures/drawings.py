"""Drawings on pages: nodes for a figure, its caption, what is drawn, and the table or list that says the same.

In HTML a figure is inline SVG, written when the addresses of other pages are known; in EPUB and LaTeX it is an image
(see :mod:`survey.pages.books.pictures`). Other builders leave the drawing out and show the table or list beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.figures import svg
from survey.pages.core.domain import domain_of
from survey.pages.core.nodes import add_html_node, add_marked_node, folded
from survey.pages.pace.tree_walks import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.application import Sphinx

    from survey.figures.svg import Element, Target

STYLE_SHEET = "figures.css"


class figure_box(nodes.General, nodes.Element):
    """A figure; in HTML a ``<figure>``, elsewhere just its content."""


class figure_caption(nodes.General, nodes.Element):
    """What a figure shows; in HTML a ``<figcaption>``."""


class drawn(nodes.General, nodes.Element):
    """Trees of elements, in ``parts``; only HTML shows them."""


class drawn_inline(nodes.Inline, nodes.Element):
    """The same within a line."""


def figure(
    parts: Iterable[Element],
    *more: nodes.Node,
    caption: Sequence[nodes.Node] = (),
    classes: Sequence[str] = (),
) -> figure_box:
    """Return a figure of drawings, with what belongs below them, and a caption."""
    box = figure_box("", drawn(parts=tuple(parts)), *more, classes=["survey-figure", *classes])
    if caption:
        box += figure_caption("", nodes.paragraph("", "", *caption))
    return box


def in_words(*children: nodes.Node, summary: str) -> folded:
    """Return the equivalent of a figure; Sphinx's search leaves it out, since other pages are about these things."""
    return folded("", *children, label=summary, classes=["survey-in-words", "no-search"])


def resolver(translator: Any) -> Callable[[Target], str | None]:
    """Return what finds the address of a target from the page that is written."""
    builder = translator.builder
    domain = domain_of(builder.env)

    def resolve(target: Target) -> str | None:
        if not target.kind:
            return f"#{target.anchor}"
        place = domain.target(target.kind, target.key, member=target.member)
        if place is None:
            return None
        docname, anchor = place
        address: str = builder.get_relative_uri(builder.current_docname, docname)
        anchor = target.anchor or anchor
        return f"{address.partition('#')[0]}#{anchor}" if anchor else address

    return resolve


def _visit_drawn(translator: Any, node: nodes.Element) -> None:
    resolve = resolver(translator)
    translator.body += [svg.render(part, resolve) for part in node["parts"]]
    raise nodes.SkipNode


def _element(name: str, **attributes: str) -> tuple[Callable[..., None], Callable[..., None]]:
    def visit(translator: Any, node: nodes.Element) -> None:
        translator.body.append(translator.starttag(node, name, **attributes))

    def depart(translator: Any, node: nodes.Element) -> None:
        translator.body.append(f"</{name}>\n")

    return visit, depart


def _load_style_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the style sheet of figures on pages that have any."""
    if doctree is not None and any(True for _ in find(doctree, (drawn, drawn_inline))):
        app.add_css_file(STYLE_SHEET)


def setup(app: Sphinx) -> None:
    """Register the nodes for every builder, and the style sheet."""
    add_marked_node(app, figure_box, *_element("figure", **{"data-pagefind-ignore": ""}))
    add_marked_node(app, figure_caption, *_element("figcaption"))
    add_html_node(app, drawn, _visit_drawn)
    add_html_node(app, drawn_inline, _visit_drawn)
    app.connect("html-page-context", _load_style_sheet)
