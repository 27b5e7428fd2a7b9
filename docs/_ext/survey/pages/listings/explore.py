"""The explorer: ``{survey:explore}`` lists all papers, with controls to choose among them.

The list is complete in HTML, and each paper carries what it can be chosen by; ``static/explore.js`` shows and hides.
Pages of head types and other entries link to the explorer with their own filter set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.catalogue.views import Explore
from survey.catalogue.views.cards import author_list
from survey.pages.core.builders import has_pages
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import paragraph
from survey.pages.listings.explore_form import form, toolbar
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.catalogue.views import Exploration, Explored

DOCNAME = "explore"  #: The explorer's page; its address is public.
_PARTS = ("date", "authors", "result", "tags", "links")


class explore_controls(nodes.General, nodes.Element):
    """The explorer's controls; only sites have them."""


class explore_link(nodes.General, nodes.Element):
    """Stands for a link to the explorer until the page is written: only then it is known whether there is one."""


class ExploreDirective(SurveyDirective):
    """``{survey:explore}``: all papers, to be chosen by every facet, year, venue and words, and to be exported."""

    def run(self) -> list[nodes.Node]:
        """Make the controls and the complete list."""
        data: Exploration = self.domain.show(Explore())
        if not data.papers:
            return [paragraph(nodes.Text(_("There are no papers yet.")))]
        listing = PaperList(self.domain, self.state.document)
        attributes = {paper.card.key: _attributes(paper) for paper in data.papers}
        items = listing.items([paper.card for paper in data.papers], _PARTS, explored=attributes)
        controls = explore_controls(choices=data.choices, total=len(data.papers))
        return [nodes.container("", controls, items, classes=["survey-explore"])]


def _attributes(paper: Explored) -> dict[str, str]:
    data = {f"data-{name}": " ".join(values) for name, values in paper.values if values}
    return {**data, "data-authors": author_list(paper.card)}  # a long list of authors is shown abridged


def link_to_explorer(kind: str, key: str) -> explore_link:
    """Return what becomes a small link to the explorer with a filter set, if the site has one."""
    return explore_link(query=urlencode({kind: key}), text=_("Explore these papers with more filters"))


def term_in_explorer(facet: str, value: str, text: str) -> explore_link:
    """Return what becomes a link to the explorer with one term chosen, or its text alone if the site has none."""
    return explore_link(query=urlencode({facet: value}), text=text, inline=True)


class FillExploreLinks(SphinxPostTransform):
    """Makes the links to the explorer, or removes what stands for them."""

    default_priority = 8  # with the lists of citing pages

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        builder = app_of(self.env).builder
        for placeholder in list(self.document.findall(explore_link)):
            if DOCNAME in self.env.found_docs and has_pages(builder):
                address = builder.get_relative_uri(self.env.docname, DOCNAME)
                link = nodes.reference(
                    "", placeholder["text"], refuri=f"{address}?{placeholder['query']}", internal=True
                )
                inline = placeholder.get("inline", False)
                placeholder.replace_self(link if inline else paragraph(link, classes=["survey-explore-link"]))
            elif placeholder.get("inline", False):
                placeholder.replace_self(nodes.Text(placeholder["text"]))
            else:
                placeholder.parent.remove(placeholder)


def outdated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages with links to the explorer if it has come or gone since they were written."""
    domain = domain_of(env)
    here = DOCNAME in env.found_docs
    if domain.data.get("explorer", here) == here:
        domain.data["explorer"] = here
        return []
    domain.data["explorer"] = here
    entries = (entry for entries in domain.catalogue.entries.values() for entry in entries.values())
    return [docname for entry in entries if (docname := domain.docname(entry.path)) is not None]


def _visit_controls(translator: Any, node: explore_controls) -> None:
    if has_pages(translator.builder):
        translator.body += [form(node["choices"]), toolbar(node["total"])]
    raise nodes.SkipNode


def _skip(translator: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directive, its nodes and the links."""
    skipped = (_skip, None)
    app.add_node(
        explore_controls,
        html=(_visit_controls, None),
        latex=skipped,
        text=skipped,
        man=skipped,
        texinfo=skipped,
    )
    app.add_node(explore_link)
    app.add_directive_to_domain("survey", "explore", ExploreDirective)
    app.add_post_transform(FillExploreLinks)
    app.connect("env-updated", outdated)
