"""Books: what LaTeX and EPUB make of a survey.

Listings lead to most pages of facts, which no table of contents of the site names. A book has these pages after the one
that lists them: a facet's after its index, the papers after the chronology.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.latex import LaTeXBuilder
from sphinx.util import texescape

from survey.pages.books.abridging import abridge
from survey.pages.core import optional_links
from survey.pages.core.domain import domain_of
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

CHRONOLOGY = "chronology"  #: The page that lists all papers.
#: Pages that a book leaves out: there is nothing to choose in it, and the grids stand with the heads of each model.
_LEFT_OUT = frozenset({optional_links.EXPLORE, optional_links.COMPARE, "atlas", "atlas-automatic"})
#: What a book of hundreds of sections needs beyond Sphinx's style.
_PREAMBLE = r"""
\makeatletter
% Citations in captions are links, which only a robust command can be there.
\AtBeginDocument{\MakeRobust\hyperlink}
% Names of files can be broken after an underscore.
\let\survey@underscore\_
\protected\def\_{\survey@underscore\allowbreak}
\pdfstringdefDisableCommands{\let\_\survey@underscore}
% Sections have numbers of up to five digits, and some have long titles, which don't fit into the footer.
\setcounter{secnumdepth}{1}
\renewcommand*\sphinxtableofcontentshook{\renewcommand*\l@section{\@dottedtocline{1}{1.5em}{3.6em}}}
\fancypagestyle{normal}{%
  \fancyhf{}%
  \fancyhead[R]{\py@HeaderFamily\@title\sphinxheadercomma\py@release}%
  \fancyfoot[L]{\py@HeaderFamily\nouppercase{\leftmark}}%
  \fancyfoot[R]{\py@HeaderFamily\thepage}%
  \renewcommand{\headrulewidth}{0.4pt}%
  \renewcommand{\footrulewidth}{0.4pt}%
}
\makeatother
"""


def pages_below(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the pages of facts that are in no table of contents, with their titles, by the page that lists them."""
    domain = domain_of(env)
    catalogue = domain.catalogue
    listed = {f"{facet.folder}/index": catalogue.entries[facet.kind].values() for facet in catalogue.layout.facets}
    found = {page: {domain.docname(entry.path): entry.name for entry in entries} for page, entries in listed.items()}
    for model, home in catalogue.head_homes.items():
        family, member = catalogue.members[model]
        if home.own:
            title = _("Heads of {model}").format(model=member.name)
            found.setdefault(domain.docname(family.path) or "", {})[home.page] = title
    found[CHRONOLOGY] = {domain.docname(paper.path): paper.title for paper in catalogue.papers.values()}
    known = {docname for docnames in env.toctree_includes.values() for docname in docnames}
    return {
        page: {docname: title for docname, title in pages.items() if docname is not None and docname not in known}
        for page, pages in found.items()
        if page in env.found_docs
    }


