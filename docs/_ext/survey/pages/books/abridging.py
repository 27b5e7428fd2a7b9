"""What the one document of LaTeX says only once: summaries and references have their own pages in it.

A site repeats a paper's summary wherever a reader may look for it. In a book, listings are lines that lead to papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.pages.core.nodes import paragraph
from survey.pages.listings.light_lists import listed, papers_of
from survey.translation import _

if TYPE_CHECKING:
    from survey.pages.core.domain import SurveyDomain
    from survey.pages.core.nodes import paper_item

_MOST = 24  #: Heads of a list in a book.


def abridge(tree: nodes.document, domain: SurveyDomain) -> None:
    """Make lines of a page's listings and facts, and remove what is for machines or for leafing through a site.

    Done while the pages are put together: with all repetitions in it, the one tree would take twice the memory.
    """
    for listing in list(tree.findall(_is("survey-papers"))):
        lines = nodes.bullet_list(classes=["survey-papers"])
        items = [item for node in listing.findall(listed) for item in papers_of(node, domain, tree)]
        lines += [nodes.list_item("", _line(item)) for item in items]
        listing.replace_self(lines)
    for box in list(tree.findall(_is("survey-cite"))):
        section = box.parent
        if section.parent is not None and "survey-paper-page" in section.parent.get("classes", ()):
            section.parent.remove(section)
    for links in list(tree.findall(_is("survey-neighbours"))):
        links.parent.remove(links)
    for facts in list(tree.findall(_is("survey-facts"))):
        facts.replace_self(_lines(facts))
    for heads in tree.findall(_is("survey-automatic")):
        _shorten(heads)
    for table in tree.findall(_is("survey-places")):
        # TeX would measure the cells, and give the longest list of positions most of the page.
        table["classes"] = [*(set(table["classes"]) - {"colwidths-auto"}), "colwidths-given"]


def _shorten(heads: nodes.Element) -> None:
    """Leave the first heads of a list that a score has chosen: hundreds are for the data, not for paper."""
    labels = heads.astext().split(", ")
    if len(labels) > _MOST:
        more = _("{heads} and {count} more").format(heads=", ".join(labels[:_MOST]), count=len(labels) - _MOST)
        heads[:] = [nodes.Text(more)]


def _is(name: str) -> Any:
    return lambda node: isinstance(node, nodes.Element) and name in node.get("classes", ())


def _line(item: paper_item) -> nodes.paragraph:
    """Return a paper's title and what stands below it, in one line."""
    parts: list[nodes.Node] = []
    for child in item.children:
        if isinstance(child, nodes.paragraph) and {"survey-paper-heading", "survey-byline"} & {*child["classes"]}:
            parts += [*([nodes.Text(" · ")] if parts else []), *child.children]
    return paragraph(*parts)


def _lines(facts: nodes.Element) -> nodes.line_block:
    """Return facts, a line each."""
    lines = nodes.line_block(classes=facts["classes"])
    for field in facts.findall(nodes.field):
        value = [child for part in field[1].findall(nodes.paragraph) for child in part.children]
        lines += nodes.line("", "", nodes.strong("", f"{field[0].astext()}:"), nodes.Text(" "), *value)
    return lines
