"""The ``survey`` domain: every paper and entry is an object that pages, and other sites, can refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import make_refnode

from survey.catalogue import Problem, did_you_mean
from survey.catalogue.records.modelheads import AT, HEADS, KIND, At, known_heads
from survey.catalogue.views import Naming
from survey.pages.core.answers import answer_to
from survey.pages.core.loading import app_of, catalogue_of, place_in, root_of, warn_once
from survey.pages.core.nodes import reference
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from survey.catalogue import Catalogue, Layout
    from survey.catalogue.views import Answer_co, View

#: Where objects come in Sphinx's search results: head types before papers, both before matches in text.
_FIRST, _BEFORE_TEXT, _HIDDEN = 0, 1, -1  # the last are found as text: the cards have their names


class SurveyDomain(Domain):
    """Papers, head types, stages, methods, models, and the facets that a survey declares.

    The environment keeps only, for each page, the views that it shows with their digests; the objects themselves come
    from the catalogue, which each build reads anew.
    """

    name = "survey"
    label = "Survey"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        "views": {},
        "cited": {},
        "navigation": "",
        "layout": "",
        "sources": {},
        "linking": {},
        "offering": {},
        "defined": {},
    }

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of this build."""
        return catalogue_of(app_of(self.env))

    @property
    def views(self) -> dict[str, dict[View[object], str]]:
        """By page: the views that it shows, and the digest of each when the page was read."""
        views: dict[str, dict[View[object], str]] = self.data.setdefault("views", {})
        return views

    @property
    def cited(self) -> dict[str, str]:
        """By page: a digest of the list of citing pages that it shows."""
        cited: dict[str, str] = self.data.setdefault("cited", {})
        return cited

    @property
    def sources(self) -> dict[str, str]:
        """By page: a digest of its file, and of the files that it depends on, when it was read."""
        sources: dict[str, str] = self.data.setdefault("sources", {})
        return sources

    @property
    def linking(self) -> dict[str, bool]:
        """The pages that link to pages, headings, terms or formulas by Sphinx's own means."""
        linking: dict[str, bool] = self.data.setdefault("linking", {})
        return linking

    @property
    def offering(self) -> dict[str, bool]:
        """The pages that link to pages which a survey may lack (:mod:`survey.pages.core.optional_links`)."""
        offering: dict[str, bool] = self.data.setdefault("offering", {})
        return offering

    @property
    def defined(self) -> dict[str, Any]:
        """By page: what it defines in the tables of Sphinx's domains (:mod:`survey.pages.freshness.changed_links`)."""
        defined: dict[str, Any] = self.data.setdefault("defined", {})
        return defined

    @property
    def navigation(self) -> str:
        """A digest of the titles and the order in the sidebar."""
        return str(self.data.get("navigation", ""))

    @navigation.setter
    def navigation(self, digest_: str) -> None:
        self.data["navigation"] = digest_

    @property
    def layout(self) -> str:
        """A digest of the facets and of our own code, by which pages were read."""
        return str(self.data.get("layout", ""))

    @layout.setter
    def layout(self, digest_: str) -> None:
        self.data["layout"] = digest_

    def show(self, view: View[Answer_co]) -> Answer_co:
        """Return what a view shows, and note that the page being read shows it."""
        shown, found = answer_to(view, app_of(self.env))
        self.views.setdefault(self.env.current_document.docname, {})[view] = found
        return shown

    def clear_doc(self, docname: str) -> None:
        """Forget what a page showed."""
        self.views.pop(docname, None)
        self.cited.pop(docname, None)
        self.sources.pop(docname, None)
        self.linking.pop(docname, None)
        self.offering.pop(docname, None)
        self.defined.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker noted of the pages that it read."""
        self.views.update({name: views for name, views in otherdata["views"].items() if name in docnames})
        self.linking.update({name: True for name in otherdata["linking"] if name in docnames})
        self.offering.update({name: True for name in otherdata["offering"] if name in docnames})
        self.defined.update({name: found for name, found in otherdata["defined"].items() if name in docnames})

    def docname(self, path: str) -> str | None:
        """Return the page of a file of the catalogue, or None if Sphinx doesn't build it."""
        docname = _docname(path, self.env)
        return docname if docname in self.env.found_docs else None

    def target(self, kind: str, key: str, *, member: bool = False) -> tuple[str, str] | None:
        """Return page and anchor of an object, or None if it has none.

        With ``member``, a member is meant where a family has the same id.
        """
        catalogue = self.catalogue
        if kind == AT:
            return self._head(key)
        if kind == HEADS:
            home = catalogue.head_homes.get(key)
            return (home.page, "" if home.own else key) if home and home.page in self.env.found_docs else None
        if kind == "paper":
            paper = catalogue.papers.get(key)
            if paper is None:
                return self._in_bibliography(key)
            docname = self.docname(paper.path)
            return (docname, "") if docname is not None else None
        entry = catalogue.entry(kind, key)
        docname = self.docname(entry.path) if entry is not None else None
        if entry is None or docname is None:
            return None
        is_member = catalogue.layout.facet(kind).by_member and key in catalogue.members
        return docname, key if is_member and (member or key not in catalogue.entries[kind]) else ""

    def _head(self, name: str) -> tuple[str, str] | None:
        """Return the place of a head of a model; if nothing is known of any of its heads, that of the model."""
        at = At.parse(name)
        home = self.catalogue.head_homes.get(at.model) if at is not None else None
        if at is None or home is None or home.page not in self.env.found_docs:
            return self.target(KIND, at.model, member=True) if at is not None else None
        return home.page, home.anchor(at)

    def _in_bibliography(self, key: str) -> tuple[str, str] | None:
        """Return the place in the bibliography of a work that is cited but not surveyed."""
        for citation in self.env.get_domain("cite").citations:  # type: ignore[attr-defined]
            if citation.key == key:
                return citation.bibliography_key.docname, citation.citation_id
        return None

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Link to an object's page; what doesn't exist was reported when the page was read."""
        place = self.target(typ, target, member=bool(node.get("survey_member")))
        if place is None:
            return None
        link = make_refnode(builder, fromdocname, place[0], place[1], contnode)
        link["classes"] += ["survey-link", f"survey-{typ}-link"]
        return link

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Find an id among all kinds, for ``{any}``; papers are found as citations."""
        found = []
        for kind in self.catalogue.entries:
            if self.catalogue.entry(kind, target) is not None:
                link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
                if link is not None:
                    found.append((f"{self.name}:{self.role_for_objtype(kind)}", link))
        return found

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield every object, for the inventory and the search."""
        catalogue = self.catalogue
        for paper in catalogue.papers.values():
            if (docname := self.docname(paper.path)) is not None:
                yield paper.key, paper.title, "paper", docname, "", _BEFORE_TEXT
        for kind, entries in catalogue.entries.items():
            priority = _FIRST if kind == "head" else _BEFORE_TEXT
            members = catalogue.members if catalogue.layout.facet(kind).by_member else {}
            for key, entry in entries.items():
                if (docname := self.docname(entry.path)) is not None:
                    yield key, entry.name, kind, docname, "", priority
            for key, (family, member) in members.items():
                taken = key in entries or family.kind != kind
                if not taken and (docname := self.docname(family.path)) is not None:
                    yield key, member.name, kind, docname, key, priority
        yield from self._heads()

    def _heads(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield the named heads of models."""
        catalogue = self.catalogue
        for model, home in catalogue.head_homes.items():
            if home.page in self.env.found_docs:
                shown = catalogue.members[model][1].name
                for head in known_heads(catalogue, model):
                    if head.is_named:
                        title = f"{shown} {head.at.label}"
                        yield head.at.name, title, AT, home.page, home.anchor(head.at), _HIDDEN


