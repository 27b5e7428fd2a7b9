"""What the search needs: marks for Pagefind on every page, and a file with all that has a page.

Pagefind indexes the finished pages (``python -m pagefind --site <output>``): the article of each page that Sphinx made
of a document, without listings, which would match every search for what they list. ``<meta>`` elements say what a page
is. They only repeat what the page shows, so that they are never older than it.

Pagefind takes the language from ``<html lang>``, which is that of the interface. In English it finds words by their
stems. For pages in Chinese, text and queries are broken into words by dictionary, which takes Pagefind's program with
dictionaries (``pagefind[extended]``); without them only whole runs of characters would be found. English words in such
pages are found as they stand and by how they begin. Sphinx's own index, which our pages don't load, is not made.
"""

from __future__ import annotations

import json
import re
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from survey.exports.text import as_json
from survey.pages.core.domain import domain_of
from survey.pages.core.fact_pages import fact_at
from survey.pages.core.site_addresses import address_of
from survey.pages.core.virtual_pages import home_on
from survey.pages.frame.light_theme import is_light
from survey.pages.freshness.last_build import written_alike
from survey.pages.site.search_heads import HEADS, models_with_heads
from survey.pages.site.search_records import CHAPTERS, WORKSHOP, Record, heads_record, record, records
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx


NAMES, START = "search-names.json", "search-start.json"
_EXAMPLES = "survey_search_examples"
#: The pages that list everything, for readers without the search.
_INSTEAD = (
    *("explore", "compare", "contested", "chronology", "heads/index", "taxonomy", "methods/index", "models/index"),
    "bibliography",
)
#: Elements with one of these classes are no part of what a page says.
_NAMES = ("no-search", "headerlink", "survey-bibtex")
_IGNORED = re.compile(rf'\bclass="(?:[^"]* )?(?:{"|".join(_NAMES)})(?: [^"]*)?"')
_ATTRIBUTE = 'class="'
_MARK = " data-pagefind-ignore"


def marked(body: str) -> str:
    """Mark what Pagefind shall leave out; a page has few different lists of classes, each of which is put in once."""
    found = {classes for name in _NAMES for classes in _with(name, body)}
    if not all(map(_IGNORED.fullmatch, found)):  # names that end in the same way, or begin so
        return _IGNORED.sub(rf"\g<0>{_MARK}", body)
    for classes in found:
        body = body.replace(classes, f"{classes}{_MARK}")
    return body


def _with(name: str, body: str) -> Iterator[str]:
    """Yield the attributes that hold a name, with the sign before them if that may belong to theirs."""
    at = body.find(name)
    while at >= 0:
        opened, closed = body.rfind('"', 0, at), body.find('"', at)
        start = opened + 1 - len(_ATTRIBUTE)
        if opened >= 0 and closed >= 0 and body.startswith(_ATTRIBUTE, max(start, 0)):
            attribute = body[start : closed + 1]
            is_longer = start > 0 and re.match(r"\w", body[start - 1])
            if is_longer or _IGNORED.fullmatch(attribute):
                yield f"{body[start - 1]}{attribute}" if is_longer else attribute
        at = body.find(name, at + 1)


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
    context["body"] = marked(context.get("body", ""))
    domain = domain_of(app.env)
    fact = fact_at(pagename, domain)
    home = home_on(domain.catalogue, pagename)
    if fact is not None:
        found = record(*fact, domain.catalogue)
    elif home is not None:
        found = heads_record(home.model, domain.catalogue)
    else:
        title = app.env.titles[pagename].astext()
        found = Record(title, _("Chapter") if pagename.startswith(CHAPTERS) else _("Page"))
    is_workshop = pagename.startswith(WORKSHOP)
    context["metatags"] = context.get("metatags", "") + "".join(_meta(found, is_workshop=is_workshop))


def _meta(found: Record, *, is_workshop: bool) -> Iterator[str]:
    """Yield the elements that tell Pagefind what a page is."""
    yield _element(found.title, meta="title")
    yield _element(found.kind, meta="kind", filter_by="kind")
    for stage in found.stages:
        yield _element(stage, filter_by="stage")
    if found.year:
        yield _element(found.year, filter_by="year")
    if is_workshop:
        yield _element("workshop", filter_by="shelf")


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
    """Write what the search knows of all that has a page, head types first."""
    if exception is not None or not is_light(app) or written_alike(app, "search", list(app.config[_EXAMPLES])):
        return
    found = records(domain_of(app.env).catalogue, partial(address_of, app))
    text = as_json([one.written for one in found])
    (Path(app.outdir) / NAMES).write_text(text, "utf-8")
    titles = [(app.env.titles[name].astext(), name) for name in _INSTEAD if name in app.env.titles]
    pages = [{"title": title, "url": app.builder.get_target_uri(name)} for title, name in titles]
    start = {"examples": list(app.config[_EXAMPLES]), "pages": pages}
    (Path(app.outdir) / START).write_text(json.dumps(start, ensure_ascii=False), "utf-8")
    (Path(app.outdir) / HEADS).write_text(as_json(list(models_with_heads(app))), "utf-8")


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    described = "Questions that the search suggests when it opens."
    app.add_config_value(_EXAMPLES, [], "html", types=frozenset({list, tuple}), description=described)
    app.connect("builder-inited", _leave_out_the_index, priority=110)  # once it is known whether pages are ours
    app.connect("html-collect-pages", _search_page)
    app.connect("html-page-context", _mark)
    app.connect("build-finished", _write_names)
