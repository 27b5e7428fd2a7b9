"""Citations in running text: formatted once, and leading to the paper's page where it has one.

sphinxcontrib-bibtex formats each citation anew and looks through the whole bibliography for it, so that writing would
grow with the square of the papers. Its domain is replaced by one that keeps what it has formatted; what a citation says
is still made by it. (``Sphinx.add_domain`` with ``override`` is the documented way to extend another's domain.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from survey.catalogue.schema.facets import PAPERS
from survey.pages.core.builders import has_pages

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import Citation

_ATTRIBUTE = "survey_citations"


class SurveyCitations(BibtexDomain):
    """sphinxcontrib-bibtex's domain, with an index of the bibliography, and links to papers' pages."""

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
        self.formatted: dict[tuple[str, str], Element] = {}
        self._keys = {citation.citation_id: key for key, citation in self.places.items()}
        found = builder.env.found_docs if has_pages(builder) else ()  # a book's references are in one place
        self._pages = {key: page for key in self.places if (page := f"{PAPERS}/{key}") in found}

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
