"""Listings in a doctree are light: keys and options. They become papers when their page is written.

A paper stands in many listings: the chronology, the explorer, the pages of its heads, methods, models and stages.
Nodes for each of these places would be made, pickled, transformed, resolved and written; a site has each paper written
once for each form of listing, and only the links differ between folders. In a list of more than a hundred papers, and
in the rest of a long one, which unfolds, the summaries aren't there but in one file for all listings, which a script
loads when a reader first unfolds one: without it, there is a link to the paper. Other builders get the nodes, which
they write as they would any others.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from docutils.utils import new_document
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.views.cards import card
from survey.pages.core.builders import has_pages
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import show_content
from survey.pages.listings.kept_papers import KeptPapers
from survey.pages.listings.paper_items import PaperItems
from survey.pages.pace.forgetting import take_apart
from survey.pages.pace.write_pages import GIVEN, TAKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from survey.catalogue import Catalogue
    from survey.catalogue.views import PaperCard
    from survey.pages.core.domain import SurveyDomain
    from survey.pages.core.nodes import paper_item

_ATTRIBUTE = "survey_written_papers"
#: What begins each address inside the site in what is kept; the way there from a page takes its place.
_ROOT = "survey-root:"
_LINK = re.compile(rf'href="{_ROOT}([^"#]*)(#[^"]*)?"')


#: A page with more papers tells reference managers of none in its lists.
_FOR_MACHINES = 40
#: What reference managers look for; once on a page is enough.
_MACHINES = re.compile(r'<span class="Z3988"[^>]*></span>')
#: Stands between papers that are written together, since a translator takes longer to make than to use for one of them.
_END = "<!-- survey: the end of a paper in a listing -->"


def _end() -> nodes.raw:
    return nodes.raw("", _END, format="html")


class written_together(nodes.General, nodes.Element):
    """Papers of a listing while they are written."""


class listed(nodes.General, nodes.Element):
    """Stands for papers in a listing.

    It has their ``keys``, the ``parts`` to show, whether the rest is to ``unfold``, attributes in HTML (``data``, by
    key), whether it has the summaries that unfold (``whole``), and the ``docname`` that it stands on: in a book all
    pages are one.
    """


def papers_of(
    node: listed,
    domain: SurveyDomain,
    document: nodes.document,
    said: Collection[str] = frozenset(),
    *,
    later: bool = False,
) -> Iterator[paper_item]:
    """Yield the papers that a listing stands for, as nodes; whole, unless a script puts the summaries in ``later``.

    What reference managers look for is left out of those that are ``said``.
    """
    items = PaperItems(domain, document, node["docname"], later=later and not node["whole"])
    return _items(node, node["keys"], items, said)


def _items(
    node: listed, keys: Sequence[str], items: PaperItems, said: Collection[str] = frozenset()
) -> Iterator[paper_item]:
    catalogue = items.domain.catalogue
    for key in keys:
        if key in catalogue.papers:
            shown = _card(node, key, catalogue)
            item = items.item(shown, node["parts"], machines=key not in said, unfold=node["unfold"])
            item["data"] = node["data"].get(key, {})
            yield item


def _told_elsewhere(docname: str, listings: Iterable[listed]) -> set[str]:
    """Return the papers of which a page's listings tell reference managers nothing.

    On a paper's page, which lists related ones, they shall find it alone. Long lists tell them nothing either: each
    paper costs 100 bytes, nobody picks from so many, and the explorer exports them all.
    """
    keys = {key for node in listings for key in node["keys"]}
    return keys if docname.startswith(f"{PAPERS}/") or len(keys) > _FOR_MACHINES else set()


def _card(node: listed, key: str, catalogue: Catalogue) -> PaperCard:
    paper = catalogue.papers[key]
    return card(paper, catalogue) if node["unfold"] else card(paper, catalogue, node["parts"])


class WrittenPapers:
    """The HTML of papers by form of listing, as a build has written them so far.

    It is kept as a page at the root has it, with the links inside the site marked.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self._kept: dict[tuple[Any, ...], dict[str, str]] = {}
        self.across = KeptPapers(app)

    def html(self, node: listed, document: nodes.document, docname: str, said: Collection[str]) -> str:
        """Return a listing as it stands on a page, without what reference managers look for where that is ``said``."""
        form = (*node["parts"], node["unfold"], node["whole"])
        kept = self._kept.setdefault(form, {})
        if missing := [key for key in node["keys"] if key not in kept]:
            kept |= self._made(node, missing, document, json.dumps(form))
        items = (_MACHINES.sub("", kept.get(key, "")) if key in said else kept.get(key, "") for key in node["keys"])
        return _LINK.sub(self._from(docname), "".join(items))

    def _made(
        self, node: listed, keys: Sequence[str], document: nodes.document, form: str
    ) -> Iterator[tuple[str, str]]:
        """Yield papers with what is written of them, by this build or by an earlier one."""
        catalogue = domain_of(self.app.env).catalogue
        papers = [key for key in keys if key in catalogue.papers]
        shown = {key: self._shown(node, key) for key in papers}
        known = {key: html for key in papers if (html := self.across.get(f"{form} {key}", shown[key])) is not None}
        missing = [key for key in papers if key not in known]
        make = partial(_items, node, missing)
        written = self._write(make, document.settings, later=not node["whole"]) if missing else ()
        for key, html in zip(missing, written, strict=True):
            self.across.put(f"{form} {key}", shown[key], html)
            yield key, html
        yield from known.items()

    def summaries(self) -> dict[str, str]:
        """Return the summaries that listings unfold, by paper, with links from the folder of the site."""
        catalogue = domain_of(self.app.env).catalogue
        cards = {key: card(paper, catalogue) for key, paper in catalogue.papers.items()}
        shown = {key: self.across.shown(one) for key, one in cards.items() if one.takeaway and one.summary}
        found = {key: html for key in shown if (html := self.across.get(f"summary {key}", shown[key])) is not None}
        for key, html in self._summaries([cards[key] for key in shown if key not in found]):
            self.across.put(f"summary {key}", shown[key], html)
            found[key] = html
        return {key: _LINK.sub(_from_folder, found[key]) for key in sorted(found)}

    def _summaries(self, cards: Sequence[PaperCard]) -> Iterator[tuple[str, str]]:
        if not cards:
            return
        # Passages are read with the settings of a page; any has the same.
        settings = self.app.env.get_doctree(self.app.env.config.root_doc).settings
        written = self._write(lambda items: map(items.summary, cards), settings)
        yield from zip((card.key for card in cards), written, strict=True)

    def _shown(self, node: listed, key: str) -> str:
        """Return a digest of what a listing shows of a paper."""
        catalogue = domain_of(self.app.env).catalogue
        return self.across.shown(_card(node, key, catalogue), catalogue.bibliography[key], node["data"].get(key))

    def _write(
        self, make: Callable[[PaperItems], Iterable[nodes.Element]], settings: Any, *, later: bool = False
    ) -> list[str]:
        """Write nodes of papers, each by itself; what unfolds is not there but ``later``."""
        env, builder = self.app.env, self.app.builder
        scratch = new_document("<listing>", settings)
        root = env.config.root_doc
        scratch += list(make(PaperItems(domain_of(env), scratch, root, later=later)))
        env.apply_post_transforms(scratch, root)
        here = builder.get_target_uri(root)
        for link in scratch.findall(nodes.reference):
            address = f"#{link['refid']}" if "refid" in link else link.get("refuri", "")
            if link.get("internal") and not urlsplit(address).scheme:
                link["refuri"] = _ROOT + urljoin(here, address)  # to the page at the root itself it is empty
                link.delattr("refid")
        together = written_together("", *(node for item in scratch.children for node in (item, _end())))
        written: str = builder.render_partial(together)["fragment"]  # type: ignore[attr-defined]
        for page in filter(None, (scratch, together.document)):
            take_apart(page)
        return written.split(_END)[:-1]

    def _from(self, docname: str) -> Callable[[re.Match[str]], str]:
        here = self.app.builder.get_target_uri(docname)
        ways: dict[str, str] = {}

        def link(match: re.Match[str]) -> str:
            address, anchor = match[1], match[2] or ""
            if address not in ways:
                ways[address] = relative_uri(here, address)
            return f'href="{ways[address] + anchor or "#"}"'

        return link