class Book(LaTeXBuilder):
    """LaTeX: one document in parts, which are the tables of contents of the home page.

    ``survey_book`` gives their order, and titles for their captions; parts that it doesn't name come last.

    Of the home page itself a book has what stands above the first section and the tables.
    """

    def init_context(self) -> None:
        """Put our preamble before that of the configuration, which may change it."""
        super().init_context()
        self.context["preamble"] = _PREAMBLE + self.context["preamble"]

    def get_contentsname(self, indexfile: str) -> str:
        """Return no title for the contents: Sphinx would take that of the first part."""
        return ""

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:
        """Make one tree of all pages."""
        read = self.env.get_doctree
        below = pages_below(self.env)

        def get_doctree(docname: str) -> nodes.document:
            tree = read(docname)
            abridge(tree, domain_of(self.env))
            if docname == indexfile and not toctree_only:
                tree = self._in_parts(tree)
            for toctree in tree.findall(addnodes.toctree):
                toctree["includefiles"] = [name for name in toctree["includefiles"] if name not in _LEFT_OUT]
            top = next(tree.findall(nodes.section), None)
            if below.get(docname) and top is not None:
                top += addnodes.toctree(includefiles=list(below[docname]))
            return tree

        self.env.get_doctree = get_doctree  # type: ignore[method-assign]
        try:
            return super().assemble_doctree(indexfile, toctree_only, appendices)
        finally:
            del self.env.get_doctree

    def _in_parts(self, home: nodes.document) -> nodes.document:
        """Return the home page as the frame of a book."""
        top = next(home.findall(nodes.section), None)
        toctrees = list(home.findall(addnodes.toctree))
        if top is None or not any(toctree.get("caption") for toctree in toctrees):
            return home
        titles: dict[str, str] = self.config.survey_book
        places = {caption: number for number, caption in enumerate(titles)}
        toctrees.sort(key=lambda toctree: places.get(toctree.get("caption") or "", len(places)))
        book = new_document("<book>", home.settings)
        frame = nodes.section("", *_lead(top), ids=top["ids"], names=top["names"])
        for toctree in toctrees:
            if caption := toctree.get("caption"):
                title = texescape.escape(titles.get(caption, caption), self.config.latex_engine)
                frame += nodes.raw("", f"\\part{{{title}}}", format="latex")
            frame += toctree
        book += frame
        return book


def _lead(top: nodes.section) -> Iterator[nodes.Node]:
    for child in top.children:
        if isinstance(child, nodes.section) or any(True for _ in child.findall(addnodes.toctree)):
            return
        yield child


class Ebook(Epub3Builder):
    """EPUB with all pages in its contents, and with what the standard asks for."""

    def toc_add_files(self, refnodes: list[dict[str, Any]]) -> None:
        """Add what is in no table of contents of the site to the contents."""
        super().toc_add_files(refnodes)
        for page, pages in pages_below(self.env).items():
            address = f"{page}{self.out_suffix}"
            places = [number for number, node in enumerate(refnodes) if _file(node) == escape(address)]
            if places:
                level = refnodes[places[0]]["level"] + 1
                refnodes[places[-1] + 1 : places[-1] + 1] = [
                    {"level": level, "refuri": escape(f"{docname}{self.out_suffix}"), "text": escape(title)}
                    for docname, title in pages.items()
                ]

    def build_content(self) -> None:
        """Write the list of files, and say of each page which other languages it holds: readers prepare for them."""
        super().build_content()
        path = Path(self.outdir, "content.opf")
        path.write_text(_ITEM.sub(self._with_properties, path.read_text("utf-8")), "utf-8")

    def _with_properties(self, item: re.Match[str]) -> str:
        page = Path(self.outdir, unquote(unescape(item["href"]))).read_text("utf-8")
        properties = " ".join(name for name, mark in _PROPERTIES.items() if mark in page)
        return f'{item["start"]} properties="{properties}" />' if properties else item[0]


_ITEM = re.compile(r'(?P<start><item id="[^"]*" href="(?P<href>[^"]*)" media-type="application/xhtml\+xml") />')
_PROPERTIES = {"mathml": "<math", "svg": "<svg"}


def _file(node: dict[str, Any]) -> str:
    return str(node["refuri"]).partition("#")[0]


def _follow_standard(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Take from a bibliography's entries the role that EPUB has given up; their list is one of such items."""
    if app.builder.name == Ebook.name:
        context["body"] = context.get("body", "").replace(' role="doc-biblioentry"', ' role="listitem"')


def setup(app: Sphinx) -> None:
    """Let both builders stand in for Sphinx's of the same name."""
    described = "The parts of a PDF in their order: by the caption of a table of contents of the home page, the title."
    app.add_config_value("survey_book", {}, "", types=frozenset({dict}), description=described)
    app.add_builder(Book, override=True)
    app.add_builder(Ebook, override=True)
    app.connect("html-page-context", _follow_standard)
