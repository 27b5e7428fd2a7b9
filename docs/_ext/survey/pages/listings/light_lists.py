"""Listings in a doctree are light: keys and options. They become papers when their page is written.

A paper stands in many listings: the chronology, the explorer, the pages of its heads, methods, models and stages. Nodes
for each of these places would be made, pickled, transformed, resolved and written; a site has each paper written once
for each form of listing, and only the links differ between folders. Other builders get the nodes, which they write as
they would any others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes
from docutils.utils import new_document
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import sphinx_domains
from sphinx.util.osutil import relative_uri

from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.views.cards import card
from survey.pages.core.builders import has_pages
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.listings.paper_items import PaperItems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.pages.core.domain import SurveyDomain
    from survey.pages.core.nodes import paper_item

_ATTRIBUTE = "survey_written_papers"
#: What begins each address inside the site in what is kept; the way there from a page takes its place.
_ROOT = "survey-root:"
_LINK = re.compile(rf'href="{_ROOT}([^"#]*)(#[^"]*)?"')


class listed(nodes.General, nodes.Element):
    """Stands for papers in a listing.

    It has their ``keys``, the ``parts`` to show, whether the rest is to ``unfold``, attributes in HTML (``data``, by
    key), and the ``docname`` that it stands on: in a book all pages are one.
    """


def papers_of(node: listed, domain: SurveyDomain, document: nodes.document) -> Iterator[paper_item]:
    """Yield the papers that a listing stands for, as nodes."""
    return _items(node, node["keys"], PaperItems(domain, document, node["docname"]))


def _items(node: listed, keys: Sequence[str], items: PaperItems) -> Iterator[paper_item]:
    catalogue = items.domain.catalogue
    # Reference managers shall find the paper alone on its own page, which lists related ones.
    machines = not node["docname"].startswith(f"{PAPERS}/")
    for key in keys:
        paper = catalogue.papers.get(key)
        if paper is not None:
            shown = card(paper, catalogue) if node["unfold"] else card(paper, catalogue, node["parts"])
            item = items.item(shown, node["parts"], machines=machines, unfold=node["unfold"])
            item["data"] = node["data"].get(key, {})
            yield item


class WrittenPapers:
    """The HTML of papers by form of listing, as a build has written them so far.

    It is kept as a page at the root has it, with the links inside the site marked.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self._kept: dict[tuple[Any, ...], dict[str, str]] = {}

    def html(self, node: listed, document: nodes.document, docname: str) -> str:
        """Return a listing as it stands on a page."""
        form = (*node["parts"], node["unfold"], node["docname"].startswith(f"{PAPERS}/"))
        kept = self._kept.setdefault(form, {})
        missing = [key for key in node["keys"] if key not in kept]
        if missing:
            kept |= zip(missing, self._write(node, missing, document), strict=False)
        return _LINK.sub(self._from(docname), "".join(kept.get(key, "") for key in node["keys"]))

    def _write(self, node: listed, keys: Sequence[str], document: nodes.document) -> list[str]:
        env, builder = self.app.env, self.app.builder
        scratch = new_document("<listing>", document.settings)
        root = env.config.root_doc
        with sphinx_domains(env):
            scratch += list(_items(node, keys, PaperItems(domain_of(env), scratch, root)))
        env.apply_post_transforms(scratch, root)
        for link in scratch.findall(nodes.reference):
            address = link.get("refuri", "")
            if address and link.get("internal") and not urlsplit(address).scheme:
                link["refuri"] = f"{_ROOT}{address}"
        return [builder.render_partial(item)["fragment"] for item in scratch.children]  # type: ignore[attr-defined]

    def _from(self, docname: str) -> Callable[[re.Match[str]], str]:
        here = self.app.builder.get_target_uri(docname)
        ways: dict[str, str] = {}

        def link(match: re.Match[str]) -> str:
            address, anchor = match[1], match[2] or ""
            if address not in ways:
                ways[address] = relative_uri(here, address)
            return f'href="{ways[address] + anchor or "#"}"'

        return link


class ExpandListings(SphinxPostTransform):
    """Puts the papers in the place of what stands for them."""

    default_priority = 6  # before links are made (8 to 10)

    def run(self, **kwargs: Any) -> None:
        """Expand every listing of the page."""
        app, domain = app_of(self.env), domain_of(self.env)
        for node in list(self.document.findall(listed)):
            if has_pages(app.builder):
                html = _written(app).html(node, self.document, self.env.docname)
                node.replace_self(nodes.raw("", html, format="html", survey_papers=True))
            else:
                with sphinx_domains(self.env):
                    node.replace_self(list(papers_of(node, domain, self.document)))


def _written(app: Sphinx) -> WrittenPapers:
    written: WrittenPapers | None = getattr(app, _ATTRIBUTE, None)
    if written is None:
        written = WrittenPapers(app)
        setattr(app, _ATTRIBUTE, written)
    return written


def _restart(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep nothing from an earlier build of this process."""
    setattr(app, _ATTRIBUTE, None)


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(listed)
    app.add_post_transform(ExpandListings)
    app.connect("env-updated", _restart)
