"""What a work is, a thesis, a report, a program, and so which of its entry's fields say where it appeared.

The types are BibTeX's and, for entries that the checks haven't seen yet, biblatex's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.bibliography.bibentry import unbraced

if TYPE_CHECKING:
    from survey.catalogue.bibliography.bibentry import BibEntry


@dataclass(frozen=True, slots=True)
class Kind:
    """What entries of some types describe, and which fields say in what it stands and who published it."""

    name: str
    container: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ("publisher",)


ARTICLE = Kind("article", ("journal", "booktitle", "howpublished"))
PAPER = Kind("paper", ("booktitle", "journal", "howpublished"), ("publisher", "organization"))
PROCEEDINGS = Kind("proceedings", (), ("publisher", "organization"))
BOOK = Kind("book", (), ("publisher",))
BOOKLET = Kind("booklet", (), ("howpublished", "publisher"))
CHAPTER = Kind("chapter", ("booktitle",), ("publisher",))
THESIS = Kind("thesis", (), ("school", "institution", "publisher"))
REPORT = Kind("report", (), ("institution", "organization", "school", "publisher"))
MANUAL = Kind("manual", (), ("organization", "institution", "publisher"))
SOFTWARE = Kind("software", (), ("publisher", "organization", "institution", "howpublished"))
DATASET = Kind("dataset", (), ("publisher", "organization", "institution", "howpublished"))
PATENT = Kind("patent", (), ("publisher", "holder"))
PAGE = Kind("page", ("howpublished", "journal", "booktitle"), ("publisher", "organization", "institution"))
MANUSCRIPT = Kind("manuscript", ("howpublished",), ("publisher", "institution"))
PREPRINT = Kind("preprint", ("howpublished", "journal"), ("publisher",))
DOCUMENT = Kind("document", ("howpublished", "journal", "booktitle"), ("publisher", "organization", "institution"))

_KINDS = {
    "article": ARTICLE,
    "inproceedings": PAPER,
    "conference": PAPER,
    "proceedings": PROCEEDINGS,
    "book": BOOK,
    "collection": BOOK,
    "booklet": BOOKLET,
    "incollection": CHAPTER,
    "inbook": CHAPTER,
    "phdthesis": THESIS,
    "mastersthesis": THESIS,
    "thesis": THESIS,
    "techreport": REPORT,
    "report": REPORT,
    "manual": MANUAL,
    "software": SOFTWARE,
    "dataset": DATASET,
    "patent": PATENT,
    "online": PAGE,
    "electronic": PAGE,
    "www": PAGE,
    "unpublished": MANUSCRIPT,
}


def kind_of(entry: BibEntry) -> Kind:
    """Return what an entry describes; what has no type of its own is a preprint, a page of the web, or a document."""
    if (known := _KINDS.get(entry.type)) is not None:
        return known
    return PREPRINT if entry.arxiv else PAGE if entry.url and not entry.doi else DOCUMENT


def container(entry: BibEntry) -> str:
    """Return the name of the journal, the book or the site in which a work stands, if it stands in one."""
    return _first(entry, kind_of(entry).container)


def publisher(entry: BibEntry) -> str:
    """Return who has published a work: of a thesis the university, of a report the institution."""
    return _first(entry, kind_of(entry).publisher)


def degree(entry: BibEntry) -> str:
    """Return for which degree a thesis was written, if it is one."""
    if kind_of(entry) is not THESIS:
        return ""
    given = unbraced(entry.fields.get("type", "")).casefold()  # biblatex's words, or somebody's own
    is_masters = entry.type == "mastersthesis" or "master" in given or given.startswith("ma")
    return "Master's thesis" if is_masters else "PhD thesis" if entry.type == "phdthesis" or "ph" in given else ""


def _first(entry: BibEntry, names: tuple[str, ...]) -> str:
    values = (unbraced(entry.fields.get(name, "")) for name in names)
    return next((value for value in values if value), "")
