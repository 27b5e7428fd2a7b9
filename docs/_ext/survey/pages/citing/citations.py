"""Citations in running text: formatted once, and leading to the paper's page where it has one.

sphinxcontrib-bibtex formats each citation anew and looks through the whole bibliography for it, so that writing would
grow with the square of the papers. Its domain is replaced by one that keeps what it has formatted; what a citation says
is still made by it. (``Sphinx.add_domain`` with ``override`` is the documented way to extend another's domain.)
"""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from survey.catalogue.schema.facets import PAPERS
from survey.pages.core import citation_style
from survey.pages.core.builders import has_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils.nodes import Element
    from pybtex.database import Entry
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import Citation

_ATTRIBUTE = "survey_citations"
#: How bibtex keeps the filter of a bibliography with ``:all:``.
_ALL = ast.dump(ast.parse("True"))


class SurveyCitations(BibtexDomain):
    """sphinxcontrib-bibtex's domain, with an index of the bibliography, and links to papers' pages.

    Its own methods go through all citations for each page, each work and each link; these don't.
    """

    def setup(self) -> None:
        """Start with an empty record of the pages of which sphinxcontrib-bibtex keeps something."""
        super().setup()
        self._citing: set[str] = set()
        self._counted = 0

    def clear_doc(self, docname: str) -> None:
        """Forget a page, if there is anything to forget."""
        if docname in self._pages():
            self._keep(docname)
            super().clear_doc(docname)
            self._citing.clear()
            self._counted = 0

    def _pages(self) -> set[str]:
        """Return the pages that cite or list works; references are only ever added, but for the above."""
        refs = self.citation_refs
        if self._counted > len(refs):
            self._citing.clear()
            self._counted = 0
        self._citing.update(ref.docname for ref in refs[self._counted :])
        self._counted = len(refs)
        listing = (citation.bibliography_key.docname for citation in self.citations)
        return self._citing.union((key.docname for key in self.bibliographies), listing)

    def env_updated(self) -> Iterable[str]:
        """Format the entries; those that are as they were in the last build are taken from it."""
        self._keep()
        return super().env_updated()

    def _keep(self, docname: str | None = None) -> None:
        """Keep what the last build has formatted: of all pages, or of one that is read again."""
        for citation in self.citations:
            place = citation.bibliography_key
            bibliography = self.bibliographies.get(place)
            if (
                docname in {None, place.docname}
                and bibliography is not None
                and bibliography.style == citation_style.NAME
            ):
                citation_style.keep(citation.entry, citation.formatted_entry.text)

    def get_all_cited_keys(self, docnames: Sequence[str]) -> Iterator[str]:
        """Yield the keys that pages cite, in the order of the pages."""
        places = {docname: place for place, docname in enumerate(docnames)}
        for ref in sorted(self.citation_refs, key=lambda ref: places[ref.docname]):
            yield from (target.key for target in ref.targets)

    def get_filtered_entries(self, bibliography_key: Any) -> Iterable[tuple[str, Entry]]:
        """Return the works of a bibliography; for that of all works it makes no difference who cites them."""
        bibliography = self.bibliographies[bibliography_key]
        if ast.dump(bibliography.filter_) != _ALL:
            return super().get_filtered_entries(bibliography_key)
        entries = self.get_entries(bibliography.bibfiles)
        return [(f"{bibliography.keyprefix}{entry.key}", entry) for entry in entries]

    @contextmanager
    def _only(self, citations: list[Citation]) -> Iterator[None]:
        """Let bibtex look for a work among a few; they are what it would find."""
        everything: Any = self.data["citations"]
        self.data["citations"] = citations
        try:
            yield
        finally:
            self.data["citations"] = everything

    def resolve_xref(  # type: ignore[override]  # an inline with several links, as bibtex's own returns
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element:
        """Return a citation as bibtex formats it, from what was formatted before."""
        known = self.known(builder)
        keys = [cited.key for cited in parse_citation_targets(target)]
        if not all(key in known.places for key in keys):  # reported by it, as far as our checks haven't
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        formatted = known.formatted.get((typ, target))
        if formatted is None:
            root = env.config.root_doc
            with self._only(known.cited(keys)):
                formatted = super().resolve_xref(env, root, builder, typ, target, node, contnode)
            known.formatted[typ, target] = formatted
        result: Element = formatted.deepcopy()
        for link in result.findall(nodes.reference):
            known.lead(link, fromdocname)
        return result

    def known(self, builder: Builder) -> Known:
        """Return what is known of the bibliography while this builder writes."""
        known: Known | None = getattr(builder, _ATTRIBUTE, None)
        if known is None:
            known = Known(self, builder)
            setattr(builder, _ATTRIBUTE, known)
        return known


class Known:
    """What one builder knows of citations: where works stand, and what has been formatted."""

    def __init__(self, domain: BibtexDomain, builder: Builder) -> None:
        self.builder = builder
        self.places: dict[str, Citation] = {}  #: By key: the work's place in the bibliography.
        for citation in domain.citations:
            if domain.bibliographies[citation.bibliography_key].list_ == "citation":
                self.places.setdefault(citation.key, citation)
        self._order = {key: at for at, key in enumerate(self.places)}
        self.formatted: dict[tuple[str, str], Element] = {}
        self._keys = {citation.citation_id: key for key, citation in self.places.items()}
        found = builder.env.found_docs if has_pages(builder) else ()  # a book's references are in one place
        self._pages = {key: page for key in self.places if (page := f"{PAPERS}/{key}") in found}

    def cited(self, keys: Iterable[str]) -> list[Citation]:
        """Return the places of works, in the order of the bibliography."""
        return [self.places[key] for key in sorted(set(keys), key=self._order.__getitem__)]

    def lead(self, link: nodes.reference, fromdocname: str) -> None:
        """Let a link, as it stands on the first page of all, lead from another page to what it cites."""
        anchor = link.get("refid") or link.get("refuri", "").partition("#")[2]
        key = self._keys.get(anchor)
        if key is None:
            return
        page = self._pages.get(key)
        place = self.places[key].bibliography_key.docname
        for name in ("refid", "refuri"):
            link.attributes.pop(name, None)
        if page is not None and page != fromdocname:
            link["refuri"] = self.builder.get_relative_uri(fromdocname, page)
            link["classes"].append("survey-paper-link")
        elif place == fromdocname:
            link["refid"] = anchor
        else:
            link["refuri"] = f"{self.builder.get_relative_uri(fromdocname, place)}#{anchor}"


def _restart(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep nothing from an earlier build of this process."""
    setattr(app.builder, _ATTRIBUTE, None)


def setup(app: Sphinx) -> None:
    """Put our domain in the place of bibtex's."""
    app.add_domain(SurveyCitations, override=True)
    app.connect("env-updated", _restart)
