"""``{survey:matrix}``: head types by what they read and what they write, as a table of numbers and as lists.

The table is for sites: its numbers lead to the lists below it, which every builder has.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.catalogue.views.sides import Sides
from survey.pages.core.builders import has_pages
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import add_html_node, folded, joined, paragraph, reference
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.catalogue.views.sides import Crossed, SidesData

_LEVELS = (1, 4, 8)  #: Numbers of head types at which the tint of a cell gets stronger.


class kind_matrix(nodes.General, nodes.Element):
    """The table of numbers; only sites have it."""


class MatrixDirective(SurveyDirective):
    """``{survey:matrix}``: head types by what they read and write, as a table and as lists."""

    def run(self) -> list[nodes.Node]:
        """Make the table and the lists."""
        data: SidesData = self.domain.show(Sides())
        if not data.cells:
            return [paragraph(nodes.Text(_("There are no head types yet.")))]
        start = self._start(data)
        lists = nodes.definition_list(classes=["survey-reads", "no-search"])
        for row in data.reads:
            term = nodes.term("", row.name, ids=[f"{start}-{row.id}"])
            self.state.document.ids[term["ids"][0]] = term
            cells = [cell for cell in data.cells if cell.reads == row.id]
            count = len({head.id for cell in cells for head in cell.heads})
            label = counted(count, "{count} head type", "{count} head types")
            listing = folded("", self._cells(start, cells, data), label=label)
            body = nodes.definition("", paragraph(nodes.Text(row.meaning)), listing)
            lists += nodes.definition_list_item("", term, body)
        return [kind_matrix(start=start, sides=data), lists]

    def _start(self, data: SidesData) -> str:
        """Return with what anchors begin: a page may have the table twice."""
        start, number = "reads", 1
        while f"{start}-{data.reads[0].id}" in self.state.document.ids:
            number += 1
            start = f"reads-{number}"
        return start

    def _cells(self, start: str, cells: list[Crossed], data: SidesData) -> nodes.Node:
        """Return what heads of one row write, each kind with its heads."""
        names = {column.id: column.name for column in data.writes}
        docname = self.env.current_document.docname
        listing = nodes.bullet_list()
        for cell in cells:
            links = joined([[reference("head", head.id, head.name, docname)] for head in cell.heads], " · ")
            label = nodes.strong("", names[cell.writes])
            item = nodes.list_item(
                "", paragraph(label, nodes.Text(": "), *links), ids=[f"{start}-{cell.reads}-{cell.writes}"]
            )
            self.state.document.ids[item["ids"][0]] = item
            listing += item
        return listing


def _visit(translator: Any, node: kind_matrix) -> None:
    if has_pages(translator.builder):
        translator.body.append("".join(_html(node["sides"], node["start"])))
    raise nodes.SkipNode


def _html(data: SidesData, start: str) -> Iterator[str]:
    cells = {(cell.reads, cell.writes): cell for cell in data.cells}
    label = escape(_("Head types by what they read, in rows, and what they write, in columns"))
    yield f'<div class="survey-matrix" role="region" tabindex="0" aria-label="{label}" data-pagefind-ignore="all">\n'
    corner = escape(_("reads ↓ writes →"))
    yield f'<table><thead><tr><th scope="col">{corner}</th>'
    yield from (f'<th scope="col"><span>{escape(column.name)}</span></th>' for column in data.writes)
    yield "</tr></thead>\n<tbody>\n"
    for row in data.reads:
        yield f'<tr><th scope="row"><a href="#{start}-{row.id}">{escape(row.name)}</a></th>'
        yield from (
            _cell(cells.get((row.id, column.id)), f"{row.name}, {column.name}", start) for column in data.writes
        )
        yield "</tr>\n"
    yield "</tbody></table></div>\n"


def _cell(cell: Crossed | None, names: str, start: str) -> str:
    if cell is None:
        return "<td></td>"
    count = len(cell.heads)
    level = sum(count >= least for least in _LEVELS)
    number = counted(count, "{count} head type", "{count} head types")
    label = escape(f"{names}: {number}")
    address = f"#{start}-{cell.reads}-{cell.writes}"
    return f'<td class="survey-level-{level}"><a href="{address}" aria-label="{label}">{count}</a></td>'


def setup(app: Sphinx) -> None:
    """Register the directive and its table."""
    add_html_node(app, kind_matrix, _visit)
    app.add_directive_to_domain("survey", "matrix", MatrixDirective)
