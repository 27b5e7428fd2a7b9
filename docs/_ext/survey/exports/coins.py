"""COinS: an OpenURL in a page, by which reference managers find the works on it (OpenURL 1.0, Z39.88-2004).

Unlike tags in a page's head it can describe many works on one page, and doesn't say that the page *is* the work.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from survey.catalogue.bibliography import work_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue import BibEntry

#: The format of the description, its genre, and the element that holds the title.
_FORMS = {
    work_types.ARTICLE: ("journal", "article", "rft.atitle"),
    work_types.PAPER: ("book", "proceeding", "rft.atitle"),
    work_types.PROCEEDINGS: ("book", "conference", "rft.btitle"),
    work_types.BOOK: ("book", "book", "rft.btitle"),
    work_types.BOOKLET: ("book", "document", "rft.btitle"),
    work_types.CHAPTER: ("book", "bookitem", "rft.atitle"),
    work_types.THESIS: ("dissertation", "dissertation", "rft.title"),
    work_types.REPORT: ("book", "report", "rft.btitle"),
    work_types.MANUAL: ("book", "document", "rft.btitle"),
    work_types.PATENT: ("patent", "patent", "rft.title"),
    work_types.MANUSCRIPT: ("journal", "preprint", "rft.atitle"),
    work_types.PREPRINT: ("journal", "preprint", "rft.atitle"),
}
#: What has no format of its own is described in Dublin Core, with a type that reference managers know.
_TYPES = {
    work_types.SOFTWARE: "computerProgram",
    work_types.DATASET: "dataset",
    work_types.PAGE: "webpage",
    work_types.DOCUMENT: "document",
}
_PUBLISHERS = {"dissertation": "rft.inst", "book": "rft.pub", "dc": "rft.publisher"}


def span(entry: BibEntry) -> str:
    """Return the element of HTML that describes a work; it shows nothing."""
    # An empty element of the text would still be met by screen readers that announce titles.
    return f'<span class="Z3988" aria-hidden="true" title="{escape(context_object(entry))}"></span>'


def context_object(entry: BibEntry) -> str:
    """Return the description of a work as the query of an OpenURL."""
    return urlencode([pair for pair in _pairs(entry) if pair[1]], quote_via=quote, errors="replace")


def _pairs(entry: BibEntry) -> Iterator[tuple[str, str]]:
    kind = work_types.kind_of(entry)
    form, genre, title = _FORMS.get(kind, ("dc", "", "rft.title"))
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rft.genre", genre
    yield "rft.type", _TYPES.get(kind, "")
    yield title, entry.title
    if title == "rft.atitle" and genre != "preprint":
        yield "rft.jtitle" if form == "journal" else "rft.btitle", work_types.container(entry)
    if form == "dc":
        yield "rft.source", work_types.container(entry)
    if form in _PUBLISHERS:
        yield _PUBLISHERS[form], work_types.publisher(entry)
    yield "rft.date", entry.year
    yield "rft.volume", entry.fields.get("volume", "")
    yield "rft.issue", entry.fields.get("number", "") if form == "journal" else ""
    yield "rft.pages", entry.fields.get("pages", "").replace("--", "-")
    yield from _people(entry)
    yield "rft_id", f"info:doi/{entry.doi}" if entry.doi else ""
    yield "rft_id", entry.url or ""


def _people(entry: BibEntry) -> Iterator[tuple[str, str]]:
    if entry.authors:
        yield "rft.aulast", entry.authors[0].family
        yield "rft.aufirst", entry.authors[0].given
    for name in entry.authors[1:]:  # readers that take both fields would list the first twice
        yield "rft.au", f"{name.given} {name.family}".strip()
