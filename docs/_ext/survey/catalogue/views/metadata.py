"""The view of what a page says about itself in its head, to search engines, previews and other machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.bibliography import work_types
from survey.catalogue.records import modelheads
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views.aliases import alias_names
from survey.catalogue.views.plain_text import plain_text, shortened
from survey.translation import _, counted

if TYPE_CHECKING:
    from survey.catalogue.bibliography.bibentry import Name
    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Paper

_LENGTH = 200  #: As much of a description as search engines and previews show.


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the paper is that a page is about."""

    key: str
    title: str
    authors: tuple[Name, ...]
    published: str  #: ISO 8601, at the precision known.
    kind: str  #: What it is, see :mod:`~survey.catalogue.bibliography.work_types`.
    container: str  #: In what it stands.
    publisher: str
    doi: str | None
    arxiv: str | None
    url: str | None
    heads: tuple[tuple[str, str], ...]  #: Page and name of the head types that it names.


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What the head type is that a page is about."""

    key: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says about itself."""

    title: str
    description: str  #: Plain text.
    about: PaperFacts | TermFacts | None  #: What its structured data describe.


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata of a page, from its record or its own first paragraph."""

    docname: str

    def select(self, catalogue: Catalogue) -> PageData | None:
        """Return the metadata, or None for a page that the catalogue doesn't know."""
        folder, _, key = self.docname.rpartition("/")
        if folder == PAPERS and key in catalogue.papers:
            return _of_paper(catalogue.papers[key], catalogue)
        for facet in catalogue.layout.facets:
            if folder == facet.folder and key in catalogue.entries[facet.kind]:
                return _of_entry(catalogue.entries[facet.kind][key], catalogue)
        document = catalogue.documents.get(self.docname)
        if document is None:
            return _of_heads(key, self.docname, catalogue)
        lead = plain_text(document.lead.text, catalogue) if document.lead is not None else document.title
        return PageData(document.title, shortened(lead, _LENGTH), None)


@dataclass(frozen=True, slots=True)
class Keywords:
    """What archives and search engines list the survey's data under."""

    def select(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the keywords of ``docs/survey.toml``."""
        return catalogue.layout.dataset.keywords


def _of_heads(model: str, docname: str, catalogue: Catalogue) -> PageData | None:
    """Return what the page about the heads of a model says of itself, if it is one."""
    home = catalogue.head_homes.get(model)
    if home is None or home.page != docname:
        return None
    name = catalogue.members[model][1].name
    heads = modelheads.known_heads(catalogue, model)
    words = _("What each attention head of {model} is known to do, who says so, and how it was found: {heads}.")
    described = words.format(model=name, heads=counted(len(heads), "{count} known head", "{count} known heads"))
    return PageData(_("Heads of {model}").format(model=name), shortened(described, _LENGTH), None)


def _of_paper(paper: Paper, catalogue: Catalogue) -> PageData:
    entry = paper.entry
    innovation = paper.summary.get("innovation")
    words = paper.fields.takeaway or ""
    if not words:
        words = plain_text(innovation.text, catalogue) if innovation is not None else paper.title
    heads = paper.tags.get("head", ())
    about = PaperFacts(
        key=paper.key,
        title=paper.title,
        authors=entry.authors,
        published=str(paper.published),
        kind=work_types.kind_of(entry).name,
        container=work_types.container(entry),
        publisher=work_types.publisher(entry),
        doi=entry.doi,
        arxiv=entry.arxiv,
        url=entry.url,
        heads=tuple((f"heads/{head}", catalogue.name("head", head)) for head in heads),
    )
    return PageData(paper.title, shortened(f"{entry.short}: {words}", _LENGTH), about)


def _of_entry(entry: Entry, catalogue: Catalogue) -> PageData:
    lead = plain_text(entry.lead.text, catalogue) if entry.lead is not None else entry.name
    about = None
    if isinstance(entry.fields, HeadFields):
        about = TermFacts(entry.id, entry.name, alias_names(entry, catalogue))
    return PageData(entry.name, shortened(lead, _LENGTH), about)
