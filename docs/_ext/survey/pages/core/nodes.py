"""The nodes that we make: docutils' own wherever they can say it, so that every builder knows them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from survey.catalogue.records.modelheads import AT, HEADS
from survey.figures.looks import shade_class
from survey.translation import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.application import Sphinx

    from survey.catalogue.records.modelheads import Home
    from survey.catalogue.views import Tag


class paper_item(nodes.General, nodes.Element):
    """A paper in a listing; in HTML an element with ``data-paper``, elsewhere just its content."""


class file_link(nodes.General, nodes.Inline, nodes.TextElement):
    """Stands for a link to one of the files until the page is written; its content is the text of the link."""


class folded(nodes.General, nodes.Element):
    """What a reader can unfold; in HTML a ``<details>``, open with ``unfolded``, elsewhere just its content."""


class aside(nodes.General, nodes.Element):
    """Facts at a glance beside the text; in HTML an ``<aside>``, elsewhere just its content."""


def _visit_paper_item(translator: Any, node: paper_item) -> None:
    attributes = {"data-paper": node["paper"], "data-published": node["published"], **node.get("data", {})}
    translator.body.append(translator.starttag(node, "article", **attributes))


def _depart_paper_item(translator: Any, node: paper_item) -> None:
    translator.body.append("</article>\n")


def _visit_folded(translator: Any, node: folded) -> None:
    opened = {"open": "open"} if node.get("unfolded") else {}
    translator.body.append(translator.starttag(node, "details", **opened))
    translator.body.append(f"<summary>{translator.encode(node['label'])}</summary>\n")


def _depart_folded(translator: Any, node: folded) -> None:
    translator.body.append("</details>\n")


def _visit_aside(translator: Any, node: aside) -> None:
    translator.body.append(translator.starttag(node, "aside", **{"aria-label": node["label"]}))


def _depart_aside(translator: Any, node: aside) -> None:
    translator.body.append("</aside>\n")


def show_content(translator: Any, node: nodes.Element) -> None:
    """Show the content alone."""


def leave_out(translator: Any, node: nodes.Element) -> None:
    """Show nothing of a node."""
    raise nodes.SkipNode


_UNMARKED = (show_content, show_content)
_LEFT_OUT = (leave_out, None)
#: The class of what is unfolded where its section is what an address asks for, and while a filter shows it.
UNFOLDS = "survey-unfolds"
_WIDTH = 26  #: Characters of a column in plain text: most names fit on a line.


def setup(app: Sphinx) -> None:
    """Register our nodes for every builder that Sphinx has; EPUB uses HTML's."""
    html: dict[type[nodes.Element], tuple[Callable[..., None], Callable[..., None]]] = {
        paper_item: (_visit_paper_item, _depart_paper_item),
        folded: (_visit_folded, _depart_folded),
        aside: (_visit_aside, _depart_aside),
    }
    for node, (visit, depart) in html.items():
        add_marked_node(app, node, visit, depart)


def add_marked_node(
    app: Sphinx, node: type[nodes.Element], visit: Callable[[Any, Any], None], depart: Callable[[Any, Any], None] | None
) -> None:
    """Register a node that is an element in HTML, and elsewhere just its content."""
    app.add_node(node, html=(visit, depart), latex=_UNMARKED, text=_UNMARKED, man=_UNMARKED, texinfo=_UNMARKED)


def add_html_node(app: Sphinx, node: type[nodes.Element], visit: Callable[[Any, Any], None]) -> None:
    """Register a node that HTML alone shows, such as controls; ``visit`` writes it whole and raises ``SkipNode``."""
    app.add_node(node, html=(visit, None), latex=_LEFT_OUT, text=_LEFT_OUT, man=_LEFT_OUT, texinfo=_LEFT_OUT)