#: Name of the attribute of the application that holds the pages of files, by their paths.
_DOCNAMES = "survey_docnames"


def _docname(path: str, env: BuildEnvironment) -> str | None:
    """Return which page Sphinx would make of a file, asked once a build: links ask for the same few again and again."""
    app = app_of(env)
    known: dict[str, str | None] | None = getattr(app, _DOCNAMES, None)
    if known is None:
        known = {}
        setattr(app, _DOCNAMES, known)
    if path not in known:
        known[path] = env.path2doc(str(root_of(app) / path))
    return known[path]


def domain_of(env: BuildEnvironment) -> SurveyDomain:
    """Return the ``survey`` domain of a build."""
    domain = env.get_domain(SurveyDomain.name)
    assert isinstance(domain, SurveyDomain)
    return domain


class HeadRole(ReferenceRole):
    """``{survey:at}`gpt2-small 9.6```: a link to what is known of one head of a model, which shows layer and head."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the link; of a model that doesn't exist only its text is left, which the checks report."""
        domain, docname = domain_of(self.env), self.env.current_document.docname
        shown = domain.show(Naming(AT, self.target, named=True))
        text = self.title if self.has_explicit_title or shown is None else shown[0]
        if shown is None and not self.rawtext.startswith(":external"):
            return [nodes.inline(self.rawtext, text)], []
        return [reference(AT, self.target, text, docname)], []


class ObjectRole(ReferenceRole):
    """``{survey:head}`induction``` or ``{survey:head}`own text <induction>```: a link to an object."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the link; an id that doesn't exist gives its text, and a warning."""
        domain = domain_of(self.env)
        shown = domain.show(Naming(self.kind, self.target, named=not self.has_explicit_title))
        if self.rawtext.startswith(":external"):  # intersphinx asks for the form of a link to another survey
            link = reference(self.kind, self.target, self.title, self.env.current_document.docname)
            link["refexplicit"] = self.has_explicit_title
            return [link], []
        if shown is None:
            self._warn(domain.catalogue)
            return [nodes.inline(self.rawtext, self.title)], []
        text = self.title if self.has_explicit_title else shown[0]
        return [reference(self.kind, self.target, text, self.env.current_document.docname)], []

    def _warn(self, catalogue: Catalogue) -> None:
        source, line = self.get_source_info()
        path = place_in(app_of(self.env), source)
        hint = did_you_mean(self.target, catalogue.ids(self.kind), "add its file, or mend the id")
        problem = Problem(path, line, f"unknown-{self.kind}", f"there is no {self.kind} '{self.target}'", hint)
        warn_once(problem, catalogue)


#: What Sphinx's own search calls the built-in kinds of objects.
_TYPES = {kind: kind for kind in (noted("paper"), noted("head"), noted("stage"), noted("method"), noted("model"))}


def setup(app: Sphinx, layout: Layout) -> None:
    """Register the domain with an object type and a role for papers and each facet."""
    kinds = ["paper", *(facet.kind for facet in layout.facets)]
    SurveyDomain.label = _("Survey")
    SurveyDomain.object_types = {kind: ObjType(_(_TYPES.get(kind, kind)), kind) for kind in kinds}
    SurveyDomain.object_types[AT] = ObjType(_("head of a model"), AT)
    SurveyDomain.roles = {kind: ObjectRole(kind) for kind in kinds} | {AT: HeadRole()}
    app.add_domain(SurveyDomain)
