"""Drawings on pages: nodes for a figure, its caption, what is drawn, and the table or list that says the same.

In HTML a figure is inline SVG, written when the addresses of other pages are known; in EPUB and LaTeX it is an image
(see :mod:`survey.pages.books.pictures`). Other builders leave the drawing out and show the table or list beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.figures import svg
from survey.pages.core.domain import domain_of
from survey.pages.core.nodes import leave_out, show_content

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


class disclosure(nodes.General, nodes.Element):
    """What a figure also shows, in words: closed at first in HTML, elsewhere just its content."""


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


def in_words(*children: nodes.Node, summary: str) -> disclosure:
    """Return the equivalent of a figure; Sphinx's search leaves it out, since other pages are about these things."""
    return disclosure("", *children, summary=summary, classes=["survey-in-words", "no-search"])


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


def _visit_disclosure(translator: Any, node: disclosure) -> None:
    translator.body.append(translator.starttag(node, "details"))
    translator.body.append(f"<summary>{translator.encode(node['summary'])}</summary>\n")


def _depart_disclosure(translator: Any, node: disclosure) -> None:
    translator.body.append("</details>\n")


def _load_style_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the style sheet of figures on pages that have any."""
    if doctree is not None and any(True for _ in doctree.findall(_is_drawn)):
        app.add_css_file(STYLE_SHEET)


def _is_drawn(node: nodes.Node) -> bool:
    return isinstance(node, drawn | drawn_inline)


def setup(app: Sphinx) -> None:
    """Register the nodes for every builder, and the style sheet."""
    alone, without = (show_content, show_content), (leave_out, None)
    for node, html, other in (
        (figure_box, _element("figure", **{"data-pagefind-ignore": ""}), alone),
        (figure_caption, _element("figcaption"), alone),
        (disclosure, (_visit_disclosure, _depart_disclosure), alone),
        (drawn, (_visit_drawn, None), without),
        (drawn_inline, (_visit_drawn, None), without),
    ):
        app.add_node(node, html=html, latex=other, text=other, man=other, texinfo=other)
    app.connect("html-page-context", _load_style_sheet)
