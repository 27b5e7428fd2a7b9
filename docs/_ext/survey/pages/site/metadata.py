"""What pages say about themselves to machines: descriptions, previews, structured data, and works for Zotero.

Everything comes from the page's record or its own first paragraph, through a view, so that a page is read again when
it changes. sphinxext-opengraph takes its description from whatever text stands first on a page, numbers and tags
included, and leaves '&' as it is in attributes; the tags are few, so they are written here.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup
from sphinx.transforms import SphinxTransform

from survey.catalogue.views import Citing, Keywords, PageMetadata, PaperFacts, TermFacts
from survey.exports import HOME, feeds, jsonld
from survey.pages.citing.openurl import openurl
from survey.pages.core.builders import is_site, site_of
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import catalogue_of
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue.views import PageData
    from survey.exports import Site

#: The page that documents the files for machines.
DATA_PAGE = "data"
#: Of docutils; Sphinx's templates have one already.
_ONE_MORE_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')
_MEDIA_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}


class AddMetadata(SphinxTransform):
    """Notes what the head of a page will say, and puts the work that a paper's page is about into its text."""

    default_priority = 501  # after the pages of facts have been completed (500)

    def apply(self, **kwargs: Any) -> None:
        """Note the view; the head itself is made when the page is written."""
        domain = domain_of(self.env)
        docname = self.env.current_document.docname
        data: PageData | None = domain.show(PageMetadata(docname))
        if docname == DATA_PAGE:
            domain.show(Keywords())
        top = next(self.document.findall(nodes.section), None)
        if data is not None and isinstance(data.about, PaperFacts) and top is not None:
            domain.show(Citing(data.about.key))
            top.insert(1, openurl(domain.catalogue.bibliography[data.about.key]))


def _describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Add to the head of a page of HTML."""
    if not is_site(app.builder):
        return
    catalogue, site = catalogue_of(app), site_of(app)
    data = PageMetadata(pagename).select(catalogue)
    home = PageMetadata(HOME).select(catalogue)
    written = _ONE_MORE_VIEWPORT.sub("", context.get("metatags") or "")
    title = data.title if data is not None else _title(pagename, context)
    described = data if doctree is not None else home  # search and index are rewritten by every build
    tags = []
    if described is not None:
        if 'name="description"' not in written:  # conf.py may say it for all pages
            tags.append(_meta("name", "description", described.description))
        tags.append(_meta("property", "og:description", described.description))
    tags.append(_meta("property", "og:title", title))
    tags.append(_meta("property", "og:type", "article" if data is not None and pagename != HOME else "website"))
    tags.append(_meta("property", "og:site_name", app.config.project))
    tags += _picture(app, site, context)
    if site.base:
        tags.append(_meta("property", "og:url", site.link(app.builder.get_target_uri(pagename).partition("#")[0])))
    tags += _alternates(app, data, context)
    structured = _structured(app, pagename, data, site)
    if structured is not None:
        tags.append(f'<script type="application/ld+json">{_script(structured)}</script>')
    context["metatags"] = written + "".join(f"\n    {tag}" for tag in tags)


def _title(pagename: str, context: dict[str, Any]) -> str:
    """Return the title of a page that the catalogue doesn't know; templates have those of Sphinx's own pages."""
    known = {"search": _("Search"), "genindex": _("Index")}
    return known.get(pagename) or Markup(context.get("title") or pagename).striptags()


def _picture(app: Sphinx, site: Site, context: dict[str, Any]) -> list[str]:
    """Return what shows a link to the site as a picture, if the survey has one; readers of tags resolve its address."""
    if not app.config.survey_preview:
        return []
    address = app.config.survey_preview
    is_ours = site.base and "://" not in address
    full = site.link(address) if is_ours else context["pathto"](address, resource=True)
    return [
        _meta("property", "og:image", full),
        _meta("property", "og:image:alt", app.config.project),
        _meta("name", "twitter:card", "summary_large_image"),
    ]


def _alternates(app: Sphinx, data: PageData | None, context: dict[str, Any]) -> list[str]:
    """Return links to the same in other forms: feeds, and a paper's references."""
    about = data.about if data is not None else None
    links = [("application/atom+xml", "feed.xml", app.config.project)]
    if isinstance(about, TermFacts):
        links.insert(0, ("application/atom+xml", feeds.head_feed_address(about.key), about.name))
    if isinstance(about, PaperFacts):
        links += [(form, f"cite/{about.key}.{suffix}", about.title) for suffix, form in _MEDIA_TYPES.items()]
    return [
        f'<link rel="alternate" type="{form}" title="{escape(title)}" '
        f'href="{escape(context["pathto"](address, resource=True))}">'
        for form, address, title in links
    ]


def _structured(app: Sphinx, pagename: str, data: PageData | None, site: Site) -> dict[str, Any] | None:
    if data is None:
        return None
    if isinstance(data.about, PaperFacts):
        return jsonld.article(data.about, pagename, site)
    if isinstance(data.about, TermFacts):
        return jsonld.term(data.about, data.description, pagename, app.config.project, site)
    if pagename == DATA_PAGE:
        creator, licence = app.config.author, app.config.survey_licence
        name, keywords = app.config.project, Keywords().select(catalogue_of(app))
        return jsonld.dataset(
            name, data.description, pagename, site, creator=creator, licence=licence, keywords=keywords
        )
    return None


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _script(content: dict[str, Any]) -> str:
    """Return JSON that cannot end the element around it."""
    text = json.dumps(content, ensure_ascii=False)
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def setup(app: Sphinx) -> None:
    """Register the transform and the hook."""
    described = "The address of the licence of text and data, for the structured data of the data page."
    app.add_config_value("survey_licence", "", "html", types=frozenset({str}), description=described)
    described = "The address of a picture, 1200 by 630 pixels, that others show with a link to any page."
    app.add_config_value("survey_preview", "", "html", types=frozenset({str}), description=described)
    app.add_transform(AddMetadata)
    app.connect("html-page-context", _describe)