def _from_folder(link: re.Match[str]) -> str:
    return f'href="{link[1] or "./"}{link[2] or ""}"'


class ExpandListings(SphinxPostTransform):
    """Puts the papers in the place of what stands for them."""

    default_priority = 6  # before links are made (8 to 10)

    def run(self, **kwargs: Any) -> None:
        """Expand every listing of the page."""
        app, domain = app_of(self.env), domain_of(self.env)
        listings = list(self.document.findall(listed))
        said = _told_elsewhere(self.env.docname, listings)
        for node in listings:
            if has_pages(app.builder):
                html = written_papers(app).html(node, self.document, self.env.docname, said)
                node.replace_self(nodes.raw("", html, format="html", survey_papers=True))
            else:
                node.replace_self(list(papers_of(node, domain, self.document, said)))
            said.update(node["keys"])


def written_papers(app: Sphinx) -> WrittenPapers:
    """Return what the build has written of papers so far."""
    written: WrittenPapers | None = getattr(app, _ATTRIBUTE, None)
    if written is None:
        written = WrittenPapers(app)
        setattr(app, _ATTRIBUTE, written)
    return written


def _restart(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep nothing from an earlier build of this process."""
    setattr(app, _ATTRIBUTE, None)


def _give(app: Sphinx) -> dict[str, dict[str, list[str]]]:
    """Hand over what this process has written."""
    return {"papers": written_papers(app).across.made}


def _take(app: Sphinx, given: Mapping[str, dict[str, list[str]]]) -> None:
    """Keep what another process has written."""
    written_papers(app).across.take(given["papers"])


def _keep(app: Sphinx, exception: Exception | None) -> None:
    """Keep what was written for the next build."""
    written: WrittenPapers | None = getattr(app, _ATTRIBUTE, None)
    if exception is None and written is not None:
        written.across.save()


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(listed)
    app.add_node(written_together, html=(show_content, show_content))
    app.add_post_transform(ExpandListings)
    app.connect("env-updated", _restart)
    app.connect("build-finished", _keep, priority=900)  # after the summaries, which are written last
    app.connect(GIVEN, _give)
    app.connect(TAKEN, _take)
