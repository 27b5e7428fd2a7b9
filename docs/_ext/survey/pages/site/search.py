"""What the search needs: marks for Pagefind on every page, and a file with the names of all that has a page.

Pagefind indexes the finished pages (``python -m pagefind --site <output>``): the article of each page that Sphinx made
of a document, without listings, which would match every search for what they list. ``<meta>`` elements say what a page
is; all that they say is shown on the page as well, so that they are never older than it.

Pagefind takes the language from ``<html lang>``, which is that of the interface. In English it finds words by their
stems. For pages in Chinese, text and queries are broken into words by dictionary, which takes Pagefind's program with
dictionaries (``pagefind[extended]``); without them only whole runs of characters would be found. English words in such
pages are found as they stand and by how they begin. Sphinx's own index, which our pages don't load, is not made.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from survey.pages.core.domain import domain_of
from survey.pages.core.fact_pages import fact_at
from survey.pages.core.virtual_pages import home_on
from survey.pages.frame.light_theme import is_light
from survey.pages.site.search_heads import HEADS, models_with_heads, names_of
from survey.translation import _, begun, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from survey.catalogue import Catalogue
    from survey.pages.core.domain import SurveyDomain

NAMES = "search-names.json"
#: The pages that list everything, for readers without the search.
_INSTEAD = ("explore", "chronology", "heads/index", "taxonomy", "methods/index", "models/index", "bibliography")
#: What a result is called by its kind; the kinds that a survey declares go by their names.
_KINDS = {
    "paper": noted("Paper"),
    "head": noted("Head type"),
    "stage": noted("Stage"),
    "method": noted("Method"),
    "model": noted("Model family"),
}
_CHAPTERS = "survey/"
#: Elements with one of these classes are no part of what a page says.
_IGNORED = re.compile(r'\bclass="(?:[^"]* )?(?:no-search|headerlink|survey-bibtex)(?: [^"]*)?"')


@dataclass(frozen=True, slots=True)
class Hit:
    """Something with a page, as the search shows it."""

    title: str
    kind: str
    stages: tuple[str, ...] = ()
    year: str = ""
    names: tuple[str, ...] = ()  #: The title and the aliases.
    url: str = ""  #: Relative to the site's root.


def _kind(kind: str, catalogue: Catalogue) -> str:
    return _(_KINDS[kind]) if kind in _KINDS else begun(catalogue.layout.facet(kind).words.one)


def hit(kind: str, key: str, catalogue: Catalogue) -> Hit:
    """Return a paper or an entry as the search shows it."""
    stages = catalogue.entries.get("stage", {})
    if kind == "paper":
        paper = catalogue.papers[key]
        names = tuple(stages[stage].name for stage in paper.tags.get("stage", ()) if stage in stages)
        return Hit(paper.title, _kind(kind, catalogue), names, str(paper.published.year), (paper.title,))
    entry = catalogue.entries[kind][key]
    stage = key if kind == "stage" else str(getattr(entry.fields, "stage", ""))
    names = (stages[stage].name,) if stage in stages else ()
    members = (name for member in entry.members for name in (member.name, *member.aliases))
    called = dict.fromkeys((entry.name, *map(_bare, entry.fields.aliases), *members))
    return Hit(entry.name, _kind(kind, catalogue), names, "", tuple(called))


def heads_hit(model: str, catalogue: Catalogue) -> Hit:
    """Return the page about the heads of a model as the search shows it."""
    member = catalogue.members[model][1]
    title = _("Heads of {model}").format(model=member.name)
    return Hit(title, _("Model"), names=(title, *names_of(member)))


_IN_PAPER = re.compile(r"\s*\([a-z]+\d{4}[a-z0-9]*\)$")


def _bare(alias: str) -> str:
    """Return an alias without the key of the paper that uses it."""
    return _IN_PAPER.sub("", alias)


def _mark(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say what Pagefind shall take from a page."""
    if not is_light(app):
        return
    address, title = escape(context["pathto"]("search")), escape(_("Search"))
    context["metatags"] = context.get("metatags", "") + f'\n    <link rel="search" title="{title}" href="{address}" />'
    context["survey_instead"] = [(name, app.env.titles[name].astext()) for name in _INSTEAD if name in app.env.titles]
    if doctree is None:
        return
    context["survey_indexed"] = True
    context["body"] = _IGNORED.sub(r"\g<0> data-pagefind-ignore", context.get("body", ""))
    domain = domain_of(app.env)
    fact = fact_at(pagename, domain)
    home = home_on(domain.catalogue, pagename)
    if fact is not None:
        found = hit(*fact, domain.catalogue)
    elif home is not None:
        found = heads_hit(home.model, domain.catalogue)
    else:
        title = app.env.titles[pagename].astext()
        found = Hit(title, _("Chapter") if pagename.startswith(_CHAPTERS) else _("Page"))
    context["metatags"] = context.get("metatags", "") + "".join(_meta(found))


def _meta(found: Hit) -> Iterator[str]:
    """Yield the elements that tell Pagefind what a page is."""
    yield _element(found.title, meta="title")
    yield _element(found.kind, meta="kind", filter_by="kind")
    for stage in found.stages:
        yield _element(stage, filter_by="stage")
    if found.year:
        yield _element(found.year, filter_by="year")


def _element(content: str, *, meta: str = "", filter_by: str = "") -> str:
    marks = f' data-pagefind-meta="{meta}[content]"' if meta else ""
    marks += f' data-pagefind-filter="{filter_by}[content]"' if filter_by else ""
    return f'\n<meta name="survey:{meta or filter_by}" content="{escape(content)}"{marks} />'


def _leave_out_the_index(app: Sphinx) -> None:
    """Let Sphinx make no index of its own where Pagefind's is used: stemming all words is a tenth of a build's time.

    ``search`` is the builder's public switch for that; with the index goes the page for searching, which is ours.
    """
    if is_light(app):
        app.builder.search = False  # type: ignore[attr-defined]


def _search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make the page for searching, as Sphinx does with its index."""
    if is_light(app):
        yield "search", {}, "search.html"


def _write_names(app: Sphinx, exception: Exception | None) -> None:
    """Write the names of all that has a page, head types first."""
    if exception is not None or not is_light(app):
        return
    domain = domain_of(app.env)
    names = json.dumps([asdict(found) for found in _hits(app, domain)], ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / NAMES).write_text(names, "utf-8")
    heads = json.dumps(list(models_with_heads(app)), ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / HEADS).write_text(heads, "utf-8")


def _hits(app: Sphinx, domain: SurveyDomain) -> Iterator[Hit]:
    catalogue = domain.catalogue
    facts = [(facet.kind, key) for facet in catalogue.layout.facets for key in catalogue.entries[facet.kind]]
    for kind, key in [*facts, *(("paper", key) for key in catalogue.papers)]:
        path = catalogue.papers[key].path if kind == "paper" else catalogue.entries[kind][key].path
        docname = domain.docname(path)
        if docname is not None:
            found = asdict(hit(kind, key, catalogue)) | {"url": app.builder.get_target_uri(docname)}
            yield Hit(**found)
    for home in catalogue.head_homes.values():
        if home.own and home.page in app.env.found_docs:
            yield replace(heads_hit(home.model, catalogue), url=app.builder.get_target_uri(home.page))


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    app.connect("builder-inited", _leave_out_the_index, priority=110)  # once it is known whether pages are ours
    app.connect("html-collect-pages", _search_page)
    app.connect("html-page-context", _mark)
    app.connect("build-finished", _write_names)
