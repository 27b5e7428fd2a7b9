"""The explorer: ``{survey:explore}`` lists all papers, with controls to choose among them.

The list is complete in HTML, and each paper carries what it can be chosen by; ``static/explore.js`` shows and hides.
Summaries, which unfold, come from one file for all lists, also for the words that a reader looks for.
Pages of head types and other entries link to the explorer with their own filter set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from docutils import nodes

from survey.catalogue.views import Explore
from survey.catalogue.views.cards import author_list
from survey.pages.core import optional_links
from survey.pages.core.builders import has_pages
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import add_html_node, paragraph
from survey.pages.listings.explore_form import form, toolbar
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue.views import Exploration, Explored

_PARTS = ("date", "authors", "result", "tags", "links")


class explore_controls(nodes.General, optional_links.Offering):
    """The explorer's controls; only sites have them."""


class ExploreDirective(SurveyDirective):
    """``{survey:explore}``: all papers, to be chosen by every facet, year, venue and words, and to be exported."""

    def run(self) -> list[nodes.Node]:
        """Make the controls and the complete list."""
        data: Exploration = self.domain.show(Explore())
        if not data.papers:
            return [paragraph(nodes.Text(_("There are no papers yet.")))]
        # Summaries would double what readers wait for before they see the first paper.
        listing = PaperList(self.domain, self.state.document, whole=False)
        attributes = {paper.card.key: _attributes(paper) for paper in data.papers}
        cards = [paper.card for paper in data.papers]
        items = listing.items(cards, _PARTS, explored=attributes)
        controls = explore_controls(choices=data.choices, total=len(data.papers))
        return [nodes.container("", controls, items, classes=["survey-explore"])]


def _attributes(paper: Explored) -> dict[str, str]:
    data = {f"data-{name}": " ".join(values) for name, values in paper.values if values}
    return {**data, "data-authors": author_list(paper.card)}  # a long list of authors is shown abridged


def link_to_explorer(kind: str, key: str) -> optional_links.optional_link:
    """Return what becomes a small link to the explorer with a filter set, if the site has one."""
    query = f"?{urlencode({kind: key})}"
    return optional_links.link(optional_links.EXPLORE, query, _("Explore these papers with more filters"))


def term_in_explorer(facet: str, value: str, text: str) -> optional_links.optional_inline:
    """Return what becomes a link to the explorer with one term chosen, or its text alone if the site has none."""
    return optional_links.inline_link(optional_links.EXPLORE, f"?{urlencode({facet: value})}", text)


def _visit_controls(translator: Any, node: explore_controls) -> None:
    if has_pages(translator.builder):
        compare = optional_links.address(optional_links.COMPARE, translator.builder)
        translator.body += [form(node["choices"]), toolbar(node["total"], compare)]
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directive, its nodes and the links."""
    add_html_node(app, explore_controls, _visit_controls)
    app.add_directive_to_domain("survey", "explore", ExploreDirective)
