"""Completes the pages of facts while they are read: so what is added is in tables of contents, indexes and builders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from survey.catalogue.markup.body import cited_keys
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.views import Citing, Standing
from survey.pages.core.domain import domain_of
from survey.pages.core.fact_pages import fact_at
from survey.pages.core.virtual_pages import home_on
from survey.pages.facts import entry_page, head_page, model_page, paper_page

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

    from survey.pages.core.domain import SurveyDomain


class CompletePage(SphinxTransform):
    """Adds the fragments of its kind to a page with front matter."""

    # After MyST has given headings their anchors; before smart quotes (750) and tables of contents (doctree-read, 880).
    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Find out what the page is, by its place in the catalogue, and complete it."""
        domain = domain_of(self.env)
        docname = self.env.current_document.docname
        _note_citations(self.document, domain)
        place = fact_at(docname, domain)
        top = next(self.document.findall(nodes.section), None)
        if domain.show(Standing(docname)) is not None or _is_broken_fact(docname, domain):
            # Thousands of pages in the sidebar would make writing quadratic; listings lead to these.
            self.env.metadata[docname]["orphan"] = True
        if top is None and (home := home_on(domain.catalogue, docname)) is not None:
            model_page.complete(home.model, self.document, domain)
        if place is None or top is None:
            return
        kind, key = place
        top["classes"] += ["survey-page", f"survey-{kind}-page"]
        if kind == "paper":
            paper_page.complete(key, self.document, top, domain)
        elif kind == "head":
            head_page.complete(key, self.document, top, domain)
        else:
            entry_page.complete(kind, key, self.document, top, domain)


def _is_broken_fact(docname: str, domain: SurveyDomain) -> bool:
    """Tell whether this is the page of a fact that cannot be used: it would stand in no table of contents either."""
    folder, _, stem = docname.rpartition("/")
    folders = {PAPERS, *(facet.folder for facet in domain.catalogue.layout.facets)}
    return folder in folders and stem != "index"


def _note_citations(document: nodes.document, domain: SurveyDomain) -> None:
    """Note which works the page cites: sphinxcontrib-bibtex doesn't read citing pages again when an entry changes."""
    for link in document.findall(addnodes.pending_xref):
        if link.get("refdomain") == "cite":
            for key in cited_keys(link["reftarget"]):
                domain.show(Citing(key))


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(CompletePage)
