"""Above a long bibliography: letters that lead to the first work of each, and a field that leaves out all others.

The letters are links. The field is for ``static/bibliography.js``, and hidden without it.
"""

from __future__ import annotations

import unicodedata
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.pages.core.builders import has_pages
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import add_html_node, paragraph
from survey.translation import _, counted

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LONG = 30  #: So many works can be looked through without help.


class work_filter(nodes.General, nodes.Element):
    """The field; only sites have it."""


class AddJumps(SphinxPostTransform):
    """Puts both before the first of many works."""

    default_priority = 9  # when the entries are there (5) and complete (8)

    def run(self, **kwargs: Any) -> None:
        """Find the works of the page."""
        works = [node for node in self.document.findall(nodes.citation) if "docname" in node and node["ids"]]
        if len(works) < _LONG or not has_pages(app_of(self.env).builder):
            return
        keys = {one.citation_id: one.key for one in self.env.get_domain("cite").citations}  # type: ignore[attr-defined]
        letters = [(self._letter(keys.get(node["ids"][0], "")), node["ids"][0]) for node in works]
        line = paragraph()
        for letter, some in groupby(letters, key=lambda one: one[0]):
            line += [nodes.reference("", letter, refid=next(some)[1], internal=True), nodes.Text(" ")]
        box = nodes.container("", work_filter(count=len(works)), line, classes=["survey-jumps", "no-search"])
        parent = works[0].parent
        parent.insert(parent.index(works[0]), box)

    def _letter(self, key: str) -> str:
        """Return the letter under which a work is looked for, without its accent."""
        entry = domain_of(self.env).catalogue.bibliography.get(key)
        name = (entry.authors[0].family if entry is not None and entry.authors else key) or key
        return next((one for one in unicodedata.normalize("NFD", name.upper()) if one.isalpha()), "#")


def _visit_filter(translator: Any, node: work_filter) -> None:
    label = escape(_("Only works with these words"))
    one, many = (escape(counted(count, "{count} work", "{count} works")) for count in (1, node["count"]))
    translator.body.append(
        f'<div class="survey-work-filter pst-js-only"><input type="text" aria-label="{label}" placeholder="{label}"> '
        f'<span role="status" data-one="{one}" data-many="{many}">{many}</span></div>\n'
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    add_html_node(app, work_filter, _visit_filter)
    app.add_post_transform(AddJumps)
