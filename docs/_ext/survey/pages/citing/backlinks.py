"""Links from a work to the pages that cite it: on the bibliography and on papers' pages.

They are filled in when pages are written, since only then every page has been read. :func:`outdated` names the pages on
which they have changed; sphinxcontrib-bibtex itself links back only within one document
(https://github.com/mcmtroffaes/sphinxcontrib-bibtex/issues/194).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.catalogue.schema.facets import PAPERS
from survey.pages.citing.cite_box import cite_links
from survey.pages.core.builders import has_pages
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import bare_link, joined, paragraph, reference
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class cited_on_list(nodes.General, nodes.Element):
    """Stands on a paper's page until it is written, for the list of pages that cite the paper."""


def cited_on(key: str) -> cited_on_list:
    """Return what becomes the list of pages that cite a paper."""
    return cited_on_list(paper=key)


#: Name of the attribute of the application that holds the links while pages are written.
_ATTRIBUTE = "survey_backlinks"


class entry_link(nodes.General, nodes.Element):
    """Stands on a paper's page until it is written, for the link to its entry in the bibliography."""


def backlinks(env: BuildEnvironment) -> Mapping[str, list[tuple[str, str]]]:
    """Return, for each work cited anywhere, the pages that cite it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ref in env.get_domain("cite").citation_refs:  # type: ignore[attr-defined]
        for target in ref.targets:
            found[target.key].add(ref.docname)
    domain = domain_of(env)
    for key, pages in domain.catalogue.cited_on.items():  # also those that name a paper without its reference
        found[key].update(docname for docname in pages if docname in env.all_docs)
    titles = {docname: _title(docname, env) for pages in found.values() for docname in pages}
    return {
        key: sorted(((docname, titles[docname]) for docname in pages), key=lambda page: (page[1].casefold(), page[0]))
        for key, pages in found.items()
    }


def _title(docname: str, env: BuildEnvironment) -> str:
    """Return a page's title; a paper's short, as a citation gives it."""
    domain = domain_of(env)
    folder, _slash, key = docname.rpartition("/")
    paper = domain.catalogue.papers.get(key) if folder == PAPERS else None
    if paper is not None:
        return paper.entry.short
    title = env.titles.get(docname)
    return title.astext() if title is not None else docname


def outdated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages whose list of citing pages has changed since they were written."""
    domain = domain_of(env)
    found = backlinks(env)
    setattr(app, _ATTRIBUTE, found)  # every page has been read: the pages to be written ask for the same
    surveyed = sorted(domain.catalogue.papers)  # the bibliography links to their pages
    shown: dict[str, Any] = {
        key.docname: (sorted(found.items()), surveyed)
        for key in env.get_domain("cite").bibliographies  # type: ignore[attr-defined]
    }
    homes = sorted(shown)  # papers' pages lead to their entries
    for paper in domain.catalogue.papers.values():
        if (docname := domain.docname(paper.path)) is not None:
            shown[docname] = (found.get(paper.key, []), homes)
    digests = {docname: hashlib.sha256(repr(pages).encode()).hexdigest() for docname, pages in shown.items()}
    changed = [docname for docname, digest in digests.items() if domain.cited.get(docname) != digest]
    domain.cited.clear()
    domain.cited.update(digests)
    return changed


def _found(env: BuildEnvironment) -> Mapping[str, list[tuple[str, str]]]:
    """Return the links that were made once for all pages, or make them where pages are resolved out of turn."""
    found: Mapping[str, list[tuple[str, str]]] | None = getattr(app_of(env), _ATTRIBUTE, None)
    return backlinks(env) if found is None else found


class FillBacklinks(SphinxPostTransform):
    """Puts the citing pages below each entry of the bibliography and on the papers' pages."""

    # After bibtex has made the entries (5), before references are resolved (10).
    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Fill in both kinds of lists."""
        for place in list(self.document.findall(entry_link)):
            place.replace_self(self._entry(place["paper"]))
        placeholders = list(self.document.findall(cited_on_list))
        entries = [node for node in self.document.findall(nodes.citation) if "docname" in node]
        if not placeholders and not entries:
            return
        found = _found(self.env)
        for placeholder in placeholders:
            pages = found.get(placeholder["paper"], [])
            shown = self._paragraph("", pages) or paragraph(nodes.Text(_("Nowhere but in listings yet.")))
            placeholder.replace_self(shown)
        keys = self._keys() if entries else {}  # of all works: papers' pages, thousands of them, have no entries
        papers = domain_of(self.env).catalogue.papers
        for entry in entries:
            key = keys.get(entry["ids"][0]) if entry["ids"] else None
            if key is None:
                continue
            if self._builder.format == "html" and isinstance(entry[0], nodes.label):
                entry.pop(0)  # nobody cites by it: authors and year stand in the text
            ways: list[list[nodes.Node]] = []
            if key in papers:
                ways.append([reference("paper", key, _("Summary in this survey"), self.env.docname)])
            if links := cite_links(key, self.env.docname, self._builder):
                ways.append(links)
            if ways:
                entry.append(paragraph(*joined(ways, " · "), classes=["survey-entry-links"]))
            line = self._paragraph(_("Cited in: "), found.get(key, []))
            if line is not None:
                entry.append(line)

    @property
    def _builder(self) -> Builder:
        return app_of(self.env).builder

    def _entry(self, key: str) -> list[nodes.Node]:
        """Return a link from a paper's page to its entry in the bibliography, on a site that has one."""
        if not has_pages(self._builder):
            return []
        place = self.env.get_domain("cite").known(self._builder).places.get(key)  # type: ignore[attr-defined]
        if place is None:
            return []
        address = self._builder.get_relative_uri(self.env.docname, place.bibliography_key.docname)
        words = _("Its entry in the bibliography")
        link = nodes.reference("", words, refuri=f"{address}#{place.citation_id}", internal=True)
        return [paragraph(link, classes=["survey-entry-link"])]

    def _keys(self) -> dict[str, str]:
        citations = self.env.get_domain("cite").citations  # type: ignore[attr-defined]
        return {citation.citation_id: citation.key for citation in citations}

    def _paragraph(self, label: str, pages: list[tuple[str, str]]) -> nodes.paragraph | None:
        if not pages:
            return None
        links: list[list[nodes.Node]] = [[self._link(docname, title)] for docname, title in pages]
        lead: list[nodes.Node] = [nodes.Text(label)] if label else []
        return paragraph(*lead, *joined(links, " · "), classes=["survey-cited-on"])

    def _link(self, docname: str, title: str) -> nodes.Node:
        """Return a link to a page; builders of one document have no pages to link to."""
        try:
            address = self._builder.get_relative_uri(self.env.docname, docname)
        except NoUri:  # the page is in no toctree, and so not in the one document of LaTeX or Texinfo
            return nodes.inline("", title)
        if not address:
            return nodes.inline("", title)
        if has_pages(self._builder):
            return bare_link(title, address)
        return nodes.reference("", title, refuri=address, internal=True)


def setup(app: Sphinx) -> None:
    """Register the placeholder, the transform and the hook."""
    app.add_node(cited_on_list)
    app.add_node(entry_link)
    app.add_post_transform(FillBacklinks)
    app.connect("env-updated", outdated)