def worded(message: str, **parts: str | nodes.Node | Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return a message as inline nodes, with texts, links and runs of links in the place of their ``{name}``."""
    found: list[nodes.Node] = []
    for piece in pieces(message, **parts):
        if isinstance(piece, str):
            found.append(nodes.Text(piece))
        elif isinstance(piece, nodes.Node):
            found.append(piece)
        else:
            found += piece
    return found


def reference(
    kind: str, key: str, text: str, docname: str, classes: Sequence[str] = (), *, member: bool = False
) -> addnodes.pending_xref:
    """Return a link to an object of the survey, resolved when pages are written.

    With ``member``, a member is meant where a family has the same id.
    """
    return _waiting(kind, key, docname, nodes.inline("", text, classes=list(classes)), member=member)


def _waiting(kind: str, key: str, docname: str, content: nodes.Node, *, member: bool = False) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        content,
        refdomain="survey",
        reftype=kind,
        reftarget=key,
        refexplicit=True,
        refwarn=False,
        refdoc=docname,
        survey_member=member,
    )


def position_link(model: str, label: str, docname: str, classes: Sequence[str] = ()) -> addnodes.pending_xref:
    """Return a link to what is known of one head of a model, which shows layer and head."""
    return _waiting(AT, f"{model} {label}", docname, nodes.literal("", label, classes=list(classes)))


def heads_link(home: Home, text: str, docname: str) -> addnodes.pending_xref:
    """Return a link to the page with the heads of a model."""
    return reference(HEADS, home.model, text, docname)


def tag_link(tag: Tag, docname: str) -> addnodes.pending_xref:
    """Return a link in the look of a tag, in the colour of its stage."""
    classes = ["survey-tag", f"survey-tag-{tag.kind}", shade_class(tag.shade)]
    return reference(tag.kind, tag.id, tag.name, docname, classes, member=tag.member)


def separator() -> nodes.inline:
    """Return what stands between tags where nothing shows their shape, as in plain text; the style sheet hides it."""
    return nodes.inline("", ", ", classes=["survey-separator"])


def tag_links(tags: Iterable[Tag], docname: str) -> nodes.paragraph | None:
    """Return a paragraph of links in the look of tags, or None if there are none."""
    paragraph = nodes.paragraph(classes=["survey-tags"])
    for tag in tags:
        if paragraph.children:
            paragraph += separator()
        paragraph += tag_link(tag, docname)
    return paragraph if paragraph.children else None


def external(text: str, address: str) -> nodes.reference:
    """Return a link to another site."""
    return nodes.reference("", text, refuri=address, internal=False)


def bare_link(text: str, address: str) -> nodes.raw:
    """Return a link of a page of HTML, without classes: for a page that has thousands, which nobody styles apart."""
    return nodes.raw("", f'<a href="{escape(address)}">{escape(text)}</a>', format="html")


def joined(parts: Sequence[Sequence[nodes.Node]], between: str = ", ") -> list[nodes.Node]:
    """Return runs of inline nodes with a text between them."""
    result: list[nodes.Node] = []
    for part in parts:
        if result:
            result.append(nodes.Text(between))
        result += part
    return result


def paragraph(*children: nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph of inline nodes."""
    return nodes.paragraph("", "", *children, classes=list(classes))


def facts(rows: Iterable[tuple[str, Sequence[nodes.Node]]]) -> nodes.field_list:
    """Return labels with values, as a list of fields."""
    fields = nodes.field_list(classes=["survey-facts"])
    for label, value in rows:
        body = nodes.field_body("", paragraph(*value))
        fields += nodes.field("", nodes.field_name("", label), body)
    return fields


def table(
    headings: Sequence[str], rows: Iterable[Sequence[Sequence[nodes.Node]]], classes: Sequence[str] = ()
) -> nodes.table:
    """Return a table whose cells hold runs of inline nodes."""
    group = nodes.tgroup(cols=len(headings))
    # The widths are for builders that cannot measure; browsers choose their own.
    group += [nodes.colspec(colwidth=_WIDTH) for _ in headings]
    head = nodes.row("", *(nodes.entry("", paragraph(nodes.Text(text))) for text in headings))
    group += nodes.thead("", head)
    body = nodes.tbody()
    for row in rows:
        body += nodes.row("", *(nodes.entry("", paragraph(*cell)) for cell in row))
    group += body
    return nodes.table("", group, classes=["colwidths-auto", *classes])


def section(document: nodes.document, title: str | nodes.Node, *children: nodes.Node, ident: str) -> nodes.section:
    """Return a section with a stable anchor, numbered on if the page has that anchor already."""
    heading = nodes.title("", title) if isinstance(title, str) else nodes.title("", "", title)
    name, number = ident, 1
    while name in document.ids:
        number += 1
        name = f"{ident}-{number}"
    result = nodes.section("", heading, *children, ids=[name])
    document.ids[name] = result  # an anchor, but no label: every page has a section "papers"
    return result
